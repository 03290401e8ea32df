"""docs/instrument.md: the whole instrument check, as a page.

python -m benchmarks.instrument [--jobs N] [--out FILE] [--keep FILE]

Exits 1 where a cell is not as declared; the page is written all the same, and says so.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from gadfly.eval.cli.instrument import maker
from gadfly.eval.instrument.grid import Grid, checked
from gadfly.eval.instrument.page import page
from gadfly.eval.instrument.terminal import summary

OUT = Path(__file__).parents[1] / "docs" / "instrument.md"


def main() -> int:
    """Run the matrix and write the page."""
    parser = argparse.ArgumentParser(description="Write docs/instrument.md.")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--keep", type=Path, help="finished runs, to go on from")
    asked = parser.parse_args()
    done = checked(Grid(), maker(asked.jobs, asked.keep))
    asked.out.write_text(page(done), encoding="utf-8")
    print(summary(done))
    return 0 if done.standing == "pass" else 1


if __name__ == "__main__":
    sys.exit(main())
