"""How often planted curves over size are recovered, left undecided, or mistaken.

Sizes are spread evenly over three powers of ten in the logarithm; values are drawn about a planted
curve with the standard error given, which the fits are told. Of 200 series each: how often the
verdict is the planted family, another one, or "cannot tell", and how often "constant" is ruled out
(its weight below .1). "step" counts as recovered as logistic.

    python -m benchmarks.scaling [--draws N]
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

import numpy as np

from gadfly.eval.stats.scaling import DECIDED, compare

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Curve = Callable[[NDArray[np.float64]], NDArray[np.float64]]

MISTAKEN = 0.10
"""Most verdicts, of all series, that may name another family than the planted one."""
CURVES: dict[str, tuple[str, Curve]] = {
    "constant .5": ("constant", lambda u: np.full_like(u, 0.5)),
    "linear .2 to .8": ("linear", lambda u: 0.2 + 0.6 * u / u[-1]),
    "log .2 to .8": ("log", lambda u: 0.2 + 0.6 * np.log(u / u[0]) / np.log(u[-1] / u[0])),
    "power .1 to .8": ("power", lambda u: 0.8 * (u / u[-1]) ** 0.3),
    "step .1 to .8": ("logistic", lambda u: np.where(np.arange(u.size) * 2 < u.size, 0.1, 0.8)),
}


def main() -> int:
    """Print the table; 1 if a wrong family is named too often."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=200)
    options = parser.parse_args()
    rng = np.random.default_rng(20_261_122)
    worst = 0.0
    print(f"{'planted':<18} {'sizes':>5} {'error':>6}  recovered  cannot tell  mistaken  not flat")
    for name, (family, curve) in CURVES.items():
        for n in (6, 10):
            for se in (0.01, 0.03, 0.08):
                counts = tally(family, curve, n, se, options.draws, rng)
                right, undecided, wrong, trend = (c / options.draws for c in counts)
                worst = max(worst, wrong)
                print(
                    f"{name:<18} {n:>5} {se:>6.2f}  {right:>9.2f}  {undecided:>11.2f}  "
                    f"{wrong:>8.2f}  {trend:>8.2f}",
                    flush=True,
                )
    return 0 if worst <= MISTAKEN else 1


def tally(
    family: str, curve: Curve, n: int, se: float, draws: int, rng: np.random.Generator
) -> tuple[int, int, int, int]:
    """Return how often it is recovered, undecided, mistaken, and said not to be flat."""
    sizes = np.geomspace(1e8, 1e11, n)
    right = undecided = wrong = trend = 0
    for _ in range(draws):
        values = curve(sizes) + se * rng.standard_normal(n)
        found = compare(list(sizes), list(values), [se] * n)
        right += found.verdict == family
        undecided += found.verdict == "cannot tell"
        wrong += found.verdict not in (family, "cannot tell")
        trend += (found.flat or 0.0) < 1.0 - DECIDED
    return right, undecided, wrong, trend


if __name__ == "__main__":
    sys.exit(main())
