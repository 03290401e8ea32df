"""Quoting a reply back to who wrote it: the sentence that settled it, made fit to be quoted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gadfly.bot.cleaning import clean
from gadfly.bot.steering import read_reply

if TYPE_CHECKING:
    from gadfly.bot.proposition import Proposition, Side

MAX_WORDS = 30
"""Longest quotation; what is cut ends in an ellipsis."""
_FEW_WORDS = 4
"""A sentence shorter than this ("Yes.") is quoted with the one after it."""
_SENTENCE = re.compile(r"(?<=[.!?])[\"')\]]{0,2}\s+|\n+")
_ELLIPSIS = "…"


def settling(text: str, about: Proposition, side: Side) -> str:
    """Return the sentence of a reply that takes a side, sanitised and cut, to stand in quotes.

    The first sentence that reads as this side by itself, else the first one. No markup, control
    characters, line breaks or double quotes are left; an ellipsis alone where nothing is.
    """
    parts = [part.replace('"', "'") for part in sentences_of(text)]
    if not parts:
        return _ELLIPSIS
    at = next((i for i, part in enumerate(parts) if takes(part, about, side)), 0)
    quoted = parts[at]
    if len(quoted.split()) < _FEW_WORDS and at + 1 < len(parts):
        quoted = f"{quoted} {parts[at + 1]}"
    words = quoted.split()
    return quoted if len(words) <= MAX_WORDS else " ".join(words[:MAX_WORDS]) + _ELLIPSIS


def sentences_of(text: str) -> list[str]:
    """Return the sentences and lines of a reply that have a word, cleaned, each on one line."""
    parts = (" ".join(part.split()) for part in _SENTENCE.split(clean(text)))
    return [part for part in parts if re.search(r"\w", part)]


def takes(part: str, about: Proposition, side: Side) -> bool:
    """Tell whether a sentence by itself reads as this side."""
    stance = read_reply(part, about).stance
    return stance is not None and stance.side == side
