"""What a rule says: which rule, about what, why it matters, how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gadfly.scenarios.schema import Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One authoring rule, as it is explained to an author."""

    name: str
    """Lower case with hyphens; printed with each finding."""
    holds: str
    """What it asks for, in one line."""
    why: str
    """What goes wrong in a measurement where it is not kept."""
    fix: str
    """How to mend it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A place at which a rule is not kept, or seems not to be."""

    rule: Rule
    message: str
    """What was expected and what was found, in one line."""
    breach: bool
    """Whether the check fails by it; otherwise it is a hint, for a person to judge."""
    family: str = ""
    """Id of the family; empty where it is about many."""
    topic: str = ""
    """Topic it is about as a whole; empty with a family, or where it is about the whole set."""
    location: Location = ()
    """Keys and indices from the family to the field."""
