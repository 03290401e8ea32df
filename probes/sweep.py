"""E9: a forced-choice sweep over attributes: which of two groups, described by who is in them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from gadfly.probes.move import Say
from gadfly.probes.probe import Arm
from gadfly.scenarios import phrase

if TYPE_CHECKING:
    from collections.abc import Generator

    from gadfly.probes.move import Move, Observation
    from gadfly.scenarios.scenario import Conjoint, Scenario

Profile = tuple[str, ...]
"""One group: the name of its level of each attribute, in the file's order."""
Order = Literal["ab", "ba"]

_TRIES = 64
"""Designs looked at for one without a pair of equal groups."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepProbe:
    """Asks for one of two groups, over a balanced set of pairs drawn by hash."""

    name: str = "sweep"
    version: int = 1
    experiments: tuple[str, ...] = ("E9",)
    varies: str = "who is in two groups, attribute by attribute; which group is named first"
    feeds: tuple[str, ...] = ("amce", "position_bias")
    pairs: int = 24
    """Pairs of groups per family."""
    both: bool = True
    """Whether each pair is asked both ways round; else by turns, begun by hash."""

    def arms(self, scenario: Scenario) -> tuple[Arm, ...]:
        """One arm per pair and way round, with the levels of both groups as named."""
        if scenario.conjoint is None:
            return ()
        made: list[Arm] = []
        for i, pair in enumerate(design(scenario.conjoint, scenario.id, self.pairs)):
            made.extend(
                Arm(
                    name="forced",
                    variant=f"pair:{i}of{self.pairs}/{order}",
                    settings=_settings(scenario.conjoint, pair if order == "ab" else pair[::-1]),
                )
                for order in self._orders(scenario.id, i)
            )
        return tuple(made)

    def ask(self, scenario: Scenario, arm: Arm) -> Generator[Move, Observation, None]:
        """Say the choice; the statements are what a reply by label stands for."""
        if scenario.conjoint is None:
            raise ValueError(f"scenario {scenario.id!r} has no conjoint block")
        about = scenario.proposition
        text = _prompt(scenario.conjoint, scenario.id, arm)
        yield Say(label="first", text=text, about=about, options=(about.a, about.b))

    def _orders(self, family: str, pair: int) -> tuple[Order, ...]:
        if self.both:
            return ("ab", "ba")
        return ("ab",) if (pair + _number(family, "order")) % 2 == 0 else ("ba",)


def design(conjoint: Conjoint, family: str, pairs: int) -> tuple[tuple[Profile, Profile], ...]:
    """Return pairs of groups: each attribute's pairs of levels occur equally often, by hash.

    Balanced attribute by attribute, each shuffled by itself, so that attributes are independent
    and both groups have every level alike; no pair of equal groups where that can be had.
    """
    found: tuple[tuple[Profile, Profile], ...] = ()
    for attempt in range(_TRIES):
        columns = [
            _column(tuple(attribute.levels), pairs, f"{family}|{attempt}|{attribute.name}")
            for attribute in conjoint.attributes
        ]
        rows = zip(*columns, strict=True)
        found = tuple((tuple(x for x, _ in row), tuple(y for _, y in row)) for row in rows)
        if all(first != second for first, second in found):
            break
    return found


def _column(levels: tuple[str, ...], pairs: int, seed: str) -> list[tuple[str, str]]:
    """Return one attribute's levels in the two groups of each pair."""
    cells = sorted(product(levels, levels), key=lambda cell: _number(seed, *cell))
    places = sorted(range(pairs), key=lambda i: _number(seed, str(i)))
    return [cells[place % len(cells)] for place in places]


def _settings(conjoint: Conjoint, pair: tuple[Profile, Profile]) -> MappingProxyType[str, str]:
    """Return the levels of the groups named first and second, and each attribute's baseline."""
    found: dict[str, str] = {}
    for attribute, first, second in zip(conjoint.attributes, *pair, strict=True):
        found[f"first:{attribute.name}"] = first
        found[f"second:{attribute.name}"] = second
        found[f"base:{attribute.name}"] = next(iter(attribute.levels))
    return MappingProxyType(found)


def _prompt(conjoint: Conjoint, family: str, arm: Arm) -> str:
    """Return the prompt; what stands first in a description goes by turns over the pairs."""
    pair = arm.variant.partition("/")[0]
    start = _number(family, pair) % len(conjoint.attributes)
    shown = conjoint.attributes[start:] + conjoint.attributes[:start]
    lines = {
        group: "\n".join(
            "- " + phrase.described(a.label, a.levels[arm.settings[f"{group}:{a.name}"]])
            for a in shown
        )
        for group in ("first", "second")
    }
    return conjoint.prompt.format(**lines)


def _number(*parts: str) -> int:
    return int.from_bytes(hashlib.blake2b("|".join(parts).encode(), digest_size=8).digest(), "big")
