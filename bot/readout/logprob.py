"""The logprob readout: the same question with labelled statements, read from one token.

Label probabilities are a softmax of log-probability / temperature over the four labels (servers
report them at temperature 1), so that they stand for the answers the sampler would draw.
"""

from __future__ import annotations

import hashlib
import math
from types import MappingProxyType
from typing import TYPE_CHECKING

from gadfly.bot.call import ask_labels
from gadfly.bot.readout import prompt
from gadfly.bot.readout.ask import Ask
from gadfly.bot.readout.average import average
from gadfly.bot.readout.fork import ORDERS, fork, options
from gadfly.bot.stance import Cell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gadfly.bot.message import Conversation
    from gadfly.bot.proposition import Proposition
    from gadfly.bot.readout.ask import Answer, Meaning
    from gadfly.bot.respondent import ReadoutName
    from gadfly.bot.stance import Outcome, Reading

MIN_MASS = 0.1
"""Below this probability on all labels together the subject was not answering with a label."""

_UNREADABLE: Mapping[Outcome, float] = MappingProxyType({"unreadable": 1.0})
_ERROR: Mapping[Outcome, float] = MappingProxyType({"error": 1.0})


class Logprob:
    """Stance as the probability of the label in front of each statement."""

    name: ReadoutName = "logprob"

    def __init__(self, *, temperature: float, prefill: bool) -> None:
        self._temperature = temperature
        self._prefill = prompt.PREFILL if prefill else ""

    def asks(self, conversation: Conversation, about: Proposition) -> tuple[Ask, ...]:
        """Return four one-token cells; see `Readout.asks`.

        The label set is drawn by a hash of (family, wording): the same over arms, turns, orders
        and versions. Labels go by position, so that order and label cancel together.
        """
        asks = []
        for wording in prompt.WORDINGS:
            names = label_set(about.family, wording)
            for order in ORDERS:
                rows = options(about, order)
                shown = [(name, text) for name, (text, _) in zip(names, rows, strict=True)]
                text = prompt.labelled(wording, about.question, shown)
                gap = " " if self._prefill else ""
                labels: dict[str, Meaning] = {
                    gap + name: meaning for name, (_, meaning) in zip(names, rows, strict=True)
                }
                request = ask_labels(
                    fork(conversation, text),
                    tuple(labels),
                    prefill=self._prefill,
                    temperature=self._temperature,
                )
                asks.append(
                    Ask(
                        wording=wording,
                        order=order,
                        request=request,
                        draws=1,
                        labels=MappingProxyType(labels),
                    )
                )
        return tuple(asks)

    def read(self, about: Proposition, answers: Sequence[Answer]) -> Reading:
        """Return the mean over cells of P(a) / (P(a) + P(b)).

        A cell is unreadable when no side label was reported or the labels hold less than
        `MIN_MASS`. An absent label counts as probability 0: the server reports the likeliest.
        Stance.a and .b are the mean tempered probabilities of the two sides.
        """
        cells, masses, a, b = [], [], 0.0, 0.0
        for answer in answers:
            cell, mass, for_a, for_b = _cell(answer, self._temperature)
            cells.append(cell)
            masses += [] if mass is None else [mass]
            a, b = a + for_a, b + for_b
        n = sum(cell.p is not None for cell in cells) or 1
        mass = sum(masses) / len(masses) if masses else None
        return average("logprob", cells, weight=(a / n, b / n), label_mass=mass)


def label_set(family: str, wording: int) -> tuple[str, str, str, str]:
    """Return the labels of a family and wording, drawn by hash from the fixed sets."""
    raw = hashlib.blake2b(f"{family}\0{wording}".encode(), digest_size=8).digest()
    return prompt.LABEL_SETS[int.from_bytes(raw, "big") % len(prompt.LABEL_SETS)]


def temper(logprobs: Mapping[str, float], temperature: float) -> dict[str, float]:
    """Return the probabilities at a temperature, normalised over the keys; 0 splits the maximum."""
    top = max(logprobs.values())
    if temperature <= 0.0:
        weights = {key: float(value == top) for key, value in logprobs.items()}
    else:
        weights = {key: math.exp((v - top) / temperature) for key, v in logprobs.items()}
    total = sum(weights.values())
    return {key: weight / total for key, weight in weights.items()}


def _cell(answer: Answer, temperature: float) -> tuple[Cell, float | None, float, float]:
    """Return one cell, its label mass, and the tempered probabilities of A and of B."""
    ask = answer.ask
    if not answer.completions:
        return _empty(ask, _ERROR), None, 0.0, 0.0
    reported = answer.completions[0].logprobs
    present = {label: reported[label] for label in ask.labels if label in reported}
    mass = min(1.0, sum(math.exp(value) for value in present.values()))
    if mass < MIN_MASS or not any(ask.labels[label] in ("a", "b") for label in present):
        return _empty(ask, _UNREADABLE), mass, 0.0, 0.0
    chance: dict[Meaning, float] = {"a": 0.0, "b": 0.0, "undecided": 0.0, "refused": 0.0}
    for label, value in temper(present, temperature).items():
        chance[ask.labels[label]] += value
    sides = chance["a"] + chance["b"]
    shares: dict[Outcome, float] = {
        "answered": sides,
        "undecided": chance["undecided"],
        "refused": chance["refused"],
    }
    cell = Cell(
        wording=ask.wording,
        order=ask.order,
        p=chance["a"] / sides if sides > 0.0 else None,
        shares=MappingProxyType({o: share for o, share in shares.items() if share > 0.0}),
        n=1,
    )
    return cell, mass, chance["a"], chance["b"]


def _empty(ask: Ask, shares: Mapping[Outcome, float]) -> Cell:
    return Cell(wording=ask.wording, order=ask.order, p=None, shares=shares, n=1)
