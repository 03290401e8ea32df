"""Time from stored trials to a whole profile and its JSON, at 100,000 trials.

Run with `PYTHONPATH=tests python benchmarks/rescoring.py [TRIALS]`; prints trials, seconds and
peak memory. The bar is 30 s for 100,000.
"""

from __future__ import annotations

import resource
import sys
from time import perf_counter

from support.run_trials import run_trials

from gadfly.eval.profile import profile_of
from gadfly.eval.report_json import ReportInput, report_json

FAMILIES = 120


def main() -> None:
    """Make the trials, profile them, print what it took."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    once = len(run_trials(FAMILIES, 1))
    trials = run_trials(FAMILIES, max(1, round(wanted / once)))
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
    print(
        f"{len(trials):,} trials: profile {between - before:.1f} s "
        f"({len(profile.estimates)} estimates), JSON {after - between:.2f} s ({size:,} bytes), "
        f"peak {peak:,.0f} MB"
    )


if __name__ == "__main__":
    main()
