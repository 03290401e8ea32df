"""Rank correlation."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def spearman(first: Sequence[float], second: Sequence[float]) -> float:
    """Return Spearman's rho: Pearson's r of the ranks, ties sharing theirs; 0 for a constant.

    >>> round(spearman([1, 2, 3, 4], [10, 20, 40, 30]), 6)
    0.8
    """
    x, y = _centred(first), _centred(second)
    size = sqrt(sum(a * a for a in x) * sum(b * b for b in y))
    return sum(a * b for a, b in zip(x, y, strict=True)) / size if size else 0.0


def _centred(values: Sequence[float]) -> list[float]:
    """Return ranks less their mean."""
    below = [
        sum(v < other for v in values) + sum(v == other for v in values) / 2 for other in values
    ]
    centre = sum(below) / len(below)
    return [rank - centre for rank in below]
