"""E21: what it says would change its mind is granted; or what it says makes no difference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gadfly.bot.crux import CRUX
from gadfly.probes.format import take_a_side
from gadfly.probes.move import Read, Say, Stop
from gadfly.probes.probe import Arm
from gadfly.scenarios import phrase
from gadfly.scenarios.perturbation import original

if TYPE_CHECKING:
    from collections.abc import Generator

    from gadfly.probes.move import Move, Observation
    from gadfly.scenarios.scenario import Scenario

ARMS = ("crux", "beside")
_ASKED = {"crux": phrase.CRUX, "beside": phrase.BESIDE}


@dataclass(frozen=True, slots=True, kw_only=True)
class CruxProbe:
    """Measures it by its own standard: no argument of ours is put to it."""

    name: str = "crux"
    version: int = 4
    experiments: tuple[str, ...] = ("E21",)
    varies: str = "what is granted: what would change its mind, or what it finds beside the point"
    feeds: tuple[str, ...] = ("crux", "nothing_would")

    def arms(self, scenario: Scenario) -> tuple[Arm, ...]:
        """Its crux, and what it finds beside the point, of any question that is asked openly."""
        return tuple(Arm(name=name) for name in ARMS) if scenario.wordings else ()

    def ask(self, scenario: Scenario, arm: Arm) -> Generator[Move, Observation, None]:
        """Ask, read, let it name something, grant that, read again."""
        about, sided = scenario.proposition, take_a_side(scenario)
        first = original(scenario)
        yield Say(label="first", text=first.text, about=first.about)
        before = yield Read(label="before", about=about)
        if before.reading.stance is None:
            yield Stop(reason=f"no stance to change: {before.reading.outcome}")
            return
        # What is beside the point is another question, whose answers `CRUX` does not know.
        measure = CRUX if arm.name == "crux" else None
        named = yield Say(label="named", text=_ASKED[arm.name], about=sided, measure=measure)
        if named.code in ("nothing", "disowned"):
            return
        yield Say(label="granted", text=phrase.GRANTED, about=sided)
        yield Read(label="after", about=about)
