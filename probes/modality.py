"""E5: permissible? obligatory? wrong not to? Asked fresh, and after something else."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from gadfly.probes.ladder import rungs_at
from gadfly.probes.move import Read, Say
from gadfly.probes.probe import Arm

if TYPE_CHECKING:
    from collections.abc import Generator

    from gadfly.probes.move import Move, Observation
    from gadfly.scenarios.scenario import Modality, Scenario

_ORDER: tuple[Modality, ...] = ("permissible", "obligatory", "wrong_not_to")


@dataclass(frozen=True, slots=True, kw_only=True)
class ModalityProbe:
    """Asks each modality of an act fresh, after each other modality, and after the ladder."""

    name: str = "modality"
    version: int = 1
    experiments: tuple[str, ...] = ("E5",)
    varies: str = "modality x (fresh thread, after another modality, after the ladder)"
    feeds: tuple[str, ...] = ("modality_excess", "modality_coherence")

    def arms(self, scenario: Scenario) -> tuple[Arm, ...]:
        """Every modality fresh and after each other one; after the ladder where there is one."""
        asked = [m for m in _ORDER if m in scenario.modalities]
        if len(asked) < 2:
            return ()
        made: list[Arm] = []
        for modality in asked:
            befores = ["fresh", *(f"after-{m}" for m in asked if m != modality)]
            if scenario.ladder is not None:
                befores.append("after-ladder")
            made.extend(
                Arm(
                    name=before,
                    variant=f"modality:{modality}",
                    settings=MappingProxyType({"modality": modality}),
                )
                for before in befores
            )
        return tuple(made)

    def ask(self, scenario: Scenario, arm: Arm) -> Generator[Move, Observation, None]:
        """Ask whatever comes before, then the modality itself, then read it."""
        before = arm.name.removeprefix("after-")
        if before == "ladder" and scenario.ladder is not None:
            for rung in rungs_at(scenario.ladder, scenario.ladder.benefits[-2]):
                yield Say(label=f"s{rung.severity}", text=rung.plain, about=rung.proposition)
        elif before != "fresh":
            yield _say(scenario, cast("Modality", before), "before")
        modality = cast("Modality", arm.settings["modality"])
        yield _say(scenario, modality, "first")
        yield Read(label="first", about=scenario.modalities[modality][1])


def _say(scenario: Scenario, modality: Modality, label: str) -> Say:
    wording, about = scenario.modalities[modality]
    return Say(label=label, text=wording.text, about=about)
