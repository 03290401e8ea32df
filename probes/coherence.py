"""Logical coherence: the family's claim X, its denial, what it entails, and X joined with a Z."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gadfly.probes.move import Read, Say
from gadfly.probes.probe import Arm
from gadfly.scenarios.perturbation import original
from gadfly.scenarios.scenario import Asked

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from gadfly.probes.move import Move, Observation
    from gadfly.scenarios.scenario import Scenario

CLAIM = "original"
"""Variant of the family's own question, the same call as in every probe that asks it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoherenceProbe:
    """Asks claims that logic ties together, each in a thread of its own."""

    name: str = "coherence"
    version: int = 1
    experiments: tuple[str, ...] = ()
    varies: str = "the claim: X, not X, what X entails, Z, X and Z"
    feeds: tuple[str, ...] = ("logical_coherence",)

    def arms(self, scenario: Scenario) -> tuple[Arm, ...]:
        """One arm per claim, the family's own first; none where nothing is tied to it."""
        return tuple(Arm(name="fresh", variant=name) for name in _claims(scenario))

    def ask(self, scenario: Scenario, arm: Arm) -> Generator[Move, Observation, None]:
        """Ask the claim, then read it."""
        claim = _claims(scenario)[arm.variant]
        yield Say(label="first", text=claim.text, about=claim.about)
        yield Read(label="first", about=claim.about)


def _claims(scenario: Scenario) -> Mapping[str, Asked]:
    """Return the claims by variant."""
    tied = scenario.coherence
    if tied is None or not scenario.wordings:
        return {}
    first = original(scenario)
    return {
        CLAIM: Asked(text=first.text, about=first.about),
        "claim:negation": tied.negation,
        "claim:entailed": tied.entailed,
        "claim:conjunct": tied.conjunct,
        "claim:conjunction": tied.conjunction,
    }
