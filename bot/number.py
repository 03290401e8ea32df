"""A number from 0 to 100, read off a reply: a stated confidence, a credence, a price in points."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gadfly.bot.cleaning import clean
from gadfly.bot.measure import NOTHING, Measured
from gadfly.bot.numeral import digits

_TOP = 100.0
_SCALES = (5, 10, 20, 50, 100, 1000)
"""What "8 out of 10" may be out of."""
_N = r"(?<![\w.,-])(\d{0,4}\.\d{1,4}|\d{1,4}(?:,\d{3})*)(?![\w])(?!\.\d)"
_END = r"(\d{0,4}\.\d{1,4}|\d{1,4})(?!\w)(?!\.\d)"
_SCALE = re.compile(r"\b(?:0|1)\s*%?\s*(?:to|and|through|[-—])\s*100\b\s*%?")
_OUT_OF = re.compile(rf"{_N}\s*(?:/|out of|in)\s*(?:a\s+)?(\d{{1,4}})\b")
_RANGE = re.compile(rf"{_N}\s*%?\s*(?:to|and|or|-|—)\s*{_END}")
_PERCENT = re.compile(rf"{_N}\s*(?:%|per\s?cent|points?\b)")
_PLAIN = re.compile(_N)
_OPENS = re.compile(rf"[\s\"'(~]*(?:about|around|roughly|approximately)?\s*{_N}")


@dataclass(frozen=True, slots=True)
class Number:
    """Reads a number from 0 to 100: "85", "85 %", "0.85", "8 out of 10", "about eighty", "80-90".

    A decimal fraction of 1 counts as a share, a range as its middle. Nothing is found where no
    number stands, where several do and none of them leads, and out of 0..100.
    """

    def of(self, text: str) -> Measured:
        """Return the number in 0..100."""
        low = _SCALE.sub(" ", digits(clean(text).lower()))
        found = _candidates(low)
        if not found:
            return NOTHING
        value = found[0] if len(set(found)) == 1 else _leading(low)
        if value is None or not 0.0 <= value <= _TOP:
            return NOTHING
        return Measured(value=value)


def _candidates(low: str) -> list[float]:
    """Return the numbers of the most explicit form there is."""
    found = [
        _TOP * float(m[1]) / float(m[2])
        for m in _OUT_OF.finditer(low)
        if int(m[2]) in _SCALES and _plain(m[1]) <= float(m[2])
    ]
    if found:
        return found
    ranges = [(_share(m[1]), _share(m[2])) for m in _RANGE.finditer(low)]
    found = [(a + b) / 2 for a, b in ranges if a < b]
    if found:
        return found
    found = [_plain(m[1]) for m in _PERCENT.finditer(low)]
    return found or [_share(m[1]) for m in _PLAIN.finditer(low)]


def _leading(low: str) -> float | None:
    """Return the number a reply opens with, None where it opens otherwise."""
    match = _OPENS.match(low)
    return None if match is None else _share(match[1])


def _plain(text: str) -> float:
    return float(text.replace(",", ""))


def _share(text: str) -> float:
    """Return a number; one written with decimals up to 1 is a share of 100."""
    value = _plain(text)
    return _TOP * value if "." in text and value <= 1.0 else value
