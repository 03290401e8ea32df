"""The application: five screens, one stack each, so that going elsewhere loses nothing."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App

from gadfly.tui.clipboard import copy
from gadfly.tui.commands import GLOBAL, Palette, bindings
from gadfly.tui.glyphs import glyphs
from gadfly.tui.help import help_content
from gadfly.tui.screens.base import ScreenBase
from gadfly.tui.screens.sheet import TextSheet
from gadfly.tui.themes import THEMES, first_theme, side_colours

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.binding import BindingType
    from textual.command import Provider
    from textual.screen import Screen


def _screen(module: str, name: str) -> Callable[[], Screen[None]]:
    def make() -> Screen[None]:
        found = getattr(importlib.import_module(f"gadfly.tui.screens.{module}"), name)
        made = found()
        assert isinstance(made, ScreenBase)
        return made

    return make


class GadflyApp(App[None]):
    """Gadfly in a terminal."""

    TITLE = "Gadfly"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {Palette}
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {
        "chat": _screen("chat", "ChatScreen"),
        "compare": _screen("compare", "CompareScreen"),
        "runs": _screen("runs", "RunsScreen"),
        "transcript": _screen("transcript", "TranscriptScreen"),
        "scenarios": _screen("scenarios", "ScenariosScreen"),
    }
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(GLOBAL)]
    CSS = """
    Footer { background: $panel; }
    ToastRack { offset-y: -4; }
    """

    def __init__(self, *, theme: str = "", mode: str = "chat") -> None:
        """Start in `mode`, in the named theme or the one that fits the terminal."""
        super().__init__()
        self._first_mode = mode
        self.glyphs = glyphs()
        for own in THEMES:
            self.register_theme(own)
        self.theme = first_theme(theme)
        self.animation_level = "none"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give every theme the two colours of the sides."""
        return side_colours(self.current_theme)

    def on_mount(self) -> None:
        """Go to the first screen."""
        self.switch_mode(self._first_mode)

    def action_mode(self, mode: str) -> None:
        """Go to a screen; sheets stay open over theirs."""
        self.switch_mode(mode)

    def action_help(self) -> None:
        """Show what can be done here."""
        screen = self.screen
        if isinstance(screen, ScreenBase):
            content = help_content(screen.HELP_TEXT, screen.ACTIONS, self.glyphs)
            self.push_screen(TextSheet("Help", content))

    def action_leave(self) -> None:
        """Quit."""
        self.exit()

    def copy_to_clipboard(self, text: str) -> None:
        """Copy by whatever way this terminal has, and say by which."""
        super().copy_to_clipboard(text)
        self.notify(copy(text), timeout=3, markup=False)
