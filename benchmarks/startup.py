"""Start-up of the command: wall time of `gadfly --help`, and of `gadfly report` of a small run.

Beside them a bare interpreter, and one that imports what every report needs: NumPy and SciPy.
Modules are compiled before, as an installation leaves them.

    python -m benchmarks.startup [--repeats N]
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

BAR_MS = 200.0
_GADFLY = "from gadfly.eval.cli import main; main()"
_NUMERICS = "import numpy, scipy.stats"


def main() -> int:
    """Print medians and the bar; 1 if it is missed."""
    from support.runs import ask

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=20)
    repeats = parser.parse_args().repeats
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "run"
        trials = ask("sim:calibrated", folder, suite="smoke")
        commands = {
            "help": [sys.executable, "-c", _GADFLY, "--help"],
            "bare": [sys.executable, "-c", "pass"],
            "report": [sys.executable, "-c", _GADFLY, "report", str(folder)],
            "numerics": [sys.executable, "-c", _NUMERICS],
        }
        env = as_installed(Path(temporary))
        for command in commands.values():
            wall_ms(command, env)
        ms = {
            name: statistics.median(wall_ms(command, env) for _ in range(repeats))
            for name, command in commands.items()
        }
    print(
        f"gadfly --help {ms['help']:.0f} ms (bar {BAR_MS:.0f}), "
        f"bare interpreter {ms['bare']:.0f} ms, ratio {ms['help'] / ms['bare']:.1f}"
    )
    print(
        f"gadfly report of {len(trials)} trials {ms['report']:.0f} ms, "
        f"NumPy and SciPy alone {ms['numerics']:.0f} ms, ratio {ms['report'] / ms['numerics']:.1f}"
    )
    return 0 if ms["help"] < BAR_MS else 1


def as_installed(folder: Path) -> dict[str, str]:
    """Return our environment with modules compiled once and kept in a folder."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**env, "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}


def wall_ms(command: list[str], env: Mapping[str, str]) -> float:
    """Return the wall time of one run."""
    began = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env=env)
    return 1000 * (time.perf_counter() - began)


if __name__ == "__main__":
    sys.exit(main())
