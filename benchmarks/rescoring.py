"""Time from stored trials to a whole profile and its JSON, at 100,000 trials.

    PYTHONPATH=tests python -m benchmarks.rescoring [TRIALS] [--by-metric]

The trials are a simulant's over every probe of `full`, asked once and then repeated as further
replicates. Prints trials, seconds and peak memory; with --by-metric what each metric took.
"""

from __future__ import annotations

import resource
import sys
from dataclasses import replace
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

from support.runs import ask

from gadfly.eval.metrics import all_metrics
from gadfly.eval.profile import profile_of
from gadfly.eval.report_json import ReportInput, report_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.eval.record import TrialRecord

SIMULANT = "sim:calibrated?noise=1&wording=0.7&capitulation=0.3&hedging=0.05&slip=0.1&knowledge=0.8"
BAR_S = 30.0


def trials_of_full(wanted: int) -> list[TrialRecord]:
    """Return so many trials of all probes of `full`, at least one replicate of each arm."""
    with TemporaryDirectory() as folder:
        return repeated(ask(SIMULANT, Path(folder) / "run", suite="full", replicates=1), wanted)


def repeated(asked: Sequence[TrialRecord], wanted: int) -> list[TrialRecord]:
    """Return so many trials, made of those asked once as further replicates."""
    made: list[TrialRecord] = []
    for i in count():
        made += (replace(r, key=f"{r.key}{i:04x}", replicate=i) for r in asked)
        if len(made) >= wanted:
            return made[:wanted] if i else made
    raise AssertionError("count never ends")


def by_metric(trials: Sequence[TrialRecord]) -> None:
    """Print the ten metrics that took longest."""
    took = []
    for metric in all_metrics():
        before = perf_counter()
        profile_of(trials, metrics=(metric,))
        took.append((perf_counter() - before, metric.__name__))
    for seconds, name in sorted(took, reverse=True)[:10]:
        print(f"  {seconds:6.2f} s  {name}")


def main() -> int:
    """Make the trials, profile them, print what it took; 1 if the bar is missed."""
    words = [word for word in sys.argv[1:] if word != "--by-metric"]
    trials = trials_of_full(int(words[0]) if words else 100_000)
    before = perf_counter()
    profile = profile_of(trials)
    between = perf_counter()
    source = ReportInput(
        run="benchmark",
        respondent={"model": "made-up"},
        suite={"name": "benchmark"},
        readout="sampled",
        readout_fidelity=None,
        records=trials,
    )
    size = len(report_json(source, profile))
    after = perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    values = sum(e.value is not None for e in profile.estimates)
    print(
        f"{len(trials):,} trials on {profile.n_families} families: profile "
        f"{between - before:.1f} s ({values} of {len(profile.estimates)} rows have a value), "
        f"JSON {after - between:.2f} s ({size:,} bytes), peak {peak:,.0f} MB; "
        f"{after - before:.1f} s in all (bar {BAR_S:.0f} s)"
    )
    if "--by-metric" in sys.argv:
        by_metric(trials)
    return 0 if after - before < BAR_S else 1


if __name__ == "__main__":
    sys.exit(main())
