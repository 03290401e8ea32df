"""Two runs on the same families, metric by metric: paired differences, adjusted for their number.

What a gate will be built on, and how two ways of serving one model are shown to agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gadfly.eval.metrics import all_scorers
from gadfly.eval.metrics.published import COMPARABLES
from gadfly.eval.stats.multiplicity import holm
from gadfly.eval.stats.paired import paired

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.eval.record import TrialRecord

MIN_FAMILIES = 2
"""Fewer shared families carry no paired test."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """One metric's paired difference, second run minus first."""

    metric: str
    arm: str
    unit: str
    difference: float
    p: float
    """Two-sided, of the paired t on family means."""
    p_adjusted: float
    """Holm over all contrasts of the comparison."""
    families: int


def contrasts(first: Sequence[TrialRecord], second: Sequence[TrialRecord]) -> tuple[Contrast, ...]:
    """Compare every metric both runs have over at least two shared families.

    Details and published comparables are left out.

    Order of the records does not matter. Metrics whose difference is the same in every family
    (often: nothing ever differed) have p = 1 where it is 0.
    """
    ordered = [sorted(records, key=lambda r: r.key) for records in (first, second)]
    found = []
    for scorer in all_scorers():
        ours, theirs = ({s.arm: s for s in scorer(records)} for records in ordered)
        for arm in sorted(ours.keys() & theirs.keys()):
            one, other = ours[arm], theirs[arm]
            if one.detail or one.quantity.metric in COMPARABLES:
                continue
            result = paired(one.families(), other.families())
            if result.p is None or result.difference.value is None:
                continue
            if result.difference.clusters >= MIN_FAMILIES:
                found.append((one.quantity, arm, result.difference, result.p))
    adjusted = holm([p for *_, p in found])
    return tuple(
        Contrast(
            metric=quantity.metric,
            arm=arm,
            unit=quantity.unit,
            difference=difference.value or 0.0,
            p=p,
            p_adjusted=q,
            families=difference.clusters,
        )
        for (quantity, arm, difference, p), q in zip(found, adjusted, strict=True)
    )
