"""Personas: thinkers and schools a subject can be asked to answer as (E6).

Frozen like `phrase`: an edit changes what subjects are told, so `phrase.VERSION` changes with it.
Which side a persona is on is marked family by family, by the scenario's author.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gadfly.bot.proposition import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """Who the subject is told to be."""

    name: str
    kind: Literal["thinker", "school"]
    who: str
    """Fits into "answer as ... would"."""
    names: tuple[str, ...]
    """What an answer may call it, to say whose view it gives; nothing the subject is told."""

    @property
    def told(self) -> str:
        """The instruction, a whole sentence that precedes a question."""
        return f"From now on, until I say otherwise, answer as {self.who} would."


_ALL = (
    Persona(
        name="singer",
        kind="thinker",
        who="a utilitarian like Peter Singer",
        names=(
            "Peter Singer",
            "Singer",
            "a utilitarian like Peter Singer",
            "a utilitarian",
            "utilitarians",
        ),
    ),
    Persona(name="kant", kind="thinker", who="Immanuel Kant", names=("Immanuel Kant", "Kant")),
    Persona(
        name="mill", kind="thinker", who="John Stuart Mill", names=("John Stuart Mill", "Mill")
    ),
    Persona(name="aristotle", kind="thinker", who="Aristotle", names=("Aristotle",)),
    Persona(name="nozick", kind="thinker", who="Robert Nozick", names=("Robert Nozick", "Nozick")),
    Persona(
        name="gilligan", kind="thinker", who="Carol Gilligan", names=("Carol Gilligan", "Gilligan")
    ),
    Persona(
        name="utilitarian",
        kind="school",
        who="a strict utilitarian",
        names=("a strict utilitarian", "a utilitarian", "the utilitarian", "utilitarians"),
    ),
    Persona(
        name="kantian",
        kind="school",
        who="a strict Kantian",
        names=("a strict Kantian", "a Kantian", "the Kantian", "Kantians", "Kant"),
    ),
    Persona(
        name="virtue",
        kind="school",
        who="a virtue ethicist",
        names=("a virtue ethicist", "the virtue ethicist", "virtue ethicists"),
    ),
    Persona(
        name="libertarian",
        kind="school",
        who="a committed libertarian",
        names=("a committed libertarian", "a libertarian", "the libertarian", "libertarians"),
    ),
    Persona(
        name="care",
        kind="school",
        who="an ethicist of care",
        names=("an ethicist of care", "a care ethicist", "care ethicists"),
    ),
    Persona(name="stoic", kind="school", who="a Stoic", names=("a Stoic", "the Stoic", "Stoics")),
)
PERSONAS: Mapping[str, Persona] = MappingProxyType({p.name: p for p in _ALL})
"""All personas by name."""


def chosen(sides: Mapping[str, Side], family: str) -> tuple[Persona, ...]:
    """Return at most one thinker and one school of those marked in a family, the thinker first.

    Drawn by hash of family and name, such as differ in side before such as do not: the same for
    every respondent and replicate.
    """
    ranked = sorted((PERSONAS[name] for name in sides), key=lambda p: _rank(family, p.name))
    thinkers = [p for p in ranked if p.kind == "thinker"]
    schools = [p for p in ranked if p.kind == "school"]
    if not (thinkers and schools):
        return tuple(ranked[:1])
    pairs = [(t, s) for t in thinkers for s in schools]
    return next((pair for pair in pairs if sides[pair[0].name] != sides[pair[1].name]), pairs[0])


def chosen_one(sides: Mapping[str, Side], family: str) -> Persona | None:
    """Return one persona of those marked in a family, drawn by hash; None where none is."""
    ranked = sorted(sides, key=lambda name: _rank(family, name))
    return PERSONAS[ranked[0]] if ranked else None


def _rank(family: str, name: str) -> bytes:
    return hashlib.blake2b(f"{family}|{name}".encode(), digest_size=8).digest()
