"""What is declared of a metric and a trait: the words the matrix is written in."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gadfly.probes.probe import Probe
    from gadfly.scenarios.scenario import Stratum

Kind = Literal["own", "by definition", "zero"]
Sign = Literal[1, -1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A run in which metrics are looked at."""

    name: str
    probe: Probe
    replicates: int
    """Dialogues per arm and family."""
    limit: int | None = None
    """Most families; None for as many as the full suite asks, or all there are."""
    tags: tuple[str, ...] = ()
    strata: tuple[Stratum, ...] = ()
    """Strata the families are taken from; all where empty."""
    base: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    """Traits a simulant needs here for its metrics to have room to move."""
    high: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    """Levels that traits are raised to here, where it is not the usual one."""
    tokens: int = 160
    """Longest reply."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """The trait a metric is meant for, and how it is to follow it."""

    trait: str
    levels: tuple[float, ...]
    """Levels it is measured at, rising."""
    sign: Sign = 1
    """Whether the metric rises or falls with the trait."""
    slope: float | None = None
    """Metric per unit of the trait, where the units match; None where only the order can."""
    start: float = 0.0
    """Value at level 0 where the units match."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A metric of the matrix, in the run it is measured in."""

    metric: str
    arm: str
    ground: str
    own: Own

    @property
    def name(self) -> str:
        """Metric and arm, as the report has them."""
        return f"{self.metric} {self.arm}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """What a trait does to metrics that are not meant for it, and cannot but do."""

    trait: str
    sign: Sign
    reason: str
    """One line, for the page."""
    rows: tuple[str, ...]
    """Names of rows."""
