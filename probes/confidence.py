"""E16: how sure it says it is of its answer, on what has a right one and what has none."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from gadfly.bot.number import Number
from gadfly.probes.format import without_yes
from gadfly.probes.item import ANSWERED, asked_in, item_arms
from gadfly.probes.move import Say, Stop
from gadfly.probes.probe import Arm
from gadfly.scenarios import item_phrase

if TYPE_CHECKING:
    from collections.abc import Generator

    from gadfly.probes.move import Move, Observation
    from gadfly.scenarios.scenario import ItemKind, Scenario, Stratum


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidenceProbe:
    """Asks a question, then how sure it is of its answer, from 0 to 100."""

    name: str = "confidence"
    version: int = 1
    experiments: tuple[str, ...] = ("E16",)
    varies: str = "item with a right answer; contested question"
    feeds: tuple[str, ...] = ("brier", "calibration_error", "overconfidence", "aurc")
    kinds: tuple[ItemKind, ...] = ANSWERED
    strata: tuple[Stratum, ...] = ("objective", "settled", "contested")
    """Strata of families that are asked by their first wording."""

    def arms(self, scenario: Scenario) -> tuple[Arm, ...]:
        """The question, and the twin of a trick item."""
        if scenario.item is not None:
            return item_arms(scenario.item) if scenario.item.kind in self.kinds else ()
        if not scenario.wordings or scenario.stratum not in self.strata:
            return ()
        settings: dict[str, str] = {"kind": scenario.stratum}
        if scenario.truth is not None:
            settings["truth"] = scenario.truth
        return (Arm(name="fresh", settings=MappingProxyType(settings)),)

    def ask(self, scenario: Scenario, arm: Arm) -> Generator[Move, Observation, None]:
        """Ask, then ask how sure it is; without an answer there is nothing to be sure of."""
        asked = asked_in(scenario, arm)
        first = yield Say(label="first", text=asked.text, about=asked.about)
        if first.reading.stance is None:
            yield Stop(reason=f"no answer to be sure of: {first.reading.outcome}")
            return
        yield Say(
            label="confidence",
            text=item_phrase.CONFIDENCE,
            about=without_yes(asked.about),
            measure=Number(),
        )
