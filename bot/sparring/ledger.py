"""The ledger of a spar and the rule by which reasons move its credence. Pure: no model, no clock.

Credence is the probability of statement A. In log-odds it is the opening plus what the standing
reasons of the user weigh:

    l = clip(l0 + sum over sides of sign(side) * sum_k DECAY**k * w_(k), -LIMIT, LIMIT)
    w = STEP * credit(soundness) * novelty          0 once the reason is withdrawn

where w_(0) >= w_(1) >= ... are the weights of one side's reasons from the heaviest down: each
further reason for a side counts a little less, whatever order they came in. What carries no reason
(disagreement, insistence, pressure, what is beside the point) has no entry in the sum, so it moves
nothing; a repetition has novelty 0; taking a premise back takes out its weight and nothing else.

It is a rule of conduct, not a theory of belief: soundness is no likelihood ratio, and two reasons
that share a premise are told apart by their words only.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from gadfly.bot.readout.likelihood import logistic

if TYPE_CHECKING:
    from gadfly.bot.proposition import Side

Giver = Literal["user", "bot"]
Status = Literal["standing", "answered", "withdrawn"]
Verdict = Literal["sound", "unclear", "flawed"]

STEP = 1.4
"""Log-odds that one sound and wholly new reason is worth: it takes .70 to .37."""
DECAY = 0.8
"""What each further reason for the same side counts, of the one before."""
LIMIT = 4.0
"""Log-odds beyond which no amount of reasons drives it: .982."""
FLAWED, SOUND = 0.3, 0.7
"""At or below, and at or above: the probability of being sound that gives no credit, and full."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A reason on record."""

    at: int
    """Index of the message it was given in, from 0."""
    by: Giver
    side: Side
    """The side it speaks for."""
    text: str
    soundness: float = 0.5
    """Probability that it is sound, judged cold, in [0, 1]."""
    novelty: float = 1.0
    """How much of it had not been said before, in [0, 1]."""
    status: Status = "standing"
    """A withdrawn reason weighs nothing; an answered one weighs what it weighed."""
    why: str = ""
    """Why it was judged so."""

    @property
    def verdict(self) -> Verdict:
        """How it was judged."""
        if self.soundness >= SOUND:
            return "sound"
        return "flawed" if self.soundness <= FLAWED else "unclear"

    @property
    def weight(self) -> float:
        """Log-odds toward its side, before discounting; >= 0.

        The bot's own reasons weigh nothing: its opening stance has them in it.
        """
        if self.by == "bot" or self.status == "withdrawn":
            return 0.0
        return STEP * credit(self.soundness) * self.novelty


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A side somebody said they take."""

    at: int
    by: Giver
    side: Side
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Concession:
    """A point somebody granted the other."""

    at: int
    by: Giver
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """An objection or question put to the other, and where it was taken up."""

    at: int
    by: Giver
    text: str
    answered_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What stands on either side of one proposition."""

    opening: float
    """Log-odds of statement A before anybody argued."""
    reasons: tuple[Reason, ...] = ()
    claims: tuple[Claim, ...] = ()
    concessions: tuple[Concession, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()

    @property
    def log_odds(self) -> float:
        """Log-odds of statement A now, in [-LIMIT, LIMIT]."""
        return min(LIMIT, max(-LIMIT, self.opening + self._moved))

    @property
    def credence(self) -> float:
        """Probability of statement A now, in (0, 1)."""
        return logistic(self.log_odds)

    @property
    def side(self) -> Side:
        """The side it is on; the one it opened with where the odds are even."""
        lean = self.log_odds or self.opening
        return "a" if lean >= 0.0 else "b"

    @property
    def _moved(self) -> float:
        return self._sum("a") - self._sum("b")

    def _sum(self, side: Side) -> float:
        weights = sorted((r.weight for r in self.reasons if r.side == side), reverse=True)
        return sum(w * DECAY**k for k, w in enumerate(weights))

    def of(self, by: Giver, side: Side | None = None) -> tuple[Reason, ...]:
        """Return the reasons one of the two gave, for a side or for either."""
        return tuple(r for r in self.reasons if r.by == by and side in (None, r.side))

    def put_at(self, log_odds: float) -> Ledger:
        """Return the ledger with an opening that makes the log-odds now what was assigned."""
        return replace(self, opening=log_odds - self._moved)

    def given(self, reason: Reason) -> Ledger:
        """Return the ledger with one more reason."""
        return replace(self, reasons=(*self.reasons, reason))

    def withdrawn(self, at: int) -> Ledger:
        """Return the ledger without the weight of the user's reasons of one message."""
        return self._with_status(at, "user", "withdrawn")

    def answered(self, at: int, by: Giver) -> Ledger:
        """Return the ledger with somebody's standing reasons of one message marked as answered."""
        return self._with_status(at, by, "answered")

    def _with_status(self, at: int, by: Giver, status: Status) -> Ledger:
        reasons = tuple(
            replace(r, status=status)
            if r.at == at and r.by == by and r.status != "withdrawn"
            else r
            for r in self.reasons
        )
        return replace(self, reasons=reasons)

    def claimed(self, claim: Claim) -> Ledger:
        """Return the ledger with one more side taken."""
        return replace(self, claims=(*self.claims, claim))

    def conceded(self, concession: Concession) -> Ledger:
        """Return the ledger with one more point granted."""
        return replace(self, concessions=(*self.concessions, concession))

    def asked(self, question: OpenQuestion) -> Ledger:
        """Return the ledger with one more open question."""
        return replace(self, questions=(*self.questions, question))

    def taken_up(self, asked_at: int, at: int) -> Ledger:
        """Return the ledger with a question marked as taken up in a later message."""
        questions = tuple(
            replace(q, answered_at=at) if q.at == asked_at and q.answered_at is None else q
            for q in self.questions
        )
        return replace(self, questions=questions)


def credit(soundness: float) -> float:
    """Return the share of a full step that a probability of being sound earns, in [0, 1].

    >>> credit(0.3), credit(0.5), credit(0.7)
    (0.0, 0.5, 1.0)
    """
    return min(1.0, max(0.0, round((soundness - FLAWED) / (SOUND - FLAWED), 12)))
