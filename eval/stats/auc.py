"""The area under the ROC curve: how well a number tells two kinds of things apart."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from scipy import optimize, special

from gadfly.eval.stats.interval import Interval, nothing

if TYPE_CHECKING:
    from collections.abc import Sequence


_BESIDE = 1e-9


def auc(higher: Sequence[float], lower: Sequence[float], *, level: float = 0.95) -> Interval:
    """Return the chance that one of `higher` exceeds one of `lower`, ties counting half.

    1/2 is no better than guessing; below it the number points the other way. The interval is
    method 5 of Newcombe (2006), Statistics in Medicine 25:559: the values of the area at which the
    observed one lies z standard errors (Hanley & McNeil 1982, both samples taken as of the mean
    size) away. It stays inside [0, 1] and has width at 0 and 1.

    >>> found = auc([3.0, 4.0, 5.0], [1.0, 2.0, 3.0])
    >>> round(found.value or 0.0, 3), found.n
    (0.944, 6)
    """
    m, n = len(higher), len(lower)
    if not m or not n:
        return nothing("it takes some of each kind", level=level)
    wins = sum((h > low) + 0.5 * (h == low) for h in higher for low in lower)
    value = wins / (m * n)
    z = float(special.ndtri(0.5 + level / 2))

    def far(area: float) -> float:
        """How much farther than z standard errors the observed area is from another."""
        return abs(value - area) - z * _se(area, m, n)

    # At 0 and 1 the standard error is 0: an end is looked for beside the value, not at it.
    low = 0.0 if value == 0.0 else optimize.brentq(far, 0.0, value - _BESIDE)
    high = 1.0 if value == 1.0 else optimize.brentq(far, value + _BESIDE, 1.0)
    return Interval(
        value=value,
        low=float(low),
        high=float(high),
        level=level,
        method="newcombe-5",
        n=m + n,
        clusters=m + n,
        se=_se(value, m, n),
    )


def _se(area: float, m: int, n: int) -> float:
    size = (m + n) / 2 - 1
    spread = 1 + size * (1 - area) / (2 - area) + size * area / (1 + area)
    return math.sqrt(max(0.0, area * (1 - area) * spread / (m * n)))
