"""The help of a screen, made from the commands it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from gadfly.tui.commands import GLOBAL, shown_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gadfly.tui.commands import Command
    from gadfly.tui.glyphs import Glyphs


def help_content(about: str, commands: Iterable[Command], signs: Glyphs) -> Content:
    """Return keys, slash commands and signs as one text."""
    rows = [row for command in (*commands, *GLOBAL) if (row := _row(command)) is not None]
    seen = dict.fromkeys(rows)
    parts = [Content(about.strip()), Content("")] if about else []
    parts += [Content.styled("Keys and commands", "bold"), *(_line(*row) for row in seen)]
    parts += [
        Content(""),
        Content.styled("Signs", "bold"),
        Content(
            f"{signs.measured} measured  {signs.range} its 95 % range  {signs.selected} this turn  "
            f"{signs.unmeasured} not measured  {signs.pending} being measured  "
            f"{signs.failed} could not be read  {signs.neutral} takes no side"
        ),
    ]
    return Content("\n").join(parts)


def _row(command: Command) -> tuple[str, str, str] | None:
    keys = shown_key(command.key) if command.key else ""
    slash = f"/{command.slash} {command.takes}".strip() if command.slash else ""
    return (keys, slash, command.title) if keys or slash else None


def _line(keys: str, slash: str, title: str) -> Content:
    return Content.assemble((f"{keys:<18}", "bold $footer-key-foreground"), f"{slash:<22} ", title)
