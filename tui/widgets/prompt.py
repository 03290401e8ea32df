"""Where the user writes: Enter sends, Ctrl+J starts a line, nothing typed is ever lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea

from gadfly.tui.commands import Command, bindings
from gadfly.tui.text import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events


PROMPT: tuple[Command, ...] = (
    Command(id="prompt-newline", title="Start a line", action="newline",
            key="ctrl+j,shift+enter,alt+enter", where="prompt"),
    Command(id="prompt-complete", title="Complete a command", action="complete", key="tab",
            where="prompt"),
    Command(id="prompt-earlier", title="What was sent before", action="earlier", key="up",
            where="prompt"),
    Command(id="prompt-later", title="Back to the draft", action="later", key="down",
            where="prompt"),
    Command(id="prompt-editor", title="Edit the text in $EDITOR", action="editor", key="ctrl+g",
            where="prompt"),
)  # fmt: skip
"""Keys of the text box beside Enter."""


class Prompt(TextArea):
    """A growing text box with the history of what was sent."""

    DEFAULT_CSS = """
    Prompt {
        height: auto;
        min-height: 3;
        max-height: 10;
        border: tall $secondary;
        background: $surface;
        padding: 0 1;
    }
    Prompt:focus { border: tall $primary; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "send", "Send", key_display="⏎"),
        *bindings(PROMPT, "prompt"),
    ]

    class Sent(Message):
        """Enter was pressed; the text may be empty."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Written(Message):
        """The text changed."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(
        self,
        placeholder: str = "",
        *,
        complete: Callable[[str], str] | None = None,
        id: str | None = "prompt",  # noqa: A002 - Textual's
    ) -> None:
        """Show `placeholder` while empty; `complete` turns what stands there into more of it."""
        super().__init__(
            id=id, placeholder=placeholder, soft_wrap=True, tab_behavior="focus", compact=False
        )
        self._complete = complete
        self._sent: list[str] = []
        self._at: int | None = None
        self._draft = ""

    def remember(self, texts: Sequence[str]) -> None:
        """Put texts into the history, oldest first."""
        self._sent = [safe(text) for text in texts]
        self._at = None

    @property
    def sent(self) -> tuple[str, ...]:
        """What was sent, oldest first."""
        return tuple(self._sent)

    def put(self, text: str) -> None:
        """Show a text to be edited, the cursor at its end."""
        self.load_text(safe(text))
        self.move_cursor(self.document.end)

    def give_back(self, text: str) -> None:
        """Put a text that was not answered back, before anything typed since."""
        if text and self.text.strip() != text.strip():
            self.put(f"{text}\n{self.text}" if self.text.strip() else text)

    def clear_sent(self, text: str) -> None:
        """Empty the box and add `text` to the history."""
        if not self._sent or self._sent[-1] != text:
            self._sent.append(text)
        self._at = None
        self.load_text("")

    def action_send(self) -> None:
        """Hand the text over; whoever takes it empties the box."""
        self.post_message(self.Sent(self.text.strip()))

    def action_newline(self) -> None:
        """Start a line."""
        self.insert("\n")

    def action_complete(self) -> None:
        """Complete a command; else go on to what is focused next."""
        found = self._complete(self.text) if self._complete is not None else ""
        if found and found != self.text:
            self.put(found)
        elif not self.text.startswith("/"):
            self.screen.focus_next()

    def action_earlier(self) -> None:
        """Go up a line; on the first, to the prompt sent before."""
        if not self.cursor_at_first_line or not self._sent or self._at == 0:
            self.action_cursor_up()
            return
        if self._at is None:
            self._draft, self._at = self.text, len(self._sent)
        self._at -= 1
        self.put(self._sent[self._at])

    def action_later(self) -> None:
        """Go down a line; on the last, to the prompt sent after, at the end to the draft."""
        if self._at is None or not self.cursor_at_last_line:
            self.action_cursor_down()
            return
        self._at += 1
        if self._at >= len(self._sent):
            self._at = None
            self.put(self._draft)
        else:
            self.put(self._sent[self._at])

    def action_editor(self) -> None:
        """Edit the text in the user's editor."""
        from gadfly.tui.editor import edited

        text = edited(self.app, self.text)
        if text is not None:
            self.put(text)

    async def _on_key(self, event: events.Key) -> None:
        """Take Enter in its turn: as a binding it could overtake what was typed before it."""
        if event.key == "enter":
            event.prevent_default()
            event.stop()
            self.action_send()

    async def _on_paste(self, event: events.Paste) -> None:
        """Insert what was pasted, made safe; its line ends never send."""
        event.prevent_default()
        event.stop()
        if result := self._replace_via_keyboard(safe(event.text), *self.selection):
            self.move_cursor(result.end_location)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Tell that the text is another."""
        event.stop()
        self.post_message(self.Written(self.text))
