"""The jackknife: a statistic of all clusters together as one value a cluster.

What is no mean of cluster values (d', a calibration error, a ratio of means) gets an interval by
leaving clusters out one at a time (Efron & Tibshirani 1993, chapter 11).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")


def influences(
    clusters: Mapping[str, T], statistic: Callable[[Mapping[str, T]], float | None]
) -> Mapping[str, float] | None:
    """Return one value a cluster: their mean is the statistic, their spread its error's.

    value = all + (k - 1) (mean of the k left-out statistics - the one without this cluster), so
    that the standard error of the mean of the values is the jackknife's. None where the statistic
    is undefined for all clusters, or with one of them left out. One cluster has the statistic.
    """
    whole = statistic(clusters)
    if whole is None:
        return None
    names = sorted(clusters)
    if len(names) == 1:
        return {names[0]: whole}
    without: list[float] = []
    for name in names:
        found = statistic({other: clusters[other] for other in names if other != name})
        if found is None:
            return None
        without.append(found)
    k = len(names)
    mean = sum(without) / k
    return {
        name: whole + (k - 1) * (mean - left) for name, left in zip(names, without, strict=True)
    }
