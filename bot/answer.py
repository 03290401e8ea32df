"""Plain answers: yes, no, "I agree", "they should not", where a sentence leads with one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from gadfly.bot.lexicon import FILLERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.bot.clause import Sentence
    from gadfly.bot.proposition import Proposition

YesNo = Literal["yes", "no"]

_YES = frozenset({"yes", "yeah", "yep", "yup", "absolutely", "definitely", "certainly"})
_NO = frozenset({"no", "nope", "nah", "never"})
_OPENERS_WORDS = """
    well hmm hm oh um ok okay so short answer honestly ultimately ah and
"""
_OPENERS = frozenset(_OPENERS_WORDS.split())
_SUBJECTS_WORDS = """
    i it you they he she we that this there one
"""
_SUBJECTS = frozenset(_SUBJECTS_WORDS.split())
_MODALS_WORDS = """
    may should can must is does do would ought will are has have did was
"""
_MODALS = frozenset(_MODALS_WORDS.split())
_RULES_OF_THUMB = frozenset(
    {"normally", "usually", "generally", "typically", "ordinarily", "legally"}
)
_STOPS = frozenset(".,;:!—()-") | {"--", " - "}
_ENDS = frozenset(".!;—,")
_THEIRS_WORDS = """
    statement proposition idea notion assertion claim sentiment view this that it
"""
_THEIRS = frozenset(_THEIRS_WORDS.split())
_FULL_STOPS = frozenset(".!")
_DENIALS = tuple(
    tuple(phrase.split())
    for phrase in (
        "absolutely not",
        "definitely not",
        "certainly not",
        "of course not",
        "not at all",
        "surely not",
        "not really",
        "by no means",
        "in no way",
        "no way",
        "no chance",
        "not a chance",
        "hell no",
        "god no",
    )
)
_GRANTS = tuple(
    tuple(phrase.split()) for phrase in ("of course", "sure", "hell yes", "hell yeah", "why not")
)
_LATE = 7
"""A later sentence of more words and stops is no plain answer, whatever it begins with."""


def agreement(sentence: Sentence, about: Proposition) -> YesNo | None:
    """Read "I (dis)agree (with this statement)" where the question asks for agreement.

    "Agreeing with the statement, ..." says the same; without the comma it is a subject only.
    """
    if "agree" not in about.question:
        return None
    tokens = sentence.raw
    if tokens[0] in ("agreeing", "disagreeing") and "," in tokens[3:6]:
        if tokens[1] == "with" and not _THEIRS.isdisjoint(tokens[2:5]):
            return "yes" if tokens[0] == "agreeing" else "no"
        return None
    for k, token in enumerate(tokens):
        before = tokens[max(0, k - 4) : k]
        if token not in ("agree", "disagree") or "i" not in before:
            continue
        rest = [t for t in tokens[k + 1 : k + 5] if t not in FILLERS and t not in ("the", "with")]
        if rest and rest[0] not in _STOPS and rest[0] not in _THEIRS:
            return None
        return "yes" if (token == "agree") != ("not" in before) else "no"
    return None


def plain_answer(sentence: Sentence, *, leads: bool) -> YesNo | None:
    """Return "yes" or "no" where a sentence leads with it, or names it as its answer.

    `leads` says that the sentence is the first of its reply; a later one has to be short.
    """
    marks = sentence.marks
    if {"yes", "no"} <= marks:
        return None
    if marks & {"yes", "no"} and not marks & {"attribute", "if"}:
        return "yes" if "yes" in marks else "no"
    tokens = [t for t in sentence.raw if t != '"']
    while tokens and (tokens[0] in _OPENERS or tokens[0] in _STOPS or _is_manner(tokens)):
        tokens = tokens[1:]
    if not tokens or not (leads or len(tokens) <= _LATE or "balance" in marks):
        return None
    found = _lead(tokens) or _close(tokens)
    if found == "yes" and not leads and "not" in tokens and "balance" not in marks:
        return None
    return found or (_elliptic(tokens) or _interjected(tokens) if leads else None)


def _is_manner(tokens: Sequence[str]) -> bool:
    """Whether an adverb of manner leads: "probably yes", "reluctantly, no"."""
    if tokens[0] in _RULES_OF_THUMB:
        return False
    return tokens[0].endswith("ly") and bool({"yes", "no"} & set(tokens[1:3]))


def _lead(tokens: Sequence[str]) -> YesNo | None:
    first, follower = tokens[0], tokens[1] if len(tokens) > 1 else "."
    if {"yes", "no"} <= set(tokens[:4]):
        return None
    phrase = _phrase(tokens)
    if phrase:
        return phrase
    if first in _YES and (follower in _STOPS or first in ("yes", "yeah", "yep", "yup")):
        return "yes"
    if first in _NO and follower in _STOPS:
        return "no"
    bare = first in ("no", "nope", "nah") and follower in _SUBJECTS and follower != "one"
    return "no" if bare else None


def _close(tokens: Sequence[str]) -> YesNo | None:
    """Read "..., so no." at the end of a sentence."""
    words = [t for t in tokens[-4:] if t not in _ENDS]
    if words[-1:] not in (["yes"], ["no"]) or tokens[-1] == words[-1]:
        return None
    before = tokens[-3:-2]
    if before and before[0] not in ("so", "then", "thus", ",", "therefore"):
        return None
    return "yes" if words[-1] == "yes" else "no"


def _interjected(tokens: Sequence[str]) -> YesNo | None:
    """Read "Grim as it is, yes: ..." near the beginning of a reply."""
    for k in range(1, min(len(tokens) - 1, 8)):
        if tokens[k] in ("yes", "no") and tokens[k - 1] == "," and tokens[k + 1] in _STOPS:
            return "yes" if tokens[k] == "yes" else "no"
    return None


def _phrase(tokens: Sequence[str]) -> YesNo | None:
    """Read "absolutely not", "of course not", "hell yes" at the end of a sentence or phrase."""
    if any(_opens(tokens, phrase, _STOPS) for phrase in _DENIALS):
        return "no"
    # With a comma they begin a concession: "Sure, it hurts, but ...".
    return "yes" if any(_opens(tokens, phrase, _FULL_STOPS) for phrase in _GRANTS) else None


def _opens(tokens: Sequence[str], phrase: tuple[str, ...], stops: frozenset[str]) -> bool:
    """Whether a phrase stands at the beginning, with a stop or nothing behind it."""
    n = len(phrase)
    return tuple(tokens[:n]) == phrase and (len(tokens) == n or tokens[n] in stops)


def _elliptic(tokens: Sequence[str]) -> YesNo | None:
    """Read "They should." and "It can not.": a subject, a modal, and nothing more."""
    rest = tokens[2:] if tuple(tokens[:2]) == ("of", "course") else tokens
    if len(rest) < 2 or rest[0] not in _SUBJECTS or rest[1] not in _MODALS:
        return None
    denied = rest[2:3] == ["not"]
    after = rest[3:] if denied else rest[2:]
    if after and after[0] not in _ENDS:
        return None
    return "no" if denied else "yes"
