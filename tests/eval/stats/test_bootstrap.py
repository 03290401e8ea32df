from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from gadfly.eval.stats.bootstrap import bca

MEANS = np.random.default_rng(8).beta(0.5, 1.5, 14)


def test_unexpanded_interval_is_that_of_scipy() -> None:
    """With the expansion off, the same generator gives SciPy's BCa interval."""
    expected = stats.bootstrap(
        (MEANS,), np.mean, method="BCa", n_resamples=9_999, rng=np.random.default_rng(3)
    ).confidence_interval

    low, high = bca(MEANS, np.random.default_rng(3), expand=False)

    assert low == pytest.approx(expected.low, abs=1e-12)
    assert high == pytest.approx(expected.high, abs=1e-12)


def test_expansion_widens_both_ends() -> None:
    """Paying for few clusters moves both ends outward."""
    narrow = bca(MEANS, np.random.default_rng(3), expand=False)
    wide = bca(MEANS, np.random.default_rng(3))

    assert wide[0] < narrow[0]
    assert wide[1] > narrow[1]


def test_extreme_skew_stays_within_the_data() -> None:
    """One outlier among equals gives ends that are resampled means, not a failure."""
    means = np.array([0.0] * 11 + [1.0])

    low, high = bca(means, np.random.default_rng(3))

    assert 0.0 <= low < 1 / 12 < high <= 1.0


def test_the_pole_of_the_acceleration_is_the_extreme_resample() -> None:
    """Where the acceleration formula passes its pole the end is the largest resampled mean."""
    # Acceleration .096 and t(3) = 40 at this level: .096 x 40 > 1.
    means = np.array([0.0, 0.0, 0.0, 1.0])

    low, high = bca(means, np.random.default_rng(3), level=0.99999)

    assert (low, high) == (0.0, 1.0)
