"""What is read in texts by word lists."""

from __future__ import annotations

import doctest

import pytest

from gadfly.eval.authoring import lexicon


def test_examples_in_docstrings_hold() -> None:
    """Each function does what its docstring shows."""
    assert doctest.testmod(lexicon).failed == 0


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("five or six men", {5, 6}),
        ("two thousand three hundred and four", {2304}),
        ("a hundred people and ten dogs", {10, 100}),
        ("it costs 2.20 euros on the 30th day", {2.2, 30}),
        ("100 of 50", {50, 100}),
        ("5 million sheep and a dozen", {5e6}),
        ("one of the two, both, and none", set()),
        ("twelve-year-olds", {12}),
    ],
)
def test_numbers_are_read_in_digits_and_words(text: str, found: set[float]) -> None:
    """Numbers are read by value, however written; 0, 1 and 2 count for nothing."""
    assert lexicon.numbers(text) == found


def test_names_are_read_inside_sentences() -> None:
    """Names keep no genitive; the first word of a sentence, days and "I" are none."""
    text = "Last May I met Anna's aunt in Paris. Then Tom came. “Quiet!” he said to Lee."

    assert lexicon.names(text) == {"Anna", "Paris", "Tom", "Lee"}


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("It costs nothing, so it is right.", True),
        ("Nature made no gates, and therefore a fence can't be right.", True),
        ("They were promised it, which is why taking it would be morally wrong.", True),
        ("The question is what is fair, so what is fair must be asked.", False),
        ("He would have it so, and he'd be wrong.", False),
        ("It is cheap, and cheap things are soon gone.", False),
    ],
)
def test_verdicts_are_read_where_they_conclude(text: str, *, side: bool) -> None:
    """A verdict after "so", "therefore" or "which is why" names a side; one in passing does not."""
    assert bool(lexicon.names_side(text)) is side


@pytest.mark.parametrize(
    ("act", "kind"),
    [
        ("hang one man", "death"),
        ("hang up on one man", None),
        ("break one man's left arm", "lasting harm to the body"),
        ("give up a finger", "lasting harm to the body"),
        ("prick one man's finger", "injury or pain"),
        ("break one man's window", "loss of property or money"),
        ("take one man's cup of tea", "trifle"),
        ("look away", None),
    ],
)
def test_harms_are_told_by_kind(act: str, kind: str | None) -> None:
    """An act's harm is the gravest kind it names; many acts name none."""
    found = lexicon.harm(act)

    assert (None if found is None else lexicon.HARMS[found][0]) == kind


def test_spans_of_time_are_compared_in_days() -> None:
    """A span is read in words or digits; "some years" has no length."""
    assert lexicon.span("jail him for 2 weeks") == ("jail him for …", 14.0)
    assert lexicon.span("jail him for a year") == ("jail him for …", 365.0)
    assert lexicon.span("jail him for some years") is None
    assert lexicon.span("jail him") is None
