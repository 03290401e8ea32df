"""What is missing, and whether a verdict hangs on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gadfly.eval.metrics.bounds import ends_of, extremes

if TYPE_CHECKING:
    from gadfly.eval.gate.table import Cell, Row

MOST_APART = 0.05
"""Shares of missing trials further apart than this make a comparison invalid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Shares of trials without a value, of those asked in either run."""

    baseline: float
    candidate: float
    of_pairs: bool
    """Whether the metric compares pairs of trials, which are lost with either."""

    @property
    def too_far_apart(self) -> bool:
        """Whether one run lacks so much more than the other that they are of different trials."""
        return abs(self.baseline - self.candidate) > MOST_APART

    def tips(self, slack: float, reach: float) -> bool:
        """Say whether answers that are missing could overturn a verdict.

        They could if it would take no more than that they differ by `reach` from those that are
        there: they then move the effect by `reach` times their share (of the run that lacks
        more), and `slack` is how far the deciding bound is from where it would not decide.
        """
        seen = 1.0 - max(self.baseline, self.candidate)
        share = 1.0 - (seen * seen if self.of_pairs else seen)
        return share > 0.0 and slack <= reach * share


def missing(baseline: Row, candidate: Row) -> Missing:
    """Count what each run lacks of what was asked in either; a family one run lacks is missing.

    Both are 1 where nothing was asked.
    """
    asked = have = had = 0
    for name in baseline.cells.keys() | candidate.cells.keys():
        ours, theirs = baseline.cells.get(name), candidate.cells.get(name)
        asked += max(_asked(ours), _asked(theirs))
        had += ours.scored if ours is not None else 0
        have += theirs.scored if theirs is not None else 0
    return Missing(
        baseline=1.0 - had / asked if asked else 1.0,
        candidate=1.0 - have / asked if asked else 1.0,
        of_pairs=baseline.unit == "probability",
    )


def worst_case(baseline: Row, candidate: Row, worse: int) -> tuple[float, float] | None:
    """Return the least and the most the effect could be, whatever the missing answers were.

    Each run's mean over all families of either, with what it lacks at one end of the quantity and
    then at the other (Manski 1989). None for a quantity without bounds, or without any value.
    """
    names = sorted(baseline.cells.keys() | candidate.cells.keys())
    if baseline.bounds is None or not (baseline.means and candidate.means):
        return None
    ends = ends_of(baseline.metric, baseline.bounds)
    found = []
    for row, other in ((baseline, candidate), (candidate, baseline)):
        counts = {}
        for name in names:
            cell = row.cells.get(name)
            known = cell.scored if cell is not None else 0
            counts[name] = (known, max(_asked(cell), _asked(other.cells.get(name))) - known)
        found.append(extremes(row.means, counts, ends, of_pairs=row.unit == "probability"))
    (low_b, high_b), (low_c, high_c) = found
    return (low_c - high_b, high_c - low_b) if worse > 0 else (low_b - high_c, high_b - low_c)


def _asked(cell: Cell | None) -> int:
    return 0 if cell is None else cell.scored + cell.lost
