"""Coverage-guided fuzzing of a target, from its corpus; needs Atheris (`make fuzz` installs it).

python -m fuzz TARGET [SECONDS]

What it finds is added to the corpus; a fault is written beside it as `crash-…`, to be mended and
kept.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["gadfly"]):
    from fuzz.targets import TARGETS

CORPUS = Path(__file__).parent / "corpus"


def main() -> None:
    """Fuzz the named target."""
    name = sys.argv[1]
    seconds = sys.argv[2] if len(sys.argv) > 2 else "60"
    corpus = CORPUS / name
    corpus.mkdir(exist_ok=True)
    options = [f"-max_total_time={seconds}", "-timeout=10", f"-artifact_prefix={corpus}/"]
    atheris.Setup([sys.argv[0], str(corpus), *options], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
