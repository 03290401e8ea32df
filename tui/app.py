"""The application: five screens, one stack each, so that going elsewhere loses nothing."""

from __future__ import annotations

import asyncio
import importlib
import os
import re
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App

from gadfly.bot.registry import DEFAULT
from gadfly.eval.chat.turn import Setup
from gadfly.tui.clipboard import copy
from gadfly.tui.commands import GLOBAL, Palette, bindings, given, shown_key
from gadfly.tui.glyphs import glyphs
from gadfly.tui.help import help_page
from gadfly.tui.screens.base import ScreenBase
from gadfly.tui.screens.sheet import TextSheet
from gadfly.tui.themes import COLOURLESS, THEMES, first_theme, side_colours

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.binding import Binding, BindingType
    from textual.command import Provider
    from textual.screen import Screen

    from gadfly.eval.chat.event import Event
    from gadfly.eval.chat.launch import Launch
    from gadfly.eval.chat.respondents import Respondents
    from gadfly.eval.chat.sessions import Sessions
    from gadfly.tui.talk import Talk


_NAMED = re.compile(r"escape|f\d+")
"""Keys the footer shows by their names."""


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
    Screen.-ascii Prompt { border: ascii $secondary; }
    Screen.-ascii Prompt:focus { border: ascii $primary; }
    Screen.-ascii MeterPanel { border-left: ascii $secondary; }
    Screen.-ascii > #sheet { border: ascii $primary; }
    Screen.-ascii FooterKey.-command-palette { border-left: ascii $secondary; }
    ToastRack { dock: top; align: right top; offset-y: 1; }
    """

    def __init__(
        self,
        launch: Launch | None = None,
        *,
        mode: str = "chat",
        sessions: Sessions | None = None,
        keymap: Mapping[str, str] | None = None,
    ) -> None:
        """Start in `mode`, doing what `launch` asks for; sessions are the user's own by default.

        `keymap` has keys of the user's own by the ids of commands (`tui.keymap`).
        """
        # Textual takes NO_COLOR out of the environment and chooses its filter by this argument.
        without = "NO_COLOR" in os.environ
        super().__init__(ansi_color=True if without else None)
        self.launch = launch
        self.keymap = dict(keymap or {})
        self.set_keymap(self.keymap)
        self._bindings = given(self._bindings, GLOBAL, self.keymap)
        self.is_started = False
        """Whether what `launch` asks for has been begun."""
        self._first_mode = mode
        self.glyphs = glyphs()
        self._sessions = sessions
        self._respondents: Respondents | None = None
        self._engine: asyncio.Task[object] | None = None
        for own in THEMES:
            self.register_theme(own)
        self.theme = COLOURLESS if without else first_theme(self.available_themes)
        self.animation_level = "none"

    @property
    def sessions(self) -> Sessions:
        """The user's sessions."""
        if self._sessions is None:
            from gadfly.eval.chat.sessions import Sessions

            self._sessions = Sessions()
        return self._sessions

    @property
    def respondents(self) -> Respondents:
        """The models of this process, shared by all screens."""
        if self._respondents is None:
            from gadfly.eval.chat.respondents import Respondents

            launch = self.launch
            self._respondents = Respondents() if launch is None else Respondents(launch.respondent)
        return self._respondents

    def new_talk(self, listen: Callable[[Event], None]) -> Talk:
        """Return a dialogue to be had, with the setup and question of the command line."""
        from gadfly.tui.talk import Talk

        launch = self.launch
        return Talk(
            setup=(launch.setup if launch is not None else None) or Setup(model=DEFAULT),
            listen=listen,
            app=self,
            topic=launch.topic if launch is not None else None,
            readout=launch.readout if launch is not None else None,
            blind=launch.blind if launch is not None else False,
            title=launch.title if launch is not None else "",
        )

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give every theme the two colours of the sides."""
        return side_colours(self.current_theme)

    def get_key_display(self, binding: Binding) -> str:
        """Return a key as the footer shows it: short, function keys as they are printed."""
        if binding.key == "enter" and self.glyphs.is_ascii:
            return "Enter"
        if binding.key_display is None and _NAMED.fullmatch(binding.key):
            return shown_key(binding.key)
        return super().get_key_display(binding)

    def on_mount(self) -> None:
        """Go to the first screen."""
        self.switch_mode(self._first_mode)
        screen = self.screen
        assert isinstance(screen, ScreenBase)
        screen.once_painted(self._load_engine)

    def _load_engine(self) -> asyncio.Task[object]:
        """Import what the first deed will need, in a thread; once."""
        if self._engine is None:
            self._engine = asyncio.get_running_loop().create_task(
                asyncio.to_thread(importlib.import_module, "gadfly.eval.chat.commands")
            )
        return self._engine

    async def engine_loaded(self) -> None:
        """Wait until the engine is imported."""
        await asyncio.shield(self._load_engine())

    def action_mode(self, mode: str) -> None:
        """Go to a screen; sheets stay open over theirs."""
        self.switch_mode(mode)

    def action_help(self) -> None:
        """Show what can be done here."""
        screen = self.screen
        if isinstance(screen, ScreenBase):
            page = help_page(screen.HELP_TEXT, screen.ACTIONS, self.glyphs, self.keymap)
            self.push_screen(TextSheet("Help", page))

    def action_leave(self) -> None:
        """Quit, asking first where something would be lost."""
        self.quit()

    def quit(self) -> None:
        """Quit, asking first where something would be lost; asked for twice, at once.

        Sessions are written as they grow, so nothing said is lost either way.
        """
        if any(worker.group == "leaving" and worker.is_running for worker in self.workers):
            self.exit()
            return
        self.run_worker(self._leave(), group="leaving", exit_on_error=False)

    async def _leave(self) -> None:
        for stack in tuple(self._screen_stacks.values()):
            base = stack[0] if stack else None
            if isinstance(base, ScreenBase) and not await base.may_leave():
                return
        if self._respondents is not None:
            await self._respondents.aclose()
        self.exit()

    def action_help_quit(self) -> None:
        """Ctrl+C with nothing selected: stop what is going on, else say how to quit."""
        screen = self.screen
        if not (isinstance(screen, ScreenBase) and screen.interrupt()):
            self.notify("Ctrl+Q quits.", timeout=3, markup=False)

    def copy_to_clipboard(self, text: str) -> None:
        """Copy by whatever way this terminal has, and say by which."""
        super().copy_to_clipboard(text)
        self.notify(copy(text), timeout=3, markup=False)
