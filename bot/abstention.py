"""Abstentions: sentences that say that no side is taken, by what they are made of.

The reader's phrase lists (`gadfly.bot.lexicon`) know set phrases; here families of words are put
together (`gadfly.bot.abstention_lexicon`). Asked where the phrases leave a reply without a side.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from gadfly.bot.abstention_lexicon import (
    BACKGROUND,
    DEFERRED,
    EVADED,
    REFUSED,
    UNDECIDED,
    WEIGHING,
)
from gadfly.bot.lexicon import FILLERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.bot.clause import Sentence

Abstention = Literal["undecided", "refused", "deferred", "evaded", "weighing", "background"]

_FAMILIES: dict[Abstention, tuple[str, ...]] = {
    "undecided": UNDECIDED,
    "refused": REFUSED,
    "deferred": DEFERRED,
    "evaded": EVADED,
    "weighing": WEIGHING,
    "background": BACKGROUND,
}
DECLARED: frozenset[Abstention] = frozenset({"undecided", "refused", "deferred"})
"""Say outright that no side is taken; the others only speak of something else."""

_ENDS = frozenset(".,;:()?!—") | {"--", " - ", "but", "however", "because", "though", "although"}
_KEPT = frozenset(
    {"both", "only", "family", "reply", "rely", "apply", "early", "friendly", "equally"}
)
_PREAMBLE = re.compile(
    r"\b(?:i (?:would |will |do |must |can only )?(?:think|believe|feel|guess|suppose|fear|admit"
    r"|confess|reckon|suspect|say|am afraid|am sorry|(?:have|got) to (?:say|admit|confess))"
    r"|to be (?:honest|fair|frank)|at (?:the|this) (?:moment|point|stage)"
    r"|for (?:now|the moment)|in (?:all )?honesty|(?:i hope |i trust )?it (?:is|would be|might be)"
    r" (?:best|better|wiser|fine|ok|okay|all right|alright) if|i (?:would )?(?:hope|trust|ask"
    r"|prefer|wish) (?:you (?:can |will |to )?(?:understand|accept|see|respect|forgive me) )?"
    r"(?:that|if)) (?:that )?(?:to )?(?:say )?(?:that )?"
    r"(?=(?:i|it|my|this|that|the|there|both|neither|each|we)\b)"
)
"""Words that introduce what is said and belong to no pattern."""
_DENIED_WORDS = """
    if unless when whenever not never no nobody nothing
"""
_DENIED = frozenset(_DENIED_WORDS.split())
"""Words in front of an abstention that deny it or make it conditional."""
_THEIRS_WORDS = """
    says said say claim claims argue argues think thinks he she they who
"""
_THEIRS = frozenset(_THEIRS_WORDS.split())
"""Words in front of a declared one that make it somebody else's."""
_NARROW = 200
"""Most characters of a segment that are looked at."""


def abstentions(sents: Sequence[Sentence]) -> frozenset[Abstention]:
    """Return how a reply abstains.

    What speaks of something else ("evaded", "weighing", "background") counts where most
    sentences do so or ask back: a piece of advice beside an argument is no evasion.
    """
    kinds = [frozenset(kind for kind in _FAMILIES if _shows(kind, s)) for s in sents]
    silent = sum(not some and not s.asks for some, s in zip(kinds, sents, strict=True))
    found = frozenset(kind for some in kinds for kind in some)
    return found if 2 * silent < len(sents) else found & DECLARED


def declares(sentence: Sentence) -> bool:
    """Whether a sentence says outright that it takes no side."""
    return any(_shows(kind, sentence) for kind in DECLARED)


def _shows(kind: Abstention, sentence: Sentence) -> bool:
    """Whether a sentence abstains in this way; one that asks does not."""
    if sentence.asks:
        return False
    against = _DENIED | _THEIRS if kind in DECLARED else _DENIED
    return any(
        against.isdisjoint(segment[: match.start()].split())
        for segment in _segments(sentence.raw)
        for match in _pattern(kind).finditer(segment)
    )


@cache
def _pattern(kind: Abstention) -> re.Pattern[str]:
    """Return a kind's patterns as one (compiled when first needed: it takes a moment)."""
    return re.compile("|".join(_FAMILIES[kind]))


@lru_cache(maxsize=64)
def _segments(raw: tuple[str, ...]) -> tuple[str, ...]:
    """Return the stretches between stops and contrasts, without adverbs and quoted words."""
    found: list[str] = []
    words: list[str] = []
    quoted = False
    for token in (*raw, "."):
        if token == '"':
            quoted = not quoted
        elif token in _ENDS:
            if words:
                found.append(_PREAMBLE.sub("", " ".join(words)[:_NARROW]))
            words = []
        elif not quoted and not _is_adverb(token):
            words.append(token)
    return tuple(found)


def _is_adverb(token: str) -> bool:
    if token in _KEPT:
        return False
    return token in FILLERS or (token.endswith("ly") and len(token) > 4)
