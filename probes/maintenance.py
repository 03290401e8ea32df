"""Stance maintenance: what becomes of a stance over turns in which nobody argues against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gadfly.bot.reported import Reported
from gadfly.probes.filler import Topic, fill, fillers
from gadfly.probes.format import take_a_side
from gadfly.probes.move import Read, Say
from gadfly.probes.probe import Arm
from gadfly.scenarios import phrase
from gadfly.scenarios.perturbation import original

if TYPE_CHECKING:
    from collections.abc import Generator

    from gadfly.probes.move import Move, Observation
    from gadfly.scenarios.scenario import Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenanceProbe:
    """Asks, lets turns pass, reads the stance at some of them; then recall, then reunion.

    Recall asks which view it gave; reunion asks the first question again in a fresh thread.
    """

    name: str = "maintenance"
    version: int = 1
    experiments: tuple[str, ...] = ()
    varies: str = "turns without an argument, on other matters or around the question"
    feeds: tuple[str, ...] = (
        "maintenance_survival",
        "maintenance_hazard",
        "maintenance_rmst",
        "maintenance_drift",
        "maintenance_slope",
        "recall_rate",
        "reunion_excess",
        "sign_changes",
    )
    depths: tuple[int, ...] = (1, 3, 6)
    """Turns after the first answer at which the stance is read, ascending."""
    topics: tuple[Topic, ...] = ("neutral", "adjacent")
    """What the turns between are about; each is an arm."""

    def arms(self, scenario: Scenario) -> tuple[Arm, ...]:
        """One arm per topic of the turns between; none where there is no open question."""
        return tuple(Arm(name=topic) for topic in self.topics) if scenario.wordings else ()

    def ask(self, scenario: Scenario, arm: Arm) -> Generator[Move, Observation, None]:
        """Ask, read, let turns pass and read, ask for its earlier view, ask anew elsewhere."""
        first, about = original(scenario), scenario.proposition
        topic: Topic = "adjacent" if arm.name == "adjacent" else "neutral"
        yield Say(label="first", text=first.text, about=first.about)
        yield Read(label="t0", about=about)
        passing = fillers(scenario.id, max(self.depths), topic)
        for turn, text in enumerate(passing, start=1):
            yield fill(scenario, text, turn)
            if turn in self.depths:
                yield Read(label=f"t{turn}", about=about)
        recall = phrase.recall(about.question)
        measure = Reported(about)
        yield Say(label="recall", text=recall, about=take_a_side(scenario), measure=measure)
        yield Say(label="reunion", text=first.text, about=first.about, fresh=True)
