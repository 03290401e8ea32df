"""Verdicts: judgements on an act, found in the words of one clause.

A verdict is brought to the form (modality, sign of doing the act): "it would be wrong not to pull
it" is (owed, +1), "you must not refuse" too. Whether it is about the act in question is for
`gadfly.bot.lens` and `gadfly.bot.signal` to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gadfly.bot.clause import build_trie, content, longest, stem
from gadfly.bot.judgement import (
    GENERIC,
    JUDGEMENTS,
    NEGATORS,
    NOUNS_JUDGED,
    OMISSIONS,
    PRONOUNS,
    Form,
    Modality,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_OMIT = frozenset(map(stem, OMISSIONS))
_ANY_ACT = frozenset(map(stem, GENERIC))
_COMPLEMENTS_WORDS = """
    to for that in if when of on as and or here not enough at under even by with given from
    regardless
"""
_COMPLEMENTS = frozenset(_COMPLEMENTS_WORDS.split())
_SKIP_WORDS = """
    a also an be been being have never not rather the to
"""
_SKIP = frozenset(_SKIP_WORDS.split())
_COPULAS_WORDS = """
    be is are was were been being am seems feel feels find not call consider deem
"""
_COPULAS = frozenset(_COPULAS_WORDS.split())
MAX_WORDS = 80
_VIEWING = frozenset(map(stem, ("call", "consider", "deem", "find", "have", "judge", "see")))
"""Verbs of the speaker's own look at the act, which name none: "I see nothing wrong with it"."""
_FAR = frozenset({"not", "never", "hardly", "nor"})
_NEAR = 5
"""Other negators ("no", "nobody") reach this many words ahead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A judgement found in a clause."""

    modality: Modality
    sign: int
    """+1 when it speaks for doing the act."""
    head: str
    """Stem of the verb it judges; empty when it names none."""
    about: frozenset[str]
    """Content of the clause."""
    pointing: bool
    """Refers to the act by "it", "do so" or not at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """A judging word or phrase."""

    form: Form
    modality: Modality
    sign: int
    first_person: bool


_TRIE = build_trie(
    (
        pattern,
        _Word(form=form, modality=modality, sign=sign, first_person=pattern.startswith("i ")),
    )
    for pattern, (form, modality, sign) in JUDGEMENTS.items()
)
_MAY = frozenset({"may"})


def verdicts(tokens: Sequence[str], *, may_permits: bool = False) -> tuple[Verdict, ...]:
    """Return all verdicts of a clause, in order; a mark ("<attribute") silences what follows it.

    `may_permits` reads "may" as permission; otherwise it is taken for "perhaps" and ignored. Only
    the first `MAX_WORDS` words are read: no clause is longer, and the time stays bounded.
    """
    tokens = _uncompared(tokens[:MAX_WORDS])
    found: list[Verdict] = []
    i = 0
    while i < len(tokens) and tokens[i][0] != "<":
        end, word = longest(_TRIE, tokens, i)
        if end == i or (tokens[i] == "may" and not may_permits and end == i + 1):
            i += 1
            continue
        turn, word, end = _chained(tokens, word, end)
        verdict = _verdict(tokens[:i], word, tokens[end:], turn)
        if verdict is not None:
            found.append(verdict)
        i = end
    return tuple(found)


def _uncompared(tokens: Sequence[str]) -> Sequence[str]:
    """Drop what the act is compared with: "rather than leaving it"."""
    for i, token in enumerate(tokens):
        if token in ("than", "instead", "versus", "vs"):
            return tokens[: i - 1] if i and tokens[i - 1] == "rather" else tokens[:i]
        if token == "opposed" and i and tokens[i - 1] == "as":
            return tokens[: i - 1]
    return tokens


def _chained(tokens: Sequence[str], word: _Word, end: int) -> tuple[int, _Word, int]:
    """Follow "should not be forbidden" to its last judgement; return the turn of sign so far."""
    if word.form != "modal":
        return 1, word, end
    turn, at = _skip(tokens, end)
    next_end, next_word = longest(_TRIE, tokens, at)
    wished = word.first_person and next_end > at and next_word.form != "verb"
    if next_end == at or next_word.form == "modal" or wished:
        return 1, word, end
    merged = _Word(
        form="verb" if next_word.form == "verb" else "noun",
        modality=word.modality,
        sign=word.sign * next_word.sign,
        first_person=word.first_person,
    )
    return turn, merged, next_end


def _skip(tokens: Sequence[str], at: int) -> tuple[int, int]:
    """Pass auxiliaries; return the turn of sign by the negations among them, and where it ends."""
    turn = 1
    while at < len(tokens) and (tokens[at] in _SKIP or tokens[at].endswith("ly")):
        turn = -turn if tokens[at] in ("never", "not") else turn
        at += 1
    return turn, at


def _verdict(before: Sequence[str], word: _Word, after: Sequence[str], turn: int) -> Verdict | None:
    if _is_idle(word, before):
        return None
    if word.form == "adjective" and not _is_predicate(before, after):
        return None
    more, omits, head = _complement(word, after)
    if head == "be":
        return None
    negated, subject_omits = _subject(before)
    viewing = _VIEWING if word.form in ("noun", "adjective") and "i" in before else frozenset()
    if not head and before:
        omits ^= subject_omits
        named = (stem(t) for t in before if _names(t) and stem(t) not in _OMIT | viewing)
        head = next(named, "do" if subject_omits else "")
    elif subject_omits:
        omits ^= head in _ANY_ACT
    modality, sign = word.modality, word.sign * turn * more * negated
    if omits:
        modality, sign = _of_doing(modality), -sign
    return Verdict(
        modality=modality,
        sign=sign,
        head=head,
        about=content((*before, *after)) - viewing,
        pointing=not head or head in _ANY_ACT,
    )


def _of_doing(modality: Modality) -> Modality:
    """Return the modality of an act, given that of leaving it: wrong to leave is owed to do."""
    swapped: dict[Modality, Modality] = {"permitted": "owed", "owed": "permitted"}
    return swapped.get(modality, modality)


def _is_idle(word: _Word, before: Sequence[str]) -> bool:
    """Whether "pick" lacks an "I" in front of it, or "must" has one ("I must admit").

    "He did nothing wrong" speaks of a person.
    """
    if word.form == "noun" and before[-1:] in (("did",), ("done",)):
        return True
    if word.form == "verb" and word.modality == "should":
        return not word.first_person and "i" not in before[-5:]
    return word.form == "modal" and word.modality == "owed" and before[-1:] == ("i",)


def _is_predicate(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether an adjective between these words judges, and does not merely describe."""
    if after and after[0] in NOUNS_JUDGED:
        return True
    if not {"a", "an"}.isdisjoint(before[-2:]):
        return False
    if before and before[-1] not in PRONOUNS and _COPULAS.isdisjoint(before):
        return False
    if after[:1] in (("and",), ("or",)):
        return _is_predicate((), after[2:])
    return not after or after[0] in _COMPLEMENTS or after[0][0] == "<"


def _complement(word: _Word, after: Sequence[str]) -> tuple[int, bool, str]:
    """Return (turn of sign, whether an omission is judged, stem of the judged verb or "")."""
    if word.form == "modal":
        turn, at = _skip(after, 0)
        if at == len(after) or word.first_person:
            head = "be" if "be" in after[:at] else ""
            if head or at == len(after):
                return turn, False, head
        return turn, *_act(after, at)
    if word.form == "verb":
        at = next((k for k, t in enumerate(after) if _names(t)), len(after))
        omits, head = _act(after, at) if at < len(after) else (False, "")
        return 1, omits ^ (after[:1] == ("not",)), head
    return 1, *_infinitive(after)


def _act(tokens: Sequence[str], at: int) -> tuple[bool, str]:
    """Return whether the verb at a place is an omission, and the stem of what is (not) done."""
    head = stem(tokens[at])
    if head == stem("do") and tokens[at + 1 : at + 2] == ("nothing",):
        return True, head
    if head in _OMIT:
        return True, next((stem(t) for t in tokens[at + 1 :] if _names(t)), stem("do"))
    return False, head


def _infinitive(after: Sequence[str]) -> tuple[bool, str]:
    """Find the verb of "to (not) pull", "in pulling"; after "to do is to pull" the second one."""
    omits, head = False, ""
    for i, token in enumerate(after[:-1]):
        follower = after[i + 1]
        if i == 0 and token == "not" and follower.endswith("ing"):
            left, head = _act(after, 1)
            return not left, head
        if token == "to" and follower != "the" and follower not in PRONOUNS:
            negated = (i > 0 and after[i - 1] == "not") ^ (follower == "not")
            at = min(i + 1 + (follower == "not"), len(after) - 1)
            left, head = _act(after, at)
            omits ^= negated ^ left
            if left or head not in _ANY_ACT:
                return omits, head
        elif token in ("in", "for", "by", "is", "with") and follower.endswith("ing"):
            left, head = _act(after, i + 1)
            return omits ^ left, head
    return omits, head


def _subject(before: Sequence[str]) -> tuple[int, bool]:
    """Return the sign of the negations before a judgement, and whether it is on an omission."""
    negated, omits = 1, False
    for i, token in enumerate(before):
        if (token == "not" and i + 1 < len(before) and before[i + 1].endswith("ing")) or (
            token == "nothing" and i and stem(before[i - 1]) == stem("do")
        ):
            omits = not omits
        elif token in _FAR or (token in NEGATORS and i >= len(before) - _NEAR):
            negated = -negated
        elif stem(token) in _OMIT:
            omits = not omits
    return negated, omits


def _names(token: str) -> bool:
    """Whether a word names something: no function word, pronoun, negator or mark."""
    if token in PRONOUNS or token in NEGATORS or token[0] == "<":
        return False
    return bool(content((token,)))
