"""The lens: one proposition prepared for reading replies.

Statements are brought to the form of verdicts (`gadfly.bot.verdict`), so that sides are told apart
by what they judge and not by how they are worded.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from gadfly.bot.clause import content, marked, padded, stem, words
from gadfly.bot.judgement import JUDGEMENTS, NEGATORS, OMISSIONS, STOPWORDS, Modality
from gadfly.bot.numeral import folded
from gadfly.bot.proposition import other
from gadfly.bot.verdict import Verdict, verdicts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.bot.proposition import Proposition, Side

_JUDGING = frozenset(stem(w) for p in JUDGEMENTS if " " not in p for w in p.split("|"))
_OMIT = frozenset(map(stem, OMISSIONS))
_MORE = frozenset({"more", "less", "better", "worse"})
_COVER = 0.6
_STRAY = 0.34
_TELLING = 4
"""Most words in which two answers may differ and still be told apart by these alone."""
_STRANGE = 1
"""Most words of its own a terse answer may have."""
_NAMING = frozenset(
    stem(word)
    for word in (
        "answer",
        "total",
        "result",
        "exactly",
        "correct",
        "right",
        "equals",
        "approximately",
    )
)
"""Words around an answer that are no part of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Comparison:
    """X is more (or less) so than Y."""

    graded: tuple[str, ...]
    """The comparative and what it grades, stemmed."""
    more: frozenset[str]
    """Content only what is named first has."""
    less: frozenset[str]
    """Content only what it is compared with has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lens:
    """A proposition prepared for reading."""

    quotes: tuple[tuple[str, Side], ...]
    """Both statements as space-padded words, the longer first."""
    cues: tuple[tuple[str, Side], ...]
    forms: tuple[tuple[Modality | None, int], tuple[Modality | None, int]]
    own: tuple[frozenset[str], frozenset[str]]
    """Content each statement has and the other has not."""
    shared: frozenset[str]
    known: frozenset[str]
    """Content of both statements and the question: the act and its circumstances."""
    factual: bool
    """Neither statement judges anything."""
    telling: tuple[frozenset[str], frozenset[str]]
    """Words, numbers as digits, by which two factual statements differ; empty where they differ
    by more than a few or in another way."""
    by_not: bool
    """The statements assert and deny the same, with one negation between them."""
    verbs: frozenset[str]
    """Stems of the verbs the statements judge."""
    plain: frozenset[str]
    """Words of statements and question."""
    marks: frozenset[str]
    """Marks that occur in the proposition itself, and so mean nothing in a reply."""
    compared: _Comparison | None
    """The comparison one statement makes ("X is more urgent than Y"), where the other denies it or
    turns it around."""
    comparer: Side
    """The side that makes it."""

    def side(self, verdict: Verdict) -> Side | None:
        """Return the side a verdict takes; None where it settles nothing."""
        (mod_a, sign_a), (mod_b, sign_b) = self.forms
        if sign_a == sign_b:
            return self._side_by_content(verdict, sign_a)
        positive: Side = "a" if sign_a > 0 else "b"
        if self.factual and _share(verdict.about, self.shared) < _COVER:
            return None
        if not _settles(verdict.modality, verdict.sign, "owed" in (mod_a, mod_b)):
            return None
        return positive if verdict.sign > 0 else other(positive)

    def assertion(self, tokens: Sequence[str]) -> Side | None:
        """Return the side of a plain assertion, None where it is not clearly one of the two.

        It takes most of one statement's own words and few of the other's, or, where the two
        differ by a "not" only, most of what they share.
        """
        if "than" in self.plain or not self.factual:
            return None
        found = content(t for t in tokens if t[0] != "<")
        sign = -1 if sum(t in NEGATORS for t in tokens) % 2 else 1
        (_, sign_a), (_, sign_b) = self.forms
        if sign_a == sign_b:
            picked = self._by_coverage(found)
            if picked is None or (len(self.shared) > 2 and not found & self.shared):
                return None
            return picked if sign == sign_a else other(picked)
        if self.by_not and _share(found, self.shared) >= _COVER:
            return "a" if sign == sign_a else "b"
        return None

    def answer(self, tokens: Sequence[str]) -> Side | None:
        """Return the side whose telling words are all there, in an answer of hardly any others.

        "18", "24 hours", "the thigh bone": enough where the statements differ in just that.
        """
        found = folded([t for t in tokens if t[0] != "<"])
        a, b = self.telling
        if not a or not NEGATORS.isdisjoint(found):
            return None
        in_a, in_b = a <= set(found), b <= set(found)
        if in_a == in_b or (b if in_a else a) & set(found):
            return None
        strange = content(t for t in found if t not in a | b) - self.known - _NAMING
        strange |= {t for t in found if t.isdigit() and t not in a | b and t not in self.plain}
        return ("a" if in_a else "b") if len(strange) <= _STRANGE else None

    def comparison(self, tokens: Sequence[str]) -> Side | None:
        """Return the side of a comparison by the same measure, one way around or the other.

        "Y is no more urgent than X" says nothing of what X is to Y.
        """
        mine, found = self.compared, _comparison(tokens)
        if mine is None or found is None or found.graded != mine.graded:
            return None
        denied = sum(t in NEGATORS for t in tokens) % 2
        if found.more & mine.more and found.less & mine.less:
            return other(self.comparer) if denied else self.comparer
        turned = found.more & mine.less and found.less & mine.more
        return other(self.comparer) if turned and not denied else None

    def _side_by_content(self, verdict: Verdict, sign: int) -> Side | None:
        in_a, in_b = verdict.about & self.own[0], verdict.about & self.own[1]
        if bool(in_a) == bool(in_b):
            return None
        side: Side = "a" if in_a else "b"
        modality = self.forms[0 if in_a else 1][0]
        if verdict.modality == "owed" and verdict.sign < 0 and modality != "owed":
            return None
        return side if verdict.sign == sign else other(side)

    def _by_coverage(self, found: frozenset[str]) -> Side | None:
        a, b = _share(found, self.own[0]), _share(found, self.own[1])
        if a >= _COVER and b <= _STRAY:
            return "a"
        if b >= _COVER and a <= _STRAY:
            return "b"
        return None


@lru_cache(maxsize=4096)
def lens(about: Proposition) -> Lens:
    """Return the lens of a proposition (cached; pure)."""
    a, b = words(about.a), words(about.b)
    in_a, in_b = _matter(a), _matter(b)
    quotes: list[tuple[str, Side]] = [(padded(a), "a"), (padded(b), "b")]
    quotes.sort(key=lambda q: -len(q[0]))
    cues: list[tuple[str, Side]] = [(padded(words(c)), "a") for c in about.cues_a]
    cues += [(padded(words(c)), "b") for c in about.cues_b]
    cues.sort(key=lambda q: -len(q[0]))
    asked = words(about.question)
    by_not = sum(t in NEGATORS for t in (*a, *b)) == 1
    compared, comparer = _compared(a, b, by_not=by_not)
    return Lens(
        quotes=tuple(quotes),
        cues=tuple(c for c in cues if c[0].strip()),
        forms=(_form(a), _form(b)),
        own=(in_a - in_b, in_b - in_a),
        shared=in_a & in_b,
        known=content((*a, *b, *asked)) - _JUDGING,
        factual=_form(a)[0] is None and _form(b)[0] is None,
        telling=_telling(a, b),
        by_not=by_not,
        verbs=frozenset(v.head for side in (a, b) for v in verdicts(side, may_permits=True)),
        plain=frozenset((*a, *b, *asked)),
        marks=frozenset(t[1:] for t in marked((*a, ".", *b, ".", *asked)) if t[0] == "<"),
        compared=compared,
        comparer=comparer,
    )


def _settles(modality: Modality, sign: int, asks_owed: bool) -> bool:
    """Whether a verdict bears on what is asked: permissible does not settle obligatory."""
    if asks_owed:
        return modality == "owed" or sign < 0
    return not (modality == "owed" and sign < 0)


def _telling(a: Sequence[str], b: Sequence[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words by which two statements of fact differ, none where they are too many.

    Where the numbers differ they alone tell: "one nose" and "two noses" are one and two.
    """
    nothing: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    if _form(a)[0] is not None or _form(b)[0] is not None:
        return nothing
    if not NEGATORS.isdisjoint(a) or not NEGATORS.isdisjoint(b):
        return nothing
    in_a, in_b = frozenset(folded(a)), frozenset(folded(b))
    own = tuple(
        frozenset(t for t in mine - others if t.isdigit() or t not in STOPWORDS)
        for mine, others in ((in_a, in_b), (in_b, in_a))
    )
    numbers = tuple(frozenset(t for t in words if t.isdigit()) for words in own)
    own = numbers if all(numbers) else own
    if not all(0 < len(words) <= _TELLING for words in own):
        return nothing
    return own[0], own[1]


def _matter(tokens: Sequence[str]) -> frozenset[str]:
    return content(tokens) - _JUDGING - _OMIT - NEGATORS


def _form(tokens: Sequence[str]) -> tuple[Modality | None, int]:
    found = verdicts(tokens, may_permits=True)
    if found:
        return found[0].modality, found[0].sign
    return None, -1 if sum(t in NEGATORS for t in tokens) % 2 else 1


def _compared(
    a: Sequence[str], b: Sequence[str], *, by_not: bool
) -> tuple[_Comparison | None, Side]:
    """Return the comparison between two statements, and the side that makes it."""
    if by_not:
        side: Side = "b" if any(t in NEGATORS for t in a) else "a"
        return _comparison(a if side == "a" else b), side
    one, two = _comparison(a), _comparison(b)
    turned = one is not None and two is not None and one.more & two.less and one.less & two.more
    return (one if turned else None), "a"


def _comparison(tokens: Sequence[str]) -> _Comparison | None:
    """Read "X is more urgent than Y"; None for no comparison, or one behind a mark."""
    if "than" not in tokens:
        return None
    behind = list(tokens).index("than")
    at = next((k for k in range(behind - 1, -1, -1) if tokens[k] in _MORE), None)
    if at is None or any(t[0] == "<" for t in tokens[:behind]):
        return None
    more, less = content(tokens[:at]), content(tokens[behind + 1 :])
    return _Comparison(
        graded=tuple(stem(t) for t in tokens[at:behind]), more=more - less, less=less - more
    )


def _share(found: frozenset[str], of: frozenset[str]) -> float:
    return len(found & of) / len(of) if of else 0.0
