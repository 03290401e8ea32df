"""How well two readers of the same texts agree: accuracy, kappa, rates by class, all clustered.

Input throughout: pairs (gold, read) by cluster. Clusters are independent, what is in one is not.
"""

from __future__ import annotations

from collections import Counter
from math import sqrt
from typing import TYPE_CHECKING

from gadfly.eval.stats.interval import Interval, nothing, t_quantile
from gadfly.eval.stats.proportion import effective_n, jeffreys

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Pair = tuple[str, str]
    Clusters = Mapping[str, Sequence[Pair]]

LEVEL = 0.95
_SAME = 1e-12


def confusion(clusters: Clusters) -> Counter[Pair]:
    """Count (gold, read) over all clusters."""
    return Counter(pair for pairs in clusters.values() for pair in pairs)


def cohen_kappa(pairs: Iterable[Pair]) -> float | None:
    """Return Cohen's kappa (1960), in [-1, 1]; None without pairs, or where only one class occurs.

    >>> round(cohen_kappa([("a", "a")] * 4 + [("b", "b")] * 4 + [("a", "b")] * 2), 4)
    0.6154
    """
    counts = Counter(pairs)
    n = counts.total()
    if not n:
        return None
    gold: Counter[str] = Counter()
    read: Counter[str] = Counter()
    for (one, two), count in counts.items():
        gold[one] += count
        read[two] += count
    by_chance = sum(gold[c] * read[c] for c in gold) / n**2
    if by_chance >= 1.0 - _SAME:
        return None
    agreed = sum(count for (one, two), count in counts.items() if one == two) / n
    return (agreed - by_chance) / (1.0 - by_chance)


def kappa(clusters: Clusters, *, level: float = LEVEL) -> Interval:
    """Return kappa over all pairs with a clustered interval.

    The standard error is the jackknife's, leaving out one cluster at a time, with k-1 df
    ("jackknife"). Where every pair agrees, the jackknife sees no error: the lower end is then
    kappa at the lower Jeffreys end of the agreement, chance agreement as it is ("beta-binomial").
    One cluster has no interval.
    """
    kept = {name: list(pairs) for name, pairs in clusters.items() if pairs}
    everything = [pair for name in sorted(kept) for pair in kept[name]]
    point = cohen_kappa(everything)
    n, k = len(everything), len(kept)
    if point is None:
        return nothing("fewer than two classes" if n else "no values", level=level)
    if k == 1:
        return Interval(value=point, level=level, method="none", n=n, clusters=1)
    if point >= 1.0 - _SAME:
        low = _kappa_at(everything, jeffreys(1.0, float(k), level=level)[0])
        return Interval(
            value=1.0, low=low, high=1.0, level=level, method="beta-binomial", n=n, clusters=k
        )
    left_out = [
        cohen_kappa(pair for other in sorted(kept) if other != name for pair in kept[other])
        for name in sorted(kept)
    ]
    found = [value for value in left_out if value is not None]
    if len(found) < 2:
        return Interval(value=point, level=level, method="none", n=n, clusters=k)
    mean = sum(found) / len(found)
    se = sqrt((len(found) - 1) / len(found) * sum((value - mean) ** 2 for value in found))
    half = t_quantile(0.5 + level / 2, len(found) - 1) * se
    return Interval(
        value=point,
        low=max(-1.0, point - half),
        high=min(1.0, point + half),
        level=level,
        method="jackknife",
        n=n,
        clusters=k,
        se=se,
    )


def _kappa_at(pairs: Sequence[Pair], agreed: float) -> float:
    """Return kappa at another share of agreement, classes as common as they are."""
    n = len(pairs)
    by_chance = sum((count / n) ** 2 for count in Counter(gold for gold, _ in pairs).values())
    return (agreed - by_chance) / (1.0 - by_chance)


def accuracy(clusters: Clusters, *, level: float = LEVEL) -> Interval:
    """Return the share of pairs that agree (`pooled_rate`)."""
    hits = {n: [float(gold == read) for gold, read in ps] for n, ps in clusters.items()}
    return pooled_rate(hits, level=level)


def sensitivity(clusters: Clusters, label: str, *, level: float = LEVEL) -> Interval:
    """Return the share read as a class among those that are of it."""
    hits = {
        name: [float(read == label) for gold, read in pairs if gold == label]
        for name, pairs in clusters.items()
    }
    return pooled_rate(hits, level=level)


def specificity(clusters: Clusters, label: str, *, level: float = LEVEL) -> Interval:
    """Return the share read as something else among those that are something else."""
    hits = {
        name: [float(read != label) for gold, read in pairs if gold != label]
        for name, pairs in clusters.items()
    }
    return pooled_rate(hits, level=level)


def pooled_rate(values: Mapping[str, Sequence[float]], *, level: float = LEVEL) -> Interval:
    """Return the share of ones among all 0/1 values, with the clustered error of a ratio.

    Jeffreys on the effective number of answers; `se` is the standard deviation of that Beta, so
    that a share of 0 or 1 has one too. Clusters of many values weigh more, other than in
    `cluster_mean`: these are properties of a reader, not of a population of clusters.
    """
    groups = [list(values[name]) for name in sorted(values) if values[name]]
    if not groups:
        return nothing("no values", level=level)
    n, k = sum(map(len, groups)), len(groups)
    p = sum(map(sum, groups)) / n
    if k == 1:
        return Interval(value=p, level=level, method="none", n=n, clusters=1)
    size = _worth(groups, p)
    low, high = jeffreys(p, size, level=level)
    a, b = size * p + 0.5, size * (1.0 - p) + 0.5
    return Interval(
        value=p,
        low=low,
        high=high,
        level=level,
        method="beta-binomial",
        n=n,
        clusters=k,
        se=sqrt(a * b / (a + b + 1.0)) / (a + b),
    )


def _worth(groups: Sequence[Sequence[float]], p: float) -> float:
    """Return how many independent answers the pooled ones are worth, as `effective_n` does."""
    if p in (0.0, 1.0):
        return effective_n(groups)
    n, k = sum(map(len, groups)), len(groups)
    variance = k / (k - 1) * sum((sum(g) - p * len(g)) ** 2 for g in groups) / n**2
    if variance <= _SAME:
        return float(n)
    freedom = (t_quantile(0.975, 10**6) / t_quantile(0.975, k - 1)) ** 2
    return min(p * (1.0 - p) / variance * freedom, float(n))
