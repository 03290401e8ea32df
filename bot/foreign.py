"""Foreign text made harmless to show: what models and files wrote may drive no terminal."""

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


def printable(text: str) -> str:
    """Return a text without escapes, control or invisible format characters.

    Tabs stay, and line breaks of any kind as line feeds.
    """
    if text.isprintable():
        return text
    broken = _BREAK.sub("\n", ESCAPE.sub("", text))
    return "".join(c for c in broken if c in "\n\t" or unicodedata.category(c)[0] != "C")


def plain(text: str, longest: int | None = LONGEST) -> str:
    r"""Return a printable text on one line, cut to size with an ellipsis unless `longest` is None.

    >>> plain("one\n\x1b[31mtwo", 6)
    'one t…'
    """
    shown = " ".join(printable(text).split())
    if longest is None or len(shown) <= longest:
        return shown
    return shown[: longest - 1] + "…"
