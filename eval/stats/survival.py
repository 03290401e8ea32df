"""Discrete survival at a constant hazard: the chance per turn of leaving what one set out with."""

from __future__ import annotations

from collections import Counter
from math import log
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    Span = tuple[int, int | None]
    """Last turn it was seen to have held, and the first it was seen to have left (None: never)."""

T = TypeVar("T")
_STEPS = 1001
_REFINEMENTS = 3
_LEAST = 1e-300
FASTEST_GROWTH = 0.5
"""How far below 0 the hazard of a noisy curve may come out: no more than this."""


def geometric_hazard(spans: Sequence[Span]) -> float:
    """Return the maximum-likelihood hazard per turn, 0 to 1, of geometric survival.

    A span (a, b) adds log(S(a) - S(b)), one censored at a adds log S(a), with S(t) = (1 - h)^t:
    departures are known between two looks only, and not at all after the last (Prentice &
    Gloeckler 1978, with one hazard). Needs one span at least.

    >>> round(geometric_hazard([(0, 1), (0, 1), (1, None), (1, None)]), 6)
    0.5
    """
    if not spans:
        raise ValueError("no spans to fit a hazard to")
    # In one order, whatever order they come in: rounding moves the minimum by a step of the grid.
    counts = sorted(Counter(spans).items(), key=_place)

    def loss(hazards: NDArray[np.float64]) -> NDArray[np.float64]:
        stay = 1.0 - hazards
        total = np.zeros_like(hazards)
        for (held, left), count in counts:
            chance = stay**held - (0.0 if left is None else stay**left)
            total -= count * np.log(np.maximum(chance, _LEAST))
        return total

    return _minimum(loss, 0.0, 1.0)


def _place(counted: tuple[Span, int]) -> tuple[int, bool, int]:
    """Return where a span stands among others; one censored goes last of those held as long."""
    (held, left), _ = counted
    return held, left is None, left or 0


def product_limit(spans: Sequence[Span], turns: Sequence[int]) -> tuple[float | None, ...]:
    """Return the share that still holds at each turn, by the product-limit estimate.

    A span censored before a turn is not at risk there (Kaplan & Meier 1958). None from the turn
    on at which nobody was left to be looked at.

    >>> product_limit([(0, 1), (3, None)], (1, 3))
    (0.5, 0.5)
    """
    found: list[float | None] = []
    survival: float | None = 1.0
    for turn in turns:
        at_risk = sum(held >= turn or left == turn for held, left in spans)
        if survival and not at_risk:
            survival = None
        elif survival:
            survival *= 1.0 - sum(left == turn for _, left in spans) / at_risk
        found.append(survival)
    return tuple(found)


def decay_hazard(curve: Mapping[int, float]) -> float:
    """Return the hazard h per turn of the curve A (1 - h)^t, by least squares over t.

    For an effect that is looked at in separate dialogues at separate times (current status data):
    what is left of it at t is the share still affected. Lies in [-.5, 1]; noise may take it below
    0. Needs two times.

    >>> round(decay_hazard({0: 0.8, 1: 0.4, 2: 0.2}), 6)
    0.5
    """
    if len(curve) < 2:
        raise ValueError("a decay needs two times at least")
    times = np.array(sorted(curve), dtype=np.float64)
    values = np.array([curve[int(t)] for t in times])

    def loss(hazards: NDArray[np.float64]) -> NDArray[np.float64]:
        shape = (1.0 - hazards)[:, None] ** times[None, :]
        size = (shape @ values) / np.maximum((shape * shape).sum(axis=1), _LEAST)
        found: NDArray[np.float64] = ((values - size[:, None] * shape) ** 2).sum(axis=1)
        return found

    return _minimum(loss, -FASTEST_GROWTH, 1.0)


def half_life(hazard: float) -> float | None:
    """Return the turns in which half is lost at a constant hazard; None where nothing is lost.

    >>> half_life(0.5), half_life(0.0)
    (1.0, None)
    """
    if hazard <= 0.0:
        return None
    return log(0.5) / log(1.0 - hazard) if hazard < 1.0 else 0.0


def pseudo_values(
    families: Mapping[T, object], fitted: Callable[[Sequence[T]], float]
) -> dict[T, float]:
    """Return the jackknife pseudo-values of a fit, family by family.

    k f(all) - (k - 1) f(all but one): their mean is the fit with its first-order bias removed,
    their spread that of the fit (Efron & Tibshirani 1993, ch. 11). One family has its own fit.
    """
    names = list(families)
    whole, k = fitted(names), len(names)
    if k == 1:
        return {names[0]: whole}
    return {
        name: k * whole - (k - 1) * fitted([other for other in names if other != name])
        for name in names
    }


def _minimum(
    loss: Callable[[NDArray[np.float64]], NDArray[np.float64]], low: float, high: float
) -> float:
    """Return where a loss is least, by a grid that closes in on its best point."""
    for _ in range(_REFINEMENTS):
        grid = np.linspace(low, high, _STEPS)
        best = int(np.argmin(loss(grid)))
        low, high = float(grid[max(0, best - 1)]), float(grid[min(_STEPS - 1, best + 1)])
    return float(grid[int(np.argmin(loss(grid)))])
