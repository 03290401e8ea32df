"""Results on stdout, the same way from every command."""

from __future__ import annotations

from math import ceil
from textwrap import wrap
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console


def print_json(value: object) -> None:
    """Print plain values as indented JSON."""
    # Imported here: `gadfly --help` and plain output do without it.
    import orjson

    click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())


def print_entry(console: Console, name: str, aside: str, *below: str) -> None:
    """Print what a list has under a name: a line about it, and texts indented below."""
    from rich.text import Text

    indent, width = " " * 4, console.width
    head, *rest = wrap(f"{name}  {aside}", width, subsequent_indent=indent)
    console.print(Text.assemble((head[: len(name)], "bold"), head[len(name) :]))
    for text in below:
        rest += wrap(text, width, initial_indent=indent, subsequent_indent=indent)
    for line in rest:
        console.print(Text(line))


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with what it counts.

    >>> counted(1, "hint"), counted(2, "family", "families")
    ('1 hint', '2 families')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def size(count: int) -> str:
    """Return a number of bytes for people, rounded up: `940 kB`, `2.3 MB`."""
    kilo = ceil(count / 1e3)
    return f"{kilo} kB" if kilo < 1_000 else f"{ceil(count / 1e5) / 10:.1f} MB"
