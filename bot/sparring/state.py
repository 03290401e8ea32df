"""What a sparring bot has come to in a conversation: a value, computed from its messages alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from gadfly.bot.stance import Stance

if TYPE_CHECKING:
    from gadfly.bot.proposition import Proposition, Side
    from gadfly.bot.sparring.ledger import Ledger, Verdict

Kind = Literal[
    "opens",
    "asks",
    "argues",
    "repeats",
    "insists",
    "presses",
    "strays",
    "unclear",
    "withdraws",
    "concedes",
    "assigns",
    "confronts",
    "crux",
    "beside",
    "grants",
    "recalls",
    "aside",
]
"""What a user message does: opens a question, asks where it stands, gives a reason, repeats one,
disagrees or insists without a reason, presses by rank, feeling or number, gives what does not bear
on the question, gives a reason that may be for either side, takes a premise back, gives way, sets a
role, holds two answers against each other, asks what would change its mind, or what would not,
grants just that, asks what it said before, or talks about something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """One user message and what it did."""

    at: int
    """Index of the message in the conversation, from 0."""
    text: str
    kind: Kind
    side: Side | None = None
    """The side the user spoke for; None where none can be told."""
    before: float | None = None
    """Credence (probability of statement A) before the message; None before a question is open."""
    after: float | None = None
    soundness: float | None = None
    """Of a reason: probability that it is sound, judged cold."""
    novelty: float | None = None
    verdict: Verdict | None = None
    why: str = ""
    """Why it moved the bot, or did not: one sentence."""

    @property
    def shift(self) -> float:
        """Change of credence, in probability points of statement A; 0 where there was none."""
        if self.before is None or self.after is None:
            return 0.0
        return self.after - self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One question of a conversation with its ledger."""

    about: Proposition
    """The question, and the two statements; `yes` is the side of a plain yes where there is one."""
    ledger: Ledger
    text: str = ""
    """The message that opened it, as the user put it."""
    how: str = ""
    """How the opening stance was settled: one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Where the bot stands in a conversation."""

    topics: tuple[Topic, ...] = ()
    """Every question it was asked, in order of first being asked."""
    current: int = -1
    """Index of the question under discussion; -1 while there is none."""
    moves: tuple[Moved, ...] = ()
    """Every user message so far, in order."""
    role: str = ""
    """Who it was told to be, in the user's words; "" for nobody."""
    roles: tuple[str, ...] = ()
    """The instructions it was given, as whole sentences."""
    replies: tuple[str, ...] = ()
    """What it has said, in order."""

    @property
    def topic(self) -> Topic | None:
        """The question under discussion."""
        return self.topics[self.current] if self.current >= 0 else None

    @property
    def about(self) -> Proposition | None:
        """The proposition under discussion; None before there is one."""
        return self.topic.about if self.topic is not None else None

    @property
    def ledger(self) -> Ledger | None:
        """The ledger of the question under discussion."""
        return self.topic.ledger if self.topic is not None else None

    @property
    def credence(self) -> float | None:
        """Probability of statement A; None before there is a question."""
        return self.ledger.credence if self.ledger is not None else None

    @property
    def side(self) -> Side | None:
        """The side it is on."""
        return self.ledger.side if self.ledger is not None else None

    @property
    def stance(self) -> Stance | None:
        """The same as a stance; its weights are shares of probability."""
        p = self.credence
        return None if p is None else Stance(p, p, 1.0 - p)
