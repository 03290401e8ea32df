"""Perturbations: changes to how a question is put that do not change what is asked.

A perturbed prompt keeps its scenario; it carries a descriptor (`spec`) that says what was done, so
that a variant can be rebuilt, compared with its original and named in a report. Where more
variants exist than a run wants, `pick` draws them by hash of (seed, family, spec): the same for
every respondent, arm and replicate.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, Protocol

from gadfly.bot.proposition import other
from gadfly.scenarios import phrase

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gadfly.bot.proposition import Proposition, Side
    from gadfly.scenarios.persona import Persona
    from gadfly.scenarios.scenario import Check, Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One way of putting a scenario's question."""

    spec: str
    """Descriptor, e.g. "original", "wording:2", "idle:brief/after"; stable across versions."""
    text: str
    """The whole prompt."""
    about: Proposition
    """The scenario's proposition, with the polarity a plain "yes" has under this wording."""
    options: tuple[str, ...] = ()
    """Statements the prompt lists, in listed order."""
    settings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What was done, field by field, for the record."""
    check: Check | None = None
    """A question about the story the prompt tells, for seeing whether it was understood."""


class Perturbation(Protocol):
    """Makes the variants of a scenario."""

    @property
    def name(self) -> str:
        """Kind of change; the first part of every `spec` it makes."""
        ...

    def variants(self, scenario: Scenario) -> tuple[Variant, ...]:
        """Return all variants, in a fixed order, without the original; none if it has none."""
        ...


def original(scenario: Scenario) -> Variant:
    """Return the question as first worded."""
    first = scenario.wordings[0]
    return Variant(spec="original", text=first.text, about=_about(scenario, first.yes))


def pick(variants: Sequence[Variant], limit: int | None, *, seed: int = 0) -> tuple[Variant, ...]:
    """Return at most `limit` variants, chosen by hash and kept in their order."""
    if limit is None or len(variants) <= limit:
        return tuple(variants)

    def rank(variant: Variant) -> bytes:
        text = f"{seed}|{variant.about.family}|{variant.spec}"
        return hashlib.blake2b(text.encode(), digest_size=8).digest()

    chosen = {v.spec for v in sorted(variants, key=rank)[:limit]}
    return tuple(v for v in variants if v.spec in chosen)


@dataclass(frozen=True, slots=True)
class Rewording:
    """The same question in the author's other words."""

    name: Literal["wording"] = "wording"

    def variants(self, scenario: Scenario) -> tuple[Variant, ...]:
        """One variant per further wording."""
        return tuple(
            Variant(spec=f"wording:{i}", text=w.text, about=_about(scenario, w.yes))
            for i, w in enumerate(scenario.wordings[1:], start=1)
        )


@dataclass(frozen=True, slots=True)
class IdlePhrase:
    """A phrase that is about nothing in the question, put before or after it."""

    name: Literal["idle"] = "idle"

    def variants(self, scenario: Scenario) -> tuple[Variant, ...]:
        """Full factorial: every phrase in both positions."""
        base = original(scenario)
        positions: tuple[Literal["before", "after"], ...] = ("before", "after")
        return tuple(
            Variant(
                spec=f"idle:{idle.name}/{position}",
                text=phrase.with_idle(base.text, idle.text, position),
                about=base.about,
                settings=MappingProxyType(
                    {"phrase": idle.name, "kind": idle.kind, "position": position}
                ),
            )
            for idle in phrase.IDLE
            for position in positions
        )


@dataclass(frozen=True, slots=True)
class CoverStory:
    """The same moral structure under another story."""

    name: Literal["cover"] = "cover"

    def variants(self, scenario: Scenario) -> tuple[Variant, ...]:
        """One variant per cover story; a second of a kind gets a number."""
        seen: dict[str, int] = {}
        made: list[Variant] = []
        for cover in scenario.covers:
            seen[cover.kind] = seen.get(cover.kind, 0) + 1
            suffix = "" if seen[cover.kind] == 1 else f"-{seen[cover.kind]}"
            made.append(
                Variant(
                    spec=f"cover:{cover.kind}{suffix}",
                    text=cover.text,
                    about=_about(scenario, cover.yes),
                    settings=MappingProxyType({"kind": cover.kind}),
                    check=cover.check,
                )
            )
        return tuple(made)


@dataclass(frozen=True, slots=True)
class OptionOrder:
    """The two statements listed as options, in either order."""

    name: Literal["order"] = "order"

    def variants(self, scenario: Scenario) -> tuple[Variant, ...]:
        """Two variants: A first, B first."""
        return (listed(scenario.proposition, "a"), listed(scenario.proposition, "b"))


def in_persona(variant: Variant, persona: Persona) -> Variant:
    """Return a variant with the instruction to answer as someone put before all of it."""
    return replace(
        variant,
        spec=f"persona/{variant.spec}",
        text=f"{persona.told} {variant.text}",
        settings=MappingProxyType({**variant.settings, "persona": persona.name}),
    )


def listed(about: Proposition, first: Side) -> Variant:
    """Return the forced choice between a proposition's statements, `first` listed first."""
    second = other(first)
    options = (about.statement(first), about.statement(second))
    return Variant(
        spec=f"order:{first}{second}",
        text=phrase.forced_choice(about.question, *options),
        about=about,
        options=options,
        settings=MappingProxyType({"first": first}),
    )


def _about(scenario: Scenario, yes: Side | None) -> Proposition:
    if yes == scenario.proposition.yes:
        return scenario.proposition
    return replace(scenario.proposition, yes=yes)
