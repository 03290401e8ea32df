"""Widgets that say when the room for what they show is another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message
from textual.widgets import Static

if TYPE_CHECKING:
    from textual import events
    from textual.widget import Widget


class Resized(Message):
    """A widget got a size, the first or another: lines cut to fit it are to be cut anew."""

    def __init__(self, widget: Widget) -> None:
        super().__init__()
        self.widget = widget

    @property
    def control(self) -> Widget:
        """The widget."""
        return self.widget


class CutStatic(Static):
    """Text that its screen cuts to the room there is."""

    def on_resize(self, event: events.Resize) -> None:
        """Say so."""
        if event.size:
            self.post_message(Resized(self))
