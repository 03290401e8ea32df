"""The bootstrap of a mean of cluster means, bias-corrected and accelerated.

Vectorised over resamples; equal to `scipy.stats.bootstrap(…, method="BCa")` for the same
generator, save for the small-sample expansion, which can be turned off.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from gadfly.eval.stats.interval import t_quantile

if TYPE_CHECKING:
    from numpy.typing import NDArray

RESAMPLES = 9_999
_TIE = 1e-12
"""Resampled means this close to the observed one are ties, whatever the order of summation."""


def bca(
    means: NDArray[np.float64],
    rng: np.random.Generator,
    *,
    level: float = 0.95,
    resamples: int = RESAMPLES,
    expand: bool = True,
) -> tuple[float, float]:
    """Return the BCa interval of the mean of `means`, which are resampled whole.

    With `expand` the normal quantile is replaced by t(k-1) x sqrt(k/(k-1)) (Hesterberg 2015,
    "What teachers should know about the bootstrap", section 5.2): the plain bootstrap of k
    clusters takes the spread with divisor k and the normal for Student's t, and so covers too
    little below some 40 clusters. `means` needs two different values at least.
    """
    k = means.size
    point = float(means.mean())
    draws = means[rng.integers(0, k, size=(resamples, k))].mean(axis=1)
    below = np.count_nonzero(draws < point - _TIE) + np.count_nonzero(draws <= point + _TIE)
    bias = float(special.ndtri(below / (2 * resamples)))
    # The jackknife of a mean: leaving cluster i out moves it by (mean - x_i) / (k - 1).
    moved = means - point
    acceleration = float((moved**3).sum() / (6.0 * (moved**2).sum() ** 1.5))
    tail = 0.5 + level / 2
    z = t_quantile(tail, k - 1) * sqrt(k / (k - 1)) if expand else float(special.ndtri(tail))
    shares = [_adjusted(bias, acceleration, -z), _adjusted(bias, acceleration, z)]
    low, high = np.quantile(draws, shares)
    return float(low), float(high)


def _adjusted(bias: float, acceleration: float, z: float) -> float:
    """Return the share of resamples below which the end of the interval lies."""
    moved = bias + z
    stretch = 1.0 - acceleration * moved
    if stretch <= 0.0:
        # Past the pole the formula folds back; the end is then the extreme resample.
        return 0.0 if z < 0.0 else 1.0
    return float(special.ndtr(bias + moved / stretch))
