"""Replies as lines: Markdown laid out block by block, so that a growing reply stays cheap.

A block that is complete is laid out once per width; only the one still growing is laid out again.
Links, images, HTML, entities and reference definitions are shown as they were written: what a
reply points to is read, never followed or hidden.
"""

from __future__ import annotations

import functools
import io
from itertools import pairwise
from typing import TYPE_CHECKING

from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from rich.theme import Theme

from gadfly.tui.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it import MarkdownIt
    from rich.markdown import Markdown

Line = list[Segment]

_THEME = Theme(
    {
        "markdown.h1": "bold underline",
        "markdown.h2": "bold underline",
        "markdown.h3": "bold",
        "markdown.h4": "bold",
        "markdown.h5": "bold",
        "markdown.h6": "bold",
        "markdown.code": "bold",
        "markdown.code_block": "none",
        "markdown.block_quote": "dim",
        "markdown.item.bullet": "bold",
        "markdown.item.number": "bold",
        "markdown.list": "none",
        "markdown.hr": "dim",
        "markdown.table.border": "dim",
        "markdown.table.header": "bold",
    }
)


@functools.cache
def parser() -> MarkdownIt:
    """Return the parser: no links, images, HTML, entities or definitions."""
    from markdown_it import MarkdownIt

    return (
        MarkdownIt("commonmark", {"html": False})
        .enable(["table", "strikethrough"])
        .disable(["link", "image", "autolink", "entity", "reference"])
    )


class Document:
    """A text that may grow, as laid-out lines; every text is made safe on its way in."""

    def __init__(self, text: str = "", *, as_markdown: bool = True) -> None:
        """Begin with `text`; laid out as written, wrapped only, without `as_markdown`."""
        self._closed: list[_Block] = []
        self._open = _Block("", as_markdown=as_markdown)
        self._as_markdown = as_markdown
        self._parts: list[str] = []
        if text:
            self.append(text)

    @property
    def text(self) -> str:
        """All of it, safe to show and to copy."""
        if len(self._parts) > 1:
            self._parts = ["".join(self._parts)]
        return self._parts[0] if self._parts else ""

    def append(self, text: str) -> None:
        """Add text at the end."""
        added = safe(text)
        self._parts.append(added)
        source = self._open.source + added
        if self._as_markdown:
            *closed, source = _blocks(source)
            self._closed += (_Block(part, as_markdown=True) for part in closed)
        self._open = _Block(source, as_markdown=self._as_markdown)

    def lines(self, width: int) -> list[Line]:
        """Return the lines at a width in cells, one blank line between blocks."""
        blocks = [block.lines(width) for block in (*self._closed, self._open)]
        found: list[Line] = []
        for block in blocks:
            if block:
                if found:
                    found.append([])
                found += block
        return found


class _Block:
    """One top-level block, laid out once per width."""

    __slots__ = ("_as_markdown", "_lines", "_width", "source")

    def __init__(self, source: str, *, as_markdown: bool) -> None:
        self.source = source
        self._as_markdown = as_markdown
        self._width = 0
        self._lines: list[Line] = []

    def lines(self, width: int) -> list[Line]:
        """Return the lines at a width."""
        if width != self._width:
            self._width = width
            self._lines = _laid_out(self.source, width, as_markdown=self._as_markdown)
        return self._lines


def _blocks(source: str) -> list[str]:
    """Cut a source before its last top-level block; before all of them where it has more.

    What follows can still change only the last block.
    """
    starts = [
        token.map[0]
        for token in parser().parse(source)
        if token.level == 0 and token.map is not None and token.nesting >= 0
    ]
    if len(starts) < 2:
        return [source]
    rows = source.splitlines(keepends=True)
    cuts = [0, *starts[1:], len(rows)]
    return ["".join(rows[start:end]) for start, end in pairwise(cuts)]


def _laid_out(source: str, width: int, *, as_markdown: bool) -> list[Line]:
    if not source.strip():
        return []
    console = _console()
    options = console.options.update(width=max(1, width), height=None)
    try:
        renderable = _rich(source) if as_markdown else Text(source.strip("\n"), overflow="fold")
        rows = console.render_lines(renderable, options, pad=False)
    except Exception:  # noqa: BLE001 - a reply whose Markdown cannot be laid out is shown as text
        rows = console.render_lines(Text(source, overflow="fold"), options, pad=False)
    return _trimmed(rows)


def _rich(source: str) -> Markdown:
    from rich.markdown import Markdown

    document = Markdown("", code_theme="ansi_dark", hyperlinks=False)
    document.parsed = parser().parse(source)
    return document


def _trimmed(rows: Iterable[Line]) -> list[Line]:
    """Drop blank lines at both ends and white space at the end of each line."""
    lines = [_rstripped(row) for row in rows]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _rstripped(row: Line) -> Line:
    line = list(row)
    while line:
        text, style, _ = line[-1]
        kept = text.rstrip()
        if kept:
            line[-1] = Segment(kept, style)
            break
        line.pop()
    return line


@functools.cache
def _console() -> Console:
    return Console(
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
        legacy_windows=False,
        theme=_THEME,
        style=Style.null(),
        _environ={},
    )
