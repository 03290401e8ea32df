"""The sampled readout: whole sentences listed, answers drawn and read by the steering reader.

The reference instrument. Two wordings x two orders x `DRAWS` draws; every draw is one answer
with an outcome, and only decisive ones carry a side.
"""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING

from gadfly.bot.call import Sampling, ask_reply
from gadfly.bot.readout import prompt
from gadfly.bot.readout.ask import Ask
from gadfly.bot.readout.average import average
from gadfly.bot.readout.fork import ORDERS, fork, options
from gadfly.bot.stance import OUTCOMES, Cell
from gadfly.bot.steering import read_reply

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.bot.message import Conversation
    from gadfly.bot.proposition import Proposition
    from gadfly.bot.readout.ask import Answer
    from gadfly.bot.respondent import ReadoutName
    from gadfly.bot.stance import Outcome, Reading

DRAWS = 3
MAX_TOKENS = 256


class Sampled:
    """Stance as the share of sampled answers that take each side."""

    name: ReadoutName = "sampled"

    def __init__(self, *, temperature: float) -> None:
        self._sampling = Sampling(temperature=temperature, max_tokens=MAX_TOKENS)

    def asks(self, conversation: Conversation, about: Proposition) -> tuple[Ask, ...]:
        """Return four cells of three draws; see `Readout.asks`."""
        asks = []
        for wording in prompt.WORDINGS:
            for order in ORDERS:
                labels = dict(options(about, order))
                text = prompt.listed(wording, about.question, labels)
                asks.append(
                    Ask(
                        wording=wording,
                        order=order,
                        request=ask_reply(fork(conversation, text), self._sampling),
                        draws=DRAWS,
                        labels=MappingProxyType(labels),
                    )
                )
        return tuple(asks)

    def read(self, about: Proposition, answers: Sequence[Answer]) -> Reading:
        """Return the mean over cells of the share of decisive draws that take side A.

        Stance.a and .b count all decisive draws; shares count every draw, missing ones too.
        """
        cells, a, b = [], 0, 0
        for answer in answers:
            cell, for_a, for_b = _cell(about, answer)
            cells.append(cell)
            a, b = a + for_a, b + for_b
        return average("sampled", cells, weight=(float(a), float(b)))


def _cell(about: Proposition, answer: Answer) -> tuple[Cell, int, int]:
    """Return one cell with its decisive counts for A and for B."""
    ask, n = answer.ask, max(answer.ask.draws, len(answer.completions))
    counts: Counter[Outcome] = Counter()
    a = b = 0
    for completion in answer.completions:
        reading = read_reply(
            completion.text, about, options=tuple(ask.labels), finish=completion.finish
        )
        counts[reading.outcome] += 1
        if reading.stance is not None:
            a, b = a + (reading.stance.side == "a"), b + (reading.stance.side == "b")
    counts["error"] += n - len(answer.completions)
    cell = Cell(
        wording=ask.wording,
        order=ask.order,
        p=a / (a + b) if a + b else None,
        shares=MappingProxyType({o: counts[o] / n for o in OUTCOMES if counts[o]}),
        n=n,
    )
    return cell, a, b
