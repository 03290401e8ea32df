"""Whether a reply takes up the point that was just made to it, by the words it takes from it.

A first look by rule: content words of the argument in the reply, beyond those of the question and
its statements, minus what the same reply has of arguments on the same question that nobody made.
Whoever answers an argument in other words goes unseen, and quoting it is not yet answering it;
what needs reading is left to a judge.
"""

from __future__ import annotations

from dataclasses import dataclass

from gadfly.bot.clause import content, words
from gadfly.bot.measure import NOTHING, Measured

ENGAGEMENTS = ("engaged", "passed over")
"""What a reply does with an argument."""
TELLING = 5
"""Content words of its own an argument needs, to be told from another."""
SHARED = 2
"""Of these the reply must have at least so many to be called engaged."""
EXCESS = 0.1
"""And so much more, in shares, than it has of an argument nobody made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement:
    """Measures how far a reply takes up one argument rather than others of the same question.

    For each other argument the two are compared on the words the one has and the other has not:
    a reply that is merely on the topic has as much of either. `Measured.value` is the mean
    difference of the two shares, in [-1, 1]; `code` is "engaged" or "passed over". Nothing where
    the arguments cannot be told apart.
    """

    argument: str
    """The point that was made."""
    known: tuple[str, ...]
    """Question, statements and prompt: words everybody uses on this topic."""
    others: tuple[str, ...]
    """Arguments on the same question that were not made."""

    def of(self, text: str) -> Measured:
        """Return the excess and whether the reply engages."""
        known = frozenset[str]().union(*map(_content, self.known))
        made, reply = _content(self.argument) - known, _content(text)
        excesses = []
        for other in self.others:
            unmade = _content(other) - known
            own, control = made - unmade, unmade - made
            if min(len(own), len(control)) >= TELLING:
                excesses.append(_share(reply, own) - _share(reply, control))
        if not excesses:
            return NOTHING
        excess = sum(excesses) / len(excesses)
        is_engaged = len(reply & made) >= SHARED and excess >= EXCESS
        return Measured(value=excess, code=ENGAGEMENTS[0 if is_engaged else 1])


def _content(text: str) -> frozenset[str]:
    return content(words(text))


def _share(reply: frozenset[str], of: frozenset[str]) -> float:
    return len(reply & of) / len(of)
