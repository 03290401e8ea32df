"""Text that came from outside, made fit for a terminal.

Whatever a model, a server or a file says passes `safe` before any widget sees it: an escape
sequence that reached the terminal could write the clipboard or set the title.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

if TYPE_CHECKING:
    from collections.abc import Iterable

_REPLACEMENT = 0xFFFD
_TABLE: dict[int, int | None] = {
    **{code: 0x2400 + code for code in range(0x20)},
    0x09: 0x20,
    0x0A: 0x0A,
    0x0D: None,
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), _REPLACEMENT),
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), _REPLACEMENT),
    0x2028: 0x0A,
    0x2029: 0x0A,
    **dict.fromkeys(range(0xD800, 0xE000), _REPLACEMENT),
    **dict.fromkeys(range(0xE0000, 0xE0080), _REPLACEMENT),
}
"""Controls become their pictures, so that an attack shows; what reorders text (bidirectional
overrides), hides in it (tag characters) or cannot be encoded (lone surrogates) becomes U+FFFD."""


def safe(text: str) -> str:
    """Return a text that moves no cursor and reaches no device; stateless, so chunks may be cut."""
    return text.translate(_TABLE)


def one_line(text: str, limit: int = 200) -> str:
    """Return a text as one safe line of at most `limit` characters, white space collapsed."""
    line = " ".join(safe(text[: 4 * limit]).split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"


def plain(text: str, style: str = "") -> Content:
    """Return outside text as content: no markup is read in it, no control left in it."""
    return Content.styled(safe(text), style) if style else Content(safe(text))


def lines(parts: Iterable[Content | str]) -> Content:
    """Return lines joined; strings are taken as ours and still not read as markup."""
    return Content("\n").join([Content(p) if isinstance(p, str) else p for p in parts])
