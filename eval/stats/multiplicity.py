"""Many tests at once: Holm for those with consequences, Benjamini-Hochberg for looking around."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return Holm-adjusted p-values, in the order given; none for none.

    The i-th smallest of m is multiplied by m - i + 1, made monotone upward, capped at 1
    (Holm 1979). Holds the family-wise error under any dependence.

    >>> holm((0.01, 0.04, 0.03))
    (0.03, 0.06, 0.06)
    """
    order = sorted(range(len(p_values)), key=lambda i: p_values[i])
    adjusted = [0.0] * len(p_values)
    reached = 0.0
    for rank, i in enumerate(order):
        reached = max(reached, min(1.0, (len(order) - rank) * p_values[i]))
        adjusted[i] = reached
    return tuple(adjusted)


def benjamini_hochberg(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return p-values adjusted for the false discovery rate, in the order given.

    The i-th smallest of m is multiplied by m / i, made monotone downward from the largest
    (Benjamini & Hochberg 1995). Holds under independence or positive dependence.

    >>> benjamini_hochberg((0.01, 0.04, 0.03))
    (0.03, 0.04, 0.04)
    """
    m = len(p_values)
    order = sorted(range(m), key=lambda i: p_values[i])
    adjusted = [0.0] * m
    reached = 1.0
    for rank in range(m, 0, -1):
        i = order[rank - 1]
        reached = min(reached, p_values[i] * m / rank)
        adjusted[i] = reached
    return tuple(adjusted)
