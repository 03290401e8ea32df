"""The likelihood readout: each statement scored as the reply, with no options shown.

For models too small to answer a list with anything but its first entry: with options shown a
135M model picked the first-listed letter 60 times of 60, while the likelihood of the unlisted
statement got 27 of 30 facts right.
"""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import TYPE_CHECKING

from gadfly.bot.call import ask_score
from gadfly.bot.readout import prompt
from gadfly.bot.readout.ask import Ask
from gadfly.bot.readout.average import average
from gadfly.bot.readout.fork import fork
from gadfly.bot.stance import Cell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gadfly.bot.completion import Completion
    from gadfly.bot.message import Conversation
    from gadfly.bot.proposition import Proposition
    from gadfly.bot.readout.ask import Answer, Meaning
    from gadfly.bot.respondent import ReadoutName
    from gadfly.bot.stance import Outcome, Reading

_SHARES: Mapping[str, Mapping[Outcome, float]] = {
    outcome: MappingProxyType({outcome: 1.0}) for outcome in ("answered", "unreadable", "error")
}


class Likelihood:
    """Stance as the per-token odds that the subject would say each statement."""

    name: ReadoutName = "likelihood"

    def asks(self, conversation: Conversation, about: Proposition) -> tuple[Ask, ...]:
        """Return one scoring request per wording; see `Readout.asks`."""
        labels: Mapping[str, Meaning] = MappingProxyType({about.a: "a", about.b: "b"})
        return tuple(
            Ask(
                wording=wording,
                order="none",
                request=ask_score(
                    fork(conversation, prompt.unlisted(wording, about.question)),
                    (about.a, about.b),
                ),
                draws=1,
                labels=labels,
            )
            for wording in prompt.WORDINGS
        )

    def read(self, about: Proposition, answers: Sequence[Answer]) -> Reading:
        """Return the mean over wordings of `matched_odds` as a probability.

        A wording is unreadable when either statement was not scored. Stance.a and .b are the
        mean probability and its complement.
        """
        cells = [_cell(about, answer) for answer in answers]
        stances = [cell.p for cell in cells if cell.p is not None]
        p = sum(stances) / len(stances) if stances else 0.0
        return average("likelihood", cells, weight=(p, 1.0 - p))


def matched_odds(logp_a: float, n_a: int, logp_b: float, n_b: int) -> float:
    """Return per-token log-odds of reply A against reply B: logp_a / n_a - logp_b / n_b.

    Dividing by length takes out that a shorter reply is likelier (the "normalised" scoring of
    multiple-choice benchmarks). The summed odds of two sentences lie 5 to 20 nats apart on most
    questions, a stance of 0 or 1 that no argument moves visibly; per token a 135M model's stances
    lie between .13 and .87. The scale is compressive: differences are comparable within this
    readout only. Antisymmetric.

    >>> matched_odds(-8.0, 8, -12.0, 8)
    0.5
    >>> matched_odds(-8.0, 8, -12.0, 12)
    0.0
    """
    return logp_a / n_a - logp_b / n_b


def logistic(x: float) -> float:
    """Return 1 / (1 + exp(-x)) without overflow."""
    if x >= 0.0:
        return 1.0 / (1.0 + math.exp(-x))
    return math.exp(x) / (1.0 + math.exp(x))


def _cell(about: Proposition, answer: Answer) -> Cell:
    p, outcome = None, "error"
    if answer.completions:
        p = _stance(about, answer.completions[0])
        outcome = "answered" if p is not None else "unreadable"
    return Cell(
        wording=answer.ask.wording, order=answer.ask.order, p=p, shares=_SHARES[outcome], n=1
    )


def _stance(about: Proposition, completion: Completion) -> float | None:
    logp, n = completion.logprobs, completion.lengths
    scored = all(s in logp and n.get(s, 0) > 0 for s in (about.a, about.b))
    if not scored:
        return None
    odds = matched_odds(logp[about.a], n[about.a], logp[about.b], n[about.b])
    return logistic(odds) if math.isfinite(odds) else None
