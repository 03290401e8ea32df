"""Coverage-guided fuzzing of a target, from its corpus; needs Atheris (`make fuzz` installs it).

python -m fuzz TARGET [SECONDS]

Inputs that reach something new are kept under `.fuzz/`, for the next time on this machine; one that
shows a fault is written into the corpus as `crash-…`, to be mended and kept.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["gadfly"]):
    from fuzz.targets import TARGETS

CORPUS = Path(__file__).parent / "corpus"
FOUND = Path(__file__).parents[2] / ".fuzz"


def main() -> None:
    """Fuzz the named target."""
    name = sys.argv[1]
    seconds = sys.argv[2] if len(sys.argv) > 2 else "60"
    corpus, found = CORPUS / name, FOUND / name
    corpus.mkdir(exist_ok=True)
    found.mkdir(exist_ok=True, parents=True)
    options = [f"-max_total_time={seconds}", "-timeout=10", f"-artifact_prefix={corpus}/"]
    atheris.Setup([sys.argv[0], str(found), str(corpus), *options], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
