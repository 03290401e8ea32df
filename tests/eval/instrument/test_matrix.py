"""The matrix as it is declared: whole, and consistent with itself."""

from __future__ import annotations

from dataclasses import fields

import pytest

from gadfly.bot.simulant.traits import RANGES, Traits
from gadfly.eval.headline import _HEADLINES
from gadfly.eval.instrument.grid import Grid
from gadfly.eval.instrument.laws import LAWS
from gadfly.eval.instrument.matrix import (
    FUNCTIONS,
    GROUNDS,
    QUICK,
    QUICK_TRAITS,
    ROWS,
    TRAITS,
    high,
    level,
)
from gadfly.eval.instrument.measure import scorers

CELLS = [(row, law.trait) for law in LAWS for row in law.rows]


def test_every_headline_is_in_the_matrix() -> None:
    """What the report says in a sentence is checked, or is a function of what is."""
    rows = {(row.metric, row.arm) for row in ROWS.values()}

    assert _HEADLINES.keys() <= rows | FUNCTIONS.keys()
    assert set(FUNCTIONS.values()) <= ROWS.keys()


def test_every_number_among_the_traits_is_a_column() -> None:
    """Only the world, the words and what shows in duels alone are no traits of the matrix."""
    assert set(TRAITS) == {field.name for field in fields(Traits)} - {"seed", "bank", "cogency"}


def test_every_trait_that_can_be_felt_is_somebodys_own() -> None:
    """Traits that no row is meant for serve to show what rows do not feel, and are few."""
    owned = {row.own.trait for row in ROWS.values()}

    assert len(TRAITS) - len(owned) <= len(TRAITS) / 3


@pytest.mark.parametrize("ground", GROUNDS)
def test_every_trait_is_moved_within_its_range(ground: str) -> None:
    """In every run each trait is raised to another level that a simulant can have."""
    for trait in TRAITS:
        low, top = RANGES[trait]
        assert level(ground, trait) != high(ground, trait), trait
        assert low <= high(ground, trait) <= top, trait


@pytest.mark.parametrize("ground", GROUNDS)
def test_traits_are_raised_and_not_lowered(ground: str) -> None:
    """But knowledge, and the spread of those who differ most: laws are signed for a rise."""
    lowered = {trait for trait in TRAITS if level(ground, trait) > high(ground, trait)}

    assert lowered <= {"knowledge", "spread"}
    assert ("spread" in lowered) == (ground == "repeat")


@pytest.mark.parametrize("name", ROWS)
def test_a_row_can_be_measured(name: str) -> None:
    """Its own trait has five rising levels, and some scorer of its run is called for it."""
    row = ROWS[name]

    assert len(row.own.levels) == 5
    assert sorted(set(row.own.levels)) == list(row.own.levels)
    assert scorers(row.ground)


def test_no_cell_is_declared_twice() -> None:
    """A law is about a row there is, which is not meant for its trait, and says why once."""
    assert len(set(CELLS)) == len(CELLS)
    for row, trait in CELLS:
        assert trait in TRAITS
        assert ROWS[row].own.trait != trait, (row, trait)
    for law in LAWS:
        assert law.reason
        assert "\n" not in law.reason


def test_a_grid_makes_each_run_once() -> None:
    """The run before a trait is raised is shared by all columns, and levels by all rows."""
    jobs = Grid().jobs

    assert len(set(jobs)) == len(jobs)
    assert len(jobs) <= len(GROUNDS) * (1 + len(TRAITS)) + 4 * len(ROWS)


def test_the_quick_part_owns_something() -> None:
    """A quick check has rows with their own traits among its columns."""
    rows = [row for row in ROWS.values() if row.ground in QUICK]

    assert any(row.own.trait in QUICK_TRAITS for row in rows)
    assert set(QUICK_TRAITS) <= set(TRAITS)
