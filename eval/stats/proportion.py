"""Intervals for what is bounded and hardly varies: rates near 0 or 1, and values all equal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scipy import special

from gadfly.eval.stats.interval import t_quantile

if TYPE_CHECKING:
    from collections.abc import Sequence


USUAL_ICC = 0.45
"""How alike answers of a family are held to be where too few depart from the rest to tell: about
the middle of what repeats of a question show (.23 to .57 for flips of an answer)."""


def effective_n(groups: Sequence[Sequence[float]], *, icc: float = 0.0) -> float:
    """Return how many independent 0/1 answers the clustered ones are worth: n / deff.

    n/deff = p(1-p) / SE^2 x (z / t(k-1))^2 with SE from the k cluster means, the last factor
    paying for an SE known from k - 1 degrees of freedom only (Korn & Graubard 1998); never above n,
    or what an intra-class correlation of `icc` at least leaves of it, n / (1 + (n/k - 1) icc). A
    rate near its end rests on few families, whose spread comes out too small more often than not,
    and needs one. Where no answer differs from any other the design
    effect is unknown and a cluster counts once: k. Needs two clusters.
    """
    k = len(groups)
    n = sum(len(group) for group in groups)
    means = [sum(group) / len(group) for group in groups]
    p = sum(means) / k
    if p in (0.0, 1.0):
        return float(k)
    most = n / (1.0 + (n / k - 1.0) * icc)
    variance = sum((mean - p) ** 2 for mean in means) / (k - 1) / k
    if variance == 0.0:
        return most
    freedom = (float(special.ndtri(0.975)) / t_quantile(0.975, k - 1)) ** 2
    return min(p * (1.0 - p) / variance * freedom, most)


def jeffreys(p: float, n: float, *, level: float = 0.95) -> tuple[float, float]:
    """Return the Jeffreys interval of a share `p` of `n` (effective) answers.

    Quantiles of Beta(np + 1/2, n(1-p) + 1/2), with the end at 0 or 1 where p is (Brown, Cai &
    DasGupta 2001), and never short of p itself.

    >>> low, high = jeffreys(0.0, 24)
    >>> (low, round(high, 4))
    (0.0, 0.0981)
    """
    tail = (1.0 - level) / 2
    hits, misses = n * p + 0.5, n * (1.0 - p) + 0.5
    low = 0.0 if p == 0.0 else float(special.betaincinv(hits, misses, tail))
    high = 1.0 if p == 1.0 else float(special.betaincinv(hits, misses, 1.0 - tail))
    return min(low, p), max(high, p)


def clopper_pearson(hits: int, n: int, *, level: float = 0.95) -> tuple[float, float]:
    """Return the exact two-sided interval of a share of `n` independent trials, n above 0.

    Never covers less than its level (Clopper & Pearson 1934).

    >>> low, high = clopper_pearson(5, 100)
    >>> (round(low, 4), round(high, 4))
    (0.0164, 0.1128)
    """
    tail = (1.0 - level) / 2
    low = 0.0 if hits == 0 else float(special.betaincinv(hits, n - hits + 1, tail))
    high = 1.0 if hits == n else float(special.betaincinv(hits + 1, n - hits, 1.0 - tail))
    return low, high


def all_equal(
    value: float, clusters: int, bounds: tuple[float, float], *, level: float = 0.95
) -> tuple[float, float]:
    """Return the interval of a bounded mean when all clusters gave the same value.

    A share s of clusters that would differ stays unseen in k with probability (1-s)^k, so
    s <= u = 1 - ((1-level)/2)^(1/k); those may lie anywhere within the bounds. The interval is
    therefore [v - u(v - lo), v + u(hi - v)]: never of zero width, and no assumption on shape.

    >>> low, high = all_equal(0.0, 24, (0.0, 1.0))
    >>> (low, round(high, 4))
    (0.0, 0.1425)
    """
    unseen = 1.0 - ((1.0 - level) / 2) ** (1.0 / clusters)
    lower, upper = min(bounds[0], value), max(bounds[1], value)
    return value - unseen * (value - lower), value + unseen * (upper - value)
