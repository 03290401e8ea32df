"""500 random corruptions of a run folder: no gate on one leaves with 0 or 1.

Unless its verdict is the very same, byte for byte: then what was spoilt is nothing it rests on.

PYTHONPATH=tests python -m benchmarks.corruption [N]
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random

from support.corruption import corrupted_gates
from support.runs import ask

SEED = 20_261_121
MODEL = "sim:calibrated?noise=0.3"
WORSE = "sim:calibrated?noise=0.3&capitulation=0.8"


def main() -> int:
    """Spoil and gate; 1 if anything was believed that should not have been."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with tempfile.TemporaryDirectory() as at:
        folder = Path(at)
        for name, model in (("baseline", MODEL), ("candidate", WORSE)):
            ask(
                model, folder / name, "repeat", "persuasion",
                suite="full", limit=24, replicates=2,
            )  # fmt: skip
        found = list(corrupted_gates(folder, n, Random(SEED)))
    believed = [gate for gate in found if not gate.is_right]
    kept = [gate for gate in found if gate.is_right and gate.code in (0, 1, 3)]
    for (how, code), count in sorted(Counter((g.how, g.code) for g in found).items()):
        print(f"{how:14} exit {code}  {count:4}")
    for gate in believed:
        print(f"BELIEVED: {gate.what}, exit {gate.code}")
    print(
        f"{n} corruptions: {len(believed)} wrongly believed; {len(kept)} of what no verdict rests "
        f"on: the same, byte for byte; {n - len(kept) - len(believed)} refused"
    )
    return 1 if believed else 0


if __name__ == "__main__":
    sys.exit(main())
