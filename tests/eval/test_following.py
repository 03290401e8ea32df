"""Runs seen from outside: what state they are in, and what is new in them."""

from __future__ import annotations

import asyncio
import os
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.runs import ask
from support.trials import heard, trial

from gadfly.eval.following import Follower, is_run, look, runs_in
from gadfly.eval.launching import LOG
from gadfly.eval.manifest import FILE as MANIFEST
from gadfly.eval.record import Failure
from gadfly.eval.store import FILE, Store, writer_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small run that is over."""
    folder = tmp_path_factory.mktemp("runs") / "one"
    ask("sim:calibrated", folder, "repeat", suite="smoke", limit=2)
    return folder


@pytest.fixture
def run(finished: Path, tmp_path: Path) -> Path:
    """A copy of it to do things to."""
    return shutil.copytree(finished, tmp_path / "run")


def unfinish(run: Path, *, failing: bool = False) -> None:
    """Take a trial out of a run, or put a broken one in its place."""
    store = Store.create(run)
    record = store.trials()[0]
    with store.db:
        store.db.execute("DELETE FROM trials WHERE key = ?", (bytes.fromhex(record.key),))
    if failing:
        failure = Failure(stage="subject", error_type="TransportError", message="gone")
        asyncio.run(
            store.put_trial(replace(trial("made.f", "repeat", failure=failure), key=record.key))
        )
    store.close()


def test_a_finished_run_is_finished(run: Path) -> None:
    """All trials done and nobody writing: finished, with its model and suite."""
    view = look(run)
    assert (view.state, view.writer, view.problem) == ("finished", None, "")
    assert view.finished == view.planned > 0
    assert (view.suite, view.model) == ("smoke", "sim:calibrated")


def test_a_run_somebody_writes_is_running(run: Path) -> None:
    """The process that holds the lock is named, and looking does not take it away."""
    store = Store.create(run)
    assert look(run).state == "running"
    assert look(run).writer == os.getpid() == writer_of(run)
    store.close()
    assert look(run).state == "finished"
    Store.create(run).close()


def test_a_dead_writer_is_nobody(run: Path) -> None:
    """A lock file that names a process which is gone means that nobody writes."""
    (run / "lock").write_text(" pid 999999999")
    assert writer_of(run) is None


@pytest.mark.parametrize(("failing", "state"), [(False, "stopped"), (True, "failed")])
def test_a_run_that_ended_early_says_how(run: Path, *, failing: bool, state: str) -> None:
    """Without all its trials a run is stopped; with broken ones among them it failed."""
    unfinish(run, failing=failing)
    view = look(run)
    assert view.state == state
    assert view.failed == failing
    assert view.finished == view.planned - 1


def test_a_damaged_store_is_said(run: Path) -> None:
    """Bytes that are no database make the run unreadable, with the reason."""
    (run / FILE).write_bytes(b"not a database, not at all" * 200)
    view = look(run)
    assert view.state == "unreadable"
    assert "damaged" in view.problem or "not a" in view.problem


def test_an_older_schema_is_said(run: Path) -> None:
    """A store of another version is named as such."""
    store = Store.create(run)
    store.db.execute("PRAGMA user_version = 99")
    store.close()
    assert "schema 99" in look(run).problem


def test_a_run_that_died_at_its_start_shows_what_it_said(tmp_path: Path) -> None:
    """Without a manifest the last line of its log is the problem."""
    (tmp_path / LOG).write_text("opening\nerror: no server answered\n")
    assert (look(tmp_path).state, look(tmp_path).problem) == ("failed", "error: no server answered")


def test_run_folders_are_found(run: Path, tmp_path: Path) -> None:
    """Of a folder all runs in it, of a run itself; other folders are none."""
    (tmp_path / "other").mkdir()
    assert runs_in(tmp_path) == (run,)
    assert runs_in(run) == (run,)
    assert not is_run(tmp_path)


def test_a_follower_counts_as_the_report_does_and_reads_nothing_twice(run: Path) -> None:
    """Outcomes equal the profile's; what comes later is added."""
    from gadfly.eval.profile import profile_of

    follower = Follower(run)
    follower.follow()
    store = Store.create(run)
    records = store.trials()
    assert follower.outcomes == profile_of(records).outcomes
    assert len(follower.latest) == min(8, len(records))
    assert follower.seconds_left is None
    seen = (heard("refused", calls=("ab" * 16,)),)
    asyncio.run(store.put_trial(replace(records[0], observations=seen)))
    store.close()
    follower.follow()
    assert follower.outcomes["refused"] == 1
    assert follower.latest[0].key == records[0].key


def test_time_left_comes_from_the_rate_seen(run: Path) -> None:
    """Once trials end while following, the time left is known; at the end it is nothing."""
    unfinish(run)
    follower = Follower(run)
    follower.follow()
    ask("sim:calibrated", run, "repeat", suite="smoke", limit=2)
    follower.follow()
    assert follower.seconds_left == 0.0


def test_a_run_without_its_manifest_is_unreadable(run: Path) -> None:
    """A store alone does not say what was run."""
    (run / MANIFEST).unlink()
    assert look(run).state == "unreadable"
