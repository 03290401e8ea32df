"""Intervals: a number, how far it may be off, and by which method that was judged."""

from __future__ import annotations

from dataclasses import dataclass

from scipy import special

POWER = 0.80
"""Power the minimum detectable effect is stated at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A mean with its interval; `value` is None exactly when `reason` says why there is none.

    `low` and `high` are None where there is a value and no honest interval (one cluster, or an
    unbounded quantity that never varied). An interval always contains its value.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    level: float
    method: str
    """ "t", "bca", "beta-binomial", "all-equal" or "none"."""
    n: int
    """Values behind it."""
    clusters: int
    se: float | None = None
    """Standard error of the mean of cluster means; None with fewer than two clusters."""
    reason: str | None = None

    @property
    def mde(self) -> float | None:
        """Minimum detectable effect at this size: (t.975 + t.80) x SE with k-1 df.

        Values that never varied have no standard error to go by: then it is that of an interval
        as wide as the wider side of this one. None without an interval.
        """
        if self.clusters < 2:
            return None
        tail, power = (t_quantile(q, self.clusters - 1) for q in (0.5 + self.level / 2, POWER))
        if self.se:
            return self.se * (tail + power)
        if self.value is None or self.low is None or self.high is None:
            return None
        return max(self.value - self.low, self.high - self.value) * (1.0 + power / tail)


def t_quantile(share: float, df: int) -> float:
    """Return the quantile of Student's t; `df` must be at least 1."""
    return float(special.stdtrit(df, share))


def nothing(reason: str, *, level: float) -> Interval:
    """Return the interval of no data, with its reason."""
    return Interval(value=None, level=level, method="none", n=0, clusters=0, reason=reason)
