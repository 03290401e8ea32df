"""Moves: what a probe asks the engine to do next, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from gadfly.bot.measure import Measure
    from gadfly.bot.proposition import Proposition
    from gadfly.bot.stance import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """Say `text` to the subject, on the record. Sent back: what it replied, and its reading."""

    label: str
    """Name of this observation inside the trial, e.g. "first", "challenge"."""
    text: str
    about: Proposition
    """The proposition the reply is read against."""
    options: tuple[str, ...] = ()
    """Full texts of options the prompt listed, in listed order, for the reader."""
    fresh: bool = False
    """Start a new thread (same opening) before saying it."""
    measure: Measure | None = None
    """What else the reply is read for: a number, the steps of a chain, a code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """Measure the stance on a fork the dialogue never sees. Sent back: the reading.

    One move is all wordings x orders x draws of the run's readout, run together.
    """

    label: str
    about: Proposition


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """End the trial early, recording why (data, not a failure)."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Consult:
    """Have an LLM interlocutor write the next line, and say it to the subject.

    Sent back: what the subject replied, as after a `Say`.
    """

    label: str
    brief: str
    """Who the interlocutor is and what it is after; it sees the dialogue too."""
    about: Proposition
    """The proposition the reply is read against."""


Move = Say | Read | Consult | Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What came of a `Say`, a `Consult` or a `Read`."""

    label: str
    kind: Literal["said", "read"]
    reading: Reading
    text: str = ""
    """The reply ("said" only)."""
    value: float | None = None
    """The number its measure found."""
    code: str = ""
    """The category its measure found."""
