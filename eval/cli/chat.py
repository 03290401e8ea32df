"""`gadfly chat`: talk to a model, with meters beside the text."""

from __future__ import annotations

from typing import Any

import click

from gadfly.eval.cli.talking import begin, talk_options


@click.command("chat")
@talk_options
def command(**values: Any) -> int:
    """Talk to a model, as it is, with its stance, contradictions and repetition measured.

    On a terminal this opens the full screen; with --plain, or in a pipe, it talks line by line.
    Sessions are saved as they go: `gadfly resume` goes on with one, `gadfly sessions` lists them.
    """
    return begin("chat", values)
