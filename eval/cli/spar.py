"""`gadfly spar`: argue with an opponent that holds a position and moves for reasons."""

from __future__ import annotations

from typing import Any

import click

from gadfly.eval.cli.talking import begin, sparring, talk_options


@click.command("spar")
@talk_options
def command(**values: Any) -> int:
    """Argue with an opponent that holds a position and moves for reasons, not for insistence.

    The same as `gadfly chat` with the sparring partner over the model (spar:MODEL). At the end,
    /debrief says what moved it and what you left unanswered.
    """
    values["model"] = sparring(values["model"])
    return begin("spar", values)
