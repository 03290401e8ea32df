"""Start-up of the command: wall time of `gadfly --help`, against a bare interpreter.

python -m benchmarks.startup [--repeats N]
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time

BAR_MS = 200.0


def main() -> int:
    """Print medians and the bar; 1 if it is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=20)
    repeats = parser.parse_args().repeats
    ours = [sys.executable, "-c", "import sys; sys.argv=['gadfly','--help'];"
            "from gadfly.eval.cli import main; main()"]  # fmt: skip
    bare = [sys.executable, "-c", "pass"]
    help_ms, bare_ms = (
        statistics.median(wall_ms(command) for _ in range(repeats)) for command in (ours, bare)
    )
    print(f"gadfly --help {help_ms:.0f} ms (bar {BAR_MS:.0f}), bare interpreter {bare_ms:.0f} ms")
    return 0 if help_ms < BAR_MS else 1


def wall_ms(command: list[str]) -> float:
    """Return the wall time of one run."""
    began = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return 1000 * (time.perf_counter() - began)


if __name__ == "__main__":
    sys.exit(main())
