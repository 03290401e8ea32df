"""Runs as processes: started, stopped, resumed, and what is kept of their command."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gadfly.bot.errors import ConfigError
from gadfly.eval import launching
from gadfly.eval.following import look
from gadfly.eval.launching import FILE, keep_command, kept_command, log_of
from gadfly.eval.store import Store, writer_of

if TYPE_CHECKING:
    from collections.abc import Callable

SMOKE = ("run", "smoke", "--model", "sim:calibrated", "--limit", "1")


def until(what: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)


def test_the_command_is_kept_without_secrets(tmp_path: Path) -> None:
    """Values of headers are not written in either spelling, and resuming then says why not."""
    keep_command(tmp_path, [*SMOKE, "--header", "Authorization: s3cret", "--header=X: s3cret"])
    assert "s3cret" not in (tmp_path / FILE).read_text()
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    with pytest.raises(ConfigError, match="--header, which may be secret"):
        kept_command(tmp_path)


def test_the_command_comes_back(tmp_path: Path) -> None:
    """Arguments and working folder are as they were."""
    keep_command(tmp_path, SMOKE)
    kept = kept_command(tmp_path)
    assert (kept.arguments, Path(kept.folder)) == (SMOKE, Path.cwd())


@pytest.mark.parametrize("text", [None, "{", '{"arguments": 1}'])
def test_without_a_command_nothing_is_resumed(tmp_path: Path, text: str | None) -> None:
    """A missing or broken file is an error that says what to do instead."""
    if text is not None:
        (tmp_path / FILE).write_text(text)
    with pytest.raises(ConfigError, match="once more in a shell"):
        launching.resume(tmp_path)


def test_a_started_run_finishes_by_itself_and_can_be_run_again(tmp_path: Path) -> None:
    """The process writes run and log; resumed, it finds everything finished."""
    run = tmp_path / "run"
    process = launching.start(SMOKE, run)
    assert process.wait(60) == 0
    assert look(run).state == "finished"
    assert any("Gadfly report" in line for line in log_of(run, lines=500))
    assert launching.resume(run).wait(60) == 0


def test_a_run_that_cannot_start_says_so_in_its_log(tmp_path: Path) -> None:
    """A wrong suite is in the log, and in the look at the folder."""
    run = tmp_path / "run"
    assert launching.start(["run", "nosuch"], run).wait(60) == 2
    assert look(run).state == "failed"
    assert "nosuch" in look(run).problem


def test_a_run_is_stopped_cleanly(tmp_path: Path) -> None:
    """After SIGTERM finished trials are kept, the lock is free, and the rest is not done."""
    run = tmp_path / "run"
    process = launching.start(
        ["run", "quick", "--model", "sim:calibrated", "--replicates", "400"], run
    )
    until(lambda: look(run).finished > 0)
    assert launching.stop(run) == process.pid
    assert process.wait(60) == 130
    assert writer_of(run) is None
    assert look(run).state == "stopped"


def test_only_running_runs_are_stopped(tmp_path: Path) -> None:
    """Where nobody writes there is nothing to stop; a running run is not started again."""
    with pytest.raises(ConfigError, match="is not running"):
        launching.stop(tmp_path)
    keep_command(tmp_path, SMOKE)
    store = Store.create(tmp_path)
    with pytest.raises(ConfigError, match="already running"):
        launching.resume(tmp_path)
    store.close()
