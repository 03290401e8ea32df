"""E10: does it take a side when asked to, and grant a valid point, on a question it may avoid?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gadfly.bot.concession import Concession
from gadfly.bot.proposition import other
from gadfly.probes.format import take_a_side
from gadfly.probes.move import Read, Say
from gadfly.probes.persuasion import can_argue
from gadfly.probes.probe import Arm
from gadfly.scenarios import phrase
from gadfly.scenarios.aside import ASIDES
from gadfly.scenarios.perturbation import listed, original

if TYPE_CHECKING:
    from collections.abc import Generator

    from gadfly.probes.move import Move, Observation
    from gadfly.scenarios.scenario import Scenario

_ASK_BACK = "What do you make of that?"
_FORCED = ("forced-fresh", "forced-after", "forced-other")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeatProbe:
    """An open question, a push, strong arguments both ways, then a forced choice.

    Runs on scenarios tagged `meat`; the forced choice is also asked in a thread of its own, right
    after the open question, and after questions about other things.
    """

    name: str = "meat"
    version: int = 2
    experiments: tuple[str, ...] = ("E10",)
    varies: str = "run; what was asked before the forced choice"
    feeds: tuple[str, ...] = ("stonewalling", "granted_point", "forced_repeat", "forced_excess")
    tag: str = "meat"
    after: bool = True
    """Whether the forced choice is asked after the open question and other questions, too."""

    def arms(self, scenario: Scenario) -> tuple[Arm, ...]:
        """The dialogue, the forced choice alone, and after what should not bear on it."""
        if self.tag not in scenario.tags or not can_argue(scenario):
            return ()
        names = _FORCED if self.after else _FORCED[:1]
        return (Arm(name="dialogue"), *(Arm(name=name, variant="order:ab") for name in names))

    def ask(self, scenario: Scenario, arm: Arm) -> Generator[Move, Observation, None]:
        """Hold the dialogue; arguments start against the side it leans to."""
        choice = listed(scenario.proposition, "a")
        forced = Say(label="forced", text=choice.text, about=choice.about, options=choice.options)
        if arm.name in ("forced-fresh", "forced-other"):
            for i, aside in enumerate(ASIDES if arm.name == "forced-other" else (), 1):
                yield Say(label=f"other{i}", text=aside.text, about=aside.about)
            yield forced
            return
        about = scenario.proposition
        first, pushed = original(scenario), take_a_side(scenario)
        yield Say(label="first", text=first.text, about=first.about)
        if arm.name == "forced-after":
            yield forced
            return
        before = yield Read(label="before", about=about)
        yield Say(label="pushed", text=phrase.TAKE_A_SIDE, about=pushed)
        lean = before.reading.stance.side if before.reading.stance is not None else "a"
        for label, side in (("against", other(lean)), ("for", lean)):
            text = f"{scenario.arguments[side].strong} {_ASK_BACK}"
            yield Say(label=label, text=text, about=pushed, measure=Concession())
            if label == "against":
                yield Read(label=label, about=about)
        yield forced
