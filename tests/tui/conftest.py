"""Screens without a terminal: a folder for sessions, nothing of the machine's own."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from gadfly.eval.chat.sessions import Sessions

if TYPE_CHECKING:
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
