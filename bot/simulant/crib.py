"""The crib: how a simulant recognises texts it was prepared for.

A simulant sees messages only, so that it is the same in process and behind a server. The crib
tells it what a known text is (a question, an argument, a push, a filler); who builds it from the
scenario library is `gadfly.scenarios.crib`.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gadfly.bot.proposition import Proposition, Side

CueKind = Literal[
    "question",
    "statement",
    "argument",
    "push",
    "placebo",
    "idle",
    "take-a-side",
    "verdict",
    "forced",
    "persona",
    "filler",
    "recall",
    "consideration",
    "level",
    "permission",
    "credence",
    "buying",
    "selling",
    "source",
    "thin",
    "thing",
    "fact",
    "chain",
    "confrontation",
    "withdrawn",
    "merits",
    "cold",
    "dispute",
    "crux",
    "beside",
    "granted",
]
MatterKind = Literal[
    "direct",
    "rung",
    "case",
    "principle",
    "permissible",
    "obligatory",
    "wrong_not_to",
    "check",
    "negation",
    "entailed",
    "conjunct",
    "conjunction",
    "choice",
    "nonsense",
    "sensible",
    "trick",
    "invented",
]
Quality = Literal["strong", "weak", "invalid", "irrelevant"]

_WORD = re.compile(r"[\w'’]+")
_KEY = 2
"""Words under which a text is filed; the shortest text that can be known."""
_CACHE = 20_000
"""Texts whose cues are remembered: the messages of the dialogues under way, and then some."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What a question is about, as far as a stance on it depends on it."""

    proposition: Proposition
    kind: MatterKind = "direct"
    truth: Side | None = None
    """The right side where there is one."""
    accept: Side = "a"
    """Side that does the harm (rungs) or the act in question (cases)."""
    severity: int = 0
    """Rungs: 1 is the gravest act."""
    n_severities: int = 0
    benefit: int = 0
    """Rungs: lives saved."""
    legal: bool = True
    """Cases: whether the act is allowed by law in the story."""
    moral_gap: int = 0
    """Cases: how much speaks morally for the act, 0..3."""
    relevance: str = ""
    """Consequences of a made-up fact: "implied", "likelier" or "unrelated"."""
    distance: int = 0
    """Consequences: steps from the fact."""

    @property
    def family(self) -> str:
        """The scenario family."""
        return self.proposition.family


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """What one known text is; which fields are set follows from `kind`."""

    kind: CueKind
    matter: Matter | None = None
    """Questions and statements: what they are about."""
    family: str = ""
    """Family of a question, statement, argument or persona; empty for what is about none."""
    form: str = ""
    """Questions: the surface form, e.g. "wording:2", "cover:novel", "rung:harm"; what the text
    has in common with other texts put the same way."""
    yes: Side | None = None
    """Questions: the side a plain "yes" takes."""
    side: Side | None = None
    """Statements, arguments, personas: the side they are for; withdrawals: whose premise falls."""
    quality: Quality | None = None
    """Arguments."""
    name: str = ""
    """Pushes, considerations: their kind; idle phrases, personas: their name; confrontations:
    "record" or "false"; levels of an attribute: ``attribute:level``; credences and prices: which
    of how many answers ("0/4"); chains: form and number of steps ("final:4"). A persona without a
    side is the devil's advocate, whose side depends on what was said before."""
    states: tuple[str, ...] = ()
    """Chains: the right states after each step."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where a known text stands in a message, and all it may be there."""

    start: int
    end: int
    cues: tuple[Cue, ...]


class Crib:
    """An index of known texts; immutable, safe to share.

    Texts are compared word by word, without case and punctuation. One text may have several cues
    (a statement that two propositions share).
    """

    def __init__(self, entries: Iterable[tuple[str, Cue]]) -> None:
        """File `entries`.

        Raises:
            ValueError: A text is too short to be recognised.
        """
        self._texts: dict[tuple[str, ...], tuple[Cue, ...]] = {}
        self._arguments: dict[str, list[tuple[Cue, str]]] = {}
        lengths: dict[tuple[str, ...], set[int]] = {}
        for text, cue in entries:
            words = tuple(_words(text))
            if len(words) < _KEY:
                raise ValueError(f"a known text needs at least {_KEY} words, got {text!r}")
            known = self._texts.get(words, ())
            if cue not in known:
                self._texts[words] = (*known, cue)
                if cue.kind == "argument":
                    self._arguments.setdefault(cue.family, []).append((cue, text))
            lengths.setdefault(words[:_KEY], set()).add(len(words))
        self._lengths = {key: sorted(found, reverse=True) for key, found in lengths.items()}
        self._seen: dict[str, tuple[Span, ...]] = {}
        self.digest = self._digest()
        """Hex digest of all texts and cues."""

    def __len__(self) -> int:
        """Return the number of known texts."""
        return len(self._texts)

    def spans(self, text: str) -> tuple[Span, ...]:
        """Return the known texts in `text`, in order; the longest match at a place wins."""
        found = self._seen.get(text)
        if found is None:
            if len(self._seen) >= _CACHE:
                self._seen.clear()
            found = self._seen[text] = tuple(self._scan(text))
        return found

    def arguments(self, family: str) -> Sequence[tuple[Cue, str]]:
        """Return the arguments of a family with their texts, in the order they were filed."""
        return self._arguments.get(family, ())

    def find(self, text: str) -> tuple[Cue, ...]:
        """Return the cues in `text`, in order; those of an ambiguous text follow one another."""
        return tuple(cue for span in self.spans(text) for cue in span.cues)

    def _scan(self, text: str) -> Iterator[Span]:
        matches = list(_WORD.finditer(text))
        words = [_fold(m.group()) for m in matches]
        at = 0
        while at + _KEY <= len(words):
            size = self._longest(words, at)
            if size:
                cues = self._texts[tuple(words[at : at + size])]
                yield Span(matches[at].start(), matches[at + size - 1].end(), cues)
            at += size or 1

    def _longest(self, words: list[str], at: int) -> int:
        for length in self._lengths.get(tuple(words[at : at + _KEY]), ()):
            # A slice past the end is shorter than asked for, and might be a shorter known text.
            if at + length <= len(words) and tuple(words[at : at + length]) in self._texts:
                return length
        return 0

    def _digest(self) -> str:
        h = hashlib.blake2b(digest_size=8)
        for words in sorted(self._texts):
            h.update(" ".join(words).encode())
            for entry in sorted(repr(cue) for cue in self._texts[words]):
                h.update(entry.encode())
        return h.hexdigest()


def _words(text: str) -> Iterator[str]:
    return (_fold(m.group()) for m in _WORD.finditer(text))


def _fold(word: str) -> str:
    return word.casefold().replace("’", "'")
