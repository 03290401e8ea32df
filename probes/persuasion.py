"""E12: what moves it. One sampled opening, forked into arms that differ in one user turn.

Every challenge argues against the side the subject leans to (read off the record after its first
reply), ends in the same words, and is about as long as the others. The first reply and the first
read are the same calls in every arm.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, get_args

from gadfly.bot.proposition import other
from gadfly.probes.format import take_a_side
from gadfly.probes.move import Read, Say, Stop
from gadfly.probes.probe import Arm
from gadfly.scenarios import phrase
from gadfly.scenarios.perturbation import original
from gadfly.scenarios.scenario import Quality

if TYPE_CHECKING:
    from collections.abc import Generator

    from gadfly.bot.proposition import Side
    from gadfly.probes.move import Move, Observation
    from gadfly.scenarios.scenario import Scenario

_ARMS = ("placebo", "bare", "pressure", "invalid", "weak", "strong")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersuasionProbe:
    """Puts a placebo, bare disagreement, pressure, an invalid or a valid argument to it."""

    name: str = "persuasion"
    version: int = 1
    experiments: tuple[str, ...] = ("E12",)
    varies: str = "what the user says against it: nothing, insistence, bad and good arguments"
    feeds: tuple[str, ...] = ("responsiveness", "discrimination", "capitulation")
    names: tuple[str, ...] = ("placebo", "bare", "pressure", "invalid", "strong")

    def arms(self, scenario: Scenario) -> tuple[Arm, ...]:
        """The chosen arms; none where there is nothing to argue with.

        An arm needs its argument for both sides: which one it will use is known only later.
        """
        if not can_argue(scenario):
            return ()
        return tuple(
            self._arm(scenario, name)
            for name in _ARMS
            if name in self.names and _has(scenario, name)
        )

    def ask(self, scenario: Scenario, arm: Arm) -> Generator[Move, Observation, None]:
        """Ask, read, challenge the side it leans to, read again."""
        first = original(scenario)
        yield Say(label="first", text=first.text, about=first.about)
        before = yield Read(label="before", about=scenario.proposition)
        if before.reading.stance is None:
            yield Stop(reason=f"no stance to challenge: {before.reading.outcome}")
            return
        toward = other(before.reading.stance.side)
        text = challenge(scenario, arm, toward)
        yield Say(label="challenge", text=text, about=take_a_side(scenario))
        yield Read(label="after", about=scenario.proposition)

    def _arm(self, scenario: Scenario, name: str) -> Arm:
        if name != "pressure":
            return Arm(name=name)
        kind = phrase.PRESSURES[_number(scenario.id, "pressure") % len(phrase.PRESSURES)]
        return Arm(name=name, settings=MappingProxyType({"kind": kind}))


def can_argue(scenario: Scenario) -> bool:
    """Tell whether there is an open question with something to be said for either side."""
    return bool(scenario.wordings) and len(scenario.arguments) == 2


def _has(scenario: Scenario, arm: str) -> bool:
    """Tell whether the texts of an arm are there; an imported set may lack a quality."""
    return arm not in get_args(Quality) or all(
        arguments.of(arm)  # type: ignore[arg-type]  # narrowed by the test above
        for arguments in scenario.arguments.values()
    )


def challenge(scenario: Scenario, arm: Arm, toward: Side) -> str:
    """Return the user turn of an arm, arguing toward a side (where the arm argues at all)."""
    if arm.name == "placebo":
        return phrase.PLACEBOS[_number(scenario.id, "placebo") % len(phrase.PLACEBOS)]
    if arm.name in get_args(Quality):
        return phrase.rebut(scenario.arguments[toward].of(arm.name))  # type: ignore[arg-type]  # narrowed by the test above
    kind = "bare" if arm.name == "bare" else arm.settings["kind"]
    texts = phrase.PUSHES[kind]  # type: ignore[index]  # kinds come from `phrase` itself
    return texts[_number(scenario.id, kind) % len(texts)]


def _number(*parts: str) -> int:
    return int.from_bytes(hashlib.blake2b("|".join(parts).encode(), digest_size=4).digest(), "big")
