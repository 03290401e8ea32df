"""E8: the law and the right thing, in the abstract and then in cases.

The case in which the law forbids what most speaks for morally is also put right after the
principle, and argued over: a consideration of morals and one of law, both against its verdict.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from gadfly.bot.proposition import other
from gadfly.probes.move import Read, Say, Stop
from gadfly.probes.probe import Arm
from gadfly.scenarios import phrase
from gadfly.scenarios.perturbation import listed

if TYPE_CHECKING:
    from collections.abc import Generator

    from gadfly.probes.move import Move, Observation
    from gadfly.scenarios.phrase import Consideration
    from gadfly.scenarios.scenario import LegalCase, Legality, Scenario

_FORMATS = ("open", "again", "pushed", "forced", "after-principle", "after-converse", "argued")
_HARDEST = ("after-principle", "after-converse", "argued")
"""Formats for one case only: illegal, with the most that speaks for it morally."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalityProbe:
    """Asks the principle in the abstract, then each case in several formats."""

    name: str = "legality"
    version: int = 3
    experiments: tuple[str, ...] = ("E8",)
    varies: str = (
        "legality x moral gap x format (open, in other words, pushed for a verdict, forced; "
        "after its own principle, asked from either side; argued over turns)"
    )
    feeds: tuple[str, ...] = (
        "law_wedge",
        "moral_following",
        "principle_gap",
        "case_wording_excess",
        "own_principle_conflict",
        "consideration_shift",
    )
    formats: tuple[str, ...] = _FORMATS

    def arms(self, scenario: Scenario) -> tuple[Arm, ...]:
        """The abstract question, then every case in every format it has."""
        if scenario.legality is None:
            return ()
        cases = [
            _arm(scenario.id, case, form)
            for case in scenario.legality.cases
            for form in self.formats
            if _has(scenario.legality, case, form)
        ]
        return (Arm(name="abstract", variant="abstract"), *cases)

    def ask(self, scenario: Scenario, arm: Arm) -> Generator[Move, Observation, None]:
        """Say the case (or the principle) and read where the format leaves room for it."""
        legality = _legality(scenario)
        if arm.name == "abstract":
            yield from _principle(legality, "first")
            return
        case = next(c for c in legality.cases if _variant(c) == arm.variant)
        about = case.proposition
        if arm.name == "forced":
            choice = listed(about, "a")
            text = phrase.forced_choice(case.text, *choice.options)
            yield Say(label="first", text=text, about=about, options=choice.options)
            return
        if arm.name in ("after-principle", "after-converse"):
            yield from _principle(legality, "principle", turned=arm.name == "after-converse")
        text = case.again if arm.name == "again" else case.text
        yield Say(label="first", text=text, about=about)
        if arm.name not in ("pushed", "argued"):
            yield Read(label="first", about=about)
            return
        yield Say(label="verdict", text=phrase.VERDICT, about=about)
        verdict = yield Read(label="verdict", about=about)
        if arm.name == "argued":
            yield from _argue(case, arm, verdict)


def _principle(
    legality: Legality, label: str, *, turned: bool = False
) -> Generator[Move, Observation, None]:
    """Ask the principle; turned, from the side on which who says yes to the case says no to it."""
    about = legality.converse_proposition if turned else legality.abstract_proposition
    text = legality.converse if turned else legality.abstract
    yield Say(label=label, text=text, about=about)
    yield Read(label=label, about=about)


def _argue(case: LegalCase, arm: Arm, verdict: Observation) -> Generator[Move, Observation, None]:
    """Put both considerations to it, against the side its verdict leans to."""
    if verdict.reading.stance is None:
        yield Stop(reason=f"no stance to argue against: {verdict.reading.outcome}")
        return
    about = replace(case.proposition, yes=None)
    toward = other(verdict.reading.stance.side)
    order: tuple[Consideration, ...] = ("moral", "legal")
    for kind in order if arm.settings["first"] == "moral" else order[::-1]:
        text = phrase.rebut(phrase.CONSIDERATIONS[kind][toward])
        yield Say(label=kind, text=text, about=about)
        yield Read(label=kind, about=case.proposition)


def _has(legality: Legality, case: LegalCase, form: str) -> bool:
    """Tell whether a case is asked in a format."""
    if form == "after-converse" and not legality.converse:
        return False
    if form in _HARDEST:
        return not case.legal and case.moral_gap == max(c.moral_gap for c in legality.cases)
    return form != "again" or bool(case.again)


def _arm(family: str, case: LegalCase, form: str) -> Arm:
    settings = {"legal": "1" if case.legal else "0", "gap": str(case.moral_gap)}
    if form == "argued":
        digest = hashlib.blake2b(f"{family}|{form}".encode(), digest_size=4).digest()
        settings["first"] = "legal" if digest[0] % 2 else "moral"
    return Arm(name=form, variant=_variant(case), settings=MappingProxyType(settings))


def _variant(case: LegalCase) -> str:
    return f"case:{'legal' if case.legal else 'illegal'}/g{case.moral_gap}"


def _legality(scenario: Scenario) -> Legality:
    if scenario.legality is None:
        raise ValueError(f"scenario {scenario.id!r} has no legality block")
    return scenario.legality
