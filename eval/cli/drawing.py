"""What subcommands that write pages and pictures have in common."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gadfly.eval.cli.output import size

if TYPE_CHECKING:
    from collections.abc import Callable


def drawing_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options for a page and for pictures."""
    html = click.option(
        "--html",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Write a page to FILE that opens offline; needs gadfly[html].",
        metavar="FILE",
    )
    png = click.option(
        "--png",
        type=click.Path(path_type=Path, file_okay=False),
        help="Write the figures as pictures into DIR; needs gadfly[html].",
        metavar="DIR",
    )
    return html(png(command))


def told(path: Path, here: int, trials: int) -> None:
    """Say what was written: where, how large, and with how many transcripts."""
    held = size(path.stat().st_size)
    click.echo(f"page: {path} ({held}, {here:,} of {trials:,} transcripts)", err=True)
