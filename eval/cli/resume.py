"""`gadfly resume`: go on with a session."""

from __future__ import annotations

from typing import Any

import click

from gadfly.eval.cli.options import respondent_config, respondent_options
from gadfly.eval.cli.talking import go_on, screen_options


@click.command("resume")
@click.argument("session", default="")
@screen_options
@respondent_options
def command(session: str, plain: bool, no_mouse: bool, **values: Any) -> int:
    """Go on with a session: by id, the beginning of one, or title; the latest by default.

    On a terminal without SESSION the full screen shows the list to pick from.
    """
    return go_on(session, respondent_config(values), plain=plain, mouse=not no_mouse)
