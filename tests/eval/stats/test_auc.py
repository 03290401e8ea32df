"""The area under the ROC curve and its interval."""

from __future__ import annotations

import numpy as np
import pytest

from gadfly.eval.stats.auc import auc


def test_it_counts_wins_and_half_the_ties() -> None:
    """The value is the share of pairs in which the higher kind is higher."""
    assert auc([2.0, 3.0], [1.0]).value == 1.0
    assert auc([1.0], [2.0, 3.0]).value == 0.0
    assert auc([1.0, 2.0], [1.0, 2.0]).value == 0.5


def test_without_one_kind_there_is_nothing_to_say() -> None:
    """No value, and the reason."""
    found = auc([1.0], [])
    assert found.value is None
    assert found.reason


def test_the_interval_holds_its_value_and_has_width() -> None:
    """Also where the two kinds are wholly apart."""
    for high, low in (([5.0] * 4, [1.0] * 4), ([1.0] * 3, [5.0] * 3), ([1.0, 2.0], [1.5, 3.0])):
        found = auc(high, low)
        assert found.low is not None
        assert found.high is not None
        assert 0.0 <= found.low <= (found.value or 0.0) <= found.high <= 1.0
        assert found.high - found.low > 0.2


def test_swapping_the_kinds_mirrors_it() -> None:
    """AUC of the one for the other is one minus the other way round, ends and all."""
    a, b = [3.0, 4.0, 2.0, 6.0], [1.0, 2.5, 3.5]
    one, two = auc(a, b), auc(b, a)
    assert one.value == pytest.approx(1 - (two.value or 0))
    assert one.low == pytest.approx(1 - (two.high or 0), abs=1e-6)


def test_it_covers_the_truth_about_as_often_as_it_says() -> None:
    """Of 400 samples of 12 and 15 normal values one unit apart, at least nine in ten."""
    rng = np.random.default_rng(1)
    truth = 0.7602  # P(N(1,1) > N(0,1))
    hits = 0
    for _ in range(400):
        found = auc(rng.normal(1, 1, 12).tolist(), rng.normal(0, 1, 15).tolist())
        hits += (found.low or 0) <= truth <= (found.high or 0)
    assert 0.90 <= hits / 400 <= 1.0
