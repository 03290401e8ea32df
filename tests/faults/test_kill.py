"""What is finished is never lost and never asked again, whatever kills the process."""

from __future__ import annotations

import subprocess
from random import Random
from typing import TYPE_CHECKING

import pytest
from support.fault_server import FaultServer
from support.openai_server import SimulantServer

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.fault_scene import Scene
    from support.processes import Done

    from gadfly.bot.simulant import Simulant

    Mended = Callable[[Scene], Done]

KILLS = 50
SEED = 20_261_122

DIES_AT = """
import os, signal
from gadfly.eval import store

class Dying:
    def __init__(self, db):
        self.db, self.left = db, {left}
    def execute(self, *args):
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self.left -= 1
        return self.db.execute(*args)
    def __enter__(self):
        return self.db.__enter__()
    def __exit__(self, *args):
        return self.db.__exit__(*args)

whole = store.{step}
store.{step} = lambda db: whole(Dying(db))
"""
"""Kills the process just before one of the statements by which a store is made."""


@pytest.mark.slow
def test_fifty_kills_lose_nothing_and_repeat_nothing(scene: Scene, mended: Mended) -> None:
    """Killed with SIGKILL at fifty random counts of committed calls, the run ends as if never.

    After each kill what was committed before is still there, and none of it was asked again.
    """
    rng = Random(SEED)
    scene.more = ("--replicates", "12")
    kept = scene.committed
    killed = 0
    while killed < KILLS:
        mark, target = len(scene.server.seen), sum(kept.values()) + rng.randint(1, 30)
        process = scene.start()
        scene.until_committed(target, process)
        if process.poll() is not None:
            break
        process.kill()
        killed += 1
        assert not kept.keys() & scene.answered(mark).keys()
        now = scene.committed
        assert kept.keys() <= now.keys()
        kept = now

    assert killed == KILLS
    assert len(kept) > KILLS
    mended(scene)


@pytest.mark.parametrize("n", [0, 1, 40, 200])
def test_a_killed_run_ends_as_if_nothing_had_happened(n: int, scene: Scene, mended: Mended) -> None:
    """Also where it is killed while it makes its store, or greets the server."""
    process = scene.start()
    scene.until_committed(n, process)
    process.kill()

    assert len(scene.committed) > 0 or n == 0
    mended(scene)


@pytest.mark.parametrize(
    ("step", "left"), [*(("_initialise", n) for n in (1, 3, 6, 10)), ("_extend", 1), ("_extend", 3)]
)
def test_an_interrupted_migration_is_made_again(
    step: str, left: int, scene: Scene, mended: Mended
) -> None:
    """Killed between any two statements that make or extend a store, the next start mends it."""
    done = scene.run(before=DIES_AT.format(step=step, left=left))
    assert done.code == -9

    if left in (3, 10):
        mended(scene)
    else:
        assert scene.run("--max-calls", "1").code == 3


def test_a_finished_run_makes_no_call(scene: Scene) -> None:
    """The same command on a finished run asks no question, though it greets the server."""
    first = scene.run()
    mark = len(scene.server.seen)
    asked = scene.server.asked

    again = scene.run()
    report = scene.commands.run("report", scene.folder, "--json")

    assert again.out == report.out == first.out
    assert not scene.answered(mark)
    assert scene.server.asked == asked


def test_a_server_killed_in_mid_run_is_gone_on_with(
    scene: Scene, mended: Mended, subject: Simulant
) -> None:
    """The socket closes with requests in flight; restarted, the same command goes on."""
    scene.server.switches.die_after = 60
    done = scene.run()
    assert done.code == 4
    assert "stopped answering" in done.err or "nothing answers" in done.err
    assert "restart it and run the same command again" in done.err
    assert "resume with:\n  gadfly run smoke" in done.err
    assert len(scene.committed) > 0

    healthy = scene.server
    with FaultServer(subject) as restarted:
        scene.server = restarted
        mended(scene)
    scene.server = healthy


def test_another_model_behind_the_same_address_is_refused(scene: Scene, subject: Simulant) -> None:
    """A server that meanwhile hosts something else is not asked; both are shown."""
    scene.run()
    with SimulantServer(subject, model="other") as replaced:
        spec = f"{replaced.url}#%s"
        how = ("run", "smoke", "--readout", "sampled", "--out", scene.folder, *scene.more)
        wrong_name = scene.commands.run(*how, "--model", spec % "simulant")
        stranger = scene.commands.run(*how, "--model", spec % "other")

    assert wrong_name.code == 2
    assert "other" in wrong_name.err
    assert stranger.code == 2
    assert "model: 'simulant' != 'other'" in stranger.err


def test_a_kill_leaves_nobody_behind(scene: Scene) -> None:
    """After SIGKILL no process of the run is left, its lock is free, and so is its port."""
    process = scene.start()
    scene.until_committed(20, process)
    process.kill()

    assert scene.run("--max-calls", "1").code == 3
    found = subprocess.run(
        ["ss", "-Htnp", "dst", f"127.0.0.1:{scene.server.port}"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert f"pid={process.pid}," not in found.stdout
