"""What all screens have: header strip, banner, footer, help, and a word when there is no room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from textual import on
from textual.containers import Container
from textual.screen import Screen
from textual.widgets import Footer, Static

from gadfly.tui.commands import Command, bindings, given
from gadfly.tui.text import safe
from gadfly.tui.widgets.banner import Banner
from gadfly.tui.widgets.header import HeaderStrip

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from gadfly.tui.app import GadflyApp

Severity = Literal["information", "warning", "error"]
RESTED_S = 0.1
"""So long after its first frame a screen is left alone: until then what else there is would only
hold it up."""
LEAST = (60, 16)
"""Columns and rows below which a screen says so instead of falling to pieces."""


class ScreenBase(Screen[None]):
    """One of the five screens.

    A subclass names its `MODE`, lists what can be done in `ACTIONS` (its bindings, palette
    entries, slash commands and help come from there) and composes its body in `compose_body`.
    Style it in its `CSS`, and anything that depends on room with the classes on the screen:
    ``-narrow`` below 100 columns, else ``-wide``; ``-short`` below 30 rows, else ``-tall``. Rules
    on those must name the subclass: ``ChatScreen.-narrow #side {...}``.
    """

    MODE: ClassVar[str] = ""
    ACTIONS: ClassVar[tuple[Command, ...]] = ()
    HELP_TEXT: ClassVar[str] = ""
    """A few sentences of plain text at the top of the help."""
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it so
        (0, "-cramped"),
        (LEAST[0], "-narrow"),
        (100, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it so
        (0, "-flat"),
        (LEAST[1], "-short"),
        (30, "-tall"),
    ]
    SCOPED_CSS = False

    DEFAULT_CSS = """
    ScreenBase #too-small { display: none; padding: 1 2; width: 1fr; height: 1fr; }
    ScreenBase #body { width: 1fr; height: 1fr; }
    ScreenBase.-cramped #too-small, ScreenBase.-flat #too-small { display: block; }
    ScreenBase.-cramped #body, ScreenBase.-flat #body { display: none; }
    """

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Make the bindings from `ACTIONS`."""
        own: list[BindingType] = [*bindings(cls.__dict__.get("ACTIONS", ()))]
        cls.BINDINGS = [*cls.__dict__.get("BINDINGS", ()), *own]
        super().__init_subclass__(**kwargs)

    @property
    def gadfly(self) -> GadflyApp:
        """The application, by its own type."""
        app = self.app
        from gadfly.tui.app import GadflyApp

        assert isinstance(app, GadflyApp)
        return app

    def compose(self) -> ComposeResult:
        """Compose header, banner, body and footer."""
        self._bindings = given(self._bindings, self.ACTIONS, self.gadfly.keymap)
        self.set_class(self.gadfly.glyphs.is_ascii, "-ascii")
        yield HeaderStrip(self.MODE)
        yield Banner()
        with Container(id="body"):
            yield from self.compose_body()
        yield Static(
            f"This terminal is too small.\n\nGadfly needs {LEAST[0]} columns and {LEAST[1]} rows; "
            "make the window larger.\nNothing is lost, and what was running goes on.",
            id="too-small",
            markup=False,
        )
        yield Footer(compact=True, show_command_palette=True)

    def compose_body(self) -> ComposeResult:
        """Compose what is between banner and footer."""
        return iter(())

    @property
    def header(self) -> HeaderStrip:
        """The strip; set its `about`."""
        return self.query_one(HeaderStrip)

    @property
    def banner(self) -> Banner:
        """The banner; `say` something or ""."""
        return self.query_one(Banner)

    @property
    def is_wide(self) -> bool:
        """Whether there is room for a side panel."""
        return self.size.width >= 100

    async def may_leave(self) -> bool:
        """Ask the user before the application ends, where there is need to; False stays.

        Runs in a worker, so it may wait for a sheet; lets go of what the screen holds.
        """
        return True

    def interrupt(self) -> bool:
        """Stop what is going on (Ctrl+C); False where there is nothing."""
        return False

    def once_painted(self, do: Callable[[], object]) -> None:
        """Do what takes the interpreter for itself a little after the first frame."""
        self.call_after_refresh(self.set_timer, RESTED_S, do)

    def toast(self, text: str, severity: Severity = "information") -> None:
        """Say something passing; outside text is welcome."""
        self.app.notify(safe(text), severity=severity, timeout=4, markup=False)

    @on(HeaderStrip.Chosen)
    def _go(self, message: HeaderStrip.Chosen) -> None:
        self.app.switch_mode(message.mode)
