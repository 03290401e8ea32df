"""What is put to the subject, and when: only what is on record, but where that is the test."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.moves import shape
from support.sample import sample

from gadfly.bot.stance import said
from gadfly.bot.steering import read_reply
from gadfly.probes.confront import OnRecord, confront
from gadfly.probes.confrontation import AGREE, CONFLICT, NO_SIDE, ConfrontationProbe
from gadfly.probes.move import Observation, Read, Say, Stop
from gadfly.probes.story import StoryProbe
from gadfly.scenarios import phrase

if TYPE_CHECKING:
    from gadfly.probes.move import Move
    from gadfly.probes.probe import Arm, Probe
    from gadfly.scenarios.scenario import Scenario

ABOUT = sample().proposition
FOR, AGAINST = f"{ABOUT.a} It will be missed.", f"{ABOUT.b} There are other ways."
E3, E11 = StoryProbe(), ConfrontationProbe()


def arm_of(probe: Probe, name: str, variant: str, scenario: Scenario | None = None) -> Arm:
    """Return an arm of a probe on the sample."""
    arms = probe.arms(scenario or sample())
    return next(a for a in arms if (a.name, a.variant) == (name, variant))


def play(probe: Probe, arm: Arm, *replies: str, scenario: Scenario | None = None) -> list[Move]:
    """Return the moves of an arm when it gets these replies in turn, and reads that say nothing."""
    dialogue = probe.ask(scenario or sample(), arm)
    left = list(replies)
    found = [next(dialogue)]
    while True:
        move = found[-1]
        assert not isinstance(move, Stop) or not left
        if isinstance(move, Say):
            text = left.pop(0) if left else "Hm."
            seen = Observation(
                label=move.label, kind="said", reading=read_reply(text, move.about), text=text
            )
        else:
            label = move.label if isinstance(move, Read) else ""
            seen = Observation(label=label, kind="read", reading=said("undecided"))
        try:
            found.append(dialogue.send(seen))
        except StopIteration:
            return found


CONFRONTED = "confront:first? confront:second?"


@pytest.mark.parametrize(
    ("name", "replies", "expected"),
    [
        ("story-first", (FOR, FOR), "story! story? direct! direct?"),
        (
            "story-first",
            (FOR, AGAINST),
            f"story! story? direct! direct? confront:real:ab! {CONFRONTED}",
        ),
        (
            "direct-first",
            (AGAINST, FOR),
            f"direct! direct? story! story? confront:real:ba! {CONFRONTED}",
        ),
        ("story-first", (FOR, "I am undecided."), "story! story? direct! direct?"),
    ],
)
def test_two_answers_that_conflict_are_put_to_it(
    name: str, replies: tuple[str, ...], expected: str
) -> None:
    """E3 runs on into the confrontation where the two answers conflict, and else ends."""
    found = play(E3, arm_of(E3, name, "cover:novel"), *replies)

    assert shape(found) == expected


@pytest.mark.parametrize(
    ("arm", "replies", "ending"),
    [
        ("real", (FOR, AGAINST), "confront:real:ab"),
        ("real", (FOR, FOR), AGREE),
        ("sham", (FOR, FOR), "confront:sham:aa"),
        ("sham", (FOR, AGAINST), CONFLICT),
        ("real", (FOR, "I am undecided."), NO_SIDE),
        ("sham", ("I am undecided.", FOR), NO_SIDE),
    ],
)
def test_one_of_real_and_sham_holds_the_confrontation(
    arm: str, replies: tuple[str, ...], ending: str
) -> None:
    """The same two answers serve one of the arms; the other stops and says why."""
    found = play(E11, arm_of(E11, arm, "cover:classic"), *replies)

    last = found[2]
    assert (last.reason if isinstance(last, Stop) else last.label) == ending


def test_it_hears_its_own_words_and_the_same_charge_whatever_they_are() -> None:
    """Both sentences are quoted; sham and real differ in the quotations only."""
    real = play(E11, arm_of(E11, "real", "cover:classic"), FOR, AGAINST)[2]
    sham = play(E11, arm_of(E11, "sham", "cover:classic"), FOR, FOR)[2]
    assert isinstance(real, Say)
    assert isinstance(sham, Say)

    assert f'"{ABOUT.a}"' in real.text
    assert f'"{ABOUT.b}"' in real.text
    assert real.text.endswith(phrase.CONFRONTED)
    assert sham.text == real.text.replace(ABOUT.b, ABOUT.a)


def test_both_questions_are_read_again_each_as_it_was_asked() -> None:
    """The story's own text is the question of its read, the direct question that of the other."""
    found = play(E11, arm_of(E11, "real", "cover:novel"), FOR, AGAINST)
    reads = [move.about for move in found if isinstance(move, Read)]

    assert [about.question for about in reads] == [sample().covers[1].text, ABOUT.question]
    assert {(about.a, about.b) for about in reads} == {(ABOUT.a, ABOUT.b)}


def test_one_question_answered_twice_is_read_once() -> None:
    """Two answers to one question (a persona dropped) need one read."""
    first = OnRecord(about=ABOUT, side="a", words="It is right.")
    dialogue = confront("real", first, replace(first, side="b", words="It is wrong."))
    found = [next(dialogue)]
    while True:
        try:
            found.append(
                dialogue.send(Observation(label="", kind="said", reading=said("undecided")))
            )
        except StopIteration:
            break

    assert shape(found) == "confront:real:ab! confront:second?"


def test_planted_answers_conflict_in_its_own_mouth_either_way_round() -> None:
    """The history holds both questions with opposite answers, once each way."""
    arms = [arm for arm in E11.arms(sample()) if arm.name == "planted"]
    pairs = []
    for arm in arms:
        (story, first), (direct, second) = arm.history
        assert story in {cover.text for cover in sample().covers}
        assert direct == sample().wordings[0].text
        pairs.append(
            "".join(
                stance.side
                for answer in (first, second)
                if (stance := read_reply(answer, ABOUT).stance)
            )
        )
        (charge, *_) = play(E11, arm)
        assert isinstance(charge, Say)
        assert first in charge.text
        assert second in charge.text
        assert charge.label == f"confront:planted:{arm.settings['sides']}"

    assert pairs == ["ab", "ba"]


def test_planted_answers_are_sentences_where_yes_would_not_show_the_conflict() -> None:
    """Where yes means opposite things to the two questions, statements are planted."""
    bare = replace(sample(), covers=(), wordings=(sample().wordings[0], sample().wordings[2]))
    arm = arm_of(E11, "planted", "wording:1/ab", bare)

    assert [answer for _, answer in arm.history] == [
        f"My answer is this: {ABOUT.a}",
        f"My answer is this: {ABOUT.b}",
    ]


@pytest.mark.parametrize(("reply", "sides"), [(FOR, "ba"), (AGAINST, "ab")])
def test_what_it_never_said_is_against_the_side_it_took(reply: str, sides: str) -> None:
    """The claim is of the opposite side, quotes only what was said, and nothing follows no side."""
    arm = arm_of(E11, "false", "original")
    found = play(E11, arm, reply)
    charge = found[1]
    assert isinstance(charge, Say)

    assert shape(found) == f"direct! confront:false:{sides}! confront:second?"
    assert charge.text.count('"') == 2
    assert play(E11, arm, "I am undecided.")[-1] == Stop(reason=NO_SIDE)


def test_charges_lead_to_no_answer_in_particular() -> None:
    """The fixed words name no side, no repair and no fault; they ask what it says."""
    texts = [*phrase.CONFRONTS, *phrase.ATTRIBUTIONS, phrase.ATTRIBUTED, phrase.CONFRONTED]
    loaded = {"wrong", "mistake", "revise", "withdraw", "sorry", "difference", "distinguish"}

    words = {word.strip(".,?\"'").lower() for text in texts for word in text.split()}

    assert not loaded & words
    assert phrase.CONFRONTED.endswith("?")


def test_real_and_sham_share_every_call_before_the_charge() -> None:
    """The prompts of the two arms are the same up to the confrontation, and those of E3 too."""
    real = play(E11, arm_of(E11, "real", "cover:novel"), FOR, AGAINST)
    sham = play(E11, arm_of(E11, "sham", "cover:novel"), FOR, AGAINST)
    story = play(E3, arm_of(E3, "story-first", "cover:novel"), FOR, AGAINST)

    assert real[:2] == sham[:2]
    assert [m for m in story if isinstance(m, Say)] == [m for m in real if isinstance(m, Say)]
    assert story[-2:] == real[-2:]
