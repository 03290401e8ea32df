"""Sheets: what opens over a screen and is closed with Esc."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from gadfly.tui.glyphs import glyphs
from gadfly.tui.text import safe

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.visual import VisualType

Answer = TypeVar("Answer")


class Sheet(ModalScreen[Answer | None]):
    """A framed box with a title and a line of keys; Esc closes it with None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", show=False),
    ]
    TITLE: ClassVar[str] = ""
    KEYS: ClassVar[str] = "Esc closes"
    SCOPED_CSS = False

    DEFAULT_CSS = """
    Sheet { align: center middle; background: $background 60%; }
    Sheet:ansi { background: ansi_default; }
    Sheet > #sheet {
        width: 96%;
        max-width: 100;
        height: auto;
        max-height: 90%;
        padding: 0 1;
        border: round $primary;
        border-title-color: $foreground;
        border-title-style: bold;
        border-subtitle-color: $foreground;
        background: $surface;
    }
    """

    def compose(self) -> ComposeResult:
        """Frame the body."""
        self.set_class(glyphs().is_ascii, "-ascii")
        with Vertical(id="sheet") as box:
            box.border_title = safe(self.title_text).replace("[", "\\[")
            box.border_subtitle = safe(self.keys_text).replace("[", "\\[")
            yield from self.compose_sheet()

    @property
    def title_text(self) -> str:
        """What stands in the frame."""
        return self.TITLE

    @property
    def keys_text(self) -> str:
        """What can be pressed."""
        return self.KEYS

    def compose_sheet(self) -> ComposeResult:
        """Compose what is inside the frame."""
        return iter(())

    def action_close(self) -> None:
        """Close without an answer."""
        self.dismiss(None)


class TextSheet(Sheet[None]):
    """A sheet that only shows something, scrolled with the usual keys."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("q,enter", "close", "Close", show=False)]

    DEFAULT_CSS = """
    TextSheet #text { height: auto; max-height: 100%; }
    TextSheet #text Static { height: auto; }
    """

    def __init__(self, title: str, content: VisualType) -> None:
        """Show `content`, which must be safe already."""
        super().__init__()
        self._title = title
        self._content = content

    @property
    def title_text(self) -> str:
        """What stands in the frame."""
        return self._title

    def compose_sheet(self) -> ComposeResult:
        """Compose the text."""
        with VerticalScroll(id="text"):
            yield Static(self._content)
