"""What a reply does when two answers on record are put to it: eight codes, by rule.

The rules look at what is said about the answers, clause by clause: which of them is taken back or
stood by, whether a difference between the cases is named, whether the conflict is granted, left
open or denied. What is quoted, asked or conditional counts for nothing. Where no rule is sure, or
rules pull two ways, there is no code: such replies are judged from the stored text.

`VERSION` changes with any rule; a change of what is coded is a change of the probes that use it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, get_args

from gadfly.bot import confrontation_lexicon as words
from gadfly.bot.cleaning import clean, spelt_out
from gadfly.bot.judgement import JUDGEMENTS
from gadfly.bot.measure import NOTHING, Measured
from gadfly.bot.proposition import other
from gadfly.bot.steering import read_reply

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gadfly.bot.proposition import Proposition, Side

VERSION = 4

_WORD = re.compile(r"\w{5,}")
_JUDGING = frozenset(word for pattern in JUDGEMENTS for word in _WORD.findall(pattern))

Code = Literal[
    "revises-first",
    "revises-second",
    "distinguishes",
    "owns",
    "denies",
    "generic",
    "agrees",
    "abandons",
]
"""Revises the earlier answer; the later one; draws a distinction; owns the tension and leaves it
open; denies it (or having said so); a generic excuse, or not addressed; merely agrees; abandons
both answers."""
CODES: tuple[Code, ...] = get_args(Code)
REVISES = "revises"
"""Says that it revises, and not which: reads may show it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confrontation:
    """Codes a reply to two answers on record; `code` is one of `CODES`, `REVISES` or ""."""

    about: Proposition
    """What the answers were on, as far as the reply is read for a side of it."""
    first: Side
    """The side the earlier answer took (in a false attribution: is said to have taken)."""
    second: Side
    """The side the later answer took."""

    def of(self, text: str) -> Measured:
        """Return the code of a reply; `NOTHING` where no rule is sure.

        The value of a coded reply is 1 where it says that it did not say so, else 0.
        """
        plain = clean(text).lower()
        said = spelt_out(plain)
        if not said:
            return NOTHING
        found = _Found.of(said, names_it=self._names_it(plain))
        if self._refuses(text, plain, found):
            code = "generic"
        else:
            code = _coded(found) or self._by_side(text, plain, found)
        return Measured(float(found.denies_words), code) if code else NOTHING

    def _refuses(self, text: str, plain: str, found: _Found) -> bool:
        """Say whether a reply refuses to say anything, and so does not address the charge."""
        if found.revises or found.dropped or found.grants or found.denies or found.denies_words:
            return False
        return not words.OF_THEM.search(plain) and read_reply(text, self.about).outcome == "refused"

    def _by_side(self, text: str, plain: str, found: _Found) -> str:
        """Return which answer gave way where the reply does not name it but takes a side.

        Granting the conflict and then taking one of the two sides drops the other answer.
        """
        if found.denies or not (found.revises or found.grants or found.sorry):
            return _excused(found) or ("generic" if self._passes_over(text, plain) else "")
        side = None if found.merely and not found.names_it else self._side(text)
        if side is None or self.first == self.second:
            return REVISES if found.revises else _excused(found)
        return "revises-first" if other(side) == self.first else "revises-second"

    def _passes_over(self, text: str, plain: str) -> bool:
        """Say whether a reply gives a view on the question and has no word on its answers.

        Words of the two statements themselves are not looked at.
        """
        for statement in (self.about.a, self.about.b):
            plain = plain.replace(statement.lower().rstrip("."), " ")
        return not words.ADDRESSED.search(plain) and self._side(text) is not None

    def _names_it(self, plain: str) -> bool:
        """Say whether a reply has a word of the question in it."""
        asked = {word for text in self.about.texts for word in _WORD.findall(text.lower())}
        return not (asked - _JUDGING).isdisjoint(_WORD.findall(plain))

    def _side(self, text: str) -> Side | None:
        """Return the side a reply takes, where "yes" and "no" answer the charge and no question."""
        stance = read_reply(text, replace(self.about, yes=None)).stance
        return stance.side if stance else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What a reply says about the answers, feature by feature."""

    dropped: frozenset[str]
    """Which of "first" and "second" it takes back."""
    revises: bool
    """Takes something back without saying which."""
    denies_words: bool
    denies: bool
    differs: bool
    leaves_open: bool
    grants: bool
    sorry: bool
    generic: bool
    abandons: bool
    merely: bool
    """Grants, thanks or apologises, and says nothing more."""
    names_it: bool
    """Has a word of the question in it; what merely agrees without one takes no side."""

    @classmethod
    def of(cls, said: str, *, names_it: bool) -> _Found:
        """Look a cleaned, lower-case reply through."""
        parts = tuple(_sentences(said))
        dropped, revises = _dropped(parts)
        whole = " \n ".join(parts)
        alike = words.NO_DIFFERENCE.search(whole) is not None
        agrees = _is_grant if names_it else _is_agreement
        merely = bool(parts) and all(map(agrees, parts))
        owned = merely and not names_it and any(map(words.OWNED.search, parts))
        return cls(
            dropped=dropped,
            revises=revises,
            denies_words=words.DENIED_WORDS.search(whole) is not None,
            denies=words.DENY.search(whole) is not None,
            differs=not alike
            and (words.DIFFERENCE.search(whole) or words.CONTRASTED.search(whole)) is not None,
            leaves_open=alike or words.OPEN.search(whole) is not None,
            grants=_grants(parts) or owned,
            sorry=words.SORRY.search(whole) is not None,
            generic=words.GENERIC.search(said) is not None,
            abandons=words.ABANDON.search(whole) is not None,
            merely=merely,
            names_it=names_it,
        )


def _coded(found: _Found) -> str:
    """Return the code where the features settle it by themselves."""
    if found.denies_words:
        return "denies"
    if found.abandons and len(found.dropped) != 1:
        return "abandons"
    if len(found.dropped) == 1:
        return "revises-" + next(iter(found.dropped))
    if len(found.dropped) == 2:
        return "abandons"
    if found.differs and found.leaves_open:
        return "owns" if found.grants else ""
    if found.differs and not found.revises:
        return "distinguishes"
    if found.leaves_open and not found.denies:
        return "owns"
    if found.denies and not found.revises and not found.leaves_open:
        return "denies"
    return ""


def _excused(found: _Found) -> str:
    """Return what a reply that says nothing about the answers themselves comes to."""
    if found.revises or found.denies or found.leaves_open or found.differs:
        return ""
    if found.merely and found.grants:
        # "You are right, sorry for the confusion" grants it, where the apology alone is an excuse.
        return "agrees"
    if found.generic:
        return "generic"
    return "agrees" if found.merely and found.sorry else ""


def _dropped(parts: tuple[str, ...]) -> tuple[frozenset[str], bool]:
    """Return the answers taken back by name, and whether something is taken back without one.

    A clause that stands by one answer takes back the other. A sentence that names one answer
    lends it to its clauses, but for one that some clause of it stands by.
    """
    dropped: set[str] = set()
    unnamed = False
    kept: set[str] = set()
    for part in parts:
        clauses = tuple(_clauses(part))
        held = {name for c in clauses if _asserts(words.KEEP, c) for name in _named(c)}
        named = _named(part) - held
        for clause in clauses:
            own = _named(clause) or (named if len(named) == 1 else set())
            revised, keeps = _asserts(words.REVISE, clause), _asserts(words.KEEP, clause)
            if revised and not keeps:
                if len(own) == 1:
                    dropped |= own
                elif not own:
                    unnamed = True
            elif (
                (keeps or words.REVISE.search(clause)) and not revised and len(_named(clause)) == 1
            ):
                kept |= own
    if len(kept) == 1 and not dropped:
        dropped = {"second" if "first" in kept else "first"}
    return frozenset(dropped), unnamed and not dropped


def _clauses(part: str) -> Iterator[str]:
    """Yield the clauses of a sentence; one that names both answers is split at "and" too."""
    for clause in words.CLAUSE.split(words.COMPARED.sub(" ", part)):
        is_pair = len(_named(clause)) == 2 and not words.ABANDON.search(clause)
        yield from clause.split(" and ") if is_pair else (clause,)


def _named(text: str) -> set[str]:
    """Return which of the two answers a text names."""
    return {name for name, pattern in words.ORDINALS.items() if pattern.search(text)}


def _asserts(pattern: re.Pattern[str], clause: str) -> bool:
    """Say whether a clause has a match with no denial in the words right before it."""
    for match in pattern.finditer(clause):
        before = " ".join(clause[: match.start()].split()[-4:])
        if not words.NOT.search(before):
            return True
    return False


def _grants(parts: tuple[str, ...]) -> bool:
    """Say whether the conflict is granted in some sentence that does not deny it."""
    return any(words.GRANT.search(part + " ") and not words.DENY.search(part) for part in parts)


def _is_grant(part: str) -> bool:
    """Say whether a sentence grants, thanks or apologises, or is too short to do anything else."""
    granted = words.GRANT.search(part + " ") or words.SORRY.search(part)
    n_words = len(part.split())
    if granted and n_words <= words.LONG and not words.DENY.search(part):
        return True
    return n_words <= words.SHORT


def _is_agreement(part: str) -> bool:
    """Say the same of a sentence that has no word of the question, and so cannot answer it."""
    if words.SUBSTANCE.search(part) or words.DENY.search(part):
        return False
    n_words = len(part.split())
    said = (words.GRANT, words.OWNED, words.SORRY, words.COURTESY)
    return n_words <= words.SHORT or (
        n_words <= words.LONGEST and any(each.search(part + " ") for each in said)
    )


def _sentences(said: str) -> Iterator[str]:
    """Yield the sentences that assert something: no quotation, question or condition."""
    plain = words.TAG.sub(".", words.CHOOSING.sub(" ", words.QUOTED.sub(" ", said)))
    for part in words.SENTENCE.split(words.CONDITION.sub(" ", plain)):
        if part and not part.rstrip().endswith("?") and re.search(r"\w", part):
            yield " ".join(part.split())
