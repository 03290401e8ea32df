"""What a cell of the matrix is judged by."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from gadfly.eval.instrument.declaration import Law, Own
from gadfly.eval.instrument.verdict import Cell, adjusted, cell, recovery

if TYPE_CHECKING:
    from gadfly.eval.instrument.measure import Values

LEVELS = (0.0, 0.25, 0.5, 0.75, 1.0)
MATCHED = Own(trait="hedging", levels=LEVELS, slope=1.0)
RANKED = Own(trait="dogmatism", levels=LEVELS, sign=-1)
RISES = Law(trait="noise", sign=1, reason="it is by definition", rows=("metric said",))
FAMILIES = 24


def flat(value: float) -> Values:
    """Return the same value in every family."""
    return {f"f{i:02}": (value,) for i in range(FAMILIES)}


def uneven(mean: float, spread: float) -> Values:
    """Return values that lie `spread` above and below a mean by turns."""
    return {f"f{i:02}": (mean + (spread if i % 2 else -spread),) for i in range(FAMILIES)}


def judged(after: Values, law: Law | None = None, own: Own = RANKED) -> Cell:
    """Return a cell of a metric whose own trait moves it from 1 to 0; it was at .5 before."""
    followed = recovery(own, [flat(1.0 - x) for x in LEVELS])
    return adjusted([cell("metric said", "noise", law, followed, (flat(0.5), after))])[0]


@pytest.mark.parametrize(("per_unit", "standing"), [(1.0, "pass"), (0.92, "pass"), (0.85, "fail")])
def test_matching_units_need_a_slope_near_one(per_unit: float, standing: str) -> None:
    """Where a rate is held against a rate, being in order is not enough."""
    found = recovery(MATCHED, [flat(0.1 + per_unit * x) for x in LEVELS])

    assert found.slope == pytest.approx(per_unit)
    assert found.bias == pytest.approx(0.1 + (per_unit - 1.0) / 2)
    assert found.r == 1.0
    assert found.standing == standing


@pytest.mark.parametrize(
    ("values", "standing"),
    [((5, 4, 3, 2, 1), "pass"), ((5, 4, 2, 3, 1), "fail"), ((1, 2, 3, 4, 5), "fail")],
)
def test_other_units_need_the_right_order(values: tuple[int, ...], standing: str) -> None:
    """One pair of five levels out of order is too much, and so is the wrong direction."""
    assert recovery(RANKED, [flat(v) for v in values]).standing == standing


def test_a_metric_that_finds_nothing_recovers_nothing() -> None:
    """A level without a value is a failure, not a level less."""
    found = recovery(RANKED, [flat(1.0), {}, flat(0.5), flat(0.2), flat(0.0)])

    assert (found.slope, found.r, found.standing) == (None, None, "fail")


def test_a_trait_that_changes_no_answer_is_inert() -> None:
    """With the same dice and not one other value there is no error to allow for."""
    found = judged(flat(0.5))

    assert found.is_inert
    assert (found.p, found.standing) == (0.0, "pass")


@pytest.mark.parametrize(
    ("after", "standing"),
    [
        (uneven(0.52, 0.05), "pass"),
        (uneven(0.52, 0.5), "open"),
        (uneven(0.65, 0.5), "open"),
        (uneven(0.65, 0.05), "fail"),
        (flat(0.55), "pass"),
        (flat(0.65), "fail"),
        ({}, "fail"),
    ],
    ids=[
        "small and sure",
        "small and unsure",
        "large and unsure",
        "large",
        "alike and small",
        "alike and large",
        "none",
    ],
)
def test_a_zero_cell_must_be_shown_to_be_small(after: Values, standing: str) -> None:
    """Not to differ from nothing is not enough: the margin has to be ruled out."""
    assert judged(after).standing == standing


def test_families_that_lose_a_value_are_not_inert() -> None:
    """The same means from fewer answers are no proof that nothing differed."""
    before: Values = {name: (0.0, 1.0) for name in flat(0.0)}
    after: Values = {name: (0.5,) for name in flat(0.0)}
    followed = recovery(RANKED, [flat(1.0 - x) for x in LEVELS])
    found = cell("metric said", "noise", None, followed, (before, after))

    assert not found.is_inert
    assert found.p == pytest.approx(0.5**FAMILIES)


def test_many_zero_cells_make_each_harder_to_show() -> None:
    """The p of a cell is Holm-adjusted over all zero cells of a check."""
    own = recovery(RANKED, [flat(1.0 - x) for x in LEVELS])
    one = cell("metric said", "noise", None, own, (flat(0.5), uneven(0.5, 0.2)))
    others = [replace(one, trait=f"trait-{i}") for i in range(400)]

    assert adjusted([one])[0].standing == "pass"
    assert adjusted([one, *others])[0].standing == "open"


@pytest.mark.parametrize(
    ("after", "standing"),
    [
        (flat(0.51), "pass"),
        (flat(0.49), "fail"),
        (flat(0.5), "fail"),
        (uneven(0.55, 0.05), "pass"),
        (uneven(0.55, 0.5), "open"),
        (uneven(0.45, 0.5), "open"),
        (uneven(0.45, 0.05), "fail"),
    ],
)
def test_a_law_needs_its_sign(after: Values, standing: str) -> None:
    """What rises by definition has to be seen to rise; a law that does nothing is no law."""
    assert judged(after, RISES).standing == standing


def test_the_share_is_of_what_the_own_trait_does() -> None:
    """Half as far as its own trait moves it, the same way, is a share of one half."""
    assert judged(flat(0.0), RISES).share == pytest.approx(0.5)
    assert judged(flat(1.0), RISES).share == pytest.approx(-0.5)
