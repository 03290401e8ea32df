"""Results as JSON on stdout, the same way from every command."""

from __future__ import annotations

from math import ceil

import click


def print_json(value: object) -> None:
    """Print plain values as indented JSON."""
    # Imported here: `gadfly --help` and plain output do without it.
    import orjson

    click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())


def size(count: int) -> str:
    """Return a number of bytes for people, rounded up: `940 kB`, `2.3 MB`."""
    kilo = ceil(count / 1e3)
    return f"{kilo} kB" if kilo < 1_000 else f"{ceil(count / 1e5) / 10:.1f} MB"
