"""A spar in a real terminal (tmux), with a real model: said, forked, confronted, left, resumed.

PYTHONPATH=tests python -m benchmarks.spar_screen [--model SPEC] [--size 80x24] [--shots FOLDER]

Types what a user would type into `gadfly spar`, then into `gadfly chat`, where SmolLM2 is brought
to contradict itself and confronted with it; waits for what must come to the screen, and prints
how long each reply took and what the partner said it was doing. Exit code 1 where something did
not come. With --shots each screen is kept as text. SPEC is any model, SmolLM2 in process if not
given: `http://127.0.0.1:8000/v1` is one that a server answers for. Needs tmux.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from itertools import chain
from pathlib import Path

from support.spar_screen import Missing, Screen, contradict, walk


def main() -> int:
    """Walk through it; 1 where something did not come to the screen, 2 without tmux."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--model", default="smollm2")
    parser.add_argument("--size", default="80x24")
    parser.add_argument("--shots", type=Path)
    asked = parser.parse_args()
    if shutil.which("tmux") is None:
        print("needs tmux", file=sys.stderr)
        return 2
    screen = Screen(asked.size, asked.shots)
    with tempfile.TemporaryDirectory() as home:
        try:
            for line in chain(
                walk(screen, Path(home), asked.model), contradict(screen, Path(home), asked.model)
            ):
                print(f"  {line}", flush=True)
        except Missing as e:
            print(f"! {e}", file=sys.stderr)
            return 1
        finally:
            screen.close()
    print("  all of it came to the screen")
    return 0


if __name__ == "__main__":
    sys.exit(main())
