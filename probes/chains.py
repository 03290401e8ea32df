"""E18: one step composed n times, asked for its end alone and step by step."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from gadfly.bot.steps import Final, Steps
from gadfly.probes.format import without_yes
from gadfly.probes.move import Say
from gadfly.probes.probe import Arm
from gadfly.scenarios import item_phrase

if TYPE_CHECKING:
    from collections.abc import Generator

    from gadfly.probes.move import Move, Observation
    from gadfly.scenarios.scenario import Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainsProbe:
    """Asks for the state after n steps, and for all states up to it."""

    name: str = "chains"
    version: int = 1
    experiments: tuple[str, ...] = ("E18",)
    varies: str = "number of steps x end only or step by step"
    feeds: tuple[str, ...] = (
        "chain_exact",
        "chain_steps",
        "chain_exact_ratio",
        "chain_steps_ratio",
    )
    lengths: tuple[int, ...] = (1, 2, 4, 8)
    """Numbers of steps; 1 is what the others are measured against."""

    def arms(self, scenario: Scenario) -> tuple[Arm, ...]:
        """Both forms at every length the chain reaches."""
        if scenario.chain is None:
            return ()
        reached = len(scenario.chain.states)
        return tuple(
            Arm(name=form, variant=f"n:{n}", settings=MappingProxyType({"n": str(n)}))
            for form in ("final", "steps")
            for n in self.lengths
            if n <= reached
        )

    def ask(self, scenario: Scenario, arm: Arm) -> Generator[Move, Observation, None]:
        """Say it; the reply is compared with the right states."""
        chain = scenario.chain
        if chain is None:
            raise ValueError(f"scenario {scenario.id!r} has no chain")
        n = int(arm.settings["n"])
        about, states = without_yes(scenario.proposition), chain.states[:n]
        if arm.name == "final":
            text = item_phrase.final_state(chain, n)
            yield Say(label="states", text=text, about=about, measure=Final(states, chain.states))
        else:
            text = item_phrase.every_state(chain, n)
            yield Say(label="states", text=text, about=about, measure=Steps(states, chain.states))
