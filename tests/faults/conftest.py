"""Commands, a server that can be made to misbehave, and what a run comes to undisturbed."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest
from support.fault_scene import SPEC, Scene
from support.fault_server import FaultServer
from support.processes import Commands

from gadfly.bot.simulant import simulant
from gadfly.scenarios.crib import library_crib

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from support.fault_scene import Readout
    from support.processes import Done

    from gadfly.bot.simulant import Simulant


@pytest.fixture(scope="session", autouse=True)
def terminal_lost() -> Iterator[None]:
    """Have a lost terminal end commands, also where the tests themselves run under nohup."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.fixture(scope="session")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commands]:
    """Start commands quickly."""
    with Commands(tmp_path_factory.mktemp("commands")) as ready:
        yield ready


@pytest.fixture(scope="session")
def subject() -> Simulant:
    """Who answers behind every server here."""
    return simulant(SPEC, library_crib())


@pytest.fixture
def scene(commands: Commands, subject: Simulant, tmp_path: Path) -> Iterator[Scene]:
    """A server in good health and an empty folder."""
    with FaultServer(subject) as server:
        yield Scene(commands, server, tmp_path / "run")


@pytest.fixture(scope="session")
def undisturbed(
    commands: Commands, subject: Simulant, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Scene], str]:
    """The report of a run of the same that nothing happens to."""
    known: dict[tuple[Readout, tuple[str, ...]], str] = {}

    def report(like: Scene) -> str:
        key = like.readout, like.more
        if key not in known:
            folder = tmp_path_factory.mktemp("undisturbed") / "run"
            with FaultServer(subject) as server:
                done = Scene(commands, server, folder, *key).run()
            assert done.code == 0, done.err
            known[key] = done.out
        return known[key]

    return report


@pytest.fixture
def mended(undisturbed: Callable[[Scene], str]) -> Callable[[Scene], Done]:
    """Finish a run on a server in good health, and hold it to what is asked of any resuming.

    Nothing that was committed is asked again, and the report is that of an undisturbed run.
    """

    def finish(scene: Scene) -> Done:
        before, mark = scene.committed, len(scene.server.seen)
        scene.server.fault = None
        done = scene.run()
        assert done.code == 0, done.err
        assert not before.keys() & scene.answered(mark).keys(), "asked again"
        after = scene.committed
        assert before.keys() <= after.keys(), "lost"
        assert set(after.values()) == {1}, "kept twice"
        assert done.out == undisturbed(scene)
        return done

    return finish
