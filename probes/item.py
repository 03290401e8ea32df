"""E16: items with one answer. Nonsense, trick questions beside their plain twins, falsehoods."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from gadfly.bot.proposition import other
from gadfly.bot.sense import Sense
from gadfly.probes.move import Say
from gadfly.probes.probe import Arm
from gadfly.scenarios import item_phrase
from gadfly.scenarios.perturbation import original
from gadfly.scenarios.scenario import Asked

if TYPE_CHECKING:
    from collections.abc import Generator

    from gadfly.bot.proposition import Side
    from gadfly.probes.move import Move, Observation
    from gadfly.scenarios.scenario import Item, ItemKind, Scenario

ANSWERED: tuple[ItemKind, ...] = ("trick", "falsehood", "fact")
"""Kinds with an answer that is right or wrong; whether nonsense makes sense is asked otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemProbe:
    """Asks a trick question and its plain twin, a common falsehood, a fact, once each."""

    name: str = "item"
    version: int = 1
    experiments: tuple[str, ...] = ("E16",)
    varies: str = "item: trick question, its plain twin, common falsehood, fact"
    feeds: tuple[str, ...] = ("item_accuracy", "trick_cost", "accuracy")
    kinds: tuple[ItemKind, ...] = ANSWERED

    def arms(self, scenario: Scenario) -> tuple[Arm, ...]:
        """The item, and its twin where it has one."""
        item = scenario.item
        return () if item is None or item.kind not in self.kinds else item_arms(item)

    def ask(self, scenario: Scenario, arm: Arm) -> Generator[Move, Observation, None]:
        """Say it; the answer is read off the reply."""
        asked = asked_in(scenario, arm)
        yield Say(label="first", text=asked.text, about=asked.about)


@dataclass(frozen=True, slots=True, kw_only=True)
class NonsenseProbe:
    """Asks a nonsense question and its sensible twin, without and with leave to say so."""

    name: str = "nonsense"
    version: int = 2
    experiments: tuple[str, ...] = ("E16",)
    varies: str = "nonsense or sense x leave to say that it makes none"
    feeds: tuple[str, ...] = ("nonsense_d_prime", "nonsense_flagged", "permission_gain")

    def arms(self, scenario: Scenario) -> tuple[Arm, ...]:
        """Plain and permitted, the item and its twin."""
        item = scenario.item
        if item is None or item.kind != "nonsense" or item.twin is None:
            return ()
        return tuple(
            Arm(name=name, variant=variant)
            for name in ("plain", "permitted")
            for variant in ("item", "twin")
        )

    def ask(self, scenario: Scenario, arm: Arm) -> Generator[Move, Observation, None]:
        """Say it; the reply is coded for flagging it, answering it, or neither."""
        item = _item(scenario)
        asked = item.asked if arm.variant == "item" else _twin(item).asked
        text = item_phrase.permitted(asked.text) if arm.name == "permitted" else asked.text
        sense = Sense(asked=asked.text, about=asked.about, nonsense=nonsense_side(item, asked))
        yield Say(label="answer", text=text, about=asked.about, measure=sense)


def nonsense_side(item: Item, asked: Asked) -> Side:
    """Return the side that says "no sense" in what is asked: an item's truth, a twin's untruth."""
    return item.truth if asked == item.asked else other(_twin(item).truth)


def item_arms(item: Item) -> tuple[Arm, ...]:
    """Return an arm for an item, and one for its twin."""
    arms = [Arm(name="fresh", settings=MappingProxyType({"kind": item.kind, "truth": item.truth}))]
    if item.twin is not None:
        settings = MappingProxyType({"kind": f"{item.kind}-twin", "truth": item.twin.truth})
        arms.append(Arm(name="fresh", variant="twin", settings=settings))
    return tuple(arms)


def asked_in(scenario: Scenario, arm: Arm) -> Asked:
    """Return what an arm asks: the twin, or the scenario's own question."""
    return _twin(_item(scenario)).asked if arm.variant == "twin" else asked_of(scenario)


def asked_of(scenario: Scenario) -> Asked:
    """Return a scenario's own question as first put: its item, or its first wording."""
    if scenario.item is not None:
        return scenario.item.asked
    first = original(scenario)
    return Asked(text=first.text, about=first.about)


def _item(scenario: Scenario) -> Item:
    if scenario.item is None:
        raise ValueError(f"scenario {scenario.id!r} has no item")
    return scenario.item


def _twin(item: Item) -> Item:
    if item.twin is None:
        raise ValueError(f"the item {item.asked.text!r} has no twin")
    return item.twin
