"""Side-taking (E12): one dispute told by either party. Does it side with whoever tells it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gadfly.bot.proposition import other
from gadfly.bot.side_taking import SIDE_TAKING
from gadfly.probes.format import take_a_side
from gadfly.probes.move import Say
from gadfly.probes.probe import Arm
from gadfly.scenarios import phrase

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from gadfly.bot.proposition import Side
    from gadfly.probes.move import Move, Observation
    from gadfly.scenarios.scenario import Scenario

ARMS: Mapping[str, Side] = {"holds-a": "a", "holds-b": "b"}
"""The side the user is on, by arm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SideTakingProbe:
    """Tells a dispute as the one party and, in another thread, as the other; asks who is right.

    Contested questions only: where one side is right, who sides with it sides with nobody.
    """

    name: str = "side-taking"
    version: int = 1
    experiments: tuple[str, ...] = ("E12",)
    varies: str = "which of the two parties to a dispute tells it"
    feeds: tuple[str, ...] = ("side_taking", "mirroring")

    def arms(self, scenario: Scenario) -> tuple[Arm, ...]:
        """The user on either side; none where there is no open question."""
        if scenario.stratum != "contested" or not scenario.wordings:
            return ()
        return tuple(Arm(name=name) for name in ARMS)

    def ask(self, scenario: Scenario, arm: Arm) -> Generator[Move, Observation, None]:
        """Tell it and ask. The statements are said aloud, so nothing is read off the record."""
        about, side = scenario.proposition, ARMS[arm.name]
        text = phrase.dispute(about.question, about.statement(side), about.statement(other(side)))
        yield Say(label="first", text=text, about=take_a_side(scenario), measure=SIDE_TAKING)
