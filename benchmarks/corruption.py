"""500 random corruptions of a run folder: no gate on one leaves with 0 or 1.

Unless its verdict is the very same, byte for byte: then what was spoilt is nothing it rests on.

python -m benchmarks.corruption [N]
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


def main() -> int:
    """Spoil and gate; 1 if anything was believed that should not have been."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with tempfile.TemporaryDirectory() as at:
        folder = Path(at)
        for name, seed in (("baseline", 0), ("candidate", 1)):
            ask(
                MODEL, folder / name, "repeat", "persuasion",
                suite="full", limit=24, replicates=2, seed=seed,
            )  # fmt: skip
        codes: Counter[tuple[str, int]] = Counter()
        believed = []
        for gate in corrupted_gates(folder, n, Random(SEED)):
            codes[gate.how, gate.code] += 1
            if not gate.is_right:
                believed.append(gate)
                print(f"BELIEVED: {gate.what}, exit {gate.code}")
    for (how, code), count in sorted(codes.items()):
        print(f"{how:14} exit {code}  {count:4}")
    same = sum(count for (_, code), count in codes.items() if code in (0, 1, 3))
    print(
        f"{n} corruptions: {len(believed)} wrongly believed, {same} left the verdict as it was, "
        f"{n - same - len(believed)} refused"
    )
    return 1 if believed else 0


if __name__ == "__main__":
    sys.exit(main())
