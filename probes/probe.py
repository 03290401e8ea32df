"""What a probe is: a protocol of questioning, with no I/O, clock or global randomness."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from gadfly.probes.move import Move, Observation
    from gadfly.scenarios.scenario import Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """One condition of a probe on one scenario."""

    name: str
    """The condition: "placebo", "upward", "said"; the same across scenarios."""
    variant: str = "original"
    """Descriptor of the perturbation, e.g. "wording:2", "idle:brevity/after"."""
    system: str = ""
    """System prompt of this arm's thread (a persona), after the product's own."""
    history: tuple[tuple[str, str], ...] = ()
    """Turns the thread opens with, as (user, assistant): planted, the subject never said them."""
    settings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What the probe needs to know to run the arm; derived from name and variant."""


class Probe(Protocol):
    """Asks one scenario under several arms.

    `ask` is a plain generator: it yields moves and is sent an `Observation` for each. Given the
    same observations it must yield the same moves; `version` changes whenever its moves do.
    """

    @property
    def name(self) -> str:
        """Name on the command line."""
        ...

    @property
    def version(self) -> int:
        """Part of the trial key."""
        ...

    @property
    def experiments(self) -> tuple[str, ...]:
        """Ids of the experiments it runs, e.g. ("E2",)."""
        ...

    @property
    def varies(self) -> str:
        """What is varied, in one phrase."""
        ...

    @property
    def feeds(self) -> tuple[str, ...]:
        """Metrics computed from its trials."""
        ...

    def arms(self, scenario: Scenario) -> tuple[Arm, ...]:
        """Return the arms for a scenario, in a fixed order; none where it does not apply."""
        ...

    def ask(self, scenario: Scenario, arm: Arm) -> Generator[Move, Observation, None]:
        """Run one arm."""
        ...
