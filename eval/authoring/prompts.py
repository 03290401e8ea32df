"""The prompts of a family, and which of them put the same question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gadfly.bot.proposition import Proposition, Side
    from gadfly.scenarios.scenario import Asked, LegalCase, Scenario
    from gadfly.scenarios.schema import Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A whole prompt with its place in the family."""

    location: Location
    text: str
    yes: Side | None
    """Side a plain yes to it takes."""
    about: Proposition

    @property
    def name(self) -> str:
        """How messages call it: "wordings 2", "legality cases 1 again"."""
        return named(self.location)


def named(location: Location) -> str:
    """Return how messages call a place in a family; lists count from 1."""
    return " ".join(str(step + 1) if isinstance(step, int) else step for step in location)


def wordings(scenario: Scenario) -> tuple[Prompt, ...]:
    """Return the wordings of the family's own question, the original first."""
    return tuple(
        Prompt(location=("wordings", i), text=w.text, yes=w.yes, about=scenario.proposition)
        for i, w in enumerate(scenario.wordings)
    )


def paraphrases(scenario: Scenario) -> tuple[tuple[Prompt, ...], ...]:
    """Return the groups of two or more prompts that put one question, each original first."""
    groups = [wordings(scenario)]
    if scenario.legality is not None:
        groups += [_case(case, i) for i, case in enumerate(scenario.legality.cases)]
    return tuple(group for group in groups if len(group) > 1)


def prompts(scenario: Scenario) -> Iterator[Prompt]:
    """Yield every prompt of a family but those filled from a template (ladder, conjoint)."""
    yield from wordings(scenario)
    for i, cover in enumerate(scenario.covers):
        yield Prompt(
            location=("covers", i, "text"),
            text=cover.text,
            yes=cover.yes,
            about=scenario.proposition,
        )
    for name, (wording, about) in scenario.modalities.items():
        place: Location = ("modalities", name, "text")
        yield Prompt(location=place, text=wording.text, yes=wording.yes, about=about)
    if scenario.legality is not None:
        about = scenario.legality.abstract_proposition
        text = scenario.legality.abstract
        place = ("legality", "abstract", "text")
        yield Prompt(location=place, text=text, yes=about.yes, about=about)
        for i, case in enumerate(scenario.legality.cases):
            yield from _case(case, i)
    if scenario.coherence is not None:
        for tied in ("negation", "entailed", "conjunct", "conjunction"):
            yield _asked(getattr(scenario.coherence, tied), ("coherence", tied, "text"))
    if scenario.item is not None:
        yield _asked(scenario.item.asked, ("item", "text"))
        if scenario.item.twin is not None:
            yield _asked(scenario.item.twin.asked, ("item", "twin", "text"))


def _case(case: LegalCase, index: int) -> tuple[Prompt, ...]:
    texts = {"text": case.text, **({"again": case.again} if case.again else {})}
    return tuple(
        Prompt(
            location=("legality", "cases", index, name),
            text=text,
            yes=case.proposition.yes,
            about=case.proposition,
        )
        for name, text in texts.items()
    )


def _asked(asked: Asked, location: Location) -> Prompt:
    return Prompt(location=location, text=asked.text, yes=asked.about.yes, about=asked.about)
