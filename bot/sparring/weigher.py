"""Weighing a reason: novelty and bearing from words or sentence vectors, soundness from the model.

A model is asked one thing only, whether a reason presented cold is sound or flawed, in both orders
of the two words; its log-odds are averaged. What repeats, and what does not bear on the question,
is told without it.
"""

from __future__ import annotations

import asyncio
import re
import threading
from dataclasses import dataclass, field
from statistics import mean
from typing import TYPE_CHECKING, Protocol

from gadfly.bot.clause import content, words
from gadfly.bot.overlap import grams
from gadfly.bot.readout.likelihood import logistic, matched_odds
from gadfly.bot.sparring import prompt
from gadfly.bot.sparring.hearing import is_narrative, is_near
from gadfly.bot.sparring.telling import tell

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gadfly.bot.call import Request
    from gadfly.bot.completion import Completion
    from gadfly.bot.proposition import Proposition, Side
    from gadfly.bot.respondent import Capabilities
    from gadfly.bot.sparring.opening import Ask

SAME, NEW = 0.92, 0.75
"""Similarity of sentence vectors from which a reason is a repetition, and below which it is new."""
SAME_WORDS, NEW_WORDS = 0.6, 0.35
"""The same for the share of content words and of trigrams said before."""
REASONS = (
    "It harms people who had no say in it.",
    "That would be unfair to everybody else.",
    "People have a right to decide for themselves.",
    "It would be cruel to them.",
    "It costs more than it is worth.",
    "Nobody is hurt by it.",
    "They would suffer for it.",
    "It is their own choice.",
    "Somebody has to pay for that.",
    "You would not want that done to you.",
    "It saves lives.",
    "People could not trust each other any more.",
    "That is what they agreed to.",
    "It would happen anyway.",
    "They had no chance to refuse.",
)
"""What reasons sound like, whatever they are about: in a dispute most of them leave that unsaid."""
ASIDES = (
    "The weather is lovely today.",
    "I had soup for lunch.",
    "The film was too long.",
    "It was founded in the nineteenth century.",
    "The word comes from Latin.",
    "My football team lost again.",
    "The bus was late this morning.",
    "I have started to play the guitar.",
    "The recipe needs more salt.",
    "It is the longest river of the country.",
    "The museum opens at ten.",
    "My cat sleeps all day.",
)
"""What asides sound like."""
NEAREST = 3
"""Of these as many count as are likest to a message."""
ABOUT, ARGUES, STRAYS, AT_REST = 5.6, 26.0, -15.9, -2.0
"""Log-odds that a message is a reason: per similarity to the question, to `REASONS` and to
`ASIDES`, and with none. Logistic regression on 132 chat messages to 12 questions."""
BEARING, BEARING_UNSIGNED = -0.5, 0.0
"""Log-odds below which a message does not bear on the question; the larger figure where the user
did not say which side it is for."""
_KEPT = 2000
"""Texts whose vectors are kept."""
_WORD = re.compile(r"\b(?:sound|unsound|flawed)\b")
_VIEW = re.compile(r"\b(?:first|second)\b")
_WORDED = 2.0
"""Log-odds a written word is worth."""
FIGURE = "Judged cold"
"""How a verdict begins for which there is a number only."""
CLEAR = 1.0
"""Log-odds from which the side a reason is for is clear."""
_FLOOR = -30.0
"""Log-probability of a word the server did not report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What was made of a reason's soundness."""

    soundness: float
    """Probability of "sound", mean log-odds over both orders."""
    why: str
    """One sentence."""


class Weigher(Protocol):
    """What the ledger needs to know of a reason and cannot tell itself."""

    async def soundness(self, about: Proposition, side: Side, reason: str) -> Judged:
        """Judge a reason cold."""
        ...

    async def direction(self, about: Proposition, reason: str) -> Side | None:
        """Return the side a reason is for that names none; None where that is not clear."""
        ...

    async def novelty(self, reason: str, earlier: Sequence[str]) -> float:
        """Return how much of a reason none of the earlier ones had, in [0, 1]."""
        ...

    async def bears(self, about: Proposition, reason: str, *, signed: bool) -> bool:
        """Tell whether a reason is about the question; signed is one said to be for a side."""
        ...


@dataclass(slots=True, kw_only=True)
class ModelWeigher:
    """Asks the respondent beneath for soundness, and vectors or words for the rest."""

    ask: Ask
    capabilities: Capabilities
    embed: Callable[[Sequence[str]], list[list[float]]] | None = None
    """Sentence vectors of length 1; None where the packaged model is not installed."""
    _references: dict[tuple[str, Side], float] = field(default_factory=dict)
    _vectors: dict[str, list[float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def is_small(self) -> bool:
        """Whether statements are scored as whole replies because nothing else can be read."""
        return self.capabilities.readout == "likelihood"

    async def soundness(self, about: Proposition, side: Side, reason: str) -> Judged:
        """Judge a reason cold; see `Weigher`.

        A model read by likelihood is asked the same about a reason without content, once per
        question and side: what it makes of that is its liking for the words, and is taken off.
        """
        tell("weighing your reason")
        odds = await self._odds(about, side, reason)
        if self.is_small:
            where = (about.digest, side)
            if where not in self._references:
                self._references[where] = await self._odds(about, side, prompt.REFERENCE)
            odds -= self._references[where]
        p = logistic(odds)
        return Judged(soundness=p, why=await self._why(about, side, reason, p))

    async def direction(self, about: Proposition, reason: str) -> Side | None:
        """Return the side a reason is for, asked cold with either view first; see `Weigher`.

        A model read by likelihood is not asked: of 120 strong arguments of the library SmolLM2
        put 47 % on their side. Nor do vectors tell it (57 % of 400).
        """
        if self.is_small:
            return None
        tell("asking itself which side that is for")
        first, second = (
            await self._toward(about, reason, "a"),
            await self._toward(about, reason, "b"),
        )
        odds = (first - second) / 2.0
        if abs(odds) < CLEAR:
            return None
        return "a" if odds > 0.0 else "b"

    async def novelty(self, reason: str, earlier: Sequence[str]) -> float:
        """Return 0 for a repetition, 1 for what is new, in between what is partly so."""
        if not earlier:
            return 1.0
        by_words = max(said_before(reason, text) for text in earlier)
        novel = _between(by_words, NEW_WORDS, SAME_WORDS)
        if self.embed is not None:
            like = max(await self._likeness(reason, earlier))
            novel = min(novel, _between(like, NEW, SAME))
        return novel

    async def bears(self, about: Proposition, reason: str, *, signed: bool) -> bool:
        """Tell whether a reason bears on the question: is near it, and sounds like a reason.

        Said in a dispute, a sound reason often shares no word with the question ("nobody asked
        her") and is near it in no other way. Without vectors all bear on it, but for tales of the
        user's own that do not name what is discussed.
        """
        if self.embed is None:
            return signed or not is_narrative(reason) or is_near(reason, about.texts)
        near = max(await self._likeness(reason, about.texts))
        argues, strays = [
            mean(sorted(await self._likeness(reason, texts))[-NEAREST:])
            for texts in (REASONS, ASIDES)
        ]
        odds = ABOUT * near + ARGUES * argues + STRAYS * strays + AT_REST
        return odds >= (BEARING if signed else BEARING_UNSIGNED)

    async def _odds(self, about: Proposition, side: Side, reason: str) -> float:
        odds = [await self._one(about, side, reason, first) for first in prompt.ORDERS]
        return sum(odds) / len(odds)

    async def _one(self, about: Proposition, side: Side, reason: str, first: prompt.Order) -> float:
        if self.is_small and self.capabilities.score:
            done = await self.ask(prompt.weigh_by_score(about, side, reason, first))
            return _scored(done)
        if self.capabilities.labels:
            done = await self.ask(prompt.weigh_by_labels(about, side, reason, first))
            sound, flawed = (done.logprobs.get(word, _FLOOR) for word in prompt.WORDS)
            return sound - flawed
        done = await self.ask(prompt.weigh_by_reply(about, side, reason, first))
        return _worded(done.text)

    async def _toward(self, about: Proposition, reason: str, first: Side) -> float:
        """Return the log-odds of the view put first."""
        if self.capabilities.labels:
            done = await self.ask(prompt.direct_by_labels(about, reason, first))
            ours, others = (done.logprobs.get(word, _FLOOR) for word in prompt.VIEWS)
            return ours - others
        return _said_first((await self.ask(prompt.direct_by_reply(about, reason, first))).text)

    async def _why(self, about: Proposition, side: Side, reason: str, p: float) -> str:
        figure = f"{FIGURE}, as a third party's, it came out sound with {p:.0%}"
        if self.is_small:
            return f"{figure}."
        tell("saying what is right or wrong with it")
        request: Request = prompt.why(about, side, reason, sound=p >= 0.5)
        said = " ".join((await self.ask(request)).text.split())
        return said if 3 <= len(said.split()) <= 60 else f"{figure}."

    async def _likeness(self, text: str, others: Sequence[str]) -> list[float]:
        assert self.embed is not None
        missing = [t for t in dict.fromkeys((text, *others)) if t not in self._vectors]
        if missing:
            if len(self._vectors) > _KEPT:
                self._vectors = {t: self._vectors[t] for t in (text, *others) if t not in missing}
            found = await asyncio.to_thread(self._embedded, missing)
            self._vectors.update(zip(missing, found, strict=True))
        own = self._vectors[text]
        return [sum(x * y for x, y in zip(own, self._vectors[o], strict=True)) for o in others]

    def _embedded(self, texts: Sequence[str]) -> list[list[float]]:
        """Return vectors, one thread at a time: the first call loads the model."""
        assert self.embed is not None
        with self._lock:
            return self.embed(texts)


def said_before(text: str, earlier: str) -> float:
    """Return how much of a text an earlier one had: content words or trigrams, the larger share."""
    own, known = content(words(text)), content(words(earlier))
    by_words = len(own & known) / len(own) if own else 1.0
    pieces, taken = grams(text, 3), set(grams(earlier, 3))
    by_grams = sum(g in taken for g in pieces) / len(pieces) if pieces else 0.0
    return max(by_words, by_grams)


def _between(value: float, new: float, same: float) -> float:
    return min(1.0, max(0.0, (same - value) / (same - new)))


def _scored(done: Completion) -> float:
    sound, flawed = prompt.SENTENCES
    if not (done.lengths.get(sound) and done.lengths.get(flawed)):
        return 0.0
    return matched_odds(
        done.logprobs[sound], done.lengths[sound], done.logprobs[flawed], done.lengths[flawed]
    )


def _said_first(text: str) -> float:
    """Return what an outright "first" or "second" is worth; 0 where both or neither is said."""
    found = set(_VIEW.findall(text.lower()))
    return 0.0 if len(found) != 1 else _WORDED if found == {"first"} else -_WORDED


def _worded(text: str) -> float:
    """Return even odds, or what one outright word is worth."""
    found = _WORD.findall(text.lower())
    if not found:
        return 0.0
    return _WORDED if found[-1] == "sound" else -_WORDED
