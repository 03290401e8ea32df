"""How often the 95 % intervals cover the truth, by method and number of families.

Not part of the test suite. Run with `python benchmarks/coverage.py [SIMULATIONS]`; prints a table
and exits 0. Populations: what metrics of dialogues look like, scenario effects included.
"""

from __future__ import annotations

import sys
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from gadfly.eval.stats.bootstrap import bca
from gadfly.eval.stats.cluster import cluster_mean
from gadfly.eval.stats.interval import t_quantile
from gadfly.eval.stats.paired import paired

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Draw = Callable[[np.random.Generator, int], NDArray[np.float64]]

FAMILIES = (3, 5, 8, 10, 15, 24, 39, 40, 80)


def rate(p: float, icc: float, m: int) -> Draw:
    """Return draws of k x m yes/no answers, family rates beta with the given ICC."""
    spread = 1.0 / icc - 1.0

    def draw(rng: np.random.Generator, k: int) -> NDArray[np.float64]:
        rates = rng.beta(p * spread, (1.0 - p) * spread, size=k)
        return (rng.random((k, m)) < rates[:, None]).astype(np.float64)

    return draw


def shift(mean: float, m: int) -> Draw:
    """Return draws of bounded shifts: most families hardly move, some move far."""

    def draw(rng: np.random.Generator, k: int) -> NDArray[np.float64]:
        moved = rng.beta(0.3, 0.3 * (1.0 - mean) / mean, size=k)
        return np.clip(moved[:, None] + rng.normal(0.0, 0.02, (k, m)), -1.0, 1.0)

    return draw


def excess(sd: float, m: int) -> Draw:
    """Return draws of excess disagreement: squares of wording effects, estimated unbiasedly."""

    def draw(rng: np.random.Generator, k: int) -> NDArray[np.float64]:
        effects = rng.normal(0.0, sd, (k, 2))
        noise = rng.normal(0.0, 0.5 / sqrt(m), (2, k, 2))
        first, second = (effects + noise[0]), (effects + noise[1])
        product = (first[:, :1] - first[:, 1:]) * (second[:, :1] - second[:, 1:])
        return np.asarray(product / 2, dtype=np.float64)

    return draw


POPULATIONS: dict[str, tuple[Draw, float]] = {
    "rate .30, 3 each": (rate(0.30, 0.45, 3), 0.30),
    "rate .10, 3 each": (rate(0.10, 0.45, 3), 0.10),
    "rate .03, 3 each": (rate(0.03, 0.45, 3), 0.03),
    "rate .03, 10 each": (rate(0.03, 0.45, 10), 0.03),
    "shift .15, skewed": (shift(0.15, 3), 0.15),
    "excess .04, squares": (excess(0.2, 5), 0.04),
}
BOUNDS = {"rate": (0.0, 1.0), "shift": (-1.0, 1.0), "excess": (0.0, 1.0)}


def cover(draw: Draw, truth: float, k: int, simulations: int, kind: str) -> dict[str, float]:
    """Return the share of intervals that hold the truth, per method."""
    hits = dict.fromkeys(("ours", "t", "bca", "bca expanded"), 0)
    widths = 0.0
    for i in range(simulations):
        rng = np.random.default_rng([7, k, i])
        values = draw(rng, k)
        means = values.mean(axis=1)
        ours = cluster_mean(
            {f"{j:03}": list(v) for j, v in enumerate(values)}, rng, bounds=BOUNDS[kind]
        )
        if ours.low is not None and ours.high is not None:
            hits["ours"] += ours.low <= truth <= ours.high
            widths += ours.high - ours.low
        half = t_quantile(0.975, k - 1) * means.std(ddof=1) / sqrt(k)
        hits["t"] += abs(means.mean() - truth) <= half
        if np.ptp(means) > 0:
            for name, expand in (("bca", False), ("bca expanded", True)):
                low, high = bca(means, rng, resamples=1_999, expand=expand)
                hits[name] += low <= truth <= high
    return {name: count / simulations for name, count in hits.items()} | {
        "width": widths / simulations
    }


def type_one(k: int, simulations: int) -> float:
    """Return how often the paired t rejects at .05 where two runs differ by noise alone."""
    rejected = 0
    for i in range(simulations):
        rng = np.random.default_rng([11, k, i])
        rates = rng.beta(0.3 * 1.22, 0.7 * 1.22, size=k)
        runs = [(rng.random((k, 5)) < rates[:, None]).astype(float) for _ in range(2)]
        first, second = ({f"{j:03}": list(v) for j, v in enumerate(run)} for run in runs)
        p = paired(first, second).p
        rejected += p is not None and p < 0.05
    return rejected / simulations


def main() -> None:
    """Print coverage per population and number of families."""
    simulations = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    print(f"coverage of 95 % intervals, {simulations} simulations each")
    print(f"{'population':22}{'k':>4}{'ours':>8}{'t':>8}{'bca':>8}{'bca exp':>9}{'width':>8}")
    for name, (draw, truth) in POPULATIONS.items():
        for k in FAMILIES:
            got = cover(draw, truth, k, simulations, name.split()[0])
            print(
                f"{name:22}{k:4}{got['ours']:8.3f}{got['t']:8.3f}{got['bca']:8.3f}"
                f"{got['bca expanded']:9.3f}{got['width']:8.3f}",
                flush=True,
            )
    for k in (10, 20, 40, 80):
        print(f"paired t, type I at .05, k = {k}: {type_one(k, simulations):.3f}", flush=True)


if __name__ == "__main__":
    main()
