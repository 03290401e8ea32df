"""Stopping cleanly: a terminated or closed terminal ends a command as Ctrl-C does."""

from __future__ import annotations

import asyncio
import contextlib
import shlex
import shutil
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from gadfly.bot.secret import STAR
from gadfly.eval.loop import run_loop

if TYPE_CHECKING:
    from collections.abc import Coroutine

T = TypeVar("T")


def ended(work: Coroutine[None, None, T]) -> T:
    """Run a coroutine to its end and return what came of it.

    Raises:
        KeyboardInterrupt: It was stopped: by Ctrl-C, or because its terminal was closed.
    """

    async def stoppable() -> T:
        stop_on_signals()
        return await work

    try:
        return run_loop(stoppable())
    except asyncio.CancelledError as e:
        raise KeyboardInterrupt from e


def stop_on_signals() -> None:
    """Cancel the running task on SIGTERM and SIGHUP, where platform and thread have them.

    What is ignored stays ignored: a command under `nohup` outlives its terminal.
    """
    task = asyncio.current_task()
    if task is None:
        return
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                asyncio.get_running_loop().add_signal_handler(number, task.cancel)


def same_command() -> str:
    """Return the command that is running, as it is to be typed to run it again.

    What may be secret in it is starred. A program that the shell would not find by its name, as in
    an environment that is not active, is named by its path.
    """
    from gadfly.eval.launching import starred

    given = sys.argv[1:]
    shown = starred(given)
    hint = "" if shown == given else f"  # with what is secret in place of {STAR}"
    return shlex.join([_program(Path(sys.argv[0])), *shown]) + hint


def _program(called: Path) -> str:
    """Return how `gadfly` is typed here."""
    if called.name != "gadfly" or not called.is_file():
        return "gadfly"
    found = shutil.which("gadfly")
    return "gadfly" if found and called.samefile(found) else str(called)
