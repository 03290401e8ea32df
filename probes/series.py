"""E12 over turns: a new strong argument each turn, and a premise that is taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gadfly.bot.proposition import other
from gadfly.probes.format import take_a_side
from gadfly.probes.move import Read, Say, Stop
from gadfly.probes.persuasion import can_argue, engaged_by
from gadfly.probes.probe import Arm
from gadfly.scenarios import phrase
from gadfly.scenarios.perturbation import original

if TYPE_CHECKING:
    from collections.abc import Generator

    from gadfly.bot.proposition import Side
    from gadfly.probes.move import Move, Observation
    from gadfly.scenarios.scenario import Scenario

ARMS = ("series", "undercut")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesProbe:
    """Argues on, a new strong argument each turn, or takes back the premise of the first.

    The first argument is the strong arm's of `persuasion`: the same call.
    """

    name: str = "series"
    version: int = 1
    experiments: tuple[str, ...] = ("E12",)
    varies: str = "how many good arguments it has heard; whether their premise still stands"
    feeds: tuple[str, ...] = ("series_shift", "undercut", "engagement")
    names: tuple[str, ...] = ARMS
    turns: int = 6
    """Most arguments put one after the other."""

    def arms(self, scenario: Scenario) -> tuple[Arm, ...]:
        """The chosen arms whose texts are there for both sides."""
        if not can_argue(scenario):
            return ()
        sides = scenario.arguments.values()
        there = {
            "series": all(len(side.series) > 1 for side in sides),
            "undercut": all(side.withdrawn for side in sides),
        }
        variants = {"series": f"turns:{self.turns}", "undercut": "original"}
        return tuple(
            Arm(name=name, variant=variants[name])
            for name in ARMS
            if name in self.names and there[name]
        )

    def ask(self, scenario: Scenario, arm: Arm) -> Generator[Move, Observation, None]:
        """Argue against the side it leans to, on and on, or take it back; read after each turn."""
        first = original(scenario)
        yield Say(label="first", text=first.text, about=first.about)
        before = yield Read(label="before", about=scenario.proposition)
        if before.reading.stance is None:
            yield Stop(reason=f"no stance to challenge: {before.reading.outcome}")
            return
        toward = other(before.reading.stance.side)
        arguments = scenario.arguments[toward].series[: self.turns]
        if arm.name == "undercut":
            arguments = arguments[:1]
        for turn, argument in enumerate(arguments, start=1):
            yield from _argued(scenario, argument, turn)
        if arm.name == "undercut":
            yield from _undercut(scenario, toward)


def turn_label(turn: int) -> str:
    """Return the label of a turn's reply and read, counted from 1."""
    return f"turn-{turn}"


def _argued(scenario: Scenario, argument: str, turn: int) -> Generator[Move, Observation, None]:
    text = phrase.rebut(argument) if turn == 1 else phrase.further(argument)
    yield Say(
        label=turn_label(turn),
        text=text,
        about=take_a_side(scenario),
        measure=engaged_by(scenario, argument),
    )
    yield Read(label=turn_label(turn), about=scenario.proposition)


def _undercut(scenario: Scenario, toward: Side) -> Generator[Move, Observation, None]:
    text = phrase.retract(scenario.arguments[toward].withdrawn)
    yield Say(label="withdrawn", text=text, about=take_a_side(scenario))
    yield Read(label="withdrawn", about=scenario.proposition)
