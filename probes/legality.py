"""E8: the law and the right thing, in the abstract and then in cases."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from gadfly.probes.move import Read, Say
from gadfly.probes.probe import Arm
from gadfly.scenarios import phrase
from gadfly.scenarios.perturbation import listed

if TYPE_CHECKING:
    from collections.abc import Generator

    from gadfly.probes.move import Move, Observation
    from gadfly.scenarios.scenario import LegalCase, Legality, Scenario

_FORMATS = ("open", "pushed", "forced")


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalityProbe:
    """Asks the principle in the abstract, then each case open, pushed once, and forced."""

    name: str = "legality"
    version: int = 1
    experiments: tuple[str, ...] = ("E8",)
    varies: str = "legality x moral gap x format (open, pushed for a verdict, forced)"
    feeds: tuple[str, ...] = ("law_wedge", "moral_following", "principle_gap")
    formats: tuple[str, ...] = _FORMATS

    def arms(self, scenario: Scenario) -> tuple[Arm, ...]:
        """The abstract question, then every case in every format."""
        if scenario.legality is None:
            return ()
        cases = [
            Arm(
                name=form,
                variant=_variant(case),
                settings=MappingProxyType(
                    {"legal": "1" if case.legal else "0", "gap": str(case.moral_gap)}
                ),
            )
            for case in scenario.legality.cases
            for form in self.formats
        ]
        return (Arm(name="abstract", variant="abstract"), *cases)

    def ask(self, scenario: Scenario, arm: Arm) -> Generator[Move, Observation, None]:
        """Say the case (or the principle) and read where the format leaves room for it."""
        legality = _legality(scenario)
        if arm.name == "abstract":
            about = legality.abstract_proposition
            yield Say(label="first", text=legality.abstract, about=about)
            yield Read(label="first", about=about)
            return
        case = next(c for c in legality.cases if _variant(c) == arm.variant)
        about = case.proposition
        if arm.name == "forced":
            choice = listed(about, "a")
            text = phrase.forced_choice(case.text, *choice.options)
            yield Say(label="first", text=text, about=about, options=choice.options)
            return
        yield Say(label="first", text=case.text, about=about)
        if arm.name == "open":
            yield Read(label="first", about=about)
            return
        yield Say(label="verdict", text=phrase.VERDICT, about=about)
        yield Read(label="verdict", about=about)


def _variant(case: LegalCase) -> str:
    return f"case:{'legal' if case.legal else 'illegal'}/g{case.moral_gap}"


def _legality(scenario: Scenario) -> Legality:
    if scenario.legality is None:
        raise ValueError(f"scenario {scenario.id!r} has no legality block")
    return scenario.legality
