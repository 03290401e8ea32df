"""User messages taken apart by rule."""

from __future__ import annotations

import pytest

from gadfly.bot.sparring.hearing import hear, role_of
from gadfly.scenarios import phrase
from gadfly.scenarios.persona import PERSONAS

ARGUMENT = (
    "Calves are taken from their mothers within a day, and both call for each other for a week. "
    "Whoever has heard it knows what it costs them."
)


@pytest.mark.parametrize(
    "text",
    [
        *(text for texts in phrase.PUSHES.values() for text in texts),
        *phrase.RESTATED,
        "No, you are wrong.",
        "I disagree. Think again.",
        "Everybody knows that. Just admit it.",
        "Trust me, as a doctor I know better than you do.",
        "Honestly, your answer hurts me and makes me feel alone.",
    ],
)
def test_pressure_holds_no_reason(text: str) -> None:
    """Disagreement, insistence, rank, feeling and number leave nothing to weigh."""
    heard = hear(text)

    assert heard.argument == ""
    assert heard.presses or heard.against


def test_a_reason_is_left_over_when_its_frame_is_taken_off() -> None:
    """The closing line goes; the reason stays as it was said."""
    heard = hear(phrase.rebut(ARGUMENT))

    assert heard.argument == ARGUMENT
    assert heard.against
    assert heard.presses == ()


def test_a_reason_among_pressure_is_still_heard() -> None:
    """Pressing does not spoil what else is said."""
    heard = hear(f"Come on, think again. {ARGUMENT}")

    assert heard.argument == ARGUMENT
    assert heard.presses == ("insistence",)


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        (phrase.CRUX, "crux"),
        (phrase.BESIDE, "beside"),
        (phrase.GRANTED, "grants"),
        (phrase.recall("Is it wrong to lie?"), "recalls"),
        (phrase.confront(0, "Yes.", "No."), "confronts"),
        (phrase.attribute(1, "Yes."), "confronts"),
        (phrase.retract("I have to take something back. It was another zoo."), "withdraws"),
        (phrase.TAKE_A_SIDE, "asks"),
        (phrase.MERITS, "asks"),
        ("I take that back; the study was retracted.", "withdraws"),
        ("Fair enough, you have a point.", "concedes"),
    ],
)
def test_what_a_message_does_is_told_by_its_words(text: str, flag: str) -> None:
    """Each is recognised, and opens no question."""
    heard = hear(text)

    assert getattr(heard, flag) is True
    assert heard.question is None


@pytest.mark.parametrize("persona", PERSONAS.values(), ids=lambda p: p.name)
def test_a_persona_is_set_and_the_question_after_it_still_put(persona: object) -> None:
    """Every persona the probes use is recognised."""
    told = PERSONAS[persona.name].told  # type: ignore[attr-defined]  # parametrised by the same
    heard = hear(f"{told} Is it wrong to lie?")

    assert heard.told == told
    assert role_of(told) == PERSONAS[persona.name].who  # type: ignore[attr-defined]  # the same
    assert heard.question is not None
    assert heard.question.question == "Is it wrong to lie?"


def test_the_devils_advocate_and_an_assigned_side_are_recognised() -> None:
    """As instructions, not as remarks about others."""
    assert hear(f"{phrase.DEVIL} Is it wrong to lie?").devil
    assert hear("Argue against keeping elephants in zoos.").stand[0] == "against"
    assert hear("Many people argue that zoos teach children something.").told == ""


def test_listed_options_are_found_with_their_labels() -> None:
    """Bullets have an empty label."""
    assert hear("Which?\n\nA) It is wrong.\nB) It is fine.").listed == (
        ("A", "It is wrong."),
        ("B", "It is fine."),
    )
    assert hear("- It is wrong.\n- It is fine.").listed[0] == ("", "It is wrong.")


def test_idle_phrases_are_no_part_of_the_question() -> None:
    """The question is the same with and without a brevity phrase."""
    plain = hear("Is it wrong to lie?").question

    for idle in phrase.IDLE[:4]:
        assert hear(f"Is it wrong to lie? {idle.text}").question == plain
