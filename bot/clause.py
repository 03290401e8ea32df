"""Sentences and clauses of a reply, with their marks: what is granted, attributed, conditional.

Purely lexical and linear in the text: words, a phrase trie, and splitting at commas and contrasts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

from gadfly.bot.judgement import IRREGULAR, STOPWORDS
from gadfly.bot.lexicon import FILLERS, MARKS, WEAKENERS, Mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_TOKEN = re.compile(r"[a-z0-9]+(?:'[a-z]+)?|[.,;:()\"?!—]|--| - ")
_BREAK = re.compile(r"(?<=[.!?])[\"')\]]{0,3} +|\n+")
_ITEM = re.compile(r"^([ \t\"'(]{0,4})(\d{1,3})[.):]\)?[ \t]+(?=\S)", re.MULTILINE)
_SHORT = {"e.g.": "eg", "i.e.": "ie", "vs.": "vs", "etc.": "etc", "mr.": "mr", "dr.": "dr"}
_WHOLE = {
    "can't": ("can", "not"),
    "cannot": ("can", "not"),
    "won't": ("will", "not"),
    "shan't": ("shall", "not"),
    "let's": ("let", "us"),
    "don't": ("do", "not"),
    "ain't": ("is", "not"),
    "gonna": ("going", "to"),
    "gotta": ("got", "to"),
    "wanna": ("want", "to"),
    "dunno": ("do", "not", "know"),
    "gimme": ("give", "me"),
}
_TAIL = {"d": "would", "ll": "will", "m": "am", "re": "are", "ve": "have"}
_IS = frozenset(["it", "that", "there", "here", "what", "he", "she", "who", "where", "how", "this"])
_STOPS = frozenset('.,;:()"?!—') | {"--", " - "}
_SPLIT = frozenset(",;:()—.!?") | {
    "--",
    " - ",
    "but",
    "yet",
    "however",
    "because",
    "since",
    "which",
}
_CONTRAST = frozenset({"but", "yet", "however"})
_GAP = 20
"""How far a list may count on unseen: a long reply is read at both ends only."""
_AFTER_AND = frozenset(
    ["i", "it", "that", "this", "so", "therefore", "you", "they", "he", "she", "we", "there"]
)
_OPENING: frozenset[Mark] = frozenset({"balance", "commit", "here"})

Trie = dict[str, Any]
_END = "\0"


def build_trie(phrases: Iterable[tuple[str, Any]]) -> Trie:
    """Return a trie of token sequences to tags from patterns (see `lexicon` for their form)."""
    root: Trie = {}
    for pattern, tag in phrases:
        for tokens in _expand(pattern):
            node = root
            for token in tokens:
                node = node.setdefault(token, {})
            node.setdefault(_END, tag)
    return root


def longest(trie: Trie, tokens: Sequence[str], at: int) -> tuple[int, Any]:
    """Return (end, tag) of the longest phrase at a place; end == at where there is none.

    No pattern begins with ``*``, so most places are settled by one look-up.
    """
    node = trie.get(tokens[at]) if at < len(tokens) else None
    end, tag = at, None
    while node is not None:
        at += 1
        if _END in node:
            end, tag = at, node[_END]
        if at == len(tokens):
            break
        node = node.get(tokens[at]) or node.get("*")
    return end, tag


def _expand(pattern: str) -> Iterator[tuple[str, ...]]:
    slots = []
    for word in pattern.split():
        optional = len(word) > 1 and word.endswith("?")
        choices = [(w.removesuffix("?"),) for w in word.split("|")]
        slots.append([*choices, ()] if optional else choices)
    for choice in product(*slots):
        tokens = tuple(token for part in choice for token in part)
        if tokens:
            yield tokens


_MARKS = build_trie(MARKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A stretch of words with one role; its marks apply to what follows them."""

    tokens: tuple[str, ...]
    """Words without fillers and marked phrases; "not" stands for a phrase that denies."""
    marks: frozenset[Mark]
    contrasts: bool
    """It follows a "but" or "however"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence, in clauses."""

    raw: tuple[str, ...]
    """All words and stops, contractions spelt out."""
    clauses: tuple[Clause, ...]
    marks: frozenset[Mark]
    """Marks anywhere in it."""
    asks: bool
    """Ends with a question mark."""


def sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a cleaned text."""
    low = text.lower()
    for short, full in _SHORT.items():
        if short in low:
            low = low.replace(short, full)
    found = (_sentence(part) for part in _BREAK.split(_unnumbered(low)))
    return tuple(s for s in found if s is not None)


def _unnumbered(text: str) -> str:
    """Drop the numbers of a list: 1, and what counts on from it; a lone "18." is an answer."""
    last = 0

    def dropped(match: re.Match[str]) -> str:
        nonlocal last
        n = int(match[2])
        if n == 1 or last < n <= last + _GAP * bool(last):
            last = n
            return match[1]
        return match[0]

    return _ITEM.sub(dropped, text)


def words(text: str) -> tuple[str, ...]:
    """Return lower-case words without stops and fillers, contractions spelt out."""
    raw = _raw(text.lower().replace("’", "'"))
    return tuple(_without_fillers([t for t in raw if t not in _STOPS]))


def stem(word: str) -> str:
    """Return a rough stem: enough to bring the forms of a verb or noun together."""
    word = IRREGULAR.get(word, word)
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    if len(word) > 4 and word.endswith(("is", "ise")):
        word = word.removesuffix("e")[:-1] + "z"
    if len(word) > 3 and word[-1] in "ey":
        word = word[:-1] if word[-1] == "e" else word[:-1] + "i"
    return word


def content(tokens: Iterable[str]) -> frozenset[str]:
    """Return the stems of the words that carry content."""
    return frozenset(stem(t) for t in tokens if t not in STOPWORDS and t not in _STOPS)


def padded(tokens: Sequence[str]) -> str:
    """Return words joined so that a substring test finds whole words only."""
    return f" {' '.join(tokens)} "


def _raw(low: str) -> list[str]:
    found: list[str] = []
    for token in _TOKEN.findall(low):
        if "'" in token or token in _WHOLE:
            found.extend(_spell_out(token))
        else:
            found.append(token)
    return found


def _spell_out(token: str) -> tuple[str, ...]:
    whole = _WHOLE.get(token)
    if whole is not None:
        return whole
    head, _, tail = token.partition("'")
    if tail == "t" and head.endswith("n"):
        return (head[:-1], "not")
    if tail == "s":
        return (head, "is") if head in _IS else (head,)
    return (head, _TAIL[tail]) if tail in _TAIL else (head,)


def _without_fillers(tokens: Sequence[str]) -> list[str]:
    """Drop fillers; a weakener after "not" leaves "not necessarily" in its place."""
    kept: list[str] = []
    for token in tokens:
        if token in WEAKENERS and kept and kept[-1] == "not":
            kept.append("necessarily")
        elif token not in FILLERS:
            kept.append(token)
    return kept


def _sentence(part: str) -> Sentence | None:
    raw = _raw(part)
    while raw and raw[0] in _STOPS and len(raw) > 1:
        raw = raw[1:]
    if not raw or all(t in _STOPS for t in raw):
        return None
    asks = "?" in raw[-3:]
    stream = marked(_without_fillers([t for t in raw if t != '"']))
    clauses = tuple(_clauses(stream))
    marks = frozenset(t[1:] for t in stream if t[0] == "<")
    return Sentence(raw=tuple(raw), clauses=clauses, marks=marks, asks=asks)  # type: ignore[arg-type]  # marks are what `marked` put there


def marked(tokens: Sequence[str]) -> list[str]:
    """Replace marked phrases by "<mark" tokens (denials by "not"), and drop commas beside openers.

    "It would, in my view, be wrong" is one clause; after a concession or condition the comma in
    front of an opener stays, because there it ends the concession.
    """
    out: list[str] = []
    i, pending = 0, False
    while i < len(tokens):
        end, mark = longest(_MARKS, tokens, i)
        if end == i:
            pending = pending and not (out and out[-1] == ",")
            out.append(tokens[i])
            i += 1
            continue
        closed = end < len(tokens) and tokens[end] == ","
        if mark in _OPENING and closed and out and out[-1] == "," and not pending:
            out.pop()
        if mark == "flip":
            out.append("not")
        elif mark != "ignore" and not (mark == "hedge" and _denied(out, tokens[i])):
            out.append("<" + mark)
        pending = pending or mark in ("concede", "if", "attribute")
        i = end + (mark in _OPENING and closed)
    return out


def _denied(out: Sequence[str], word: str) -> bool:
    """Whether "can be" or "could be" stands in a denial, which leaves nothing open."""
    return word in ("can", "could") and "not" in out[-6:]


def _clauses(stream: Sequence[str]) -> Iterator[Clause]:
    tokens: list[str] = []
    marks: list[str] = []
    contrasts = theirs = False
    for i, token in enumerate(stream):
        if token in _SPLIT or _new_subject(stream, i):
            if tokens or marks:
                yield _clause(tokens, marks, contrasts)
                theirs = "<attribute" in tokens
            tokens, marks = [], []
            contrasts = (contrasts and token == ",") or token in _CONTRAST
            if theirs and _concludes(stream, i):
                tokens.append("<attribute")
        elif token[0] == "<":
            resumes = token in ("<commit", "<balance") and "<attribute" in tokens
            if tokens and (resumes or token in ("<concede", "<if")):
                yield _clause(tokens, marks, contrasts)
                tokens, marks = [], []
            marks.append(token[1:])
            if token in ("<attribute", "<general", "<hedge"):
                tokens.append(token)
        else:
            tokens.append(token)
    if tokens or marks:
        yield _clause(tokens, marks, contrasts)


def _concludes(stream: Sequence[str], i: int) -> bool:
    """Whether "so it is fine" begins here: after another's reason the conclusion is theirs."""
    return stream[i] == "so" and stream[i + 1 : i + 2] not in (["i"], ["we"], ["my"])


def _clause(tokens: list[str], marks: list[str], contrasts: bool) -> Clause:
    return Clause(
        tokens=tuple(tokens),
        marks=frozenset(marks),  # type: ignore[arg-type]  # marks are what `marked` put there
        contrasts=contrasts,
    )


def _new_subject(stream: Sequence[str], i: int) -> bool:
    """Whether an "and" or "so" here begins another main clause."""
    if stream[i] == "so":
        return i > 0 and stem(stream[i - 1]) != "do"
    if stream[i] != "and" or i + 1 == len(stream):
        return False
    follower = stream[i + 1]
    return follower in _AFTER_AND or follower in ("<commit", "<balance", "<agree", "<disagree")
