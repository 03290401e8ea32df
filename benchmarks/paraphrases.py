"""Similarity of a wording to its own family and to its neighbours: where the band comes from.

Each wording of the library is compared with the nearest other wording of its family, and with
the nearest wording of each other family of its topic. The floor of the band is kept by all of our
wordings, and is to stop nine in ten wordings that were put into a neighbour's family.

    python -m benchmarks.paraphrases
"""

from __future__ import annotations

import sys
from collections import defaultdict

import numpy as np

from gadfly.bot.inprocess import embedder
from gadfly.eval.authoring.prompts import wordings
from gadfly.eval.authoring.similarity import BAND, embedded
from gadfly.scenarios.catalogue import library

BAR_STOPPED = 0.85
"""Share of wordings of neighbouring families that must lie below the band."""
QUANTILES = (0.0, 0.05, 0.5, 0.95, 1.0)


def main() -> int:
    """Print both distributions and what the band lets through; 1 if a bar is missed."""
    if not embedder.available():
        print(f"needs the packaged embedder: {embedder.INSTALL}", file=sys.stderr)
        return 2
    own, between = similarities()
    print("quantiles        " + "  ".join(f"{q:5.0%}" for q in QUANTILES))
    for name, values in (("own family", own), ("neighbours", between)):
        cells = (f"{v:5.2f}" for v in np.quantile(values, QUANTILES))
        print(f"{name:15}  " + "  ".join(cells) + f"  (n = {len(values)})")
    kept = float(np.mean((own >= BAND[0]) & (own <= BAND[1])))
    stopped = float(np.mean(between < BAND[0]))
    print(
        f"band {BAND[0]:.2f} to {BAND[1]:.2f}: keeps {kept:.1%} of our wordings (bar 100%), stops "
        f"{stopped:.1%} of a neighbouring family's (bar {BAR_STOPPED:.0%})"
    )
    return 0 if kept == 1.0 and stopped >= BAR_STOPPED else 1


def similarities() -> tuple[np.ndarray, np.ndarray]:
    """Return each wording's similarity to its own family, and to each neighbouring family."""
    topics = defaultdict(list)
    for scenario in library():
        if scenario.wordings:
            topics[scenario.topic].append(scenario)
    vectors = embedded(library().all, embedder.embed)
    own, between = [], []
    for families in topics.values():
        matrices = [np.stack([vectors[p.text] for p in wordings(s)]) for s in families]
        for i, mine in enumerate(matrices):
            within = mine @ mine.T
            np.fill_diagonal(within, -1.0)
            own += within.max(axis=1).tolist()
            for other in (*matrices[:i], *matrices[i + 1 :]):
                between += (mine @ other.T).max(axis=1).tolist()
    return np.array(own), np.array(between)


if __name__ == "__main__":
    sys.exit(main())
