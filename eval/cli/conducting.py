"""What subcommands that ask a whole plan have in common: the live line, and how they end."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypeVar

import click

from gadfly.eval.cli.progress import Watch
from gadfly.eval.cli.stopping import ended, same_command
from gadfly.eval.event import RunStarted

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from pathlib import Path

    from gadfly.eval.event import Event
    from gadfly.eval.runner import RunResult

T = TypeVar("T")


def watched(
    work: Callable[[Callable[[Event], None]], Coroutine[None, None, T]],
    folder: Path,
    *,
    total: int,
    what: str,
) -> T:
    """Run to the end; on any other ending say what is kept and how to resume.

    Args:
        work: Does it, and tells what happens.
        folder: Run folder, which keeps the command.
        total: Dialogues planned.
        what: What they are called.
    """
    from gadfly.eval.launching import keep_command

    done = False
    with Watch(total=total) as watch:

        def emit(event: Event) -> None:
            if isinstance(event, RunStarted):
                keep_command(folder, sys.argv[1:])
            watch(event)

        try:
            found = ended(work(emit))
            done = True
        finally:
            if not done and watch.started:
                click.echo(
                    f"{watch.finished} of {watch.total} {what} are finished and kept; resume "
                    f"with:\n  {same_command()}",
                    err=True,
                )
    return found


def exit_code(result: RunResult, *, what: str) -> int:
    """Return 0 where every dialogue is finished, else say why not and return 4."""
    if result.failed == 0:
        return 0
    click.echo(
        f"error: {result.failed} of {result.planned} {what} failed: {result.first_failure}\n"
        "finished work is kept; once mended, the same command tries only these again:\n"
        f"  {same_command()}",
        err=True,
    )
    return 4
