"""Runs the command as a user would, in this process."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from support.processes import Done

from gadfly.eval.cli import command

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def gadfly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Callable[..., Done]:
    """Return a function that runs `gadfly …` in an empty working folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("GADFLY_DEBUG", raising=False)

    def go(*args: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["gadfly", *args])
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            command.main()
        said = capsys.readouterr()
        assert isinstance(left.value.code, int)
        assert "Traceback" not in said.err + said.out
        return Done(left.value.code, said.out, said.err)

    return go
