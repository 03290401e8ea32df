"""Lines of content, joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

if TYPE_CHECKING:
    from collections.abc import Iterable


def lines(parts: Iterable[Content | str]) -> Content:
    """Return lines as one content; strings are our own words, and no markup is read in them."""
    return Content("\n").join([Content(p) if isinstance(p, str) else p for p in parts])
