"""The benchmarks: each is listed and told of in the manual, and the engine's does what it says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
MANUAL = "".join(p.read_text(encoding="utf-8") for p in sorted((ROOT / "docs").glob("*.md")))


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_every_listed_benchmark_is_there_and_in_the_manual() -> None:
    """`python -m benchmarks` names modules that exist; some page of the manual has each."""
    names = [line.split()[0] for line in run().stdout.splitlines()]
    assert "engine" in names
    for name in names:
        assert (ROOT / "benchmarks" / f"{name}.py").is_file(), name
        assert re.search(rf"benchmarks[ ./]{name}\b", MANUAL), name


def test_a_wrong_name_or_stray_option_is_told() -> None:
    """Exit code 2, with what would have been right."""
    wrong = run("enginee")
    assert wrong.returncode == 2
    assert "known: startup" in wrong.stderr
    assert run("--repeats", "1").returncode == 2


def test_the_engine_asks_once_per_turn_over_a_socket() -> None:
    """A small round: each way makes four calls a dialogue, and prints rate, CPU and bars."""
    done = run("engine", "--dialogues", "20", "--repeats", "1", "--no-peer")
    assert re.search(r"^over a socket: 80 calls, [\d,]+/s .* ms CPU per call$", done.stdout, re.M)
    assert "bars: 5,000 calls/s, 0.20 ms" in done.stdout
    assert re.search(r"^the HTTP client alone: 80 calls", done.stdout, re.M)
    assert done.returncode in (0, 1)
