"""Size of the page of 100,000 trials, the time to make it, and the time a browser takes to open it.

    PYTHONPATH=tests python -m benchmarks.page [TRIALS]

The trials are a simulant's over every probe of `full`, as in `benchmarks.rescoring`. The browser
is Chromium (`GADFLY_CHROMIUM`, or the one on the path): from asking for the file until it is laid
out.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from support.chromium import browser, opened
from support.runs import ask

from benchmarks.rescoring import SIMULANT, repeated
from gadfly.eval.page.building import write_page
from gadfly.eval.page.report import report_of, report_page
from gadfly.eval.report_json import ReportInput
from gadfly.eval.store import Store

SIZE_MB = 20.0
OPEN_S = 3.0


def main() -> int:
    """Make the page and open it, print what it took; 1 if a bar is missed."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with TemporaryDirectory() as folder:
        run, page = Path(folder) / "run", Path(folder) / "page.html"
        trials = repeated(ask(SIMULANT, run, suite="full", replicates=1), wanted)
        source = ReportInput(
            run="benchmark",
            respondent={"model": "made-up"},
            suite={"name": "benchmark"},
            readout="logprob",
            readout_fidelity=None,
            records=trials,
        )
        before = perf_counter()
        store = Store.read(run)
        text, embedded = report_page(report_of(source), store, run="run")
        store.close()
        write_page(page, text)
        took = perf_counter() - before
        size = page.stat().st_size / 1e6
        print(
            f"{len(trials):,} trials: page of {size:.1f} MB (bar {SIZE_MB:.0f}) with {embedded:,} "
            f"transcripts, made in {took:.0f} s"
        )
        with browser() as chrome:
            before = perf_counter()
            seen = opened(chrome, page)
            seen.run("document.body.offsetHeight")
            open_s = perf_counter() - before
        print(f"opened in {open_s:.2f} s (bar {OPEN_S:.0f})")
    return 0 if size < SIZE_MB and open_s < OPEN_S else 1


if __name__ == "__main__":
    sys.exit(main())
