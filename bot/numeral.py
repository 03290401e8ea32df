"""Numerals: number words brought to digits, so that "eighteen" and "18" are one token."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_UNITS_WORDS = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen
"""
_UNITS = {word: n for n, word in enumerate(_UNITS_WORDS.split())}
_TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = {word: 10 * n for n, word in enumerate(_TENS_WORDS.split(), start=2)}
_WORDS = "|".join((*_UNITS, *_TENS, "hundred"))
_PHRASE = re.compile(rf"\b(?:a hundred|(?:{_WORDS}))(?:[ -](?:and )?(?:{_WORDS}))*\b")


def digits(text: str) -> str:
    """Return lower-case text with number words below a thousand as digits; a lone "one" stays.

    >>> digits("i would say eighty-five, or a hundred; that one")
    'i would say 85, or 100; that one'
    """

    def written(match: re.Match[str]) -> str:
        words = match[0].replace("-", " ").split(" ")
        return match[0] if words == ["one"] else " ".join(folded(words))

    return _PHRASE.sub(written, text)


def folded(tokens: Sequence[str]) -> list[str]:
    """Return lower-case words with number words below a thousand as digits.

    >>> folded(["twenty", "four", "hours", "or", "a", "hundred", "and", "two"])
    ['24', 'hours', 'or', '102']
    """
    out: list[str] = []
    i = 0
    while i < len(tokens):
        end, value = _number(tokens, i)
        if end > i:
            out.append(str(value))
            i = end
        else:
            out.append(tokens[i])
            i += 1
    return out


def _number(tokens: Sequence[str], at: int) -> tuple[int, int]:
    """Return (end, value) of the number that begins at a place; end == at where none does."""
    if tokens[at] == "a" and tokens[at + 1 : at + 2] == ["hundred"]:
        end, value = at + 1, 1
    else:
        end, value = _below_hundred(tokens, at)
    if tokens[end : end + 1] == ["hundred"] and value < 10:
        value = 100 * (value if end > at else 1)
        end += 1
        joined = end + (tokens[end : end + 1] == ["and"])
        rest, more = _below_hundred(tokens, joined)
        if rest > joined:
            return rest, value + more
    return end, value


def _below_hundred(tokens: Sequence[str], at: int) -> tuple[int, int]:
    if at >= len(tokens):
        return at, 0
    word = tokens[at]
    if word in _UNITS:
        return at + 1, _UNITS[word]
    if word not in _TENS:
        return at, 0
    follower = tokens[at + 1] if at + 1 < len(tokens) else ""
    unit = _UNITS.get(follower, 0)
    return (at + 2, _TENS[word] + unit) if 0 < unit < 10 else (at + 1, _TENS[word])
