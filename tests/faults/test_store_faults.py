"""Disks, clocks, versions and other runners: finished work is kept, and the fix is named."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gadfly.eval.manifest import FILE as MANIFEST
from gadfly.eval.store import FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from support.fault_scene import Scene
    from support.processes import Done

    Mended = Callable[[Scene], Done]

JUMPS = """
import itertools, random, time
from datetime import datetime, tzinfo
import gadfly.bot.server.failure as failure

real, far = time.time, itertools.cycle((0, -3e8, 9e8))
time.time = lambda: real() + next(far)

class Jumping(datetime):
    @classmethod
    def now(cls, tz=None):
        return datetime.fromtimestamp(time.time(), tz)

failure.datetime = Jumping
"""
"""Makes the clock of the process jump by years, both ways, from one look to the next."""


def mounted(*options: str) -> None:
    """Mount something, or skip the test where that is not allowed."""
    try:
        done = subprocess.run(["mount", *options], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no mount here")
    if done.returncode:
        pytest.skip(f"mounting is not allowed here: {done.stderr.strip()}")


@contextmanager
def unmounting(folder: Path) -> Iterator[None]:
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def test_a_full_disk_is_named_and_gone_on_from(
    scene: Scene, mended: Mended, tmp_path: Path
) -> None:
    """It leaves with 4 and says to free some space; with space, the same command goes on."""
    if sys.platform != "linux":
        pytest.skip("a small disk is made with tmpfs, which Linux has")
    disk = tmp_path / "disk"
    disk.mkdir()
    scene.folder = disk / "run"
    mounted("-t", "tmpfs", "-o", "size=600k", "gadfly-test", str(disk))
    with unmounting(disk):
        done = scene.run()
        assert done.code == 4, done.err
        assert "full" in done.err
        assert "free some space and run the same command again" in done.err
        assert "Traceback" not in done.err
        subprocess.run(["mount", "-o", "remount,size=64m", disk], check=True)
        assert len(scene.committed) > 0
        mended(scene)


@pytest.mark.parametrize("kilobytes", [1, 60, 150])
def test_a_file_that_may_not_grow_is_named(kilobytes: int, scene: Scene, mended: Mended) -> None:
    """A quota that is reached at any size of the store leaves with 4, and nothing is lost."""
    limit = f"({kilobytes * 1000}, resource.RLIM_INFINITY)"
    done = scene.run(before=f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, {limit})")

    assert done.code == 4, done.err
    assert "run the same command again" in done.err
    ours = done.err.partition("Exception ignored in atexit")[0]  # coverage cannot write either
    assert "Traceback" not in ours
    mended(scene)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Make a folder read-only in a way that holds for root, too; or skip."""
    if os.geteuid():
        folder.chmod(0o500)
        for file in folder.iterdir():
            file.chmod(0o400)
        try:
            yield
        finally:
            folder.chmod(0o700)
            for file in folder.iterdir():
                file.chmod(0o600)
        return
    mounted("--bind", str(folder), str(folder))
    with unmounting(folder):
        mounted("-o", "remount,ro,bind", str(folder))
        yield


def test_a_read_only_folder_is_named_and_can_be_reported_on(scene: Scene, mended: Mended) -> None:
    """Nothing can be asked into it: 4, and --out is named. What is there is reported as ever."""
    first = scene.run()
    with read_only(scene.folder):
        asked = scene.run()
        report = scene.commands.run("report", scene.folder, "--json")
        shown = scene.commands.run("show", scene.folder)
    assert asked.code == 4
    assert "not writable" in asked.err
    assert "choose another --out" in asked.err
    assert report.code == 0, report.err
    assert report.out == first.out
    assert shown.code == 0, shown.err
    mended(scene)


def test_a_clock_that_jumps_changes_nothing(scene: Scene, mended: Mended) -> None:
    """Years forth and back, from one look to the next: same report, no long wait."""
    done = scene.run(before=JUMPS)

    assert done.code == 0, done.err
    mended(scene)


def test_a_second_runner_is_told_who_is_running(scene: Scene, mended: Mended) -> None:
    """It leaves with 4 and asks nothing; the first is not disturbed, and can be followed."""
    scene.server.switches.delay_s = 0.05
    first = scene.start("--concurrency", "8")
    scene.until_committed(10, first)
    asked = scene.server.asked
    second = scene.run()
    report = scene.commands.run("report", scene.folder, "--json")
    scene.server.switches.delay_s = 0.0

    assert second.code == 4
    assert f"is being written by another process (pid {first.pid})" in second.err
    assert "wait for it, or follow it with `gadfly report`" in second.err
    assert scene.server.asked > asked
    assert report.code == 0, report.err
    assert first.wait().code == 0
    assert set(scene.answered().values()) == {1}
    mended(scene)


def test_runners_that_start_together_are_one(scene: Scene, mended: Mended) -> None:
    """Of five that start at the same moment one runs; nothing is asked twice."""
    runners = [scene.start() for _ in range(5)]
    codes = sorted(runner.wait().code for runner in runners)

    assert codes[0] == 0
    assert set(codes) <= {0, 4}
    assert set(scene.answered().values()) == {1}
    mended(scene)


def test_a_store_of_the_first_runs_is_extended(scene: Scene, mended: Mended) -> None:
    """A store without the tables that came later is reported, and gone on with."""
    scene.run("--max-calls", "100")
    with closing(sqlite3.connect(scene.folder / FILE)) as db, db:
        db.execute("DROP TABLE propositions")
        db.execute("DROP TABLE verdicts")
    assert scene.commands.run("report", scene.folder, "--json").code == 0
    mended(scene)


@pytest.mark.parametrize("version", [0, 2, 99])
def test_a_store_of_another_schema_is_refused_with_the_way_out(version: int, scene: Scene) -> None:
    """Older or newer: 2, the version, what to do; and not a byte of it is changed."""
    scene.run("--max-calls", "100")
    with closing(sqlite3.connect(scene.folder / FILE)) as db:
        db.execute(f"PRAGMA user_version = {version}")
        db.execute("DROP TABLE plan")
    before = (scene.folder / FILE).read_bytes()
    for done in (scene.run(), scene.commands.run("report", scene.folder, "--json")):
        assert done.code == 2, done.err
        assert f"has schema {version}" in done.err
        assert "use the version that wrote it, or another --out" in done.err
    assert (scene.folder / FILE).read_bytes() == before


@pytest.mark.parametrize("fields", [{"schema_version": 2}, {"later": 1}])
def test_a_manifest_of_another_version_is_refused_with_the_way_out(
    fields: dict[str, int], scene: Scene
) -> None:
    """What this Gadfly does not know it does not guess."""
    scene.run("--max-calls", "100")
    path = scene.folder / MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text()) | fields))

    for done in (scene.run(), scene.commands.run("report", scene.folder, "--json")):
        assert done.code == 4
        assert "use the version that wrote it, or move the folder away and run again" in done.err


def test_output_that_finds_no_place_is_named(scene: Scene) -> None:
    """A full disk behind stdout is 4 and one line; the run itself is kept."""
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    done = scene.run(before="import os; os.dup2(os.open('/dev/full', os.O_WRONLY), 1)")

    assert done.code == 4
    assert "the disk is full: free some space" in done.err
    assert scene.commands.run("report", scene.folder).code == 0
