"""The size of a difference without the upward pull that noise gives an absolute value."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


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
        if rest > 0.0:
            size += value
        elif rest < 0.0 and not one_sided:
            size -= value
    return size / n
