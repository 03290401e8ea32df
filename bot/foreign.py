"""Foreign text made harmless to show: what models, data sets and servers wrote drives no terminal.

Such text may hold escape sequences that move the cursor, set the title, write the clipboard or
answer in the user's name, and characters that reorder or hide what is read. Everything foreign
that is shown goes through here; what is stored stays as it was.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 200
"""Characters of a foreign text shown on one line."""

ESCAPE = re.compile(
    r"\x1b\][^\x07\x1b]{0,200}(?:\x07|\x1b\\)?|\x1b\[[0-?]{0,40}[ -/]{0,8}[@-~]?|\x1b[@-_]?"
)
"""A terminal escape, whole or cut short; linear time."""
_BREAK = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SHOWN = {i: 0x2400 + i for i in range(0x20)} | {0x7F: 0x2421}
"""Control characters as the pictures Unicode has for them: ESC becomes U+241B."""
_DROPPED = "\ufffd"
_LINES = {0x85: "\n", 0x2028: "\n", 0x2029: "\n", 0x0B: "\n", 0x0C: "\n"}
"""What some programs take for a line end, as the one that all do."""
_HIDDEN = (
    *range(0x80, 0xA0),  # C1 controls: one of them begins escape sequences by itself
    0x061C,  # direction marks, embeddings, overrides and isolates
    *range(0x200E, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2066, 0x2070),
    *range(0xD800, 0xE000),  # lone surrogates, which no terminal can be sent
    *range(0xFFF9, 0xFFFC),  # annotations within a line
    *range(0xE0000, 0xE0080),  # tags: a whole hidden alphabet
)
_TABLE: dict[int, int | str | None] = {
    **dict.fromkeys(_HIDDEN, _DROPPED),
    **_SHOWN,
    **_LINES,
    0x09: "\t",
    0x0A: "\n",
    0x0D: None,
}


_WHOLE_WORDS = 0.75
"""Share of the room a cut text fills at least, before a word is cut in two."""


def printable(text: str) -> str:
    r"""Return text that shows what it says and does nothing; line ends and tabs are kept.

    Every character is dealt with by itself, so that the pieces of a stream may go through one by
    one, however they were cut. ESC, BEL and the like are shown as pictures, C1 controls, marks of
    direction, lone surrogates and invisible tags as U+FFFD, carriage returns are dropped.

    >>> printable("\x1b]52;c;aGk=\x07")
    '␛]52;c;aGk=␇'
    """
    return text if text.isprintable() else text.translate(_TABLE)


def legible(text: str) -> str:
    """Return text to be read and not shown: no escapes, no control or invisible characters.

    Tabs stay, and line breaks of any kind as line feeds.
    """
    if text.isprintable():
        return text
    broken = _BREAK.sub("\n", ESCAPE.sub("", text))
    return "".join(c for c in broken if c in "\n\t" or unicodedata.category(c)[0] != "C")


def plain(text: str, longest: int | None = LONGEST) -> str:
    r"""Return foreign text as one harmless line, cut to size unless `longest` is None.

    It is cut after a word where one ends near enough.

    >>> plain("one\n\x1b[31mtwo", 6)
    'one ␛…'
    >>> plain("Is it wrong to move her?", 15)
    'Is it wrong to…'
    """
    shown = " ".join(printable(text).split())
    if longest is None or len(shown) <= longest:
        return shown
    at = shown.rfind(" ", 0, longest)
    return shown[: at if at > _WHOLE_WORDS * longest else longest - 1] + "…"
