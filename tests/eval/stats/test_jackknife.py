from __future__ import annotations

import numpy as np
import pytest

from gadfly.eval.stats.cluster import cluster_mean
from gadfly.eval.stats.jackknife import influences


def test_of_a_mean_the_values_are_the_clusters_own() -> None:
    """The jackknife of a mean of cluster values gives these values back."""
    values = {"f": 0.2, "g": 0.5, "h": 0.8}

    found = influences(values, lambda c: sum(c.values()) / len(c))

    assert found == pytest.approx(values)


def test_the_mean_of_the_values_is_the_statistic_itself() -> None:
    """For a ratio of means the values average to the ratio, and their spread is its error's."""
    rng = np.random.default_rng(3)
    pairs = {f"f{k:03}": (float(rng.normal(2, 0.3)), float(rng.normal(4, 0.3))) for k in range(200)}

    def ratio(found: dict[str, tuple[float, float]]) -> float:
        return sum(b for _, b in found.values()) / sum(a for a, _ in found.values())

    values = influences(pairs, ratio)  # type: ignore[arg-type]  # a dict is a mapping
    assert values is not None
    interval = cluster_mean({name: [v] for name, v in values.items()}, rng)

    assert interval.value == pytest.approx(ratio(pairs))
    delta = np.std([(b - 2 * a) / 2 for a, b in pairs.values()], ddof=1) / np.sqrt(200)
    assert interval.se == pytest.approx(float(delta), rel=0.1)


def test_undefined_without_one_cluster_is_undefined() -> None:
    """What hangs on a single cluster has no honest spread; one cluster has a value alone."""
    assert influences({"f": 1, "g": 2}, lambda c: 1.0 if "f" in c else None) is None
    assert influences({"f": 1}, lambda c: 7.0) == {"f": 7.0}
