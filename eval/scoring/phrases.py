"""Stock constructions and hedges in what a speaker says for the first time, by rule."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gadfly.bot.overlap import words
from gadfly.bot.stock import stock_constructions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_HEDGE = re.compile(
    r"""
      \b(?:perhaps|maybe|possibly|probably|presumably
        |arguably|conceivably|supposedly|somewhat|roughly)\b
    | \b(?:might|could|may)\s+(?:\w+\s+){0,1}
        (?:be|have|well|seem|depend|make|not|also|still|lead|want|argue|say)\b
    | \b(?:it|that|this|there)\s+(?:would\s+)?(?:seems?|appears?)\b
    | \bi\s+(?:guess|suppose|suspect|gather)\b
    | \bi(?:'m|\s+am)\s+not\s+(?:\w+\s+)?(?:sure|certain)\b
    | \bi\s+could\s+be\s+wrong\b | \bcorrect\s+me\s+if\b | \bas\s+far\s+as\s+i\b
    | \b(?:sort|kind)\s+of\b(?!\s+(?:person|people|thing|argument|question))
    | \bto\s+(?:some|a\s+certain|an)\s+(?:extent|degree)\b
    | \bin\s+(?:some|many|certain|most)\s+
        (?:cases|contexts|situations|circumstances|ways|respects)\b
    | \b(?:generally|typically|usually|often|sometimes)\b | \btends?\s+to\b
    | \b(?:it|that|this|answer)\s+(?:\w+\s+)?depends\b | \bdepending\s+on\b
    | \bhard\s+to\s+(?:say|tell|know)\b | \bnot\s+necessarily\b
    """,
    re.VERBOSE,
)
_BREAK = re.compile(r"(?<=[.!?])[\"')\]*_]{0,3}\s+|\n+")
_STOP = re.compile(r"[.!?][\"')\]*_]{0,3}$")
_WRAP = re.compile(r"(?<!\n) ?\n ?(?=[a-z])")
"""A line break inside a sentence."""
SHORT = 4
"""Words below which a sentence said twice is no repetition ("Yes.")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """What is counted in the sentences of a turn, those its speaker had said before left out."""

    sentences: int
    words: int
    """Words of these sentences."""
    stock: Mapping[str, int]
    """Stock constructions, by name -> how often (`bot.stock`)."""
    hedged: int
    """Sentences with a hedge."""


def phrases(text: str, said: set[tuple[str, ...]], asked: str = "") -> Phrases:
    """Count in a turn's sentences that `said` does not hold, and add them to it.

    Stock constructions that others had just used too (`asked`) are not the speaker's own.
    """
    own: list[str] = []
    hedged = 0
    for sentence, found in _sentences(text):
        if len(found) >= SHORT:
            if found in said:
                continue
            said.add(found)
        own.append(sentence)
        hedged += _HEDGE.search(sentence) is not None
    stock = stock_constructions("".join(map(_joined, own)), asked)
    return Phrases(
        sentences=len(own),
        words=sum(len(sentence.split()) for sentence in own),
        stock=dict(sorted(stock.items())),
        hedged=hedged,
    )


def _joined(sentence: str) -> str:
    """Return a sentence with what parts it from the next: a heading or list item is a line."""
    return sentence + (" " if _STOP.search(sentence) else "\n")


def _sentences(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each sentence in lower case with its words; one without words is none."""
    unwrapped = _WRAP.sub(" ", text.replace("’", "'"))
    for part in _BREAK.split(unwrapped.lower()):
        found = tuple(words(part))
        if found:
            yield " ".join(part.split()), found
