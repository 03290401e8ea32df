"""Results as JSON on stdout, the same way from every command."""

from __future__ import annotations

import click


def print_json(value: object) -> None:
    """Print plain values as indented JSON."""
    # Imported here: `gadfly --help` and plain output do without it.
    import orjson

    click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())
