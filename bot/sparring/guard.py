"""The guard: what a reply of the sparring bot may not be.

It looks at the words only. A draft is refused that repeats itself or an earlier reply of the
thread, runs on a stock template, takes the wrong side or none, is about something else, is a
wall of text, or speaks "as an AI".
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from gadfly.bot.overlap import grams, self_overlap
from gadfly.bot.sparring.hearing import is_near
from gadfly.bot.steering import read_reply
from gadfly.bot.stock import stock_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.bot.proposition import Proposition, Side

MAX_WORDS = 110
"""Longest reply."""
MAX_OVERLAP = 0.25
"""Largest share of 4-grams that a draft may share with earlier replies, the user's words apart."""
_NAMED = 2
"""Content words of its side that a draft must have, or all where there are fewer."""
MAX_STOCK = 1
"""Stock constructions a reply may have; one more and it is a template."""
_DISOWNS = re.compile(
    r"\bas an? (?:ai|artificial|language model|assistant|chatbot)\b|"
    r"\bi(?:'m| am) (?:just |only )?an? (?:ai|language model|chatbot|virtual)\b|"
    r"\b(?:do not|don't) have (?:any )?personal\b",
    re.IGNORECASE,
)


def fault(
    draft: str,
    about: Proposition,
    side: Side,
    *,
    earlier: Sequence[str] = (),
    heard: Sequence[str] = (),
    max_words: int = MAX_WORDS,
) -> str:
    """Return what is wrong with a draft, "" where nothing is.

    Args:
        draft: The reply as it would be said.
        about: The question under discussion.
        side: The side of the bot's credence.
        earlier: Its replies so far.
        heard: What the user said; words taken up from there are no repetition.
        max_words: Longest reply allowed here.
    """
    if not draft.strip():
        return "empty"
    if disowns(draft):
        return "speaks as an AI"
    if len(draft.split()) > max_words:
        return "too long"
    if stock_count(draft, " ".join(heard)) > MAX_STOCK:
        return "stock template"
    if is_repetition(draft, earlier, heard):
        return "repeats an earlier reply"
    if _repeats_itself(draft):
        return "repeats itself"
    return _stands(draft, about, side)


def _stands(draft: str, about: Proposition, side: Side) -> str:
    """Return what is wrong with the view a draft states, "" where nothing is."""
    stance = read_reply(draft, replace(about, yes=None)).stance
    if stance is None:
        return "takes no side"
    if stance.side != side:
        return "takes the other side"
    return "" if is_near(draft, [about.statement(side)], _NAMED) else "is about something else"


def _repeats_itself(draft: str) -> bool:
    """Tell whether too many 4-grams of a draft stand in it more than once."""
    found = grams(draft, 4)
    return len(found) - len(set(found)) > MAX_OVERLAP * len(found)


def is_repetition(draft: str, earlier: Sequence[str], heard: Sequence[str]) -> bool:
    """Tell whether a draft shares too many 4-grams with what was said before."""
    share = self_overlap(draft, earlier, heard)
    return share is not None and share > MAX_OVERLAP


def disowns(draft: str) -> bool:
    """Tell whether a draft disowns having a view, or says what it is."""
    return _DISOWNS.search(draft.replace("’", "'")) is not None
