"""Keeps a server from outliving whoever started it. Standard library only, run as a script.

    python supervisor.py LOG COMMAND...

Starts COMMAND in a session of its own, its output going to LOG, and ends the whole process group
when standard input reaches its end (the starter closed it, or died in any way, `kill -9`
included), when the starter is no longer the parent, on SIGTERM, or when the server itself exits.
Reports on standard output, one line each: ``started PID``, ``exited STATUS``, ``left N`` (processes
that could not be ended).

It must not sit in the same process as what it watches over, nor in the starter's session: then
one Ctrl-C or one kill would take both.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

GRACE_S = 5.0
"""Between asking and killing."""
_GONE_S = 10.0
_POLL_S = 0.1
_PR_SET_CHILD_SUBREAPER = 36


class Supervisor:
    """One server and its descendants."""

    def __init__(self, log: str, command: list[str]) -> None:
        self._parent = os.getppid()
        self._is_told_to_stop = False
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._stop)
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)
        _adopt_orphans()
        with Path(log).open("ab") as out:
            self._server = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        _report(f"started {self._server.pid}")

    def run(self) -> int:
        """Wait for a reason to stop, end everything, return 0 if nothing is left."""
        while not self._should_stop():
            pass
        if self._reaped():
            _report(f"exited {self._server.returncode}")
        else:
            with contextlib.suppress(ProcessLookupError):
                self._server.terminate()
            self._wait(GRACE_S)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._server.pid, signal.SIGKILL)
        self._wait(_GONE_S)
        left = self._end_runaways()
        _report(f"left {left}")
        return 1 if left else 0

    def _stop(self, *_: object) -> None:
        self._is_told_to_stop = True

    def _should_stop(self) -> bool:
        """Wait a moment for a reason to stop."""
        ready, _, _ = select.select([0], [], [], _POLL_S)
        has_ended = bool(ready) and not os.read(0, 4096)
        # A forked child of the starter may hold the other end of the pipe open after its death.
        is_orphan = os.getppid() != self._parent
        return has_ended or is_orphan or self._is_told_to_stop or self._reaped()

    def _reaped(self) -> bool:
        """Collect ended children, adopted ones too; return whether the server is among them."""
        with contextlib.suppress(ChildProcessError):
            while True:
                pid, status = os.waitpid(-1, os.WNOHANG)
                if not pid:
                    break
                if pid == self._server.pid:
                    self._server.returncode = os.waitstatus_to_exitcode(status)
        return self._server.returncode is not None

    def _group_lives(self) -> bool:
        self._reaped()
        try:
            os.killpg(self._server.pid, 0)
        except (ProcessLookupError, PermissionError):
            return False
        return True

    def _wait(self, seconds: float) -> None:
        """Wait until the group is gone."""
        until = time.monotonic() + seconds
        while self._group_lives() and time.monotonic() < until:
            time.sleep(0.05)

    def _end_runaways(self) -> int:
        """Kill descendants that had left the group; return how many processes live on."""
        until = time.monotonic() + _GONE_S
        while (left := _children()) and time.monotonic() < until:
            for pid in left:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.05)
            self._reaped()
        return len(left) + self._group_lives()


def _adopt_orphans() -> None:
    """Become the parent of orphaned descendants, so that none gets out of sight (Linux)."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _children() -> list[int]:
    """Return the children of this process, where the system tells."""
    me = os.getpid()
    try:
        text = Path(f"/proc/{me}/task/{me}/children").read_text(encoding="ascii")
        return [int(pid) for pid in text.split()]
    except OSError:
        return []


def _report(line: str) -> None:
    """Tell whoever started us, if still there."""
    with contextlib.suppress(OSError):
        os.write(1, f"{line}\n".encode())


def main(arguments: list[str]) -> int:
    """Run the command line `LOG COMMAND...`."""
    log, *command = arguments
    try:
        supervisor = Supervisor(log, command)
    except OSError as error:
        _report(f"failed {error.strerror or error}")
        return 2
    return supervisor.run()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
