"""Terse answers to questions of fact, which have nothing but the word that counts."""

from __future__ import annotations

import pytest

from gadfly.bot.proposition import Proposition
from gadfly.bot.steering import read_reply

HOURS = Proposition(
    family="t.hours",
    question="How many hours has a day?",
    a="A day has twenty-four hours.",
    b="A day has twelve hours.",
)
PAGES = Proposition(
    family="t.pages",
    question="How many pages has she read?",
    a="She has read 12 pages by then.",
    b="She has read 18 pages by then.",
)
BONE = Proposition(
    family="t.bone",
    question="Which is the longest bone of the human body?",
    a="The longest bone is the thigh bone.",
    b="The longest bone is the shin bone.",
)
ONE = Proposition(
    family="t.noses",
    question="How many noses has an elephant?",
    a="An elephant has two noses.",
    b="An elephant has one nose.",
)
LEVER = Proposition(
    family="t.lever",
    question="Should the lever be pulled?",
    a="The lever should be pulled.",
    b="The lever should be left alone.",
    yes="a",
)


def side(text: str, about: Proposition) -> str:
    """Return the side a reply takes, or its outcome."""
    reading = read_reply(text, about)
    return reading.outcome if reading.stance is None else reading.stance.side


@pytest.mark.parametrize(
    ("about", "text", "expected"),
    [
        (HOURS, "24 hours.", "a"),
        (HOURS, "24", "a"),
        (HOURS, "24.", "a"),
        (HOURS, "Twenty-four.", "a"),
        (HOURS, "A day has 24 hours.", "a"),
        (HOURS, "There are 24 hours in a day.", "a"),
        (HOURS, "12", "b"),
        (HOURS, "It is 12 hours.", "b"),
        (HOURS, "The answer is 24.", "a"),
        (PAGES, "18 pages.", "b"),
        (PAGES, "18", "b"),
        (PAGES, "18.", "b"),
        (PAGES, "The answer is 18.", "b"),
        (PAGES, "Eighteen pages.", "b"),
        (PAGES, "**12**", "a"),
        (PAGES, "She has read 18 pages.", "b"),
        (BONE, "The thigh bone.", "a"),
        (BONE, "Thigh bone", "a"),
        (BONE, "The shin.", "b"),
        (ONE, "One.", "b"),
        (ONE, "Two", "a"),
        (ONE, "1", "b"),
    ],
)
def test_a_terse_answer_is_read(about: Proposition, text: str, expected: str) -> None:
    """A number or word by which the statements differ is an answer, digits and words alike."""
    assert side(text, about) == expected


@pytest.mark.parametrize(
    ("about", "text"),
    [
        (HOURS, "7"),
        (HOURS, "Either 12 or 24."),
        (HOURS, "Not 12."),
        (HOURS, "24 12"),
        (HOURS, "I bought 24 eggs and six loaves at the market."),
        (PAGES, "12 and 18 are both numbers."),
        (BONE, "The bone."),
        (LEVER, "18"),
        (LEVER, "pulled"),
    ],
)
def test_what_names_neither_or_both_is_not_guessed(about: Proposition, text: str) -> None:
    """Another number, both numbers, a denial or a word in passing decides nothing."""
    assert side(text, about) not in ("a", "b")


def test_list_numbers_are_no_answers() -> None:
    """The numbers of a list count from one and go; a number out of line stays."""
    text = "1. A day is long.\n2. It has its hours.\n12. They are many."

    assert side(text, HOURS) not in ("a", "b")
    assert side("1. It has 24 hours.\n2. It begins at midnight.", HOURS) == "a"
    assert side("24. A day is that long.", HOURS) == "a"
