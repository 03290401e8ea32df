"""The strip at the top of every screen: where one can go, where one is, and with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from gadfly.tui.commands import GLOBAL, mapped, shown_key
from gadfly.tui.text import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events

MODES: tuple[tuple[str, str], ...] = (
    ("chat", "Spar"),
    ("compare", "Compare"),
    ("runs", "Runs"),
    ("transcript", "Transcript"),
    ("scenarios", "Scenarios"),
)
"""Name of the mode, its label."""


class HeaderStrip(Widget):
    """One line: the five screens on the left, what this one is about on the right."""

    DEFAULT_CSS = """
    HeaderStrip {
        dock: top;
        height: 1;
        background: $panel;
        color: $foreground;
    }
    """
    ALLOW_SELECT = False

    about: reactive[str] = reactive("")
    """Shown on the right, cut where there is no room; outside text is welcome."""

    class Chosen(Message):
        """A label was clicked."""

        def __init__(self, mode: str) -> None:
            super().__init__()
            self.mode = mode

    def __init__(self, mode: str) -> None:
        """Show `mode` as the one we are in."""
        super().__init__()
        self._mode = mode

    def _labels(self) -> list[tuple[str, str, str]]:
        """Return name, key and label of each mode; the first key where the user gave it several."""
        keymap: Mapping[str, str] = getattr(self.app, "keymap", {})
        keys = {command.id: command.key.split(",")[0] for command in mapped(GLOBAL, keymap)}
        return [(mode, shown_key(keys[f"mode-{mode}"]), label) for mode, label in MODES]

    def render(self) -> Content:
        """Lay both sides out in the width there is."""
        left = Content(" ").join(
            Content.assemble(
                (f" {key}", "bold $footer-key-foreground"),
                (f" {label} ", "reverse bold" if mode == self._mode else ""),
            )
            for mode, key, label in self._labels()
        )
        room = self.size.width - left.cell_length - 2
        if room < 4 or not self.about:
            return left
        right = Content(one_line(self.about, 400)).truncate(room, ellipsis=True)
        gap = self.size.width - left.cell_length - right.cell_length - 1
        return Content.assemble(left, " " * gap, right)

    def on_click(self, event: events.Click) -> None:
        """Tell which label was hit."""
        at = 0
        for mode, key, label in self._labels():
            width = len(f" {key} {label} ") + 1
            if at <= event.x < at + width:
                self.post_message(self.Chosen(mode))
                return
            at += width
