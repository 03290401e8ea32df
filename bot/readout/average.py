"""From cells to a reading: equal weight for every wording x order, and the order bias."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from gadfly.bot.stance import OUTCOMES, Cell, Outcome, Reading, Stance

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gadfly.bot.respondent import ReadoutName

_ERROR: Mapping[Outcome, float] = MappingProxyType({"error": 1.0})


def commonest(shares: Mapping[Outcome, float]) -> Outcome:
    """Return the outcome with the largest share; "answered" wins ties, then the order of OUTCOMES.

    Shares closer than 1e-9 are ties: they are means of thirds and quarters.
    """
    top = max(shares.values())
    return next(o for o in OUTCOMES if shares.get(o, 0.0) >= top - 1e-9)


def mean_shares(cells: Sequence[Cell]) -> Mapping[Outcome, float]:
    """Return the outcome shares averaged over cells, each cell weighing the same."""
    if not cells:
        return _ERROR
    total: dict[Outcome, float] = {}
    for outcome in OUTCOMES:
        share = sum(cell.shares.get(outcome, 0.0) for cell in cells) / len(cells)
        if share > 0.0:
            total[outcome] = share
    return MappingProxyType(total)


def average(
    readout: ReadoutName,
    cells: Sequence[Cell],
    *,
    weight: tuple[float, float],
    label_mass: float | None = None,
) -> Reading:
    """Put cells together: p is the plain mean over the cells that have one.

    `weight` is what stands behind the stance on each side (counts, or shares of probability). The
    stance is dropped where the commonest outcome is not "answered"; the cells keep it.
    """
    shares = mean_shares(cells)
    outcome = commonest(shares)
    stances = [cell.p for cell in cells if cell.p is not None]
    stance = None
    if outcome == "answered":
        p = min(1.0, max(0.0, sum(stances) / len(stances)))
        stance = Stance(p, *weight)
    return Reading(
        readout=readout,
        outcome=outcome,
        stance=stance,
        shares=shares,
        cells=tuple(cells),
        label_mass=label_mass,
    )


def order_bias(reading: Reading) -> float | None:
    """Return mean p with A first minus mean p with B first; > 0 favours the option listed first.

    Compared within wordings that have a stance in both orders, then averaged over them, so that a
    lost cell cannot pass off a difference of wording as one of order. In [-1, 1]; None where no
    wording has both.

    >>> from gadfly.bot.stance import Cell, Reading
    >>> full = {"answered": 1.0}
    >>> order_bias(Reading(readout="sampled", outcome="undecided", cells=(
    ...     Cell(wording=0, order="ab", p=0.75, shares=full, n=4),
    ...     Cell(wording=0, order="ba", p=0.25, shares=full, n=4))))
    0.5
    """
    by_cell = {(cell.wording, cell.order): cell.p for cell in reading.cells}
    gaps = []
    for wording in sorted({cell.wording for cell in reading.cells}):
        first, second = by_cell.get((wording, "ab")), by_cell.get((wording, "ba"))
        if first is not None and second is not None:
            gaps.append(first - second)
    return sum(gaps) / len(gaps) if gaps else None
