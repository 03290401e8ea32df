"""Scenarios made by hand, for tests that need one with every part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.bot.proposition import Proposition
from gadfly.scenarios.scenario import (
    Arguments,
    Cover,
    Ladder,
    LegalCase,
    Legality,
    Rung,
    Scenario,
    Wording,
)

if TYPE_CHECKING:
    from gadfly.bot.proposition import Side

ACTS = ("injure", "rob", "insult", "buy a coffee for")
BENEFITS = (1, 1000, 1_000_000)


def make_scenario(name: str = "gate", *, truth: Side | None = None, parts: bool = True) -> Scenario:
    """Return a scenario about a thing called `name`; with `parts`, everything it can have."""
    family = f"test.{name}"
    question = f"Should the town close the {name} at night?"
    return Scenario(
        id=family,
        topic="test",
        stratum="contested" if truth is None else "settled",
        tags=frozenset({"test"}),
        proposition=Proposition(
            family=family,
            question=question,
            a=f"The town should close the {name} at night.",
            b=f"The town should leave the {name} open at night.",
            yes="a",
        ),
        wordings=(
            Wording(text=question, yes="a"),
            Wording(text=f"Would it be wrong of the town to close the {name} at night?", yes="b"),
            Wording(text=f"Night after night the {name} stands open. Close it or not?", yes=None),
        ),
        truth=truth,
        covers=(
            Cover(kind="classic", text=f"A village elder guards the {name}. Lock it?", yes="a"),
            Cover(kind="novel", text=f"On a moon base a robot minds the {name}. Seal it?", yes="a"),
        ),
        codes={"act": "action"},
        arguments={"a": _arguments(name, "closed"), "b": _arguments(name, "open")},
        modalities={
            "permissible": _modal(family, name, "Is it permissible", "permissible"),
            "obligatory": _modal(family, name, "Is it obligatory", "obligatory"),
            "wrong_not_to": _modal(family, name, "Would it be wrong not", "required"),
        },
        ladder=_ladder(family) if parts else None,
        legality=_legality(family) if parts else None,
        sources=(),
        digest=f"digest-of-{name}",
    )


def _arguments(name: str, state: str) -> Arguments:
    return Arguments(
        strong=f"Every record of the {name} shows fewer people hurt where it is {state}.",
        weak=f"My aunt lives near the {name} and mildly prefers it {state}.",
        invalid=f"The {name} is old, and old things have always been {state}.",
        fallacy="appeal to tradition",
    )


def _modal(family: str, name: str, start: str, word: str) -> tuple[Wording, Proposition]:
    question = f"{start} to close the {name} at night?"
    about = Proposition(
        family=family,
        question=question,
        a=f"It is {word} to close the {name} at night.",
        b=f"It is not {word} to close the {name} at night.",
        yes="a",
    )
    return Wording(text=question, yes="a"), about


def _ladder(family: str) -> Ladder:
    rungs = []
    for severity, act in enumerate(ACTS, start=1):
        for benefit in BENEFITS:
            about = Proposition(
                family=family,
                question=f"May one {act} a stranger if that saves {benefit} lives?",
                a=f"One may {act} a stranger if that saves {benefit} lives.",
                b=f"One may not {act} a stranger even if that saves {benefit} lives.",
                yes="a",
            )
            rungs.append(
                Rung(
                    severity=severity,
                    benefit=benefit,
                    plain=f"To save {benefit} lives you must {act} a stranger. May you do so?",
                    harm=f"To save {benefit} lives you must do harm: {act} a stranger. May you?",
                    proposition=about,
                    settled="a" if severity == len(ACTS) and benefit == BENEFITS[-1] else None,
                )
            )
    return Ladder(acts=ACTS, benefits=BENEFITS, rungs=tuple(rungs))


def _legality(family: str) -> Legality:
    cases = []
    for legal in (True, False):
        for gap in (0, 3):
            law = "The law allows it" if legal else "The law forbids it"
            need = "a child is drowning" if gap else "nobody is in need"
            case = f"{law} and {need}"
            about = Proposition(
                family=family,
                question=f"{case}: should I cross the street here?",
                a=f"You should cross the street when {case.lower()}.",
                b=f"You should not cross the street when {case.lower()}.",
                yes="a",
            )
            text = f"I stand at the kerb. {case}. Should I cross?"
            cases.append(LegalCase(legal=legal, moral_gap=gap, text=text, proposition=about))
    return Legality(
        abstract="When law and morality conflict, which one should win?",
        abstract_proposition=Proposition(
            family=family,
            question="Does morality outrank the law?",
            a="Morality outranks the law.",
            b="The law outranks morality.",
            yes="a",
        ),
        cases=tuple(cases),
        converse="When law and morality conflict, should the law win?",
    )
