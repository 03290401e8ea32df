"""A finished run of every probe on made-up families, for exports of every kind."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unittest import mock

import pytest
from support.sample import FILE as SAMPLE

from gadfly.eval.cli import main

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    returncode: int
    stdout: str
    stderr: str


def gadfly(*args: str, folder: Path) -> Done:
    """Run the command in a folder, in this process, with nobody at the keyboard."""
    out, err = io.StringIO(), io.StringIO()
    with (
        contextlib.chdir(folder),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        mock.patch.object(sys, "argv", ["gadfly", *args]),
        mock.patch.object(sys, "stdin", io.StringIO()),
        mock.patch.dict(os.environ, {"COLUMNS": "100"}),
        pytest.raises(SystemExit) as left,
    ):
        main()
    assert isinstance(left.value.code, int)
    return Done(left.value.code, out.getvalue(), err.getvalue())


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run folder; nothing may write to it."""
    folder = tmp_path_factory.mktemp("shared") / "run"
    done = gadfly(
        *("run", str(SAMPLE), "--model", "sim:calibrated?noise=0.2", "--replicates", "1"),
        *("--readout", "sampled", "--out", str(folder), "--json"),
        folder=folder.parent,
    )
    assert done.returncode == 0, done.stderr
    (folder.parent / "report.json").write_text(done.stdout, encoding="utf-8")
    return folder
