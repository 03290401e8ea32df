"""The mean of cluster means with its interval: the one estimator all metrics share."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from gadfly.eval.stats.bootstrap import bca
from gadfly.eval.stats.interval import Interval, nothing, t_quantile
from gadfly.eval.stats.proportion import USUAL_ICC, all_equal, effective_n, jeffreys

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

LEVEL = 0.95
T_FROM = 40
"""Clusters from which the t interval is used outright."""
BCA_FROM = 10
"""Clusters below which a bootstrap has too few points to resample: t again."""
_NEAR = 0.05
"""A rate below this, or above 1 minus it, is near its end."""
_FEW = 8
"""Neither t nor bootstrap covers where fewer clusters than this depart from 0, or from 1."""
_SAME = 1e-12


def cluster_mean(
    values: Mapping[str, Sequence[float]],
    rng: np.random.Generator,
    *,
    level: float = LEVEL,
    bounds: tuple[float, float] | None = None,
) -> Interval:
    """Return the mean of cluster means and its interval.

    Clusters are independent, what is inside one is not: the standard error is that of the k
    cluster means, whatever their sizes. Interval by the first that applies:

    - no value: no estimate; one cluster: the value without an interval;
    - 0/1 values (bounds (0, 1)) whose mean is below .05 or above .95, or that fewer than 8
      clusters keep from being all 0 or all 1, or whose cluster means are all equal: Jeffreys on
      the effective number of answers ("beta-binomial");
    - cluster means all equal: "all-equal" where bounded, else no interval;
    - 10 <= k < 40: expanded BCa bootstrap of the cluster means ("bca"); else "t" with k-1 df.

    An interval is cut at the bounds, or at the extreme values where an unbiased estimator
    oversteps them. Deterministic given `rng` and
    the *set* of clusters: they are taken in name order. Clusters without values do not count.
    """
    names = sorted(name for name, group in values.items() if len(group))
    if not names:
        return nothing("no values", level=level)
    groups = [values[name] for name in names]
    means = np.array([sum(group) / len(group) for group in groups], dtype=np.float64)
    n, k = sum(len(group) for group in groups), len(groups)
    point = float(means.mean())
    if k == 1:
        return Interval(value=point, level=level, method="none", n=n, clusters=1)
    equal = float(np.ptp(means)) <= _SAME
    se = 0.0 if equal else float(means.std(ddof=1)) / sqrt(k)
    low: float | None
    high: float | None
    if _is_rate(groups, bounds) and (equal or _near_end(means, point)):
        method = "beta-binomial"
        low, high = jeffreys(point, effective_n(groups, icc=USUAL_ICC), level=level)
    elif equal:
        method = "none" if bounds is None else "all-equal"
        low, high = (None, None) if bounds is None else all_equal(point, k, bounds, level=level)
    else:
        method, low, high = _varied(means, se, rng, level=level)
        low, high = _within(bounds, groups, low, high)
        low, high = min(low, point), max(high, point)
    return Interval(
        value=point, low=low, high=high, level=level, method=method, n=n, clusters=k, se=se
    )


def _varied(
    means: NDArray[np.float64], se: float, rng: np.random.Generator, *, level: float
) -> tuple[str, float, float]:
    """Return method and interval where cluster means differ."""
    if BCA_FROM <= means.size < T_FROM:
        return "bca", *bca(means, rng, level=level)
    half = t_quantile(0.5 + level / 2, means.size - 1) * se
    point = float(means.mean())
    return "t", point - half, point + half


def _near_end(means: NDArray[np.float64], point: float) -> bool:
    """Say whether a rate is so near 0 or 1 that its cluster means are anything but normal."""
    departing = min(np.count_nonzero(means > 0.0), np.count_nonzero(means < 1.0))
    return not _NEAR <= point <= 1.0 - _NEAR or int(departing) < _FEW


def _is_rate(groups: Sequence[Sequence[float]], bounds: tuple[float, float] | None) -> bool:
    """Say whether the values are yes/no answers."""
    return bounds == (0.0, 1.0) and all(v in (0.0, 1.0) for group in groups for v in group)


def _within(
    bounds: tuple[float, float] | None,
    groups: Sequence[Sequence[float]],
    low: float,
    high: float,
) -> tuple[float, float]:
    """Cut an interval at the bounds, or at the values where the estimator oversteps them."""
    if bounds is None:
        return low, high
    lowest = min(min(group) for group in groups)
    highest = max(max(group) for group in groups)
    return max(low, min(bounds[0], lowest)), min(high, max(bounds[1], highest))
