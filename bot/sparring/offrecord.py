"""Off-record reads of the sparring bot: what a readout's request comes to under its credence.

A read follows the credence: label and likelihood requests report it as probabilities, a sampled
one draws the side with that probability, a forced choice takes the side it is on. The bot's
abstentions have no share: it always holds a position.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gadfly.bot.completion import Completion
from gadfly.bot.readout.prompt import ABSTENTIONS
from gadfly.bot.sparring.question import of_statements
from gadfly.bot.sparring.sides import aligned, side_in

if TYPE_CHECKING:
    from gadfly.bot.call import Request
    from gadfly.bot.proposition import Proposition, Side

_ROW = re.compile(
    r"^[ \t]*(?:[-*•]|(?P<label>[A-Za-z0-9]{1,3})[.):])[ \t]+(?P<text>\S.*?)[ \t]*$", re.MULTILINE
)
_TINY = -20.0
"""Log-probability of an abstention."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OffRecord:
    """A readout's request, recognised."""

    about: Proposition
    """The question with the two statements as the request has them."""
    rows: tuple[tuple[str, str], ...]
    """Listed (label, sentence), abstentions among them; empty for a score request."""


def recognised(request: Request) -> OffRecord | None:
    """Return what a request reads, None where it is part of the dialogue."""
    last = request.conversation.message
    if last is None:
        return None
    if request.kind == "score":
        if len(request.options) != 2:
            return None
        question = _question(last.text)
        return OffRecord(about=of_statements(question, *request.options), rows=())
    rows = tuple((m["label"] or "", m["text"]) for m in _ROW.finditer(last.text))
    sides = [text for _, text in rows if text not in ABSTENTIONS]
    is_read = request.kind == "labels" or len(sides) < len(rows)
    if len(sides) != 2 or not is_read:
        return None
    a, b = sorted(sides)
    return OffRecord(about=of_statements(_question(last.text), a, b), rows=rows)


def answered(
    request: Request, read: OffRecord, known: Proposition, p: float, unit: float
) -> Completion:
    """Answer a read.

    Args:
        request: The readout's request.
        read: What it was recognised as.
        known: The proposition of the bot's own ledger.
        p: Credence, probability of statement A of `known`.
        unit: A number in [0, 1) that draws a sampled answer.
    """
    logs = {"a": math.log(p), "b": math.log1p(-p)}
    if request.kind == "score":
        sides = _sides(request.options[0], request.options[1], known)
        logprobs = {text: logs[side] for text, side in zip(request.options, sides, strict=True)}
        return Completion(logprobs=logprobs, lengths=dict.fromkeys(request.options, 1))
    stated = [text for _, text in read.rows if text not in ABSTENTIONS]
    by_text = dict(zip(stated, _sides(stated[0], stated[1], known), strict=True))
    if request.kind == "labels":
        found = {label: by_text.get(text) for label, text in read.rows}
        return Completion(
            logprobs={
                option: logs[side] if (side := found.get(option.strip())) else _TINY
                for option in request.options
                if option.strip() in found
            }
        )
    wanted = "a" if unit < p else "b"
    return Completion(text=next(text for text, side in by_text.items() if side == wanted))


def _sides(first: str, second: str, known: Proposition) -> tuple[Side, Side]:
    """Return the sides of two opposite statements, which are opposite too."""
    one, two = side_in(first, known), side_in(second, known)
    if one is None or one == two:
        pair = of_statements(known.question, first, second)
        one = aligned(pair, known) or "a"
    return one, ("b" if one == "a" else "a")


def _question(text: str) -> str:
    """Return the question of a readout's prompt: up to the mark that ends it."""
    lines = _ROW.sub("", text)
    head, colon, tail = lines.partition("think about this question: ")
    body = tail if colon else head
    end = body.find("?")
    return " ".join(body[: end + 1].split()) if end >= 0 else " ".join(body.split())
