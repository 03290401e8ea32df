"""Personas over turns: when the question is put, to whom, and what is pointed out."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.moves import LEANS_A, LEANS_B, NOWHERE, moves, shape
from support.sample import sample

from gadfly.probes.filler import fillers
from gadfly.probes.move import Observation, Say, Stop
from gadfly.probes.perspective import PerspectiveProbe
from gadfly.probes.wording import IDLE_PERSONA
from gadfly.scenarios import phrase
from gadfly.scenarios.persona import PERSONAS, chosen, chosen_one

if TYPE_CHECKING:
    from gadfly.bot.stance import Reading

PROBE = PerspectiveProbe()
QUESTION = sample().wordings[0].text
OTHER_WORDS = sample().wordings[1].text


def said(probe: PerspectiveProbe, name: str, variant: str) -> list[str]:
    """Return what one arm says to a subject that always leans to A."""
    arm = next(a for a in probe.arms(sample()) if (a.name, a.variant) == (name, variant))
    return [m.text for m in moves(probe, arm) if isinstance(m, Say)]


def test_the_question_comes_for_the_first_time_at_its_lag() -> None:
    """So many turns after the instruction, with fillers between, and never before."""
    told = PERSONAS["singer"].told
    for lag in (1, 3, 6):
        turns = said(PROBE, "persona", f"persona:singer/k{lag}")
        passing = fillers("sample.bridge", lag)
        assert turns == [f"{told} {passing[0]}", *passing[1:], QUESTION]
    assert said(PROBE, "persona", "persona:singer/k0") == [f"{told} {QUESTION}", OTHER_WORDS]


def test_without_a_persona_the_same_is_asked_and_nothing_is_told() -> None:
    """The bare arm has the same turns; at lag 0 it is the plain question."""
    assert said(PROBE, "bare", "persona:none/k0") == [QUESTION, OTHER_WORDS]
    assert said(PROBE, "bare", "persona:none/k3") == [*fillers("sample.bridge", 3), QUESTION]


def test_the_brevity_phrase_follows_the_question_only() -> None:
    """The turns before are the same with and without it."""
    plain = said(PROBE, "persona", "persona:kantian/k3")
    brief = said(PROBE, "persona", "persona:kantian/k3/brief")

    assert brief[:3] == plain[:3]
    assert brief[3].startswith(QUESTION)
    assert brief[3].endswith("Just choose one option or the other.")


def test_a_devils_advocate_first_answers_for_itself() -> None:
    """It is asked plainly, then told to turn about; without a side there is nothing to oppose."""
    arm = next(a for a in PROBE.arms(sample()) if a.variant == "persona:devil/k0")

    turns = [m.text for m in moves(PROBE, arm) if isinstance(m, Say)]

    assert turns == [QUESTION, f"{phrase.DEVIL} {QUESTION}", OTHER_WORDS]
    assert moves(PROBE, arm, NOWHERE)[-1] == Stop(reason="no side to argue against: undecided")


@pytest.mark.parametrize(
    ("variant", "reading", "confronted"),
    [
        ("persona:singer/k1", LEANS_B, True),
        ("persona:singer/k1", LEANS_A, False),
        ("persona:singer/k1", NOWHERE, False),
        ("persona:singer/k3", LEANS_B, False),
        ("persona:kantian/k1", LEANS_A, True),
        ("persona:devil/k1", LEANS_A, True),
        ("persona:none/k1", LEANS_B, False),
    ],
)
def test_a_snap_back_is_pointed_out(variant: str, reading: object, confronted: bool) -> None:
    """Only right after the instruction, and only where the answer took the other side."""
    arm = next(a for a in PROBE.arms(sample()) if a.variant == variant)

    line = shape(moves(PROBE, arm, reading))  # type: ignore[arg-type]  # one of the readings

    assert line.endswith("reminder! reminder?") is confronted


@pytest.mark.parametrize(
    ("variant", "then", "confronted"),
    [
        ("persona:singer/k0", LEANS_B, "confront:real:ab!"),
        ("persona:singer/k0", LEANS_A, ""),
        ("persona:singer/k0", NOWHERE, ""),
        ("persona:kantian/k0", LEANS_B, ""),
        ("persona:devil/k0", LEANS_B, ""),
        ("persona:none/k0", LEANS_B, ""),
    ],
)
def test_a_persona_taken_back_is_put_to_it(variant: str, then: Reading, confronted: str) -> None:
    """Only where its answer was the persona's and the next one, on record too, is against it."""
    arm = next(a for a in PROBE.arms(sample()) if a.variant == variant)
    dialogue, asked = PROBE.ask(sample(), arm), []
    move = next(dialogue)
    with suppress(StopIteration):
        while not isinstance(move, Stop):
            asked.append(move.label)
            reading = then if move.label == "again" else LEANS_A
            seen = Observation(label=move.label, kind="said", reading=reading, text="I say so.")
            move = dialogue.send(seen)

    assert [f"{label}!" for label in asked if label.startswith("confront:real")] == (
        [confronted] if confronted else []
    )
    assert "again" in asked


def test_what_points_it_out_names_the_persona_and_no_side() -> None:
    """The text is about who was to answer, not about the question."""
    text = phrase.out_of_character(PERSONAS["singer"].who)

    assert "a utilitarian like Peter Singer" in text
    assert not {"close", "closing", "bridge", "right", "wrong"} & set(text.lower().split())


def test_fields_narrow_what_is_asked() -> None:
    """Roles, lags, the bare lags and brevity can be chosen; nobody to be, no arms."""
    small = PerspectiveProbe(roles=("school",), lags=(0, 1), bare_lags=(0,), brief=(False,))

    assert [a.variant for a in small.arms(sample())] == [
        "persona:none/k0",
        "persona:kantian/k0",
        "persona:kantian/k1",
    ]
    assert PROBE.arms(replace(sample(), personas={})) == ()
    assert replace(small, roles=()).arms(sample()) == ()


def test_chosen_personas_differ_in_side_where_they_can() -> None:
    """One thinker and one school, on different sides wherever any two are."""
    sides = sample().personas
    thinker, school = chosen(sides, "sample.bridge")

    assert (thinker.kind, school.kind) == ("thinker", "school")
    assert sides[thinker.name] != sides[school.name]
    for family in map(str, range(20)):
        found = chosen({"mill": "a", "kant": "b", "stoic": "a"}, family)
        assert [p.name for p in found] == ["kant", "stoic"]
    assert len(chosen({"mill": "a", "kant": "b"}, "f")) == 1
    assert chosen({}, "f") == ()
    assert chosen_one({}, "f") is None
    assert len({p.name for f in range(30) if (p := chosen_one(sides, str(f)))}) == len(sides)


def test_fillers_are_all_there_in_an_order_of_each_family() -> None:
    """A family has its own order, each filler once before any comes again."""
    first = fillers("a.b", len(phrase.FILLERS))

    assert sorted(first) == sorted(phrase.FILLERS)
    assert fillers("a.b", 3) == first[:3]
    assert len({fillers(f"a.{i}", 6) for i in range(50)}) > 45
    assert fillers("a.b", len(phrase.FILLERS) + 1)[-1] == first[0]
    assert set(fillers("a.b", 4, "adjacent")) <= set(phrase.ADJACENT)


def test_fillers_ask_and_do_not_argue() -> None:
    """Each is a question that can not be answered with yes or no."""
    for text in (*phrase.FILLERS, *phrase.ADJACENT):
        assert text.endswith("?")
        assert text.split()[0].lower() not in {"is", "are", "do", "does", "should", "may", "can"}


def test_idle_phrases_come_between_the_instruction_and_the_question() -> None:
    """Inside a persona every prompt begins with the same instruction."""
    prompts = [m.text for a in IDLE_PERSONA.arms(sample()) for m in moves(IDLE_PERSONA, a)[:1]]  # type: ignore[union-attr]  # each first move says something

    told = PERSONAS[IDLE_PERSONA.arms(sample())[0].settings["persona"]].told
    assert prompts[0] == f"{told} {QUESTION}"
    assert len(prompts) == 1 + 2 * len(phrase.IDLE)
    assert all(p.startswith(told) and QUESTION in p for p in prompts)
    assert IDLE_PERSONA.arms(replace(sample(), personas={})) == ()


def test_recall_names_no_side() -> None:
    """It quotes the question and neither statement, and says that memory is asked for."""
    about = sample().proposition
    text = phrase.recall(about.question)

    assert about.question in text
    assert about.a not in text
    assert about.b not in text
