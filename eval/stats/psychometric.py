"""Where along a ladder acceptance tips: a penalised logistic curve with lapses.

p(x) = g + (1 - g - m) / (1 + exp(-b(x - a))), lapse rates g and m held in [0, .1].
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log
from typing import TYPE_CHECKING

import numpy as np
from scipy import optimize, special

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

LAPSE = 0.1
"""Most that either lapse rate may be; also how near 0 or 1 a rung must be to count as settled."""
STEEPEST = 20.0
"""Largest slope fitted, in logits per unit of x: steeper is a step."""
_LOG_SLOPE = (log(0.05), log(STEEPEST))
_PRIOR_LOG_SLOPE = (log(2.0), 1.0)
"""Mean and spread of the normal penalty on log b: without it a steep curve has no slope."""
_LAPSE_PENALTY = 5.0
"""Exponential penalty per unit of lapse: a lapse is believed only when rungs far out show it."""
_ROUNDING = 1e-12
_LEAST = 1e-9
"""Nearest to 0 and 1 that a fitted share comes, for its logarithm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A fitted acceptance curve."""

    threshold: float
    """Point of indifference a, in the units of x."""
    slope: float | None
    """b, in logits per unit of x at the threshold; None for a step, whose slope is unknown."""
    low: float
    """The threshold lies at or above this: the last rejected rung of a step."""
    high: float
    """The threshold lies at or below this: the first accepted rung of a step."""


def fit_curve(x: Sequence[float], accept: Sequence[float], weight: Sequence[float]) -> Curve:
    """Fit acceptance (0..1) against x, ascending, each point with its number of answers.

    A step (each point within .1 of 0 or of 1, rejected first and accepted after) identifies no
    slope and its threshold only between two neighbouring points: the midpoint, with both as
    `low` and `high`. Where all points lie on one side the threshold is outside the range asked:
    it is put half a spacing beyond the end and bounded by one spacing. Anything else is fitted
    by penalised maximum likelihood; the threshold is then held within half a spacing of the
    range. Needs two points at least.
    """
    if len(x) < 2:
        raise ValueError(f"a curve needs two points at least, got {len(x)}")
    xs, ys = np.asarray(x, dtype=np.float64), np.asarray(accept, dtype=np.float64)
    step = _step(xs, ys)
    return step if step is not None else _fit(xs, ys, np.asarray(weight, dtype=np.float64))


def _step(xs: NDArray[np.float64], ys: NDArray[np.float64]) -> Curve | None:
    """Return the curve of a step, None where the points are no step."""
    rejected, accepted = ys <= LAPSE, ys >= 1.0 - LAPSE
    cut = int(np.count_nonzero(rejected))
    if not (rejected[:cut].all() and accepted[cut:].all()):
        return None
    low = float(xs[cut - 1]) if cut else float(2 * xs[0] - xs[1])
    high = float(xs[cut]) if cut < xs.size else float(2 * xs[-1] - xs[-2])
    return Curve(threshold=(low + high) / 2, slope=None, low=low, high=high)


def _fit(xs: NDArray[np.float64], ys: NDArray[np.float64], weights: NDArray[np.float64]) -> Curve:
    """Fit the curve by penalised maximum likelihood, from the crossing of the isotonic fit."""
    edges = (float(xs[0] - (xs[1] - xs[0]) / 2), float(xs[-1] + (xs[-1] - xs[-2]) / 2))
    monotone = optimize.isotonic_regression(ys, weights=weights).x
    crossing = float(np.interp(0.5, monotone, xs)) if monotone[-1] > monotone[0] else edges[0]
    bounds = (edges, _LOG_SLOPE, (0.0, LAPSE), (0.0, LAPSE))
    fits = [
        optimize.minimize(
            _loss,
            np.array([crossing, log_slope, 0.01, 0.01]),
            args=(xs, ys, weights),
            jac=True,
            method="L-BFGS-B",
            bounds=bounds,
        )
        # A flat start and a steep one: between them no step and no gentle slope is missed.
        for log_slope in (-1.0, 1.0)
    ]
    best = min(fits, key=lambda fit: float(fit.fun))
    a, slope = float(best.x[0]), exp(float(best.x[1]))
    return Curve(threshold=a, slope=slope, low=a, high=a)


def _loss(
    theta: NDArray[np.float64],
    xs: NDArray[np.float64],
    ys: NDArray[np.float64],
    weights: NDArray[np.float64],
) -> tuple[float, NDArray[np.float64]]:
    """Return the penalised negative log-likelihood of (a, log b, g, m), and its gradient."""
    a, log_b, g, m = (float(v) for v in theta)
    b, span = exp(log_b), 1.0 - g - m
    core = special.expit(b * (xs - a))
    p = np.clip(g + span * core, _LEAST, 1.0 - _LEAST)
    mean, spread = _PRIOR_LOG_SLOPE
    lean = (log_b - mean) / spread
    likelihood = float((weights * (ys * np.log(p) + (1.0 - ys) * np.log1p(-p))).sum())
    value = -likelihood + 0.5 * lean**2 + _LAPSE_PENALTY * (g + m)
    by_p = -weights * (ys / p - (1.0 - ys) / (1.0 - p))
    bend = span * core * (1.0 - core)
    gradient = np.array(
        [
            (by_p * bend).sum() * -b,
            (by_p * bend * (xs - a)).sum() * b + lean / spread,
            (by_p * (1.0 - core)).sum() + _LAPSE_PENALTY,
            -(by_p * core).sum() + _LAPSE_PENALTY,
        ]
    )
    return value, gradient


def isotonic_distance(accept: Sequence[float], weight: Sequence[float]) -> float:
    """Return the weighted mean distance of a sequence to its best ascending fit.

    0 for an ascending one; 0 for fewer than two points. Sampling noise alone makes it positive,
    so compare it only at equal numbers of answers.

    >>> isotonic_distance((0.0, 1.0, 0.0, 1.0), (1.0, 1.0, 1.0, 1.0))
    0.25
    """
    if len(accept) < 2:
        return 0.0
    ys, weights = np.asarray(accept, dtype=np.float64), np.asarray(weight, dtype=np.float64)
    fitted = optimize.isotonic_regression(ys, weights=weights).x
    # Pooling equal neighbours leaves rounding behind, and "in order" must be exactly 0.
    distances = np.abs(ys - fitted)
    distances[distances < _ROUNDING] = 0.0
    return float((weights * distances).sum() / weights.sum())
