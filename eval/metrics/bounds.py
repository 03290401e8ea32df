"""Worst-case bounds: a headline, had all missing answers gone one way (Manski 1989)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from gadfly.eval.estimate import Estimate
from gadfly.eval.headline import is_headline

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gadfly.eval.metrics.scores import Scores
    from gadfly.eval.record import TrialRecord

METHOD = "worst case"


def worst_case(
    scores: Scores, estimate: Estimate, records: Sequence[TrialRecord]
) -> Estimate | None:
    """Return a headline's estimate with the bounds it has whatever the missing answers were.

    Arm "ARM/worst-case". The ends are the mean over families with each family's lost trials at
    the lower and at the upper end of the quantity, families that gave nothing included. No
    sampling error is in them (level 1). Where pairs of trials are compared (unit "probability")
    a pair is lost with either. None where nothing is missing or there is no value, for a quantity
    without bounds, for one of all families at once, and for what is no headline.
    """
    quantity = scores.quantity
    lost = scores.lost()
    if estimate.value is None or quantity.bounds is None or scores.pooled or not lost:
        return None
    if not is_headline(quantity.metric, scores.arm):
        return None
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for record in records:
        if record.key in lost:
            counts[record.family][1] += 1
        elif scores.scored(record.key):
            counts[record.family][0] += 1
    low, high = extremes(
        {name: sum(own) / len(own) for name, own in scores.families().items() if own},
        {name: (known, missing) for name, (known, missing) in counts.items()},
        ends_of(quantity.metric, quantity.bounds),
        of_pairs=quantity.unit == "probability",
    )
    return Estimate(
        metric=estimate.metric,
        construct=estimate.construct,
        stratum=estimate.stratum,
        arm=f"{estimate.arm}/worst-case",
        value=estimate.value,
        low=min(max(low, quantity.bounds[0]), estimate.value),
        high=max(min(high, quantity.bounds[1]), estimate.value),
        level=1.0,
        method=METHOD,
        unit=estimate.unit,
        n=estimate.n,
        clusters=len(counts),
        unscored=estimate.unscored,
        mde=None,
    )


def ends_of(metric: str, bounds: tuple[float, float]) -> tuple[float, float]:
    """Return what a lost value may have been, at least and at most.

    An excess is a difference: a lost pair may count for it or against it.
    """
    return (-1.0, 1.0) if metric.endswith("_excess") else bounds


def extremes(
    means: Mapping[str, float],
    counts: Mapping[str, tuple[int, int]],
    ends: tuple[float, float],
    *,
    of_pairs: bool,
) -> tuple[float, float]:
    """Return the lowest and highest mean over families with lost trials at either end.

    Args:
        means: Mean of what is there, by family.
        counts: Trials scored and lost, by family; one of them at least is above 0.
        ends: What a lost value may have been.
        of_pairs: Whether pairs of trials are compared, which are lost with either.
    """
    totals = [0.0, 0.0]
    for family, (known, missing) in counts.items():
        seen = known / (known + missing) if missing else 1.0
        share = 1.0 - (seen * seen if of_pairs else seen)
        for i, end in enumerate(ends):
            own = means.get(family)
            totals[i] += end if own is None else (1.0 - share) * own + share * end
    return totals[0] / len(counts), totals[1] / len(counts)
