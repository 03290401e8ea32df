"""Runs as processes of their own: started, stopped and resumed by whoever shows them.

What is needed to resume a run is the command that started it; it is kept in the run folder,
without what may be secret.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from gadfly.bot.errors import ConfigError, StoreError
from gadfly.bot.secret import STAR, without_secrets
from gadfly.eval.store import writer_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FILE = "command.json"
LOG = "log.txt"

_WITHHELD = ("--header", "--vllm-arg")
"""Options whose values may be secret: never written anywhere."""


class KeptCommand(BaseModel):
    """The command that last ran a run, as `gadfly run` was given it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    arguments: tuple[str, ...]
    """After `gadfly`, without the options named in `withheld`."""
    folder: str
    """Working folder."""
    withheld: tuple[str, ...] = ()
    """What was given and is not kept, for it may be secret."""


def keep_command(run: Path, arguments: Sequence[str]) -> None:
    """Write down how a run was started, in its folder; readable by its owner only.

    Raises:
        StoreError: It cannot be written.
    """
    withheld = [n for n in _WITHHELD if any(a.partition("=")[0] == n for a in arguments)]
    given = [argument for argument, kind in _sorted_out(arguments) if kind == "open"]
    shown = [without_secrets(argument) for argument in given]
    if shown != given:
        withheld.append("a password or key in an address")
    kept = KeptCommand(arguments=tuple(shown), folder=str(Path.cwd()), withheld=tuple(withheld))
    path = run / FILE
    try:
        path.touch(mode=0o600)
        path.write_text(kept.model_dump_json(indent=2) + "\n", encoding="utf-8")
    except OSError as e:
        raise StoreError(f"cannot write {str(path)!r}: {e.strerror}") from e


def kept_command(run: Path) -> KeptCommand:
    """Return how a run was started.

    Raises:
        ConfigError: It is not known, or not all of it was kept.
    """
    again = "run the command that started it once more in a shell"
    try:
        kept = KeptCommand.model_validate_json((run / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError as e:
        raise ConfigError(f"how {run.name} was started is not kept: {again}") from e
    except (OSError, UnicodeDecodeError, ValidationError) as e:
        raise ConfigError(f"{str(run / FILE)!r} cannot be read: {again}") from e
    if kept.withheld:
        raise ConfigError(
            f"{run.name} was started with {' and '.join(kept.withheld)}, which may be secret and "
            f"is not kept: {again}"
        )
    return kept


def start(
    arguments: Sequence[str], run: Path, *, folder: Path | None = None
) -> subprocess.Popen[bytes]:
    """Start `gadfly ARGUMENTS --out RUN` as a process that outlives this one.

    What it says goes to `LOG` in the run folder.

    Raises:
        StoreError: The run folder or the log cannot be written.
    """
    run = run.resolve()
    try:
        run.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(run / LOG, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    except OSError as e:
        raise StoreError(f"cannot write to the run folder {str(run)!r}: {e.strerror}") from e
    try:
        return subprocess.Popen(
            [sys.executable, "-m", "gadfly.eval.cli", *arguments, "--out", str(run)],
            stdin=subprocess.DEVNULL,
            stdout=handle,
            stderr=subprocess.STDOUT,
            cwd=folder,
            start_new_session=True,
        )
    finally:
        os.close(handle)


def resume(run: Path) -> subprocess.Popen[bytes]:
    """Run the command of a run again: what is finished is kept, the rest is tried.

    Raises:
        ConfigError: How it was started is not known, or another process is running it.
        StoreError: The folder cannot be written.
    """
    kept = kept_command(run)
    if (pid := writer_of(run)) is not None:
        raise ConfigError(f"{run.name} is already running (pid {pid})")
    where = Path(kept.folder)
    return start(kept.arguments, run, folder=where if where.is_dir() else None)


def stop(run: Path) -> int:
    """Ask the process that writes a run to stop cleanly, and return its id.

    Raises:
        ConfigError: Nobody is running it, or it is not ours to stop.
    """
    pid = writer_of(run)
    if pid is None:
        raise ConfigError(f"{run.name} is not running")
    try:
        os.kill(pid, signal.SIGTERM)
    except OSError as e:
        raise ConfigError(f"process {pid} of {run.name} cannot be stopped: {e.strerror}") from e
    return pid


def log_of(run: Path, *, lines: int = 12) -> tuple[str, ...]:
    """Return the last lines a started run wrote; none where it wrote nothing."""
    try:
        with (run / LOG).open("rb") as file:
            file.seek(0, os.SEEK_END)
            file.seek(max(0, file.tell() - 200 * lines))
            text = file.read().decode("utf-8", "replace")
    except OSError:
        return ()
    return tuple(text.splitlines()[-lines:])


def starred(arguments: Iterable[str]) -> list[str]:
    """Return arguments with stars for what may be secret in them, to be shown."""
    found: list[str] = []
    for argument, kind in _sorted_out(arguments):
        if kind == "value":
            found.append(STAR)
        elif kind == "option":
            name, equals, _ = argument.partition("=")
            found.append(f"{name}={STAR}" if equals else name)
        else:
            found.append(without_secrets(argument))
    return found


def _sorted_out(
    arguments: Iterable[str],
) -> Iterable[tuple[str, Literal["open", "option", "value"]]]:
    """Yield arguments, each open, an option that may hold a secret, or the value of one."""
    is_value = False
    for argument in arguments:
        if is_value:
            is_value = False
            yield argument, "value"
            continue
        name, equals, _ = argument.partition("=")
        is_value = name in _WITHHELD and not equals
        yield argument, "option" if name in _WITHHELD else "open"
