"""Ctrl-C, TERM and a closed terminal: a clean end at any moment, and one command that resumes."""

from __future__ import annotations

import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from support.fault_server import Fault, since, stalled
from support.processes import until

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.fault_scene import Scene
    from support.processes import Done

    Mended = Callable[[Scene], Done]

INTERRUPTED = 130
SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


@pytest.mark.parametrize("number", SIGNALS)
@pytest.mark.parametrize("n", [1, 60])
def test_a_signal_stops_cleanly(
    n: int, number: signal.Signals, scene: Scene, mended: Mended
) -> None:
    """It leaves with 130, a kept store and the command that resumes; nothing on stdout."""
    process = scene.start()
    scene.until_committed(n, process)
    process.send(number)
    done = process.wait()

    assert done.code == INTERRUPTED, done.err
    assert "are finished and kept; resume with:\n  gadfly run smoke" in done.err
    assert "Traceback" not in done.err
    assert done.out == ""
    mended(scene)


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_ends_a_run_that_waits(
    number: signal.Signals, scene: Scene, mended: Mended
) -> None:
    """With every request in flight stalled it ends at once all the same."""
    scene.server.fault = Fault(misdeed=stalled, due=since(30))
    process = scene.start()
    until(lambda: scene.server.wrongs > 4)
    process.send(number)
    began = time.monotonic()
    done = process.wait()

    assert done.code == INTERRUPTED, done.err
    assert time.monotonic() - began < 30  # a request may take 120
    mended(scene)


def test_two_interrupts_are_no_worse_than_one(scene: Scene, mended: Mended) -> None:
    """An impatient second Ctrl-C leaves no traceback, no other code and no damage."""
    process = scene.start()
    scene.until_committed(30, process)
    process.send(signal.SIGINT)
    process.send(signal.SIGINT)
    done = process.wait()

    assert done.code == INTERRUPTED, done.err
    assert "Traceback" not in done.err
    mended(scene)


def test_an_interrupt_before_anything_has_begun(scene: Scene) -> None:
    """Ctrl-C while the server is being greeted is as short."""
    scene.server.switches.delay_s = 0.3
    process = scene.start()
    until(lambda: len(scene.server.seen) > 0)
    process.send(signal.SIGINT)
    done = process.wait()

    assert done.code == INTERRUPTED
    assert done.err.splitlines()[-1] == "interrupted"
    assert "Traceback" not in done.err


def test_a_run_under_nohup_outlives_its_terminal(scene: Scene, mended: Mended) -> None:
    """Where the hang-up is ignored it stays ignored."""
    process = scene.start(before="import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)")
    scene.until_committed(20, process)
    process.send(signal.SIGHUP)
    done = process.wait()

    assert done.code == 0, done.err
    mended(scene)


@pytest.mark.skipif(shutil.which("setsid") is None, reason="needs setsid to give it a terminal")
@pytest.mark.parametrize("is_slow", [False, True])
def test_a_closed_terminal_ends_the_run(is_slow: bool, scene: Scene, mended: Mended) -> None:
    """The terminal its bar is on goes away: it leaves with 130, with nobody left to be told."""
    if is_slow:
        scene.server.fault = Fault(misdeed=stalled, due=since(30))
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [
            "setsid", "--ctty", sys.executable, "-m", "gadfly.eval.cli", "run", "smoke", "--json",
            "--readout", "sampled", "--model", f"{scene.server.url}#simulant",
            "--out", str(scene.folder), *scene.more, "--concurrency", "8",
        ],
        stdin=slave, stdout=slave, stderr=slave,
    )  # fmt: skip
    os.close(slave)
    shown: list[bytes] = []
    until(lambda: shown.append(_read(master)) or scene.n_calls > 10)  # type: ignore[func-returns-value]  # drained meanwhile
    os.close(master)

    assert process.wait(60) == INTERRUPTED
    assert b"trials" in b"".join(shown)
    mended(scene)


def _read(handle: int) -> bytes:
    """Return what there is to read."""
    found, _, _ = select.select([handle], [], [], 0)
    return os.read(handle, 65536) if found else b""
