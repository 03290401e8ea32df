"""Differences between groups, for checking published figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence


def one_way_f(groups: Sequence[Sequence[float]]) -> float:
    """Return the F of a one-way analysis of variance: variance between groups over that within.

    For checking published figures. Not for models that answered the same items, whose groups are
    not independent.

    Raises:
        ValueError: Fewer than two groups, an empty one, or no variance within.
    """
    if len(groups) < 2 or not all(groups):
        raise ValueError("expected two or more groups with values")
    arrays = [np.asarray(group, dtype=np.float64) for group in groups]
    n, grand = sum(len(a) for a in arrays), np.concatenate(arrays).mean()
    between = sum(len(a) * float(a.mean() - grand) ** 2 for a in arrays)
    within = sum(float(((a - a.mean()) ** 2).sum()) for a in arrays)
    if within == 0.0 or n == len(groups):
        raise ValueError("no variance within groups")
    return (between / (len(groups) - 1)) / (within / (n - len(groups)))
