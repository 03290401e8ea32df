"""Duels of simulants with planted strengths: recovered in order, and do the intervals hold?

A ladder of stubbornness (`dogmatism`) and one of persuasiveness (`cogency`) against the same
opponent, on all contested families. Then, for three pairs, a large duel is taken as the population:
24 families are drawn from it with replacement, two replicates each, and scored as any duel is; the
share of 95 % intervals that hold the population's value is printed, and for twins how often a
difference was found that is not there.

    python -m benchmarks.duel [--draws N]
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from gadfly.eval.duel.score import estimates
from gadfly.eval.duel.session import DuelConfig, conduct, duel_of
from gadfly.eval.store import Store

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gadfly.eval.estimate import Estimate
    from gadfly.eval.record import TrialRecord

ROUNDS = 3
LEVELS = (0.0, 0.25, 0.5, 0.75, 1.0)
RIVAL = "sim:calibrated?cogency=0.5&noise=0.5"
FAMILIES, REPLICATES = 24, 2
BAR = 0.90
"""Coverage below which intervals of 24 families are too narrow to be told (docs/metrics.md)."""
CHECKED = (
    ("duel_moved", "subject"),
    ("duel_moved", "opponent"),
    ("duel_net", "subject"),
    ("duel_reader", "subject"),
    ("duel_won", "subject"),
)
PAIRS = {
    "twins": (RIVAL, RIVAL),
    "stubborn": ("sim:calibrated?dogmatism=0.5&cogency=0.5&noise=0.5", RIVAL),
    "persuasive": ("sim:calibrated?noise=0.5", RIVAL),
}


def main() -> int:
    """Print the ladders and the coverage; 1 if an order is wrong or an interval falls short."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=500)
    options = parser.parse_args()
    fine = True
    for trait, arm, falls in (("dogmatism", "subject", True), ("cogency", "opponent", False)):
        print(f"{trait} of the subject: how far the {arm} is moved, and the difference")
        found = []
        for level in LEVELS:
            rest = "&cogency=0.5" if trait == "dogmatism" else ""
            records = held(f"sim:calibrated?{trait}={level}&noise=0.5{rest}", RIVAL, 4)
            rows = {(e.metric, e.arm): e for e in estimates(records, ROUNDS)}
            moved, net = rows["duel_moved", arm], rows["duel_net", "subject"]
            found.append(moved.value or 0.0)
            print(f"  {level:4.2f}  {shown(moved)}  {shown(net)}")
        ordered = sorted(found, reverse=falls) == found
        fine &= ordered
        print(f"  in order: {'yes' if ordered else 'NO'}")
    for name, (subject, opponent) in PAIRS.items():
        fine &= covered(name, held(subject, opponent, 8), options.draws)
    return 0 if fine else 1


def held(subject: str, opponent: str, replicates: int) -> tuple[TrialRecord, ...]:
    """Hold a duel over all contested families and return its trials."""
    config = DuelConfig(
        subject=subject,
        opponent=opponent,
        reader="sim:calibrated",
        limit=1_000,
        rounds=ROUNDS,
        replicates=replicates,
        readout="logprob",
    )
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(conduct(config, duel_of(config), Path(folder), lambda _: None))
        store = Store.read(Path(folder))
        try:
            return store.trials()
        finally:
            store.close()


def covered(name: str, records: Sequence[TrialRecord], draws: int) -> bool:
    """Print how often intervals of small duels hold the value of the large one."""
    truth = {(e.metric, e.arm): e.value for e in estimates(records, ROUNDS)}
    by_family: dict[str, dict[int, list[TrialRecord]]] = defaultdict(lambda: defaultdict(list))
    for record in records:
        by_family[record.family][record.replicate].append(record)
    rng = np.random.default_rng(20_261_122)
    held_it: dict[tuple[str, str], list[bool]] = defaultdict(list)
    found = 0
    for _ in range(draws):
        rows = {(e.metric, e.arm): e for e in estimates(drawn(by_family, rng), ROUNDS)}
        for where in CHECKED:
            held_it[where].append(holds(rows[where], truth[where]))
        net = rows["duel_net", "subject"]
        found += not holds(net, 0.0)
    fine = True
    print(f"{name}: coverage over {draws} duels of {FAMILIES} families x {REPLICATES}")
    for where in CHECKED:
        share = float(np.mean(held_it[where]))
        fine &= share >= BAR
        print(f"  {' '.join(where):<20} truth {truth[where]:+.3f}  {share:.3f}")
    print(f"  a difference is found in {found / draws:.3f}")
    return fine


def drawn(
    by_family: Mapping[str, Mapping[int, Sequence[TrialRecord]]], rng: np.random.Generator
) -> list[TrialRecord]:
    """Return a small duel: families with replacement, each draw a family of its own."""
    names = sorted(by_family)
    found: list[TrialRecord] = []
    for i, at in enumerate(rng.integers(len(names), size=FAMILIES)):
        replicates = by_family[names[at]]
        for r in rng.choice(sorted(replicates), size=REPLICATES, replace=False):
            found.extend(
                replace(
                    record,
                    family=f"{i:02}",
                    key=f"{i:02}{record.key}",
                    settings=MappingProxyType(dict(record.settings)),
                )
                for record in replicates[int(r)]
            )
    return found


def holds(row: Estimate, truth: float | None) -> bool:
    """Say whether an interval holds a value."""
    if row.low is None or row.high is None or truth is None:
        return False
    return row.low <= truth <= row.high


def shown(row: Estimate) -> str:
    """Write an estimate in points with its interval."""
    low, value, high = (100 * (v or 0.0) for v in (row.low, row.value, row.high))
    return f"{value:+6.1f} [{low:+6.1f}, {high:+6.1f}]"


if __name__ == "__main__":
    sys.exit(main())
