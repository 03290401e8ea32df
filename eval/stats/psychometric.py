"""Where along a ladder acceptance tips: a penalised logistic curve with lapses.

p(x) = g + (1 - g - m) / (1 + exp(-b(x - a))), lapse rates g and m held in [0, .1]. Slopes of the
ladders of one respondent come from one population (`slopes_of`): few answers on a ladder say
little of its slope, and what the others say of theirs fills in for it. Thresholds are each ladder's
own, so that their spread stays what it is.
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
"""Mean and spread of log b where nothing else is known: without them a steep curve has no slope."""
_LEAST_SPREAD = 0.25
"""Slopes of ladders are never taken to be more alike than this, in log b."""
_SLOPES, _THRESHOLDS = 33, 41
"""Grid points of log b, and of a, for the likelihood of a slope."""
_FINE = 401
"""Grid points of a for the interval of a threshold."""
_USUAL_LAPSE = 0.01
_ROUNDS = 40
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
    lapses: tuple[float, float] = (0.0, 0.0)
    """g and m: how far the curve stays from 0 at its lower and from 1 at its upper end."""

    def at(self, x: float) -> float:
        """Return the fitted acceptance at x; a step is one at its threshold."""
        if self.slope is None:
            return float(x >= self.threshold)
        g, m = self.lapses
        return g + (1.0 - g - m) * float(special.expit(self.slope * (x - self.threshold)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Slopes:
    """The population that slopes of ladders come from: log b is normal."""

    mean: float = _PRIOR_LOG_SLOPE[0]
    spread: float = _PRIOR_LOG_SLOPE[1]

    @property
    def typical(self) -> float:
        """The median slope, in logits per unit of x."""
        return exp(self.mean)


ANY_SLOPE = Slopes()


def slope_evidence(
    x: Sequence[float], accept: Sequence[float], weight: Sequence[float]
) -> NDArray[np.float64]:
    """Return the log-likelihood of a ladder on the grid of log b, its threshold averaged over.

    The threshold may lie anywhere up to half a spacing beyond the points; lapses are held at .01.
    A step speaks too: for any slope that is steep enough.
    """
    xs, ys, weights = (np.asarray(values, dtype=np.float64) for values in (x, accept, weight))
    fits = _likelihoods(np.linspace(*_edges(xs), _THRESHOLDS), xs, ys, weights)
    return np.asarray(special.logsumexp(fits, axis=1) - log(_THRESHOLDS), dtype=np.float64)


def threshold_interval(
    x: Sequence[float],
    accept: Sequence[float],
    weight: Sequence[float],
    *,
    slopes: Slopes = ANY_SLOPE,
    level: float = 0.95,
) -> tuple[float, float]:
    """Return between which points the threshold of one ladder lies with probability `level`.

    Slopes are averaged over their population and the threshold is beforehand equally likely
    anywhere up to half a spacing beyond the points; lapses are held at .01. A step has it between
    two points, and about a ladder that is all of one side nothing is told but which end. Central
    interval of the posterior (Treutwein & Strasburger 1999). Needs two points at least.
    """
    xs, ys, weights = (np.asarray(values, dtype=np.float64) for values in (x, accept, weight))
    a = np.linspace(*_edges(xs), _FINE)
    prior = -0.5 * ((_grid() - slopes.mean) / slopes.spread) ** 2
    fits = special.logsumexp(_likelihoods(a, xs, ys, weights) + prior[:, None], axis=0)
    shares = np.cumsum(special.softmax(fits))
    tail = (1.0 - level) / 2
    low, high = (int(np.searchsorted(shares, share)) for share in (tail, 1.0 - tail))
    return float(a[low]), float(a[min(high, _FINE - 1)])


def slopes_of(evidence: Sequence[NDArray[np.float64]]) -> Slopes:
    """Return the population of slopes most likely to have made these ladders.

    Normal in log b, by expectation and maximisation over the grid, with one ladder's worth of
    `ANY_SLOPE` beside the ladders, so that few of them cannot fix it (Laird 1978; type II maximum
    likelihood). The spread is .25 at least. Without ladders it is `ANY_SLOPE`.
    """
    if not evidence:
        return ANY_SLOPE
    grid, seen = _grid(), np.stack(evidence)
    found, n = ANY_SLOPE, len(evidence) + 1.0
    for _ in range(_ROUNDS):
        prior = -0.5 * ((grid - found.mean) / found.spread) ** 2
        chances = special.softmax(seen + prior, axis=1)
        first = float((chances @ grid).sum())
        mean = (first + ANY_SLOPE.mean) / n
        about = float((chances @ (grid - mean) ** 2).sum())
        about += ANY_SLOPE.spread**2 + (ANY_SLOPE.mean - mean) ** 2
        found = Slopes(mean=mean, spread=max(_LEAST_SPREAD, (about / n) ** 0.5))
    return found


def fit_curve(
    x: Sequence[float],
    accept: Sequence[float],
    weight: Sequence[float],
    *,
    slopes: Slopes = ANY_SLOPE,
) -> Curve:
    """Fit acceptance (0..1) against x, ascending, each point with its number of answers.

    A step (each point within .1 of 0 or of 1, rejected first and accepted after) identifies no
    slope and its threshold only between two neighbouring points: the midpoint, with both as
    `low` and `high`. Where all points lie on one side the threshold is outside the range asked:
    it is put half a spacing beyond the end and bounded by one spacing. Anything else is fitted
    by penalised maximum likelihood, `slopes` the population of its slope; the threshold is then
    held within half a spacing of the range. Needs two points at least.
    """
    if len(x) < 2:
        raise ValueError(f"a curve needs two points at least, got {len(x)}")
    xs, ys = np.asarray(x, dtype=np.float64), np.asarray(accept, dtype=np.float64)
    step = _step(xs, ys)
    if step is not None:
        return step
    return _fit(xs, ys, np.asarray(weight, dtype=np.float64), slopes)


def _likelihoods(
    a: NDArray[np.float64],
    xs: NDArray[np.float64],
    ys: NDArray[np.float64],
    weights: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return log-likelihoods by slope (the grid of log b) and threshold."""
    core = special.expit(np.exp(_grid())[:, None, None] * (xs - a[:, None]))
    p = _USUAL_LAPSE + (1.0 - 2.0 * _USUAL_LAPSE) * core
    fits = (weights * (ys * np.log(p) + (1.0 - ys) * np.log1p(-p))).sum(axis=2)
    return np.asarray(fits, dtype=np.float64)


def _grid() -> NDArray[np.float64]:
    """Return the grid of log b."""
    return np.linspace(*_LOG_SLOPE, _SLOPES)


def _edges(xs: NDArray[np.float64]) -> tuple[float, float]:
    """Return half a spacing below the first point and above the last."""
    return float(xs[0] - (xs[1] - xs[0]) / 2), float(xs[-1] + (xs[-1] - xs[-2]) / 2)


def _step(xs: NDArray[np.float64], ys: NDArray[np.float64]) -> Curve | None:
    """Return the curve of a step, None where the points are no step."""
    rejected, accepted = ys <= LAPSE, ys >= 1.0 - LAPSE
    cut = int(np.count_nonzero(rejected))
    if not (rejected[:cut].all() and accepted[cut:].all()):
        return None
    low = float(xs[cut - 1]) if cut else float(2 * xs[0] - xs[1])
    high = float(xs[cut]) if cut < xs.size else float(2 * xs[-1] - xs[-2])
    return Curve(threshold=(low + high) / 2, slope=None, low=low, high=high)


def _fit(
    xs: NDArray[np.float64],
    ys: NDArray[np.float64],
    weights: NDArray[np.float64],
    slopes: Slopes,
) -> Curve:
    """Fit the curve by penalised maximum likelihood, from the crossing of the isotonic fit."""
    edges = _edges(xs)
    monotone = optimize.isotonic_regression(ys, weights=weights).x
    crossing = float(np.interp(0.5, monotone, xs)) if monotone[-1] > monotone[0] else edges[0]
    bounds = (edges, _LOG_SLOPE, (0.0, LAPSE), (0.0, LAPSE))
    fits = [
        optimize.minimize(
            _loss,
            np.array([crossing, log_slope, 0.01, 0.01]),
            args=(xs, ys, weights, slopes),
            jac=True,
            method="L-BFGS-B",
            bounds=bounds,
        )
        # A flat start and a steep one: between them no step and no gentle slope is missed.
        for log_slope in (-1.0, 1.0)
    ]
    best = min(fits, key=lambda fit: float(fit.fun))
    a, slope = float(best.x[0]), exp(float(best.x[1]))
    lapses = (float(best.x[2]), float(best.x[3]))
    return Curve(threshold=a, slope=slope, low=a, high=a, lapses=lapses)


def _loss(
    theta: NDArray[np.float64],
    xs: NDArray[np.float64],
    ys: NDArray[np.float64],
    weights: NDArray[np.float64],
    slopes: Slopes,
) -> tuple[float, NDArray[np.float64]]:
    """Return the penalised negative log-likelihood of (a, log b, g, m), and its gradient."""
    a, log_b, g, m = (float(v) for v in theta)
    b, span = exp(log_b), 1.0 - g - m
    core = special.expit(b * (xs - a))
    p = np.clip(g + span * core, _LEAST, 1.0 - _LEAST)
    lean = (log_b - slopes.mean) / slopes.spread
    likelihood = float((weights * (ys * np.log(p) + (1.0 - ys) * np.log1p(-p))).sum())
    value = -likelihood + 0.5 * lean**2 + _LAPSE_PENALTY * (g + m)
    by_p = -weights * (ys / p - (1.0 - ys) / (1.0 - p))
    bend = span * core * (1.0 - core)
    gradient = np.array(
        [
            (by_p * bend).sum() * -b,
            (by_p * bend * (xs - a)).sum() * b + lean / slopes.spread,
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
