"""Benchmarks and studies, each beside its bar; `make measure` runs them one after the other.

python -m benchmarks                   lists them
python -m benchmarks --all             runs all but those that are done only when named
python -m benchmarks NAME …            runs the named ones
python -m benchmarks NAME --option …   runs one with options of its own
"""

from __future__ import annotations

import os
import subprocess
import sys
import time

STUDIES = {
    "startup": "time of `gadfly --help`",
    "tui": "first paint of the terminal UI, key to paint while a reply streams; the filter",
    "engine": "calls a second and CPU per call of four-turn dialogues over a socket",
    "store": "resuming a store of a million calls",
    "saturation": "use of a vLLM server, and its prefix cache (needs GADFLY_VLLM_PYTHON)",
    "reads": "tokens and seconds of one-token reads and judged answers (GADFLY_VLLM_PYTHON)",
    "spar_screen": "a spar with the default model in a real terminal (needs tmux)",
    "inprocess": "the in-process model against a bare model.generate",
    "instrument": "every metric on simulants of known traits; writes docs/instrument.md",
    "duel": "duels of simulants with planted strengths: order, coverage of the intervals",
    "scaling": "planted curves over size: recovered, undecided, mistaken",
    "layers": "a size series of the default model with layers left out (minutes)",
    "rescoring": "a report on 100,000 stored trials",
    "page": "the page of 100,000 trials: its size, and how soon a browser shows it",
    "injection": "how often words in a reply change a judge's verdict on it (default model)",
    "corruption": "500 spoilt run folders, and what a gate makes of them",
    "gate": "errors, power and early stopping of the gate; planted traits end to end (an hour)",
    "bootstrap": "the bootstrap of a profile's ratios and means on 10,000 trials",
    "coverage": "coverage of the intervals by rule, and type I error of the paired test",
    "estimators": "coverage of the intervals by class of estimator (half an hour)",
    "crux": "what would change its mind: the coder on replies it was not fitted on",
    "stance": "the stance reader against people's labels (needs GADFLY_DATA)",
    "ladders": "order of harms on our ladders against people's ratings (needs GADFLY_DATA)",
    "paraphrases": "similarity of wordings within and between families (needs gadfly[authoring])",
    "slop": "formulaicness of eleven models and of people, against slop-score (needs GADFLY_DATA)",
    "sparring": "the sparring bot over a simulant that is swayed and repeats itself, against that",
    "agreement": "one model in process and on vLLM (needs GADFLY_VLLM_PYTHON; half an hour)",
}
NAMED = {
    "soak": "hours of runs: do memory or open files grow? (--hours 2)",
    "transcripts": "docs/transcripts.md anew, from a run of every probe",
    "judge": "a judge against people's labels of 273 answers (needs GADFLY_DATA; --judge SPEC)",
    "schemas": "docs/schemas/ anew, from the models they are made of",
}
"""Done only when named."""


def main() -> int:
    """Run what is named; 1 if any misses its bar, 2 for a wrong name."""
    words = sys.argv[1:]
    at = next((i for i, word in enumerate(words) if word.startswith("-")), len(words))
    names, options = words[:at], words[at:]
    known = STUDIES | NAMED
    if not words:
        print("\n".join(f"{name:<14}{what}" for name, what in known.items()))
        return 0
    if words == ["--all"]:
        names, options = list(STUDIES), []
    if unknown := [name for name in names if name not in known]:
        print(f"unknown: {', '.join(unknown)}; known: {', '.join(known)}", file=sys.stderr)
        return 2
    if options and len(names) != 1:
        print(f"options ({' '.join(options)}) need the name of one benchmark", file=sys.stderr)
        return 2
    failed = [name for name in names if run(name, options)]
    if failed:
        print(f"below the bar or broken: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def run(name: str, options: list[str]) -> int:
    """Run one and return its exit code."""
    print(f"== {name}: {(STUDIES | NAMED)[name]}", flush=True)
    began = time.monotonic()
    paths = ["tests", *filter(None, [os.environ.get("PYTHONPATH")])]
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}", *options],
        check=False,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
    )
    print(f"   {time.monotonic() - began:.0f} s", flush=True)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
