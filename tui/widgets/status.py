"""The line above the prompt: what is going on, and the key that changes it."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from gadfly.tui.text import one_line


class StatusLine(Static):
    """One line; changing it lays nothing out again."""

    DEFAULT_CSS = """
    StatusLine { height: 1; padding: 0 1; color: $text-muted; text-wrap: nowrap;
        text-overflow: ellipsis; }
    StatusLine.-alert { color: $warning; text-style: bold; }
    """

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__("", id="status", markup=False)
        self._text = ""

    @property
    def text(self) -> str:
        """What it says."""
        return self._text

    def say(self, text: str, *, keys: str = "", alert: bool = False) -> None:
        """Show `text` (outside text is welcome) and, dim, the `keys` that bear on it."""
        self._text = one_line(f"! {text}" if alert else text, 300)
        self.set_class(alert, "-alert")
        shown = Content.assemble(self._text, (f"   {keys}", "dim") if keys else "")
        self.update(shown, layout=False)
