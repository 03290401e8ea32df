"""Commands as processes of their own, forked from one that has everything imported.

A process of Python that imports Gadfly takes a second; hundreds of them are needed here. Each fork
is a process like any other: its own id, session, files and signals.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import orjson

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

PATIENCE_S = 60.0
IMPORTED = (
    "gadfly.bot.server",
    "gadfly.eval.cli.report",
    "gadfly.eval.cli.run",
    "gadfly.eval.judging.dialogues",
    "gadfly.eval.judging.sheet",
    "gadfly.eval.judging.stage",
    "gadfly.eval.judging.summary",
    "gadfly.eval.report_json",
    "gadfly.eval.session",
)
"""What a run needs, imported once for all."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left behind."""

    code: int
    """Exit code; the negative number of the signal that killed it."""
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, as JSON."""
        return orjson.loads(self.out)


@dataclass(slots=True)
class Process:
    """A command that is running."""

    pid: int
    _commands: Commands
    _out: Path
    _err: Path
    _code: int | None = None

    def poll(self) -> int | None:
        """Return its exit code, None while it runs."""
        if self._code is None:
            self._code = self._commands.ask({"poll": self.pid})
        return self._code

    def send(self, number: signal.Signals) -> None:
        """Send it a signal."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def wait(self, seconds: float = PATIENCE_S) -> Done:
        """Wait until it has ended and left nobody behind in its session."""
        until(lambda: self.poll() is not None, seconds)
        until(lambda: not _has_group(self.pid), 5.0)
        code = self.poll()
        assert code is not None
        out, err = (f.read_text() if f.exists() else "" for f in (self._out, self._err))
        return Done(code, out, err)

    def kill(self) -> None:
        """Kill it without a word, and wait until it is gone."""
        self.send(signal.SIGKILL)
        self.wait()


class Commands:
    """Starts commands; a context manager. Their working folder is `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._count = 0

    def __enter__(self) -> Self:
        self._parent = subprocess.Popen(
            [sys.executable, "-m", "support.processes"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ
            | {"OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        return self

    def __exit__(self, *_: object) -> None:
        with self._parent:
            assert self._parent.stdin is not None
            self._parent.stdin.close()
            self._parent.wait(PATIENCE_S)

    def ask(self, request: dict[str, Any]) -> Any:
        """Have the parent of all do something, and return what it answers."""
        assert self._parent.stdin is not None
        assert self._parent.stdout is not None
        self._parent.stdin.write(json.dumps(request) + "\n")
        self._parent.stdin.flush()
        return json.loads(self._parent.stdout.readline())

    def start(
        self,
        *args: object,
        env: Mapping[str, str] | None = None,
        before: str = "",
        folder: Path | None = None,
    ) -> Process:
        """Start `gadfly ARGS`; `before` is Python that runs in its process before anything."""
        self._count += 1
        out, err = (self.folder / f"{self._count}.{name}" for name in ("out", "err"))
        pid = self.ask(
            {
                "args": [str(arg) for arg in args],
                "env": dict(env or {}),
                "before": before,
                "folder": str(folder or self.folder),
                "out": str(out),
                "err": str(err),
            }
        )
        return Process(pid, self, out, err)

    def run(self, *args: object, **how: Any) -> Done:
        """Run `gadfly ARGS` to its end."""
        return self.start(*args, **how).wait()


def until(what: Callable[[], bool], seconds: float = PATIENCE_S) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.002)


def _has_group(pid: int) -> bool:
    """Return whether anybody is left of the session a process began."""
    try:
        os.killpg(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _become(request: dict[str, Any]) -> None:
    """Turn this fork into the command."""
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(request["folder"])
    os.environ.update(request["env"])
    new = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    for name, place in ((os.devnull, 0), (request["out"], 1), (request["err"], 2)):
        handle = os.open(name, os.O_RDONLY if place == 0 else new, 0o600)
        os.dup2(handle, place)
        os.close(handle)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - for good
    sys.argv = ["gadfly", *request["args"]]
    exec(request["before"], {})


def _poll(pid: int) -> int | None:
    found, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if found else None


def _serve() -> None:
    """Fork a command for each request on stdin; returns in the fork, or when stdin ends."""
    while line := sys.stdin.readline():
        request = json.loads(line)
        if "poll" in request:
            answer: int | None = _poll(request["poll"])
        else:
            answer = os.fork()
            if answer == 0:
                _become(request)
                from gadfly.eval.cli import main

                main()
        print(json.dumps(answer), flush=True)  # noqa: T201 - how it answers


if __name__ == "__main__":
    for name in IMPORTED:
        importlib.import_module(name)
    importlib.import_module("gadfly.scenarios.catalogue").library()
    _serve()
