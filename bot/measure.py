"""What else a reply is read for, beside its stance: a number, the steps of a chain, a code.

A probe names the measure in its move; the engine applies it to the reply and keeps what it found.
Measures are pure and by rule: what needs a judge is judged from the stored text, in a stage of its
own. A change of what a measure finds is a change of the probes that use it, and of their versions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from gadfly.bot.cleaning import clean


@dataclass(frozen=True, slots=True)
class Measured:
    """What a measure found in a reply."""

    value: float | None = None
    """A number, in the unit of the measure; None where there is none to be read."""
    code: str = ""
    """A category of the measure; "" where the rules are not sure."""


NOTHING = Measured()
HEARD = "heard"
"""Code of a turn that asked for nothing and was answered."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Takes any reply that says something: for a turn that asks nothing. `code` is `HEARD`."""

    def of(self, text: str) -> Measured:
        """Return the code; nothing for an empty reply."""
        return Measured(code=HEARD) if clean(text).strip() else NOTHING


class Measure(Protocol):
    """Reads one thing off a reply."""

    def of(self, text: str) -> Measured:
        """Return what is found in a reply; `NOTHING` where the reply does not say."""
        ...
