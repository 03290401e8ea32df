"""Agreement of two raters, and differences between groups."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence


def cohen_kappa(first: Sequence[Hashable], second: Sequence[Hashable]) -> float | None:
    """Return Cohen's kappa of two raters of the same things: agreement beyond that of chance.

    None where chance alone would make them agree always: neither ever said anything else.

    >>> cohen_kappa("aabb", "aaba")
    0.5

    Raises:
        ValueError: They rated nothing, or not the same number of things.
    """
    n = len(first)
    if n == 0 or len(second) != n:
        raise ValueError(f"expected as many ratings of each, found {n} and {len(second)}")
    observed = sum(a == b for a, b in zip(first, second, strict=True)) / n
    mine, theirs = Counter(first), Counter(second)
    chance = sum(count * theirs[rating] for rating, count in mine.items()) / n**2
    return None if chance == 1.0 else (observed - chance) / (1.0 - chance)


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
