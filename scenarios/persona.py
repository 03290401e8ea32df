"""Personas: thinkers and schools a subject can be asked to answer as (E6).

Frozen like `phrase`: an edit changes what subjects are told, so `phrase.VERSION` changes with it.
Which side a persona is on is marked family by family, by the scenario's author.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """Who the subject is told to be."""

    name: str
    kind: Literal["thinker", "school"]
    who: str
    """Fits into "answer as ... would"."""

    @property
    def told(self) -> str:
        """The instruction, a whole sentence that precedes a question."""
        return f"From now on, until I say otherwise, answer as {self.who} would."


_ALL = (
    Persona(name="singer", kind="thinker", who="a utilitarian like Peter Singer"),
    Persona(name="kant", kind="thinker", who="Immanuel Kant"),
    Persona(name="mill", kind="thinker", who="John Stuart Mill"),
    Persona(name="aristotle", kind="thinker", who="Aristotle"),
    Persona(name="nozick", kind="thinker", who="Robert Nozick"),
    Persona(name="gilligan", kind="thinker", who="Carol Gilligan"),
    Persona(name="utilitarian", kind="school", who="a strict utilitarian"),
    Persona(name="kantian", kind="school", who="a strict Kantian"),
    Persona(name="virtue", kind="school", who="a virtue ethicist"),
    Persona(name="libertarian", kind="school", who="a committed libertarian"),
    Persona(name="care", kind="school", who="an ethicist of care"),
    Persona(name="stoic", kind="school", who="a Stoic"),
)
PERSONAS: Mapping[str, Persona] = MappingProxyType({p.name: p for p in _ALL})
"""All personas by name."""
