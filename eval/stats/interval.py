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

        None without a standard error, and where it is 0: values that never varied say nothing
        of what could have been detected.
        """
        if self.se is None or self.se == 0.0:
            return None
        return self.se * (
            t_quantile(0.5 + self.level / 2, self.clusters - 1)
            + t_quantile(POWER, self.clusters - 1)
        )


def t_quantile(share: float, df: int) -> float:
    """Return the quantile of Student's t; `df` must be at least 1."""
    return float(special.stdtrit(df, share))


def nothing(reason: str, *, level: float) -> Interval:
    """Return the interval of no data, with its reason."""
    return Interval(value=None, level=level, method="none", n=0, clusters=0, reason=reason)
