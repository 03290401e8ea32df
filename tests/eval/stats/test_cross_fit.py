from __future__ import annotations

import numpy as np
import pytest

from gadfly.eval.stats.cross_fit import cross_fitted


def test_clear_differences_have_their_size() -> None:
    """Equal differences of either sign give their absolute value."""
    assert cross_fitted([0.3, 0.3, 0.3]) == pytest.approx(0.3, abs=1e-12)
    assert cross_fitted([-0.3, -0.3, -0.3]) == pytest.approx(0.3, abs=1e-12)


def test_one_sided_counts_rises_only() -> None:
    """One-sided, a clear fall is 0 and a clear rise its size."""
    assert cross_fitted([-0.3, -0.3], one_sided=True) == 0.0
    assert cross_fitted([0.3, 0.3], one_sided=True) == pytest.approx(0.3, abs=1e-12)


def test_noise_alone_averages_to_nothing() -> None:
    """Over many draws of pure noise the mean is 0, where a mean absolute value is not."""
    draws = np.random.default_rng(1).normal(0.0, 1.0, (4_000, 4))

    mean = np.mean([cross_fitted(list(row)) for row in draws])

    # SE of the mean is about .5/sqrt(4000) = .008.
    assert abs(mean) < 0.03
    assert np.abs(draws.mean(axis=1)).mean() > 0.35


def test_what_rounding_leaves_has_no_sign() -> None:
    """Which of two equal answers is called A decides nothing."""
    once = 0.1 + 0.2 - 0.3

    assert once != 0.0
    for nothing in (once, -once, 0.0):
        assert cross_fitted([0.4, nothing]) == pytest.approx(0.0, abs=1e-12)
