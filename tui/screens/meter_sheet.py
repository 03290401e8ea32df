"""All meters as a sheet, where there is no room for the panel."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from gadfly.tui.screens.sheet import Sheet
from gadfly.tui.widgets.meters import MeterPanel

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from gadfly.tui.glyphs import Glyphs
    from gadfly.tui.widgets.meters import Meters


class MeterSheet(Sheet[None]):
    """The panel, framed."""

    TITLE = "Meters"
    KEYS = "arrows and PgDn scroll, Esc closes"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll(1)", show=False),
        Binding("up,k", "scroll(-1)", show=False),
        Binding("pagedown,space", "scroll(10)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
    ]
    DEFAULT_CSS = """
    MeterSheet > #sheet { width: 76; height: 90%; }
    MeterSheet MeterPanel { width: 1fr; border-left: none; }
    """

    def __init__(self, signs: Glyphs, meters: Meters) -> None:
        """Show `meters` as they are now."""
        super().__init__()
        self._signs = signs
        self._meters = meters

    def compose_sheet(self) -> ComposeResult:
        """Compose the panel."""
        yield MeterPanel(self._signs)

    def on_mount(self) -> None:
        """Draw the meters."""
        self.query_one(MeterPanel).show(self._meters)

    def action_scroll(self, lines: int) -> None:
        """Scroll the panel."""
        self.query_one(MeterPanel).scroll_relative(y=lines, animate=False)
