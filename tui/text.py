"""Text that came from outside, made fit for a widget: `foreign.printable`, and what Textual needs.

Whatever a model, a server or a file says passes `safe` before any widget sees it, and is given to
widgets as content or with their markup off.
"""

from __future__ import annotations

from textual.content import Content

from gadfly.bot.foreign import plain as one_line
from gadfly.bot.foreign import printable

__all__ = ["one_line", "plain", "safe"]


def safe(text: str) -> str:
    """Return a text that moves no cursor and reaches no device; pieces of a stream may be cut."""
    return printable(text).replace("\t", "    ")


def plain(text: str, style: str = "") -> Content:
    """Return outside text as content: no markup is read in it, no control left in it."""
    return Content.styled(safe(text), style) if style else Content(safe(text))
