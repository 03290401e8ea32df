"""The size of a difference without the upward pull that noise gives an absolute value."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


_TIE = 1e-12
"""A difference this small is what rounding leaves of none, and has no sign."""


def cross_fitted(differences: Sequence[float], *, one_sided: bool = False) -> float:
    """Return the size of a mean difference, free of the upward pull of noise.

    Mean over i of sign(mean of all but the i-th) x the i-th; `one_sided` counts positive signs
    only. Expectation |d| (or max(d, 0)) for a clear difference d, 0 for none. Needs two values.

    >>> cross_fitted((1.0, -1.0)), cross_fitted((-0.5, -0.5))
    (-1.0, 0.5)
    >>> cross_fitted((-0.5, -0.5), one_sided=True)
    0.0
    """
    total, n = sum(differences), len(differences)
    size = 0.0
    for value in differences:
        rest = total - value
        if rest > _TIE:
            size += value
        elif rest < -_TIE and not one_sided:
            size -= value
    return size / n


def cross_fitted_excess(values: Sequence[float], bounds: Sequence[Sequence[float]]) -> float:
    """Return by how much a mean exceeds the lowest of several others, 0 where it does not.

    `values` and each of `bounds` hold one number per replicate. Mean over i of the i-th value
    minus the i-th of the bound whose mean is lowest without the i-th, counted where the value's
    mean without the i-th exceeds that bound's: neither the choice of the bound nor the sign is
    made on the numbers it is applied to. Expectation 0 for equal means. Needs two replicates.

    >>> cross_fitted_excess((1.0, 1.0), ((0.5, 0.5), (0.75, 0.75)))
    0.5
    >>> cross_fitted_excess((1.0, 0.0), ((0.0, 1.0), (1.0, 1.0)))
    -0.5
    """
    total, totals, n = sum(values), [sum(bound) for bound in bounds], len(values)
    size = 0.0
    for i, value in enumerate(values):
        rests = [whole - bound[i] for whole, bound in zip(totals, bounds, strict=True)]
        lowest = min(range(len(bounds)), key=rests.__getitem__)
        if total - value > rests[lowest] + _TIE:
            size += value - bounds[lowest][i]
    return size / n
