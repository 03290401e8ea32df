"""Markup of posts made plain: HTML, BBCode and Markdown quotations all become ">" lines.

What people paste is hostile or broken: tags that never close are ignored, every pattern is
bounded, and control characters do not get through.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gadfly.bot.foreign import legible

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 60
"""Characters of a name."""

_TAGS_WORDS = """
    a abbr article aside audio b big blockquote body br center cite code dd del details div dl dt em
    figure font footer form h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd li
    link main mark meta nav ol p picture pre q s samp script section small span strike strong
    style sub summary sup svg table tbody td tfoot th thead title tr tt u ul var video
"""
_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>" + "|".join(_TAGS_WORDS.split()) + r")(?:\s[^<>]{0,1000})?/?>"
    r"|\[(?P<bb_end>/?)(?P<bb_name>quote|s|strike|b|i|u|url|code)(?:=(?P<who>[^\[\]]{0,100}))?\]",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"<!--.{0,2000}?-->", re.DOTALL)
_STRUCK = re.compile(r"~~[^~\n]{1,500}~~")
_QUOTES = frozenset({"blockquote", "quote"})
_DROPPED = frozenset({"del", "s", "strike", "script", "style", "head", "title", "iframe", "svg"})
_PAIRED = _QUOTES | _DROPPED
_PARAGRAPHS = frozenset({"p", "div", "article", "section", "table", "ul", "ol", "dl", "hr"})
_LINES = frozenset(
    {"br", "li", "tr", "dt", "dd", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "header", "footer"}
)
_QUOTED = re.compile(r"^[ \t]*((?:>[ \t]?)+)(.*)$")
_NAME = r"[^\W_][\w .'’@\-]{0,60}?"
_WROTE = re.compile(
    rf"""
    ^[\s*_]*
    (?: on \b .{{0,120}}? ,\s* (?P<mailed>{_NAME}) (?:\s*<[^<>]{{0,80}}>)? \s+ wrote
      | (?:in \s reply \s to \s+ | originally \s posted \s by:? \s+ | quote \s from:? \s+
          | quoting \s+) @? (?P<posted>{_NAME})
      | @? (?P<plain>{_NAME}) \s+ (?:wrote|said|writes|says|posted|replied)
    )
    [\s*_]* (?:\s (?:on|at|in)\b .{{0,60}})? :? [\s*_]*$
    """,
    re.VERBOSE | re.IGNORECASE,
)


def plain_text(raw: str) -> str:
    """Return a post without markup: its quotations as lines that begin with ">".

    Struck-out text is gone: who struck it out no longer says it. Control and invisible format
    characters are dropped, all line ends are line feeds; lone surrogates become "?".
    """
    text = _STRUCK.sub("", legible(raw.encode("utf-8", "replace").decode()))
    if "<" in text or "[" in text:
        text = _without_tags(_COMMENT.sub("", text))
    return legible(html.unescape(text))


def one_line(name: str) -> str:
    """Return a name from a file without markup, line breaks or control characters, cut."""
    return " ".join(plain_text(name).split())[:LONGEST] or "(unnamed)"


def without_quotes(text: str) -> tuple[str, str, tuple[str, ...]]:
    """Return a plain post as (own words, quoted words, names the quotations were given).

    A line "Ann wrote:" in front of a quotation, or inside one, belongs to it.
    """
    own: list[str] = []
    quoted: list[str] = []
    names: list[str] = []
    for line in text.split("\n"):
        found = _QUOTED.match(line)
        if found is None:
            own.append(line.strip())
            continue
        last = next((i for i in range(len(own) - 1, -1, -1) if own[i].strip()), None)
        if last is not None and (who := writer(own[last])):
            names.append(who)
            del own[last:]
        if who := writer(found[2]):
            names.append(who)
        else:
            quoted.append(found[2])
    return "\n".join(own).strip(), "\n".join(quoted).strip(), tuple(names)


def writer(line: str) -> str:
    """Return the name in a line like "Ann wrote:", "" for any other."""
    if len(line) > 250:
        return ""
    found = _WROTE.match(line)
    if found is None:
        return ""
    return (found["mailed"] or found["posted"] or found["plain"] or "").strip()


def _without_tags(text: str) -> str:
    """Return a text without its tags; quoted stretches as lines of their own behind ">"."""
    tags = list(_TAG.finditer(text))
    stretches = [_Stretch(0)]
    at = dropped = 0
    for tag, paired in zip(tags, _paired(tags), strict=True):
        if not dropped:
            stretches[-1].parts.append(text[at : tag.start()])
        at = tag.end()
        name, ends = _name(tag)
        step = -1 if ends else 1
        if name in _DROPPED and paired:
            dropped += step
        elif name in _QUOTES and paired:
            stretches.append(_Stretch(stretches[-1].depth + step))
            if who := (tag["who"] or "").strip("\"' "):
                stretches[-1].parts.append(f"{who} wrote:\n")
        elif not dropped:
            stretches[-1].parts.append(_break(name))
    stretches[-1].parts.append(text[at:])
    return "\n".join(stretch.lines() for stretch in stretches)


@dataclass(slots=True)
class _Stretch:
    """Text under so many quotations."""

    depth: int
    parts: list[str] = field(default_factory=list)

    def lines(self) -> str:
        """Return the text with each of its lines marked as quoted."""
        text = "".join(self.parts)
        if not self.depth:
            return text
        mark = ">" * self.depth + " "
        return "\n".join(mark + line for line in text.strip().split("\n")) if text.strip() else ""


def _paired(tags: Sequence[re.Match[str]]) -> list[bool]:
    """Say of each tag whether it is one of a pair that is opened and closed."""
    found = [False] * len(tags)
    open_: list[tuple[str, int]] = []
    for i, tag in enumerate(tags):
        name, ends = _name(tag)
        if name not in _PAIRED:
            continue
        if not ends:
            open_.append((name, i))
            continue
        for k in range(len(open_) - 1, max(-1, len(open_) - 50), -1):
            if open_[k][0] == name:
                found[open_[k][1]] = found[i] = True
                del open_[k:]
                break
    return found


def _name(tag: re.Match[str]) -> tuple[str, bool]:
    name = (tag["name"] or tag["bb_name"]).lower()
    return name, bool(tag["end"] or tag["bb_end"])


def _break(name: str) -> str:
    if name in _PARAGRAPHS:
        return "\n\n"
    return "\n" if name in _LINES else ""
