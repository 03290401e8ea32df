"""Text of models, data sets and servers, made harmless for a terminal.

Such text may hold escape sequences that move the cursor, set the title, write the clipboard or
answer in the user's name, and characters that reorder or hide what is read. Everything foreign
that is shown goes through here; what is stored stays as it was.
"""

from __future__ import annotations

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


def plain(text: str) -> str:
    r"""Return text that shows what it says and does nothing; line ends and tabs are kept.

    Every character is dealt with by itself, so that the pieces of a stream may go through one by
    one, however they were cut. ESC, BEL and the like are shown as pictures, C1 controls, marks of
    direction, lone surrogates and invisible tags as U+FFFD, carriage returns are dropped.

    >>> plain("\x1b]52;c;aGk=\x07")
    '␛]52;c;aGk=␇'
    """
    return text.translate(_TABLE)


def one_line(text: str, longest: int = 200) -> str:
    """Return foreign text as one harmless line, cut to size: for titles, lists and messages."""
    line = " ".join(plain(text).split())
    return line if len(line) <= longest else line[: longest - 1] + "…"
