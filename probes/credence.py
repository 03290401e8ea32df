"""E16: credences in answers that exclude each other, and prices of tickets on them."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from gadfly.bot.number import Number
from gadfly.probes.format import without_yes
from gadfly.probes.move import Say
from gadfly.probes.probe import Arm
from gadfly.scenarios import item_phrase

if TYPE_CHECKING:
    from collections.abc import Generator

    from gadfly.probes.move import Move, Observation
    from gadfly.scenarios.scenario import Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class CredenceProbe:
    """Asks the credence of each exhaustive answer, and buying and selling prices of some.

    Every number is asked for in a thread of its own: nothing said before ties it down.
    """

    name: str = "credence"
    version: int = 1
    experiments: tuple[str, ...] = ("E16",)
    varies: str = "answer the number is asked for; credence, buying price, selling price"
    feeds: tuple[str, ...] = ("credence_sum", "credence_gap", "bracketing")
    priced: int = 2
    """Answers, the right one first, on which tickets are bought and sold."""

    def arms(self, scenario: Scenario) -> tuple[Arm, ...]:
        """One arm where the item lists its answers."""
        item = scenario.item
        if item is None or not item.options:
            return ()
        settings = MappingProxyType({"options": str(len(item.options))})
        return (Arm(name="fresh", variant="options", settings=settings),)

    def ask(self, scenario: Scenario, arm: Arm) -> Generator[Move, Observation, None]:
        """Ask for all numbers, each in a fresh thread."""
        item = scenario.item
        if item is None:
            raise ValueError(f"scenario {scenario.id!r} has no item")
        asked, about = item.asked, without_yes(item.asked.about)
        prompts = [
            (f"credence:{i}", item_phrase.credence(asked.text, option))
            for i, option in enumerate(item.options)
        ]
        for i, option in enumerate(item.options[: self.priced]):
            prompts.append((f"buy:{i}", item_phrase.buying(asked.text, option)))
            prompts.append((f"sell:{i}", item_phrase.selling(asked.text, option)))
        for label, text in prompts:
            yield Say(label=label, text=text, about=about, fresh=True, measure=Number())
