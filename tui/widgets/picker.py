"""A sheet to choose one thing from a list by typing a part of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from gadfly.tui.screens.sheet import Sheet
from gadfly.tui.text import one_line, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One line to choose; everything shown may come from outside."""

    value: str
    """What the picker answers."""
    label: str
    detail: str = ""
    is_chosen: bool = False
    """Whether it is what holds now."""


class Picker(Sheet[str]):
    """Typing narrows the list; Enter answers with the line marked.

    With `free` the typed text itself may be the answer where nothing matches it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "move(8)", show=False),
        Binding("pageup", "move(-8)", show=False),
    ]
    KEYS = "type to narrow, Enter chooses, Esc closes"
    DEFAULT_CSS = """
    Picker Input { background: $panel; }
    Picker OptionList { height: auto; max-height: 16; border: none; background: $surface;
        text-wrap: nowrap; text-overflow: ellipsis; }
    Picker #empty { display: none; padding: 1 1; color: $text-muted; }
    """

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        *,
        hint: str = "",
        free: bool = False,
        empty: str = "Nothing matches.",
        search: Callable[[str], Sequence[Choice]] | None = None,
    ) -> None:
        """Offer `choices`; `search` finds others for a text, in place of matching labels."""
        super().__init__()
        self._title = title
        self._choices = choices
        self._hint = hint
        self._free = free
        self._empty = empty
        self._search = search
        self._shown: list[Choice] = []

    @property
    def title_text(self) -> str:
        """What stands in the frame."""
        return self._title

    def compose_sheet(self) -> ComposeResult:
        """Compose the text box and the list."""
        yield Input(placeholder=self._hint or "type to narrow", compact=True)
        yield OptionList()
        yield Static(self._empty, id="empty", markup=False)

    def on_mount(self) -> None:
        """List everything, with what holds now marked."""
        self._fill("")
        self.query_one(OptionList).can_focus = False
        at = next((i for i, c in enumerate(self._shown) if c.is_chosen), 0)
        if self._shown:
            self.query_one(OptionList).highlighted = at

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        self._fill(event.value)

    @on(Input.Submitted)
    def _choose(self, event: Input.Submitted) -> None:
        at = self.query_one(OptionList).highlighted
        if at is not None and at < len(self._shown):
            self.dismiss(self._shown[at].value)
        elif self._free and event.value.strip():
            self.dismiss(event.value.strip())

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._shown[event.option_index].value)

    def action_move(self, by: int) -> None:
        """Mark another line."""
        options = self.query_one(OptionList)
        if self._shown:
            at = options.highlighted or 0
            options.highlighted = max(0, min(len(self._shown) - 1, at + by))

    def _fill(self, text: str) -> None:
        if self._search is not None and text.strip():
            self._shown = list(self._search(text))
        else:
            words = text.lower().split()
            self._shown = [c for c in self._choices if _matches(c, words)]
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(_line(choice)) for choice in self._shown])
        if self._shown:
            options.highlighted = 0
        self.query_one("#empty").display = not self._shown
        options.display = bool(self._shown)


def _matches(choice: Choice, words: Sequence[str]) -> bool:
    text = f"{choice.label} {choice.detail} {choice.value}".lower()
    return all(word in text for word in words)


def _line(choice: Choice) -> Content:
    mark = "> " if choice.is_chosen else "  "
    parts = [Content(mark), plain(one_line(choice.label, 120), "bold" if choice.is_chosen else "")]
    if choice.detail:
        parts += [Content("  "), plain(one_line(choice.detail, 160), "dim")]
    return Content("").join(parts)
