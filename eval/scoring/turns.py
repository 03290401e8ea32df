"""Turns and dialogues as they come from a file, whoever spoke."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gadfly.bot.overlap import grams, words

if TYPE_CHECKING:
    from collections.abc import Iterable

EDITED = 0.6
"""Share of a post's 4-grams in the next one by the same hand from which that is an edit of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What one speaker said before somebody else did."""

    speaker: str
    """As first spelt in the file; one spelling for one speaker."""
    text: str
    """Their own words: no markup, no quoted lines, no struck-out text."""
    quoted: str = ""
    """The lines they quoted, without the marks of quotation."""
    addressed: tuple[str, ...] = ()
    """Names they gave with a quotation ("Ann wrote:") or as an address ("@Ann")."""
    line: int
    """Where it begins in its file, from 1; in JSON lines the line of its record."""
    indent: int = 0
    """Columns of indentation, by which some threads show who answers whom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogue:
    """One conversation."""

    name: str
    """Unique among the dialogues scored together."""
    turns: tuple[Turn, ...]
    """No two neighbours are of one speaker, none is empty."""
    context: str = ""
    """What nobody in it said: system prompt, title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The dialogues of some files, with what a reader must know of how they were read."""

    dialogues: tuple[Dialogue, ...]
    formats: tuple[str, ...]
    """Formats met, in name order."""
    digest: str
    """Hex digest of the files' bytes."""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Turns made whole, and what was left out on the way."""

    turns: tuple[Turn, ...]
    empty: int
    """Turns without a word of their own."""
    again: int
    """Posts that only repeat or edit the one just before, by the same speaker."""


def joined(posts: Iterable[Turn]) -> Joined:
    """Make turns of posts: one speaker's neighbouring posts are one turn, double posts count once.

    Names that differ in case or spacing only are one speaker. A post that holds most of the one
    just before it (`EDITED`) replaces it.
    """
    turns: list[Turn] = []
    names: dict[str, str] = {}
    last = Turn(speaker="", text="", line=0)
    empty = again = 0
    for post in posts:
        if not words(post.text):
            empty += 1
            continue
        name = names.setdefault(key(post.speaker), " ".join(post.speaker.split()))
        post = replace(post, speaker=name)
        if not turns or turns[-1].speaker != name:
            turns.append(post)
        elif _holds(post.text, last.text):
            again += 1
            turns[-1] = _merged(turns[-1], post, turns[-1].text.removesuffix(last.text))
        elif _holds(last.text, post.text):
            again += 1
            continue
        else:
            turns[-1] = _merged(turns[-1], post, f"{turns[-1].text}\n\n")
        last = post
    return Joined(turns=tuple(turns), empty=empty, again=again)


def key(name: str) -> str:
    """Return a speaker's name as it is compared: without case, spacing or a leading @."""
    return " ".join(name.casefold().split()).lstrip("@")


def _holds(text: str, earlier: str) -> bool:
    """Say whether a text has most of another in it."""
    before = grams(earlier, 4)
    if not before:
        return words(text)[: len(words(earlier))] == words(earlier)
    there = set(grams(text, 4))
    return sum(gram in there for gram in before) >= EDITED * len(before)


def _merged(turn: Turn, post: Turn, before: str) -> Turn:
    """Return a turn with a further post of its speaker at the end of `before`."""
    return replace(
        turn,
        text=before + post.text,
        quoted="\n".join(filter(None, (turn.quoted, post.quoted))),
        addressed=(*turn.addressed, *post.addressed),
    )
