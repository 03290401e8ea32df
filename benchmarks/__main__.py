"""`make measure`: every benchmark and study, one after the other, each beside its bar.

python -m benchmarks [NAME …]
"""

from __future__ import annotations

import os
import subprocess
import sys
import time

STUDIES = {
    "startup": "time of `gadfly --help`",
    "tui": "first paint of the terminal UI, key to paint while a reply streams",
    "engine": "calls a second through engine and store, with an instant respondent",
    "inprocess": "the in-process model against a bare model.generate",
    "instrument": "every metric on simulants of known traits; writes docs/instrument.md",
    "duel": "duels of simulants with planted strengths: order, coverage of the intervals",
    "scaling": "planted curves over size: recovered, undecided, mistaken",
    "layers": "a size series of the default model with layers left out (minutes)",
    "rescoring": "a report on 100,000 stored trials",
    "corruption": "500 spoilt run folders, and what a gate makes of them",
    "gate": "errors, power and early stopping of the gate; planted traits end to end",
    "bootstrap": "the bootstrap of a profile's ratios and means on 10,000 trials",
    "coverage": "coverage of the intervals by rule, and type I error of the paired test",
    "estimators": "coverage of the intervals by class of estimator (half an hour)",
    "stance": "the stance reader against people's labels (needs GADFLY_DATA)",
    "ladders": "order of harms on our ladders against people's ratings (needs GADFLY_DATA)",
    "paraphrases": "similarity of wordings within and between families (needs gadfly[authoring])",
    "slop": "formulaicness of eleven models and of people, against slop-score (needs GADFLY_DATA)",
    "sparring": "the sparring bot over the default model against it bare (needs GADFLY_DATA)",
    "agreement": "one model in process and on vLLM (needs GADFLY_VLLM_PYTHON; half an hour)",
}
PAGES = {"transcripts": "docs/transcripts.md anew, from a run of every probe"}
"""Written only when named."""


def main() -> int:
    """Run the named studies, all without a name; 1 if any misses its bar, 2 for a wrong name."""
    names = sys.argv[1:] or list(STUDIES)
    known = STUDIES | PAGES
    if unknown := [name for name in names if name not in known]:
        print(f"unknown: {', '.join(unknown)}; known: {', '.join(known)}", file=sys.stderr)
        return 2
    failed = []
    for name in names:
        print(f"== {name}: {known[name]}", flush=True)
        began = time.monotonic()
        command = [sys.executable, "-m", f"benchmarks.{name}"]
        done = subprocess.run(command, check=False, env=os.environ | {"PYTHONPATH": "tests"})
        print(f"   {time.monotonic() - began:.0f} s", flush=True)
        if done.returncode:
            failed.append(name)
    if failed:
        print(f"below the bar or broken: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
