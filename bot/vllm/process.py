"""The starter's end of a supervised process: start, watch, read its log, stop."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from gadfly.bot.errors import RespondentError
from gadfly.bot.foreign import legible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_SUPERVISOR = Path(__file__).with_name("supervisor.py")
_STOP_S = 40.0
_SHOWN_BYTES = 64 * 1024


class Process:
    """A command under a supervisor, which ends it with us whatever happens to us."""

    def __init__(self, command: Sequence[str], *, env: Mapping[str, str], log: Path) -> None:
        self.log = log
        self.pid: int | None = None
        """Process id, and group id, of the command; None until it has started."""
        self._reports = b""
        try:
            self._supervisor = subprocess.Popen(
                [sys.executable, "-I", str(_SUPERVISOR), str(log), *command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=dict(env),
                start_new_session=True,
            )
        except OSError as error:
            raise RespondentError(f"could not start a process: {error.strerror}") from error
        if self._supervisor.stdout is not None:
            os.set_blocking(self._supervisor.stdout.fileno(), False)

    def ended(self) -> bool:
        """Whether the command is gone or about to be; never blocks."""
        self._read_reports()
        return b"exited" in self._reports or self._supervisor.poll() is not None

    async def wait(self) -> None:
        """Wait until the command and all its descendants are gone."""
        await asyncio.to_thread(self._supervisor.wait)

    @property
    def survivors(self) -> int:
        """How many processes could not be ended; known after `stop`."""
        self._read_reports()
        found = re.search(rb"left (\d+)", self._reports)
        return int(found.group(1)) if found else 0

    async def stop(self) -> None:
        """End the command and all its descendants; idempotent.

        Cancelling does not keep them alive: the supervisor goes on by itself.
        """
        self.release()
        await asyncio.to_thread(self._finish)

    def release(self) -> None:
        """Have the supervisor end everything, without waiting for it."""
        if self._supervisor.stdin is not None:
            with contextlib.suppress(OSError):
                self._supervisor.stdin.close()

    def _finish(self) -> None:
        try:
            self._supervisor.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            self._supervisor.kill()
            self._supervisor.wait()
        out = self._supervisor.stdout
        if out is None or out.closed:
            return
        self._read_reports()
        out.close()
        if self._supervisor.returncode < 0 and self.pid is not None:
            # Somebody killed the supervisor: do its work.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)

    def _read_reports(self) -> None:
        pipe = self._supervisor.stdout
        if pipe is None or pipe.closed:
            return
        with contextlib.suppress(BlockingIOError):
            while piece := os.read(pipe.fileno(), 4096):
                self._reports += piece
        if self.pid is None and (found := re.search(rb"started (\d+)\n", self._reports)):
            self.pid = int(found.group(1))

    def head(self) -> list[str]:
        """Return the first lines of the log, fit to be shown."""
        return self._lines(0)

    def tail(self) -> list[str]:
        """Return the last lines of the log, fit to be shown."""
        try:
            return self._lines(max(0, self.log.stat().st_size - _SHOWN_BYTES))
        except OSError:
            return []

    def _lines(self, start: int) -> list[str]:
        try:
            with self.log.open("rb") as file:
                file.seek(start)
                text = file.read(_SHOWN_BYTES).decode("utf-8", "replace")
        except OSError:
            return []
        lines = (legible(line).rstrip() for line in text.splitlines())
        return [line for line in lines if line]
