"""A finished run of every probe on made-up families, for exports of every kind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.sample import FILE as SAMPLE


def gadfly(*args: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the command as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "gadfly.eval.cli", *args],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={**os.environ, "COLUMNS": "100"},
    )


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run folder; nothing may write to it."""
    folder = tmp_path_factory.mktemp("shared") / "run"
    done = gadfly(
        *("run", str(SAMPLE), "--model", "sim:calibrated?noise=0.2", "--replicates", "2"),
        *("--readout", "sampled", "--out", str(folder), "--json"),
        folder=folder.parent,
    )
    assert done.returncode == 0, done.stderr
    (folder.parent / "report.json").write_text(done.stdout, encoding="utf-8")
    return folder
