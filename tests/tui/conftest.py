"""Screens without a terminal: a folder for sessions, nothing of the machine's own."""

from __future__ import annotations

import shutil
import time
from typing import TYPE_CHECKING

import pytest
from support.leftovers import let_go
from support.runs import ask

from gadfly.eval.chat.sessions import Sessions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def _bare_terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("NO_COLOR", "TMUX", "SSH_CONNECTION", "SSH_TTY", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GADFLY_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("GADFLY_GLYPHS", "unicode")
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()


@pytest.fixture
def sessions(tmp_path: Path) -> Sessions:
    """Sessions of this test alone."""
    return Sessions(tmp_path / "sessions")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty working folder; runs started in it may outlive the screens that started them."""
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    let_go()


@pytest.fixture(scope="session")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished smoke run."""
    folder = tmp_path_factory.mktemp("made") / "smoke-one"
    ask("sim:calibrated", folder, suite="smoke", limit=3)
    return folder


@pytest.fixture
def run(asked: Path, here: Path) -> Path:
    """The run, under ./runs."""
    return shutil.copytree(asked, here / "runs" / asked.name)
