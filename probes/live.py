"""E12, live: an LLM interlocutor argues against the side the subject leans to.

For discovery. Whoever argues is a second unknown in the measurement, so gates use frozen text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gadfly.bot.proposition import other
from gadfly.probes.format import take_a_side
from gadfly.probes.move import Consult, Read, Say, Stop
from gadfly.probes.probe import Arm
from gadfly.probes.series import turn_label
from gadfly.scenarios import phrase
from gadfly.scenarios.perturbation import original

if TYPE_CHECKING:
    from collections.abc import Generator

    from gadfly.probes.move import Move, Observation
    from gadfly.scenarios.scenario import Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveProbe:
    """Has the other side argued by a model, a few turns long, and reads it after each.

    A plan takes it up only where an interlocutor is named.
    """

    name: str = "persuasion-live"
    version: int = 1
    experiments: tuple[str, ...] = ("E12",)
    varies: str = "what an LLM interlocutor says against it (needs --interlocutor)"
    feeds: tuple[str, ...] = ("live_shift",)
    turns: int = 3

    def arms(self, scenario: Scenario) -> tuple[Arm, ...]:
        """One arm, of any question that is asked openly."""
        return (Arm(name="live", variant=f"turns:{self.turns}"),) if scenario.wordings else ()

    def ask(self, scenario: Scenario, arm: Arm) -> Generator[Move, Observation, None]:
        """Ask, read, have it argued with, read after each turn."""
        about = scenario.proposition
        first = original(scenario)
        yield Say(label="first", text=first.text, about=first.about)
        before = yield Read(label="before", about=about)
        if before.reading.stance is None:
            yield Stop(reason=f"no stance to challenge: {before.reading.outcome}")
            return
        toward = other(before.reading.stance.side)
        brief = phrase.live_brief(about.question, about.statement(toward))
        for turn in range(1, self.turns + 1):
            yield Consult(label=turn_label(turn), brief=brief, about=take_a_side(scenario))
            yield Read(label=turn_label(turn), about=about)
