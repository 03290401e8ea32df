from __future__ import annotations

import math
from typing import Literal

import pytest

from gadfly.bot.readout import order_bias
from gadfly.bot.readout.average import average, commonest, mean_shares
from gadfly.bot.stance import Cell, Outcome, Reading


def cell(
    wording: int,
    order: Literal["ab", "ba", "none"],
    p: float | None,
    **shares: float,
) -> Cell:
    """Build a cell; its shares default to "answered" where it has a stance."""
    given: dict[Outcome, float] = {}
    for name, share in shares.items():
        given[name] = share  # type: ignore[index]  # keywords are outcome names
    return Cell(
        wording=wording,
        order=order,
        p=p,
        shares=given or {"answered" if p is not None else "unreadable": 1.0},
        n=3,
    )


def test_p_is_the_plain_mean_over_cells() -> None:
    """Cells weigh the same: (1 + .5 + .25 + .25) / 4 = .5, whatever the counts behind them."""
    cells = [cell(0, "ab", 1.0), cell(0, "ba", 0.5), cell(1, "ab", 0.25), cell(1, "ba", 0.25)]
    reading = average("sampled", cells, weight=(9.0, 1.0))
    assert reading.stance is not None
    assert math.isclose(reading.stance.p, 0.5, abs_tol=1e-12)
    assert (reading.stance.a, reading.stance.b) == (9.0, 1.0)
    assert reading.cells == tuple(cells)


def test_shares_are_averaged_over_cells_and_keep_the_missing() -> None:
    """Shares average over all cells, unreadable ones among them."""
    cells = [cell(0, "ab", 1.0, answered=0.5, unreadable=0.5), cell(0, "ba", None, evaded=1.0)]
    assert dict(mean_shares(cells)) == {"answered": 0.25, "evaded": 0.5, "unreadable": 0.25}


def test_a_common_abstention_leaves_no_stance() -> None:
    """Where undecided is commonest the reading has no stance, though a cell has."""
    cells = [
        cell(0, "ab", 1.0),
        cell(0, "ba", None, undecided=1.0),
        cell(1, "ab", None, undecided=1.0),
    ]
    reading = average("sampled", cells, weight=(3.0, 0.0))
    assert reading.outcome == "undecided"
    assert reading.stance is None
    assert reading.cells[0].p == 1.0


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        ({"answered": 0.5, "undecided": 0.5}, "answered"),
        ({"refused": 0.4, "undecided": 0.4, "answered": 0.2}, "undecided"),
        ({"unreadable": 0.5, "answered": 0.25, "evaded": 0.25}, "unreadable"),
        ({"answered": 1 / 3, "error": 1 / 3 + 1e-12, "refused": 1 / 3}, "answered"),
    ],
)
def test_commonest_outcome_and_its_ties(shares: dict[Outcome, float], expected: Outcome) -> None:
    """The largest share wins, decisive first among ties, then the order of OUTCOMES."""
    assert commonest(shares) == expected


def test_no_cells_is_an_error() -> None:
    """A read of which nothing came back is an error, not an empty answer."""
    reading = average("logprob", [], weight=(0.0, 0.0))
    assert reading.outcome == "error"
    assert dict(reading.shares) == {"error": 1.0}


def test_order_bias_is_positive_for_first_listed() -> None:
    """Always taking the first-listed statement is a bias of 1, always the last of -1."""
    first = [cell(w, o, 1.0 if o == "ab" else 0.0) for w in (0, 1) for o in ("ab", "ba")]
    last = [cell(w, o, 0.0 if o == "ab" else 1.0) for w in (0, 1) for o in ("ab", "ba")]
    assert order_bias(average("sampled", first, weight=(6.0, 6.0))) == 1.0
    assert order_bias(average("sampled", last, weight=(6.0, 6.0))) == -1.0


def test_order_bias_compares_within_wordings() -> None:
    """A wording that lost one order is left out: (.9 - .7) stands, wording 1 does not enter."""
    cells = [cell(0, "ab", 0.9), cell(0, "ba", 0.7), cell(1, "ab", 0.1), cell(1, "ba", None)]
    bias = order_bias(Reading(readout="sampled", outcome="undecided", cells=tuple(cells)))
    assert bias == pytest.approx(0.2, abs=1e-12)


def test_order_bias_needs_both_orders() -> None:
    """Without options shown there is no order and no bias to report."""
    reading = average("likelihood", [cell(0, "none", 0.5)], weight=(0.5, 0.5))
    assert order_bias(reading) is None
