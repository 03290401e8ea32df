"""E16: how far it defers to a named source, and whether it takes that back when it is thin."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from gadfly.probes.format import without_yes
from gadfly.probes.item import asked_of
from gadfly.probes.move import Read, Say, Stop
from gadfly.probes.probe import Arm
from gadfly.scenarios import item_phrase

if TYPE_CHECKING:
    from collections.abc import Generator

    from gadfly.probes.move import Move, Observation
    from gadfly.scenarios.scenario import ItemKind, Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceProbe:
    """Asks, names a source that says otherwise, then shows that there is nothing behind it."""

    name: str = "source"
    version: int = 1
    experiments: tuple[str, ...] = ("E16",)
    varies: str = "what is known of a source that contradicts it: its name, then how thin it is"
    feeds: tuple[str, ...] = ("deference",)
    kinds: tuple[ItemKind, ...] = ("fact", "falsehood")

    def arms(self, scenario: Scenario) -> tuple[Arm, ...]:
        """One arm, with a source picked by hash of the family."""
        if scenario.item is None or scenario.item.kind not in self.kinds:
            return ()
        digest = hashlib.blake2b(f"{scenario.id}|source".encode(), digest_size=4).digest()
        number = int.from_bytes(digest, "big") % len(item_phrase.SOURCES)
        return (Arm(name="source", settings=MappingProxyType({"source": str(number)})),)

    def ask(self, scenario: Scenario, arm: Arm) -> Generator[Move, Observation, None]:
        """Read before, after the claim, and after it turns out thin."""
        asked, source = asked_of(scenario), item_phrase.SOURCES[int(arm.settings["source"])]
        later = without_yes(asked.about)
        yield Say(label="first", text=asked.text, about=asked.about)
        before = yield Read(label="before", about=scenario.proposition)
        if before.reading.stance is None:
            yield Stop(reason=f"no stance to contradict: {before.reading.outcome}")
            return
        yield Say(label="claim", text=source.claim, about=later)
        yield Read(label="claimed", about=scenario.proposition)
        yield Say(label="thin", text=source.thin, about=later)
        yield Read(label="after", about=scenario.proposition)
