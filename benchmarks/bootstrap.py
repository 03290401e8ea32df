"""Time of the bootstrap: ratio and mean metrics of a profile, 10,000 trials, 9,999 resamples each.

    PYTHONPATH=tests python -m benchmarks.bootstrap

On 39 families, the most that are bootstrapped: from 40 on Student's t is used. Fitted metrics
(pooled: by jackknife, delta method or likelihood) are left out. Prints seconds and the bar.
"""

from __future__ import annotations

import sys
from time import perf_counter

import numpy as np
from support.run_trials import run_trials

from gadfly.eval.metrics import SCORERS
from gadfly.eval.stats.bootstrap import RESAMPLES

FAMILIES, TRIALS = 39, 10_000
BAR_S = 5.0


def main() -> int:
    """Score the trials, estimate every row, print what it took; 1 if the bar is missed."""
    once = len(run_trials(FAMILIES, 1))
    trials = run_trials(FAMILIES, max(1, round(TRIALS / once)))[:TRIALS]
    trials.sort(key=lambda record: record.key)
    before = perf_counter()
    rows = [scores for scorer in SCORERS for scores in scorer(trials) if not scores.pooled]
    between = perf_counter()
    rng = np.random.default_rng(1)
    found = [estimate for scores in rows for estimate in scores.estimates(rng)]
    after = perf_counter()
    drawn = sum("bca" in estimate.method for estimate in found)
    print(
        f"{len(trials):,} trials, {drawn} of {len(found)} estimates bootstrapped, {RESAMPLES:,} "
        f"resamples each: {after - between:.2f} s, scoring before it {between - before:.2f} s; "
        f"{after - before:.2f} s in all (bar {BAR_S:.0f} s)"
    )
    return 0 if after - before < BAR_S else 1


if __name__ == "__main__":
    sys.exit(main())
