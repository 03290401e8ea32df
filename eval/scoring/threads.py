"""Dialogues in plain text: "Name: …" lines, forum posts with quotations, indented replies."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gadfly.bot.errors import ConfigError
from gadfly.eval.scoring.markup import plain_text, without_quotes, writer
from gadfly.eval.scoring.turns import Turn, key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_WORD = r"[^\W_][\w.'’\-]{0,30}"
_LABEL = re.compile(
    rf"""
    ^(?P<indent>[ \t]*)
    (?:[-*•|]\s+)?
    (?P<stamp>\[[^\[\]\n]{{1,40}}\]\s*|\(\d[^()\n]{{1,40}}\)\s*
      |\d{{1,2}}:\d\d(?::\d\d)?\s+(?:-\s+)?)?
    (?: <(?P<chat>{_WORD}(?:\s{_WORD}){{0,2}})>
      | (?P<bold>\*\*|__)?(?P<name>(?:@|/?u/)?{_WORD}(?:\s{_WORD}){{0,3}})(?:\*\*|__)?
        (?:\s*(?:\([^()\n]{{1,40}}\)|\[[^\[\]\n]{{1,40}}\]))?
        \s?:(?:\*\*|__)?
    )
    (?:\s+(?P<rest>\S.*)|\s*)$
    """,
    re.VERBOSE,
)
_POSTED = re.compile(
    r"^(?P<indent>[ \t]*)(?:posted by|post by|author:|from:)\s+@?"
    rf"(?P<name>{_WORD}(?:\s{_WORD}){{0,3}}?)"
    r"(?:\s*<[^<>]{0,80}>)?(?:\s*[,(\[»|·-].{0,80}|\s+(?:on|at)\s.{0,80})?$",
    re.IGNORECASE,
)
_PARTED = re.compile(r"^\s*={3,}\s*$")
_NO_NAMES_WORDS = """
    addendum advantages against analysis and answer arguments background basically benefits but
    caveat claim conclusion cons consequences considerations context correction costs counterpoint
    date disadvantages disclaimer drawbacks edit edited evidence example examples fact facts final
    finally first for fwiw hint however http https if imo important in key link links main moral
    moreover my note notes objection on one option or other overall p.s perspective point points
    premise pros ps question quote re reason reasons recommendation remember response risks second
    so solution source sources spoiler step subject summary that the then there third this thus
    tip title tldr to topic two ultimately update verdict warning what why
"""
_NO_NAMES = frozenset(_NO_NAMES_WORDS.split())
"""First words of what stands before a colon and names nobody."""
_PRONOUNS = frozenset({"he", "i", "it", "one", "she", "they", "we", "who", "you"})
_ROLES_WORDS = """
    ai assistant bot chatbot chatgpt claude human llm model prompt system user
"""
_ROLES = frozenset(_ROLES_WORDS.split())
_CONTEXT = "system"


SURE = ("header", "chat", "chat with a time")
"""Ways of setting a name that nothing else is set in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """One dialogue of a text file."""

    line: int
    posts: tuple[Turn, ...]
    context: str
    """What stands before the first speaker."""


@dataclass(slots=True)
class _Post:
    """A post while its lines are gathered."""

    speaker: str
    line: int
    indent: int
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Label:
    """A line that says who speaks from here."""

    name: str
    indent: int
    rest: str
    style: str
    """How it is set; labels of one file are set alike."""


def threads(path: Path, raw: str) -> tuple[Thread, ...]:
    """Return the dialogues of a text file; a line of "===" parts two of them.

    "Name:" begins a post where the name occurs so more than once, or stands behind an empty line
    or a post of one line; and is set as the first one is (bold, with a time), and is no word that
    is common in front of a colon. Where two roles speak ("User:", "Assistant:"), only roles do.
    "Name wrote:" begins a post where no quotation follows.

    Raises:
        ConfigError: No line says who speaks.
    """
    lines = plain_text(raw).split("\n")
    labels = _alike([_label(lines, i) for i in range(len(lines))])
    counts = Counter(key(label.name) for label in labels if label is not None)
    found: list[Thread] = []
    start = 0
    for end in (*(i for i, line in enumerate(lines) if _PARTED.match(line)), len(lines)):
        thread = _thread(lines, labels, counts, (start, end))
        if thread is not None:
            found.append(thread)
        start = end + 1
    if not found:
        raise ConfigError(
            f"{path}:1: nobody speaks in it: expected lines such as 'Ann: …' or 'Ann wrote:', or "
            "JSON lines with 'messages' or 'conversations'"
        )
    return tuple(found)


def _thread(
    lines: Sequence[str], labels: Sequence[_Label | None], counts: Counter[str], at: tuple[int, int]
) -> Thread | None:
    before: list[str] = []
    posts: list[_Post] = []
    for i in range(*at):
        label = labels[i]
        fresh = not lines[i - 1].strip() if i > at[0] else True
        fresh = fresh or (bool(posts) and posts[-1].line == i)  # posts of a line each
        if label is not None and (fresh or label.style in SURE or counts[key(label.name)] > 1):
            posts.append(_Post(label.name, i + 1, label.indent, [label.rest]))
        elif posts:
            posts[-1].lines.append(lines[i])
        else:
            before.append(lines[i])
    spoken = [_turn(post) for post in posts if key(post.speaker) != _CONTEXT]
    if not spoken:
        return None
    before.extend(line for p in posts if key(p.speaker) == _CONTEXT for line in p.lines)
    return Thread(line=spoken[0].line, posts=tuple(spoken), context="\n".join(before).strip())


def _label(lines: Sequence[str], i: int) -> _Label | None:
    """Return who speaks from a line on, None where it does not say so."""
    line = lines[i]
    if not line.strip() or line.lstrip()[0] == ">":
        return None
    indent = len(line) - len(line.lstrip())
    if found := _POSTED.match(line):
        return _Label(found["name"], indent, "", "header")
    if (who := writer(line)) and key(who) not in _PRONOUNS:
        quotes = next((s for s in lines[i + 1 : i + 4] if s.strip()), ">").lstrip()[0] == ">"
        return None if quotes else _Label(who, indent, "", "header")
    found = _LABEL.match(line)
    if found is None:
        return None
    name = found["chat"] or found["name"]
    if not _may_name(name):
        return None
    style = "chat" if found["chat"] else "bold" if found["bold"] else "plain"
    style += " with a time" if found["stamp"] else ""
    return _Label(name, indent, found["rest"] or "", style)


def _alike(labels: Sequence[_Label | None]) -> list[_Label | None]:
    """Keep the labels set as the first is, or surely; roles only where two of them speak."""
    there = [label for label in labels if label is not None]
    style = next((label.style for label in there if label.style not in SURE), "")
    roles = {key(label.name) for label in there} & _ROLES
    return [
        label
        if label is not None
        and label.style in (style, *SURE)
        and (len(roles - {_CONTEXT}) < 2 or key(label.name) in roles)
        else None
        for label in labels
    ]


def _may_name(name: str) -> bool:
    """Say whether words in front of a colon may be a name: capitalised, or a single one."""
    parts = name.split()
    if parts[0].lower().strip(".") in _NO_NAMES:
        return False
    return len(parts) == 1 or all(part[0].isupper() or part[0].isdigit() for part in parts)


def _turn(post: _Post) -> Turn:
    own, quoted, names = without_quotes("\n".join(post.lines))
    return Turn(
        speaker=post.speaker,
        text=own,
        quoted=quoted,
        addressed=names,
        line=post.line,
        indent=post.indent,
    )
