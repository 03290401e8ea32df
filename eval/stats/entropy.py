"""Entropy between prompts: what the variants of a question add to the entropy within each.

H(mean of the variants) = mean H + generalised Jensen-Shannon divergence (Lin 1991). Plug-in
entropies of a few answers are too low, that of the mean less so than the others, so that their
difference is above 0 from noise alone. Here both are the expected jackknifed entropy (Zahl 1977)
of the *same number* of answers, n: n different answers of one variant, or n answers each of a
variant drawn at random, no answer twice. Both expectations are then estimated without bias, and
their difference is 0 in expectation where all variants are answered alike, whatever the noise. It
tends to the divergence as n grows and is some way above it for few: shares .9 and .2 have .28 nats,
and come out at .34 with two answers, .36 with three, .30 with six.
"""

from __future__ import annotations

from math import comb, factorial, log
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

MOST = 6
"""Answers compared at most: more would cost time and change little."""


def divergence(variants: Sequence[Sequence[Sequence[float]]]) -> float:
    """Return the generalised Jensen-Shannon divergence of variants, in nats, free of repeat noise.

    Args:
        variants: For each variant its answers, each a distribution over the same categories. Two
            variants and two answers of each are needed.

    >>> yes, no = (1.0, 0.0), (0.0, 1.0)
    >>> round(divergence(((yes, yes), (no, no))) / log(2), 9)
    1.0
    """
    n = min(MOST, *(len(answers) for answers in variants))
    if len(variants) < 2 or n < 2:
        raise ValueError("a divergence needs two variants with two answers each")
    drawn = [_drawn(np.asarray(answers, dtype=np.float64), n) for answers in variants]
    weight = _jackknifed(n)
    # Counts of n draws, each of a variant at random: a product of exponential series.
    mixed = drawn[0] / _orders(n)
    for other in drawn[1:]:
        mixed = _product(mixed, other / _orders(n), n)
    whole = factorial(n) / len(variants) ** n * float((mixed[:, n] @ weight).sum())
    own = sum(float((each[:, n] @ weight).sum()) for each in drawn) / len(drawn)
    return float(whole - own)


def _drawn(answers: NDArray[np.float64], n: int) -> NDArray[np.float64]:
    """Return P(category, k draws without repeat, x hits), shape (categories, n + 1, n + 1)."""
    categories = answers.shape[1]
    sums = np.zeros((categories, n + 1, n + 1))
    sums[:, 0, 0] = 1.0
    for answer in answers:
        hit = answer[:, None, None]
        grown = sums.copy()
        grown[:, 1:, :] += sums[:, :-1, :] * (1.0 - hit)
        grown[:, 1:, 1:] += sums[:, :-1, :-1] * hit
        sums = grown
    ways = np.array([float(comb(len(answers), k)) for k in range(n + 1)])
    shares: NDArray[np.float64] = sums / ways[None, :, None]
    return shares


def _orders(n: int) -> NDArray[np.float64]:
    """Return k! for the numbers of draws, to divide by."""
    return np.array([float(factorial(k)) for k in range(n + 1)])[None, :, None]


def _product(
    first: NDArray[np.float64], second: NDArray[np.float64], n: int
) -> NDArray[np.float64]:
    """Return the product of two series in draws and hits, up to n draws."""
    found = np.zeros_like(first)
    for k in range(n + 1):
        for x in range(k + 1):
            found[:, k:, x:] += first[:, k, x][:, None, None] * second[:, : n + 1 - k, : n + 1 - x]
    return found


def _jackknifed(n: int) -> NDArray[np.float64]:
    """Return what a category hit x of n times adds to the jackknifed entropy, x = 0 to n."""
    whole, less = (np.array([_surprise(x / m) for x in range(m + 1)]) for m in (n, n - 1))
    # Leaving out one answer takes a hit from its own category and none from the others.
    left = [
        x * (less[x - 1] if x else 0.0) + (n - x) * (less[x] if x < n else 0.0)
        for x in range(n + 1)
    ]
    found: NDArray[np.float64] = n * whole - (n - 1) / n * np.array(left)
    return found


def _surprise(share: float) -> float:
    return -share * log(share) if share > 0.0 else 0.0
