"""Stances, outcomes and readings: what a reply or a read comes to."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gadfly.bot.proposition import Side

Outcome = Literal["answered", "undecided", "evaded", "refused", "unreadable", "truncated", "error"]
"""`unreadable`, `truncated` and `error` are missing data; `undecided`, `evaded` and `refused` are
outcomes with rates of their own and no stance."""

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
MISSING: frozenset[Outcome] = frozenset({"unreadable", "truncated", "error"})
UNCOMMITTED: frozenset[Outcome] = frozenset({"undecided", "evaded", "refused"})


@dataclass(frozen=True, slots=True)
class Stance:
    """Probability of siding with statement A, with the weight behind it.

    `a` and `b` are decisive answers for each side: counts where answers were sampled, shares of
    probability where they were read; `p` weighs every cell equally and so need not be a/(a+b).
    """

    p: float
    a: float
    b: float

    def __post_init__(self) -> None:
        """Refuse what is not a probability."""
        if not 0.0 <= self.p <= 1.0:
            raise ValueError(f"stance must lie in [0, 1], got {self.p!r}")

    @property
    def side(self) -> Side:
        """The side it leans to; a tie counts as A."""
        return "a" if self.p >= 0.5 else "b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a read: a fixed wording and an option order."""

    wording: int
    order: Literal["ab", "ba", "none"]
    """Which statement stood first; "none" where no options are shown."""
    p: float | None
    """Stance in this cell; None when nothing in it was decisive."""
    shares: Mapping[Outcome, float]
    """Share of draws (or of probability) per outcome; sums to 1."""
    n: int
    """Draws taken (1 for a probability read)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one reply (*said*) or one off-record read (*read*) comes to."""

    readout: Literal["said", "sampled", "logprob", "likelihood"]
    outcome: Outcome
    """For a read the commonest outcome over its cells, decisive ones winning ties."""
    stance: Stance | None = None
    """Present exactly when `outcome` is "answered"."""
    shares: Mapping[Outcome, float] = field(default_factory=lambda: MappingProxyType({}))
    """Outcome shares averaged over cells; for a reply 1.0 at its outcome."""
    cells: tuple[Cell, ...] = ()
    label_mass: float | None = None
    """logprob: probability on the offered labels, mean over cells."""
    rule: str = ""
    """said: which rule of the steering reader decided."""

    def __post_init__(self) -> None:
        """Hold the rule that only an answer has a stance."""
        if (self.stance is not None) != (self.outcome == "answered"):
            raise ValueError(f"outcome {self.outcome!r} with stance {self.stance!r}")


def said(outcome: Outcome, side: Side | None = None, *, rule: str = "") -> Reading:
    """Build the reading of one reply: a side when answered, none otherwise."""
    stance = None
    if side is not None:
        a = 1.0 if side == "a" else 0.0
        stance = Stance(a, a, 1.0 - a)
    return Reading(
        readout="said",
        outcome=outcome,
        stance=stance,
        shares=MappingProxyType({outcome: 1.0}),
        rule=rule,
    )
