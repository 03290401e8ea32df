from __future__ import annotations

from dataclasses import replace

import pytest
from support.propositions import (
    CANTEEN,
    COFFEE,
    JAY,
    LEVER,
    MEAT,
    RAILWAYS,
    REFUGEE,
    WALL,
    WHALE,
)

from gadfly.bot.clause import words
from gadfly.bot.lens import lens
from gadfly.bot.proposition import Proposition, Side
from gadfly.bot.verdict import verdicts


def side(about: Proposition, text: str) -> Side | None:
    """Return the side of the only verdict in a text."""
    (found,) = verdicts(words(text), may_permits=True)
    return lens(about).side(found)


def test_statements_are_told_apart_by_what_they_judge() -> None:
    """Opposed statements have opposed forms; two acts to choose from have the same."""
    assert lens(MEAT).forms == (("permitted", 1), ("permitted", -1))
    assert lens(COFFEE).forms == (("owed", 1), ("owed", -1))
    assert lens(JAY).forms == (("permitted", 1), ("should", -1))
    assert lens(LEVER).forms == (("should", 1), ("should", 1))
    assert lens(WHALE).factual
    assert lens(WALL).by_not


@pytest.mark.parametrize(
    ("about", "text", "expected"),
    [
        (MEAT, "it is permissible to eat meat", "a"),
        (MEAT, "you should not eat meat", "b"),
        (MEAT, "you must eat meat", "a"),
        (MEAT, "you do not have to eat meat", None),
        (COFFEE, "it is permissible to give it up", None),
        (COFFEE, "it would be wrong to give it up", "b"),
        (COFFEE, "it would be wrong not to give it up", "a"),
        (COFFEE, "you do not have to give it up", "b"),
        (LEVER, "you should pull the lever", "a"),
        (LEVER, "you should not pull the lever", "b"),
        (LEVER, "it is best to leave it alone", "b"),
        (LEVER, "you do not have to pull the lever", None),
        (LEVER, "you should oil the lever", None),
        (REFUGEE, "you are not obliged to hide the refugee", "b"),
    ],
)
def test_verdicts_settle_what_they_entail(about: Proposition, text: str, expected: str) -> None:
    """A verdict takes a side where it bears on what is asked, and none where it does not."""
    assert side(about, text) == expected


@pytest.mark.parametrize(
    ("about", "text", "expected"),
    [
        (WHALE, "whales are mammals", "a"),
        (WHALE, "whales are not mammals", "b"),
        (WHALE, "whales swim", None),
        (WHALE, "mammals and fish", None),
        (WALL, "the great wall can be seen from the moon with the naked eye", "a"),
        (WALL, "the great wall can not be seen from the moon with the naked eye", "b"),
        (WALL, "the wall is long", None),
        (MEAT, "eating meat has good plant food available", None),
        (CANTEEN, "meat on the menu", None),
    ],
)
def test_plain_assertions_settle_facts_only(
    about: Proposition, text: str, expected: str | None
) -> None:
    """Without a judgement only statements of fact can be recognised, by most of their words."""
    assert lens(about).assertion(words(text)) == expected


def test_comparisons_are_not_matched_by_words() -> None:
    """A comparison has the same words both ways round, so words do not decide it."""
    about = Proposition(
        family="t.fall",
        question="Which falls faster?",
        a="A hammer falls faster than a feather.",
        b="A feather floats slower than a hammer.",
    )
    assert lens(about).assertion(words("a feather falls faster than a hammer")) is None


def test_lens_is_made_once() -> None:
    """The same proposition gets the same lens."""
    assert lens(MEAT) is lens(MEAT)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("railways are far more useful than canals", "a"),
        ("canals are more useful than railways", "b"),
        ("railways are not more useful than canals", "b"),
        ("canals are not more useful than railways", None),
        ("railways are more expensive than canals", None),
        ("roads are more useful than canals", None),
        ("railways are useful", None),
    ],
)
def test_comparisons_are_read_either_way_around(text: str, expected: Side | None) -> None:
    """The same measure the other way around is the other side; another measure is none."""
    assert lens(RAILWAYS).comparison(words(text)) == expected
    turned = replace(RAILWAYS, b="Canals are more useful than railways.")
    assert lens(turned).comparison(words(text)) == expected


def test_a_comparison_is_mirrored_with_its_statements() -> None:
    """Exchanging the statements exchanges the sides of a comparison."""
    mirrored = replace(RAILWAYS, a=RAILWAYS.b, b=RAILWAYS.a)
    assert lens(mirrored).comparison(words("canals are more useful than railways")) == "a"
    assert lens(LEVER).comparison(words("canals are more useful than railways")) is None
