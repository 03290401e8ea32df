from __future__ import annotations

import asyncio
import os
import sys
from typing import TYPE_CHECKING

import pytest

from gadfly.bot.errors import RespondentError
from gadfly.bot.vllm.process import Process

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
from typing import Any


def started(folder: Path, *command: str) -> Process:
    """Run a command under a supervisor."""
    return Process(command, env=dict(os.environ), log=folder / "log")


def test_output_goes_to_the_log_without_control_characters(tmp_path: Path) -> None:
    """Both streams end up in the log, which is shown without terminal escapes."""
    code = r"import sys; print('one\x1b[31m red'); print('\ntwo\x07', file=sys.stderr)"

    async def main() -> list[str]:
        process = started(tmp_path, sys.executable, "-c", code)
        await process.wait()
        assert process.ended()
        await process.stop()
        return process.tail()

    assert sorted(asyncio.run(main())) == ["one red", "two"]


def test_only_the_ends_of_a_long_log_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Head and tail are bounded, whatever a server writes."""
    monkeypatch.setattr("gadfly.bot.vllm.process._SHOWN_BYTES", 20)
    code = "print('first line'); print('x' * 9000); print('last line')"

    async def main() -> Process:
        process = started(tmp_path, sys.executable, "-c", code)
        await process.wait()
        await process.stop()
        return process

    process = asyncio.run(main())

    assert process.head()[0] == "first line"
    assert process.tail()[-1] == "last line"
    assert sum(map(len, process.tail())) <= 20


def test_a_command_that_cannot_run_has_ended(tmp_path: Path) -> None:
    """A missing program is noticed like any other end."""

    async def main() -> Process:
        process = started(tmp_path, str(tmp_path / "missing"))
        await process.wait()
        assert process.ended()
        await process.stop()
        return process

    process = asyncio.run(main())

    assert process.pid is None
    assert process.survivors == 0
    assert process.tail() == []


def test_a_log_that_is_gone_is_empty(tmp_path: Path) -> None:
    """A deleted log is no reason to fail."""

    async def main() -> Process:
        process = started(tmp_path, "true")
        await process.wait()
        await process.stop()
        return process

    process = asyncio.run(main())
    process.log.unlink()

    assert process.tail() == process.head() == []


def test_an_interpreter_that_is_gone_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When not even the supervisor can be started there is an error."""
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))

    with pytest.raises(RespondentError, match="could not start a process"):
        started(tmp_path, "true")


def test_a_stuck_supervisor_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wait: Callable[[Any], bool]
) -> None:
    """A supervisor that does not finish in time is killed and its work done for it."""
    monkeypatch.setattr("gadfly.bot.vllm.process._STOP_S", 0.3)
    code = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
        "print('up', flush=True); time.sleep(600)"
    )

    async def main() -> int | None:
        process = started(tmp_path, sys.executable, "-c", code)
        while not process.tail():
            process.ended()
            await asyncio.sleep(0)
        await process.stop()
        return process.pid

    group = asyncio.run(main())

    def is_gone() -> bool:
        try:
            os.killpg(group or 0, 0)
        except ProcessLookupError:
            return True
        return False

    assert group is not None
    assert wait(is_gone)
