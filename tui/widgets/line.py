"""One line to type into, at the foot of a screen, shown only while something is asked."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input


class LineInput(Input):
    """Asks for a word or two: a filter, a path, what to find."""

    DEFAULT_CSS = """
    LineInput { display: none; }
    LineInput.-shown { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "give_up", "Close", show=False)]

    class Typed(Message):
        """What is being typed has changed."""

        def __init__(self, asked: str, text: str) -> None:
            super().__init__()
            self.asked = asked
            """What `ask` was called with."""
            self.text = text

    class Left(Message):
        """The line is closed."""

        def __init__(self, asked: str, text: str | None) -> None:
            super().__init__()
            self.asked = asked
            self.text = text
            """What was entered; None where the user gave up."""

    def __init__(self) -> None:
        """Begin hidden."""
        super().__init__(compact=True, select_on_focus=False)
        self._asks = ""

    def ask(self, what: str, placeholder: str, value: str = "") -> None:
        """Show the line and take the focus."""
        self._asks = what
        self.placeholder = placeholder
        self.value = value
        self.cursor_position = len(value)
        self.add_class("-shown")
        self.focus()

    def action_give_up(self) -> None:
        """Close without an answer."""
        self._close(None)

    def _close(self, text: str | None) -> None:
        self.remove_class("-shown")
        self.post_message(self.Left(self._asks, text))

    @on(Input.Changed)
    def _tell(self, event: Input.Changed) -> None:
        event.stop()
        if self.has_class("-shown"):
            self.post_message(self.Typed(self._asks, event.value))

    @on(Input.Submitted)
    def _enter(self, event: Input.Submitted) -> None:
        event.stop()
        self._close(event.value.strip())
