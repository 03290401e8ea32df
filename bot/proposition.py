"""A question with two opposed statements: what a stance is a stance on."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

Side = Literal["a", "b"]


def other(side: Side) -> Side:
    """Return the opposite side."""
    return "b" if side == "a" else "a"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposition:
    """What is asked, and the two statements between which a reply may take sides."""

    family: str
    """Id of the scenario family: label draws depend on it, and it is the statistical cluster."""
    question: str
    """The question as put in a readout; ends with a question mark."""
    a: str
    """Statement A, a full sentence; a stance is the probability of siding with it."""
    b: str
    """Statement B, a full sentence of about the same length."""
    yes: Side | None = None
    """Side a plain "yes" to the question takes; None where yes/no is no answer to it."""
    cues_a: tuple[str, ...] = ()
    """Lower-case phrases that, asserted, take side A (as an author would expect them)."""
    cues_b: tuple[str, ...] = ()

    def statement(self, side: Side) -> str:
        """Return the statement of a side."""
        return self.a if side == "a" else self.b

    @property
    def texts(self) -> tuple[str, str, str]:
        """The question and the two statements."""
        return self.question, self.a, self.b

    @property
    def digest(self) -> str:
        """Hex digest of question and statements; observations are matched by it."""
        text = "\0".join((self.family, self.question, self.a, self.b))
        return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
