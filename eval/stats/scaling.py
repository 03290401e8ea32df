"""How a quantity goes with size: seven families of curves, weighed against each other by AICc.

Errors are taken as known (each value's standard error), so that -2 log-likelihood is, up to a
constant, the weighted sum of squares, and AICc = X² + 2k + 2k(k+1)/(n-k-1) (Hurvich & Tsai 1989;
Burnham & Anderson 2002 for the weights). Sizes are divided by their geometric mean first: every
family is closed under that, so no verdict depends on the unit of size.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
from scipy import optimize, special

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

FamilyName = Literal["constant", "linear", "log", "quadratic", "power", "exponential", "logistic"]
FAMILIES: tuple[FamilyName, ...] = get_args(FamilyName)
DECIDED = 0.9
"""Akaike weight from which one family is said to be the one."""
LEAST = 4
"""Distinct sizes below which nothing can be compared."""
POOR = 0.05
"""A curve whose misfit is rarer than this does not fit, and is not named."""

_PARAMETERS: dict[FamilyName, int] = {
    "constant": 1,
    "linear": 2,
    "log": 2,
    "quadratic": 3,
    "power": 2,
    "exponential": 2,
    "logistic": 4,
}
_STEEPNESS = np.geomspace(0.5, 200.0, 24)
"""Logits per e-fold of size that a logistic curve is begun from; the last is a step."""
_STEEPEST = 10.0
"""Logarithm of the steepness beyond which a step is no steeper."""
_LONGEST = 60.0
"""Largest exponent that is computed."""
_RATES = np.linspace(-6.0, 6.0, 49)
"""Exponents of a power, and rates of an exponential over the range of sizes, to begin from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """One family fitted to a series."""

    family: FamilyName
    parameters: int
    chi_square: float
    """Weighted sum of squares left."""
    aicc: float
    weight: float
    """Akaike weight among the families that could be fitted, 0..1."""
    values: tuple[float, ...]
    """Coefficients, in sizes over `unit`."""
    unit: float
    """Geometric mean of the sizes."""
    span: tuple[float, float]
    """Smallest and largest size over `unit`."""

    def at(self, sizes: Sequence[float]) -> tuple[float, ...]:
        """Return the curve at sizes."""
        u = np.asarray(sizes, dtype=np.float64) / self.unit
        shape, linear = _split(self.family, self.values)
        design = _design(self.family, u, shape, self.span)
        return tuple(float(v) for v in design @ np.asarray(linear))


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """All families on one series."""

    fits: tuple[Fit, ...]
    """By weight, greatest first; empty where `reason` says why."""
    left_out: tuple[FamilyName, ...]
    """Families with too many parameters for so few sizes."""
    n: int
    reason: str = ""

    @property
    def best(self) -> Fit | None:
        """The family of greatest weight."""
        return self.fits[0] if self.fits else None

    @property
    def verdict(self) -> FamilyName | Literal["cannot tell"]:
        """The family whose weight is at least `DECIDED` and that fits, else "cannot tell"."""
        best = self.best
        if best is None or best.weight < DECIDED or (self.misfit or 0.0) < POOR:
            return "cannot tell"
        return best.family

    @property
    def flat(self) -> float | None:
        """Weight of "constant": that size makes no difference; None without fits."""
        return next((f.weight for f in self.fits if f.family == "constant"), None)

    @property
    def misfit(self) -> float | None:
        """Chance of a worse misfit than the best curve's, were it the true one."""
        best = self.best
        if best is None or self.n <= best.parameters:
            return None
        return float(special.chdtrc(self.n - best.parameters, best.chi_square))


def compare(sizes: Sequence[float], values: Sequence[float], errors: Sequence[float]) -> Series:
    """Fit every family to values with known standard errors, and weigh them.

    Args:
        sizes: Above 0; at least `LEAST` distinct ones.
        values: One for each size.
        errors: Standard errors, above 0.

    Raises:
        ValueError: A size or an error is not above 0, or the lengths differ.
    """
    x, y, se = (np.asarray(v, dtype=np.float64) for v in (sizes, values, errors))
    if not (x.shape == y.shape == se.shape):
        raise ValueError("one value and one error for each size")
    if (x <= 0.0).any() or (se <= 0.0).any():
        raise ValueError("sizes and errors must be above 0")
    n = int(x.size)
    distinct = np.unique(x).size
    if distinct < LEAST:
        return Series(
            fits=(),
            left_out=FAMILIES,
            n=n,
            reason=f"of {distinct} size{'s' * (distinct != 1)}: it takes {LEAST} different ones",
        )
    unit = exp(float(np.log(x).mean()))
    u = x / unit
    span = (float(u.min()), float(u.max()))
    possible = [f for f in FAMILIES if min(n, distinct) - _PARAMETERS[f] - 1 >= 1]
    found = [_fit(family, u, y, se, unit, span) for family in possible]
    lowest = min(f.aicc for f in found)
    total = sum(exp(-0.5 * (f.aicc - lowest)) for f in found)
    weighed = [_weighed(f, exp(-0.5 * (f.aicc - lowest)) / total) for f in found]
    return Series(
        fits=tuple(sorted(weighed, key=lambda f: (-f.weight, FAMILIES.index(f.family)))),
        left_out=tuple(f for f in FAMILIES if f not in possible),
        n=n,
    )


def _weighed(fit: Fit, weight: float) -> Fit:
    return Fit(
        family=fit.family,
        parameters=fit.parameters,
        chi_square=fit.chi_square,
        aicc=fit.aicc,
        weight=weight,
        values=fit.values,
        unit=fit.unit,
        span=fit.span,
    )


def _fit(
    family: FamilyName, u: Array, y: Array, se: Array, unit: float, span: tuple[float, float]
) -> Fit:
    shape = _shape(family, u, y, se, span)
    linear, left = _solved(_design(family, u, shape, span), y, se)
    k, n = _PARAMETERS[family], int(u.size)
    return Fit(
        family=family,
        parameters=k,
        chi_square=left,
        aicc=left + 2.0 * k + 2.0 * k * (k + 1) / (n - k - 1),
        weight=0.0,
        values=(*shape, *linear),
        unit=unit,
        span=span,
    )


def _shape(
    family: FamilyName, u: Array, y: Array, se: Array, span: tuple[float, float]
) -> tuple[float, ...]:
    """Return the coefficients a family is not linear in, the best found; none for most.

    The linear ones are solved for at each of a grid of these, and the best of the grid is refined.
    """

    def left(shape: Array) -> float:
        return _solved(_design(family, u, tuple(map(float, shape)), span), y, se)[1]

    starts = _starts(family, span)
    if starts is None:
        return ()
    best = starts[_likeliest(family, u, y, se, starts, span)]
    refined = optimize.minimize(
        left, best, method="Nelder-Mead", options={"xatol": 1e-6, "fatol": 1e-9, "maxiter": 400}
    )
    chosen = refined.x if refined.fun < left(best) else best
    return tuple(float(v) for v in chosen)


def _starts(family: FamilyName, span: tuple[float, float]) -> Array | None:
    """Return the grid of shapes to begin from, a row each; None where there is nothing to find."""
    match family:
        case "power" | "exponential":
            return _RATES[:, None]
        case "logistic":
            middles = np.linspace(log(span[0]), log(span[1]), 33)
            grid = np.meshgrid(middles, np.log(_STEEPNESS), indexing="ij")
            return np.column_stack([axis.ravel() for axis in grid])
        case _:
            return None


def _likeliest(
    family: FamilyName, u: Array, y: Array, se: Array, starts: Array, span: tuple[float, float]
) -> int:
    """Return the row of the grid that leaves the least once the linear coefficients are solved."""
    w = 1.0 / se**2
    columns = _curves(family, u, starts, span)
    if family == "logistic":
        columns = columns - (columns @ w / w.sum())[:, None]
        y = y - (y @ w) / w.sum()
    scale = (columns**2) @ w
    explained = np.divide(
        (columns @ (w * y)) ** 2, scale, out=np.zeros_like(scale), where=scale > 0
    )
    return int(np.argmax(explained))


def _split(
    family: FamilyName, values: tuple[float, ...]
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return the coefficients of the shape, and the linear ones."""
    n = {"power": 1, "exponential": 1, "logistic": 2}.get(family, 0)
    return values[:n], values[n:]


def _design(
    family: FamilyName, u: Array, shape: Sequence[float] | Array, span: tuple[float, float]
) -> Array:
    """Return the columns a family is linear in, at sizes over the unit."""
    one = np.ones_like(u)
    match family:
        case "constant":
            columns = [one]
        case "linear":
            columns = [one, u]
        case "log":
            columns = [one, np.log(u)]
        case "quadratic":
            columns = [one, u, u * u]
        case _:
            curve = _curves(family, u, np.atleast_2d(np.asarray(shape)), span)[0]
            columns = [one, curve] if family == "logistic" else [curve]
    return np.column_stack(columns)


def _curves(family: FamilyName, u: Array, shapes: Array, span: tuple[float, float]) -> Array:
    """Return the column that depends on the shape, for each row of shapes."""
    rate = shapes[:, :1]
    if family == "logistic":
        found: Array = special.expit(
            np.exp(np.minimum(shapes[:, 1:2], _STEEPEST)) * (np.log(u) - rate)
        )
        return found
    along = np.log(u) if family == "power" else (u - span[0]) / (span[1] - span[0])
    return np.exp(np.clip(rate * along, -_LONGEST, _LONGEST))


def _solved(design: Array, y: Array, se: Array) -> tuple[tuple[float, ...], float]:
    """Return the weighted least-squares coefficients and the sum of squares they leave."""
    found, *_ = np.linalg.lstsq(design / se[:, None], y / se, rcond=None)
    rest = (y - design @ found) / se
    return tuple(float(v) for v in found), float(rest @ rest)
