"""One message of a dialogue: a single widget, growing or finished."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from rich.segment import Segment
from rich.text import Text
from textual.message import Message as Event
from textual.strip import Strip
from textual.widget import Widget

from gadfly.tui.markdown import Document
from gadfly.tui.text import one_line, safe

if TYPE_CHECKING:
    from textual import events
    from textual.geometry import Size
    from textual.selection import Selection

    from gadfly.tui.markdown import Line

Speaker = Literal["user", "model", "note"]


class MessageView(Widget):
    """A head line (who, which turn, how it went) and the text under it.

    One widget however long the text: hundreds of them stay quick to restyle, and only the lines
    on screen are drawn. Text and head may come from outside.
    """

    DEFAULT_CSS = """
    MessageView {
        height: auto;
        width: 1fr;
        margin: 0 0 1 0;
        padding: 0 1;
        border-left: outer $secondary;
        color: $foreground;
    }
    MessageView.-model { border-left: outer $primary; }
    MessageView.-note { border-left: outer $panel; color: $text-muted; }
    MessageView.-selected { border-left: thick $accent; background: $boost; }
    MessageView.-ascii { border-left: ascii $secondary; }
    MessageView.-ascii.-selected { border-left: ascii $accent; border-right: ascii $accent; }
    """
    ALLOW_SELECT: ClassVar[bool] = True

    class Picked(Event):
        """The message was clicked."""

        def __init__(self, turn: int) -> None:
            super().__init__()
            self.turn = turn

    def __init__(  # noqa: PLR0913 - what a message shows
        self,
        text: str = "",
        *,
        number: int = 0,
        speaker: Speaker = "model",
        who: str = "",
        status: str = "",
        id: str | None = None,  # noqa: A002 - Textual's
        signs_ascii: bool = False,
    ) -> None:
        """Show `text` by `who` at turn `number`, with a word on how it went."""
        super().__init__(id=id, classes=f"-{speaker}{' -ascii' if signs_ascii else ''}")
        self.number = number
        self.turn_id = 0
        """Id of the turn shown, where it is one of a session."""
        self.speaker = speaker
        self.who = one_line(who, 60)
        self._status = one_line(status)
        self._document = Document(text, as_markdown=speaker == "model")
        self._lines: list[Line] = []
        self._laid_out_for = 0
        self._needle = ""

    @property
    def text(self) -> str:
        """The text as shown, safe to copy."""
        return self._document.text

    @property
    def status(self) -> str:
        """The words after the name."""
        return self._status

    def append(self, text: str) -> None:
        """Add to the end of the text."""
        self._document.append(text)
        self._again(layout=True)

    def replace(self, text: str) -> None:
        """Show another text."""
        self._document = Document(text, as_markdown=self.speaker == "model")
        self._again(layout=True)

    def shows(self, text: str) -> bool:
        """Say whether this is the text shown."""
        return self._document.text == safe(text)

    def set_who(self, who: str) -> None:
        """Show another name."""
        self._set_head(one_line(who, 60), self._status)

    def set_status(self, status: str) -> None:
        """Show other words after the name; costs no layout."""
        self._set_head(self.who, one_line(status))

    def _set_head(self, who: str, status: str) -> None:
        if (who, status) == (self.who, self._status):
            return
        had_head, self.who, self._status = self._has_head, who, status
        if had_head != self._has_head or not self._lines:
            self._again(layout=True)
        else:
            self._lines[0] = self._head()
            self.refresh(layout=False)

    def select(self, *, on: bool) -> None:
        """Mark this message as the one chosen, or no longer."""
        self.set_class(on, "-selected")

    def find(self, needle: str) -> bool:
        """Mark every place where `needle` stands ("" for none); say whether there is any."""
        self._needle = needle.lower()
        self.refresh(layout=False)
        return bool(needle) and self._needle in self.text.lower()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of lines at this width."""
        return len(self._at(width))

    def render_line(self, y: int) -> Strip:
        """Draw one line; only those on screen are asked for."""
        lines = self._at(self.size.width)
        if y >= len(lines):
            return Strip.blank(self.size.width, self.rich_style)
        line = self._marked(lines[y], y)
        strip = Strip(line).apply_style(self.rich_style).apply_offsets(0, y)
        return strip.extend_cell_length(self.size.width, self.rich_style)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return what the mouse selected."""
        text = "\n".join(_plain(line) for line in self._at(self.size.width))
        return selection.extract(text), "\n"

    def on_click(self, event: events.Click) -> None:
        """Tell that it was clicked."""
        self.post_message(self.Picked(self.turn_id))

    def _at(self, width: int) -> list[Line]:
        if width != self._laid_out_for:
            self._laid_out_for = width
            head = [self._head()] if self._has_head else []
            self._lines = [*head, *self._document.lines(width)]
        return self._lines

    @property
    def _has_head(self) -> bool:
        return bool(self.who or self._status)

    def _again(self, *, layout: bool) -> None:
        self._laid_out_for = 0
        self.clear_cached_dimensions()
        self.refresh(layout=layout)

    def _head(self) -> Line:
        name = f"{self.who} {self.number}" if self.number else self.who
        head = Text.assemble((name, "bold"), ("  ", ""), (self._status, "dim"))
        head.truncate(max(1, self._laid_out_for), overflow="ellipsis")
        return [segment for segment in head.render(self.app.console) if segment.text]

    def _marked(self, line: Line, y: int) -> Line:
        """Return a line with the selection and what was searched for marked in it."""
        selection = self.text_selection
        span = selection.get_span(y) if selection is not None else None
        plain = _plain(line) if span is not None or self._needle else ""
        hits = list(_hits(plain.lower(), self._needle)) if self._needle else []
        if span is None and not hits:
            return line
        text = Text.assemble(*((s.text, s.style or "") for s in line), end="")
        for start in hits:
            text.stylize("reverse", start, start + len(self._needle))
        if span is not None:
            start, end = span
            style = self.screen.get_component_rich_style("screen--selection")
            text.stylize(style, start, len(plain) if end == -1 else end)
        return [Segment(s.text, s.style) for s in text.render(self.app.console)]


def _plain(line: Line) -> str:
    return "".join(segment.text for segment in line)


def _hits(text: str, needle: str) -> list[int]:
    found: list[int] = []
    at = text.find(needle)
    while at >= 0:
        found.append(at)
        at = text.find(needle, at + len(needle))
    return found
