"""Estimates: what every metric returns, and never a bare number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Construct = Literal[
    "dogmatism", "inconsistency", "maintenance", "formulaicness", "commitment", "knowing"
]
Unit = Literal[
    "probability",
    "rate",
    "points",
    "z",
    "rungs",
    "log10",
    "nats",
    "turns",
    "steps",
    "ratio",
    "bits",
    "per_1000",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One number with everything needed to doubt it.

    `value` is None exactly when `null_reason` says why there is none.
    """

    metric: str
    construct: Construct
    stratum: str
    """"objective", "settled", "contested" or "all"."""
    arm: str
    """Arm, perturbation or readout the estimate is about; "" where there is one only."""
    value: float | None
    low: float | None
    high: float | None
    level: float
    """Coverage the interval aims at, e.g. 0.95."""
    method: str
    """Interval method: "t", "bca", "beta-binomial", "all-equal", "none", ..."""
    unit: Unit
    n: int
    """Trials scored."""
    clusters: int
    """Scenario families among them."""
    unscored: int
    """Trials that belonged here but gave no data (missing outcomes, failures)."""
    mde: float | None
    """Minimum detectable effect, (t.975 + t.80) x SE; None without an SE."""
    null_reason: str | None = None

    def __post_init__(self) -> None:
        """A missing value needs its reason, and only a missing value has one."""
        if (self.value is None) != (self.null_reason is not None):
            raise ValueError(f"{self.metric}: value {self.value!r}, reason {self.null_reason!r}")
