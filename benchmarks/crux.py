"""Fits the weights of `gadfly.bot.crux`, and tells how it does on replies it was not fitted on.

    python -m benchmarks.crux [--write]

`crux_replies.jsonl` has replies to "what would change your mind?", most of them written for this by
a language model asked for one register after the other; closed and open minds were to use the same
words about the same questions. Those of a part "held out …" are not fitted on. `--write` puts the
weights in the package; without it they are compared with those that are there.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from gadfly.bot import crux
from gadfly.bot.crux import CRUX, KINDS, SCALE, features

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

REPLIES = Path(__file__).with_name("crux_replies.jsonl")
STORED = Path(crux.__file__).with_name(crux.WEIGHTS)
FITTED = "fit"
PENALTY = 0.1
LEAST = 8
"""A feature is in at least so many replies."""
SMALLEST = 15
"""Features no weight of which is as large as this part of `SCALE` are left out."""
BAR = 0.9
"""Of closed minds that chat models would put into words, of those that are coded at all."""

COMPACT = (",", ":")

Row = dict[str, str]


def rows() -> list[Row]:
    """Return the replies."""
    return [json.loads(line) for line in REPLIES.read_text(encoding="utf-8").splitlines()]


def fitted(replies: Sequence[Row]) -> tuple[dict[str, list[int]], list[int]]:
    """Return the weights of each feature and those of none, by kind, as they are stored."""
    sets = [features(row["text"]) for row in replies]
    counts = Counter(feature for found in sets for feature in found)
    names = sorted(feature for feature, n in counts.items() if n >= LEAST)
    places = {name: i for i, name in enumerate(names)}
    known = [[places[f] for f in sorted(found) if f in places] for found in sets]
    data = np.concatenate([np.full(len(k), 1.0 / np.sqrt(max(1, len(k)))) for k in known])
    indices = np.concatenate([np.array(k, dtype=np.int64) for k in known])
    starts = np.cumsum([0, *map(len, known)])
    x = csr_matrix((data, indices, starts), shape=(len(sets), len(names)))
    y = np.array([[row["code"] == kind for kind in KINDS] for row in replies], dtype=float)
    shape = (len(names) + 1, len(KINDS))

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        w = flat.reshape(shape)
        z = x @ w[:-1] + w[-1]
        z -= z.max(axis=1, keepdims=True)
        log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        gap = np.exp(log_p) - y
        slope = np.vstack([x.T @ gap + PENALTY * w[:-1], gap.sum(axis=0)])
        return float(-(y * log_p).sum() + 0.5 * PENALTY * (w[:-1] ** 2).sum()), slope.ravel()

    best = minimize(loss, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B")
    whole = np.rint(best.x.reshape(shape) * SCALE).astype(int).tolist()
    kept = {
        name: row
        for name, row in zip(names, whole[:-1], strict=True)
        if max(map(abs, row)) >= SMALLEST
    }
    return kept, whole[-1]


def told(replies: Sequence[Row]) -> str:
    """Return how replies of each kind are coded, line by line."""
    lines = []
    for kind in KINDS:
        codes = Counter(CRUX.of(row["text"]).code for row in replies if row["code"] == kind)
        if codes:
            shares = (f"{codes[c] / codes.total():4.0%} {c or 'none'}" for c in KINDS)
            lines.append(f"  {kind or 'no answer':<10}(n {codes.total():>4})  {'  '.join(shares)}")
    return "\n".join(lines)


def _right(replies: Sequence[Row]) -> float:
    """Return the share of closed minds told, of those that are coded."""
    codes = [CRUX.of(row["text"]).code for row in replies if row["code"] == "nothing"]
    coded = [code for code in codes if code]
    return coded.count("nothing") / len(coded)


def main() -> int:
    """Fit, compare or write, and tell; 1 where the package has other weights or misses the bar."""
    parser = argparse.ArgumentParser(description="Fit the weights of gadfly.bot.crux.")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    replies = rows()
    weights, bias = fitted([row for row in replies if row["part"] == FITTED])
    lines = [
        f"{json.dumps(name)}: {json.dumps(row, separators=COMPACT)}"
        for name, row in weights.items()
    ]
    text = f'{{"bias": {bias},\n"weights": {{\n' + ",\n".join(lines) + "\n}}\n"
    is_same = STORED.is_file() and STORED.read_text(encoding="utf-8") == text
    if asked.write:
        STORED.write_text(text, encoding="utf-8")
        is_same = True
    print(f"{len(weights)} features; the package has {'these' if is_same else 'OTHER'} weights")
    parts = dict.fromkeys(row["part"] for row in replies)
    for part in parts:
        print(f"{part}\n{told([row for row in replies if row['part'] == part])}")
    chat = _right([row for row in replies if row["part"] == "held out chat"])
    print(
        f"of closed minds in the words of chat models, {chat:.1%} of those coded are told "
        f"(bar {BAR:.0%})"
    )
    return 0 if is_same and chat >= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
