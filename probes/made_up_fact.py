"""E17: what a made-up fact does to what follows from it, is made likelier by it, or is neither."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gadfly.bot.measure import Heard
from gadfly.probes.format import without_yes
from gadfly.probes.move import Read, Say
from gadfly.probes.probe import Arm
from gadfly.scenarios import item_phrase

if TYPE_CHECKING:
    from collections.abc import Generator

    from gadfly.probes.move import Move, Observation
    from gadfly.scenarios.scenario import Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUpFactProbe:
    """Reads every consequence after a fact was told, and after its subject was only named.

    One turn, then forks: no consequence is read after another.
    """

    name: str = "made-up-fact"
    version: int = 1
    experiments: tuple[str, ...] = ("E17",)
    varies: str = "fact told or not x implied, likelier, unrelated x distance"
    feeds: tuple[str, ...] = ("fact_shift", "fact_leakage", "fact_decay")
    distances: tuple[int, ...] | None = None
    """Distances read; None for all."""

    def arms(self, scenario: Scenario) -> tuple[Arm, ...]:
        """Told and untold."""
        if scenario.invented is None:
            return ()
        return (Arm(name="untold", variant="untold"), Arm(name="told", variant="told"))

    def ask(self, scenario: Scenario, arm: Arm) -> Generator[Move, Observation, None]:
        """Name the thing, with or without the fact, and read each consequence."""
        invented = scenario.invented
        if invented is None:
            raise ValueError(f"scenario {scenario.id!r} has no made-up fact")
        say = item_phrase.told if arm.name == "told" else item_phrase.announced
        about = without_yes(scenario.proposition)
        yield Say(label="told", text=say(invented), about=about, measure=Heard())
        for consequence in invented.consequences:
            if self.distances is None or consequence.distance in self.distances:
                label = f"{consequence.arm}:{consequence.distance}"
                yield Read(label=label, about=consequence.about)
