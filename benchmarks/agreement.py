"""One model served two ways: in process, and by a vLLM server, with the same readout.

Runs a suite on both in float32, then compares them family by family: no paired difference may
be rejected at a false discovery rate of .05, and the mean |difference| may be 5 points. Needs
GADFLY_VLLM_PYTHON.

    python -m benchmarks.agreement [SUITE] [--limit N] [--keep FOLDER]
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from gadfly.bot.registry import SHORT_REPLIES, RespondentConfig
from gadfly.eval.gate.exploratory import exploratory
from gadfly.eval.gate.table import rows_of
from gadfly.eval.session import RunConfig, conduct, plan_of
from gadfly.eval.store import Store

if TYPE_CHECKING:
    from gadfly.eval.record import TrialRecord

BAR_POINTS = 5.0
LEVEL = 0.05
REPLY_TOKENS = SHORT_REPLIES["smollm2"]
"""Both sides must be cut alike."""


def main() -> int:
    """Run both sides, print every contrast and the verdict; 1 if a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("suite", nargs="?", default="quick")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--keep", type=Path, help="folder to keep both runs in")
    args = parser.parse_args()
    if not os.environ.get("GADFLY_VLLM_PYTHON"):
        print("set GADFLY_VLLM_PYTHON to an interpreter that has vLLM", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.keep or Path(temporary)
        sides = {}
        for spec in ("smollm2", "vllm:smollm2"):
            began = time.monotonic()
            sides[spec] = ask(spec, args.suite, args.limit, folder / spec.replace(":", "-"))
            print(f"{spec}: {len(sides[spec])} trials in {time.monotonic() - began:.0f} s")
    return judge(*sides.values())


def ask(spec: str, suite: str, limit: int | None, folder: Path) -> tuple[TrialRecord, ...]:
    """Run one side and return its trials."""
    config = RunConfig(
        suite=suite,
        model=spec,
        limit=limit,
        readout="likelihood",
        reply_tokens=REPLY_TOKENS,
        respondent=RespondentConfig(dtype="float32"),
    )
    plan, protocol = plan_of(config)
    asyncio.run(conduct(config, plan, protocol, folder, lambda event: None))
    store = Store.read(folder)
    try:
        return store.trials()
    finally:
        store.close()


def judge(first: tuple[TrialRecord, ...], second: tuple[TrialRecord, ...]) -> int:
    """Print the contrasts and whether both bars hold."""
    rows = (rows_of(sorted(records, key=lambda r: r.key)) for records in (first, second))
    found = [c for c in exploratory(*rows) if c.unit in ("probability", "rate", "points")]
    for c in found:
        print(
            f"{c.metric:<24}{c.arm:<16}{100 * (c.effect or 0.0):+7.1f} points  p {c.p:.3f}  "
            f"adjusted {c.p_adjusted:.3f}  {c.clusters} families"
        )
    mean = 100 * sum(abs(c.effect or 0.0) for c in found) / len(found)
    least = min(1.0 if c.p_adjusted is None else c.p_adjusted for c in found)
    print(f"mean |difference| {mean:.1f} points over {len(found)} contrasts (bar {BAR_POINTS})")
    print(f"least adjusted p {least:.3f} (bar: above {LEVEL})")
    return 0 if mean <= BAR_POINTS and least > LEVEL else 1


if __name__ == "__main__":
    sys.exit(main())
