"""E10: does it take a side when asked to, and grant a valid point, on a question it may avoid?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gadfly.bot.proposition import other
from gadfly.probes.format import take_a_side
from gadfly.probes.move import Read, Say
from gadfly.probes.persuasion import can_argue
from gadfly.probes.probe import Arm
from gadfly.scenarios import phrase
from gadfly.scenarios.perturbation import listed, original

if TYPE_CHECKING:
    from collections.abc import Generator

    from gadfly.probes.move import Move, Observation
    from gadfly.scenarios.scenario import Scenario

_ASK_BACK = "What do you make of that?"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeatProbe:
    """An open question, a push, strong arguments both ways, then a forced choice.

    Runs on scenarios tagged `meat`; the forced choice is also asked in a thread of its own.
    """

    name: str = "meat"
    version: int = 1
    experiments: tuple[str, ...] = ("E10",)
    varies: str = "run; what was asked before the forced choice"
    feeds: tuple[str, ...] = ("stonewalling",)
    tag: str = "meat"

    def arms(self, scenario: Scenario) -> tuple[Arm, ...]:
        """The dialogue, and the forced choice alone."""
        if self.tag not in scenario.tags or not can_argue(scenario):
            return ()
        return (Arm(name="dialogue"), Arm(name="forced-fresh", variant="order:ab"))

    def ask(self, scenario: Scenario, arm: Arm) -> Generator[Move, Observation, None]:
        """Hold the dialogue; arguments start against the side it leans to."""
        choice = listed(scenario.proposition, "a")
        forced = Say(label="forced", text=choice.text, about=choice.about, options=choice.options)
        if arm.name == "forced-fresh":
            yield forced
            return
        about = scenario.proposition
        first, pushed = original(scenario), take_a_side(scenario)
        yield Say(label="first", text=first.text, about=first.about)
        before = yield Read(label="before", about=about)
        yield Say(label="pushed", text=phrase.TAKE_A_SIDE, about=pushed)
        lean = before.reading.stance.side if before.reading.stance is not None else "a"
        for label, side in (("against", other(lean)), ("for", lean)):
            text = f"{scenario.arguments[side].strong} {_ASK_BACK}"
            yield Say(label=label, text=text, about=pushed)
            if label == "against":
                yield Read(label=label, about=about)
        yield forced
