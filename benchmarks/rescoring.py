"""Time from stored trials to a whole profile and its JSON, at 100,000 trials.

    PYTHONPATH=tests python -m benchmarks.rescoring [TRIALS]

Prints trials, seconds and peak memory; the trials are made by the tests' builders.
"""

from __future__ import annotations

import resource
import sys
from time import perf_counter

from support.run_trials import run_trials

from gadfly.eval.profile import profile_of
from gadfly.eval.report_json import ReportInput, report_json

FAMILIES = 120
BAR_S = 30.0


def main() -> int:
    """Make the trials, profile them, print what it took; 1 if the bar is missed."""
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
        f"peak {peak:,.0f} MB (bar {BAR_S:.0f} s)"
    )
    return 0 if after - before < BAR_S else 1


if __name__ == "__main__":
    sys.exit(main())
