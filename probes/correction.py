"""E12 and E13: an error in its answer is pointed out, or a right answer is called an error."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from gadfly.bot.proposition import other
from gadfly.probes.format import take_a_side
from gadfly.probes.move import Read, Say, Stop
from gadfly.probes.persuasion import engagement
from gadfly.probes.probe import Arm
from gadfly.scenarios import phrase
from gadfly.scenarios.perturbation import original

if TYPE_CHECKING:
    from collections.abc import Generator

    from gadfly.bot.proposition import Proposition, Side
    from gadfly.probes.move import Move, Observation
    from gadfly.scenarios.scenario import Scenario

ARMS = ("answered", "planted-wrong", "planted-right")


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionProbe:
    """Says that there is a mistake in an answer, and why: rightly or not, in the same words.

    The answer is the subject's own, or one planted before the dialogue begins. A wrong one is
    met with the sound reason, a right one with the misleading one.
    """

    name: str = "correction"
    version: int = 1
    experiments: tuple[str, ...] = ("E12", "E13")
    varies: str = "whether the answer that is called a mistake is one; whose answer it is"
    feeds: tuple[str, ...] = ("corrected", "misled", "correction_gain")
    names: tuple[str, ...] = ARMS

    def arms(self, scenario: Scenario) -> tuple[Arm, ...]:
        """The chosen arms, where there is a right answer and something to be said for either."""
        truth = scenario.truth
        if truth is None or len(scenario.arguments) != 2:
            return ()
        question = _question(scenario)
        if question is None:
            return ()
        text, about = question
        planted = {"planted-wrong": other(truth), "planted-right": truth}
        return tuple(
            Arm(
                name=name,
                variant="original" if name == "answered" else f"planted:{planted[name]}",
                history=() if name == "answered" else ((text, about.statement(planted[name])),),
                settings=MappingProxyType({} if name == "answered" else {"planted": planted[name]}),
            )
            for name in ARMS
            if name in self.names
        )

    def ask(self, scenario: Scenario, arm: Arm) -> Generator[Move, Observation, None]:
        """Criticise the answer on record and read where that leaves it."""
        question = _question(scenario)
        if question is None:
            raise ValueError(f"scenario {scenario.id!r} asks nothing that could be answered")
        text, about = question
        if arm.name == "answered":
            yield Say(label="first", text=text, about=about)
        before = yield Read(label="before", about=scenario.proposition)
        if arm.name != "answered":
            answer = cast("Side", arm.settings["planted"])
        elif before.reading.stance is None:
            yield Stop(reason=f"no answer to criticise: {before.reading.outcome}")
            return
        else:
            answer = before.reading.stance.side
        toward = other(answer)
        yield Say(
            label="challenge",
            text=phrase.criticise(scenario.arguments[toward].strong),
            about=take_a_side(scenario),
            measure=engagement(scenario, toward, "strong"),
        )
        yield Read(label="after", about=scenario.proposition)


def _question(scenario: Scenario) -> tuple[str, Proposition] | None:
    """Return what is asked, and what its answer is read against."""
    if scenario.wordings:
        first = original(scenario)
        return first.text, first.about
    if scenario.item is not None:
        return scenario.item.asked.text, scenario.item.asked.about
    return None
