"""The help of a screen, made from the commands it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from gadfly.tui.commands import GLOBAL, mapped, shown_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gadfly.tui.commands import Command
    from gadfly.tui.glyphs import Glyphs


def help_page(
    about: str, commands: Iterable[Command], signs: Glyphs, keymap: Mapping[str, str]
) -> Group:
    """Return keys, the user's own among them, slash commands and signs as one page."""
    found = [_row(command) for command in mapped((*commands, *GLOBAL), keymap)]
    rows = Table.grid(padding=(0, 2, 0, 0))
    rows.add_column(style="bold", no_wrap=True)
    rows.add_column(no_wrap=True)
    rows.add_column()
    for row in dict.fromkeys(row for row in found if row is not None):
        rows.add_row(*(Text(cell) for cell in row))
    legend = (
        f"{signs.measured} measured   {signs.range} its range   {signs.selected} this turn   "
        f"{signs.neutral} takes no side   {signs.unmeasured} not measured   "
        f"{signs.pending} being measured   {signs.failed} could not be read"
    )
    return Group(
        *([Text(about), Text()] if about else []),
        Text("Keys and commands", "bold underline"),
        rows,
        Text(),
        Text("Signs", "bold underline"),
        Text(legend),
    )


def _row(command: Command) -> tuple[str, str, str] | None:
    keys = shown_key(command.key) if command.key else ""
    slash = f"/{command.slash} {command.takes}".strip() if command.slash else ""
    return (keys, slash, command.title) if keys or slash else None
