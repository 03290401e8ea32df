"""E9: the same question open, open with a push for a side, and as a forced choice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gadfly.probes.move import Read, Say
from gadfly.probes.probe import Arm
from gadfly.scenarios import phrase
from gadfly.scenarios.perturbation import listed, original

if TYPE_CHECKING:
    from collections.abc import Generator

    from gadfly.bot.proposition import Proposition
    from gadfly.probes.move import Move, Observation
    from gadfly.scenarios.scenario import Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatProbe:
    """Asks one question in three response formats."""

    name: str = "format"
    version: int = 1
    experiments: tuple[str, ...] = ("E9",)
    varies: str = "response format: open, open with a push, forced choice"
    feeds: tuple[str, ...] = ("format_conflict", "format_commitment_gap", "forced_choice_gap")

    def arms(self, scenario: Scenario) -> tuple[Arm, ...]:
        """Open, pushed, and forced with either statement first."""
        if not scenario.wordings:
            return ()
        return (
            Arm(name="open"),
            Arm(name="pushed"),
            Arm(name="forced", variant="order:ab"),
            Arm(name="forced", variant="order:ba"),
        )

    def ask(self, scenario: Scenario, arm: Arm) -> Generator[Move, Observation, None]:
        """Say it in the arm's format; open formats are read off the record."""
        if arm.name == "forced":
            choice = listed(scenario.proposition, "a" if arm.variant == "order:ab" else "b")
            yield Say(label="first", text=choice.text, about=choice.about, options=choice.options)
            return
        first = original(scenario)
        yield Say(label="first", text=first.text, about=first.about)
        if arm.name == "open":
            yield Read(label="first", about=scenario.proposition)
            return
        yield Say(label="pushed", text=phrase.TAKE_A_SIDE, about=take_a_side(scenario))
        yield Read(label="pushed", about=scenario.proposition)


def take_a_side(scenario: Scenario) -> Proposition:
    """Return the proposition as asked by the push, to which yes or no is no answer."""
    return without_yes(scenario.proposition)


def without_yes(about: Proposition) -> Proposition:
    """Return a proposition as asked about by a turn to which yes or no is no answer."""
    return replace(about, yes=None)
