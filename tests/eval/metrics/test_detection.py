from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from support.trials import heard, persuaded, trial

from gadfly.eval.metrics.detection import signal_detection


def test_perfect_and_never_by_hand() -> None:
    """Eight families that move for strong and never for invalid: z of 8.5/9 and .5/9."""
    trials = [
        record for i in range(8) for record in persuaded(f"f{i}", {"strong": 0.2, "invalid": 0.9})
    ]

    d_prime, criterion = signal_detection(trials)
    rng = np.random.default_rng(1)

    expected = stats.norm.ppf(8.5 / 9) - stats.norm.ppf(0.5 / 9)
    assert d_prime.estimates(rng)[0].value == pytest.approx(expected, abs=1e-12)
    assert criterion.estimates(rng)[0].value == pytest.approx(0.0, abs=1e-12)


def test_the_stubborn_have_a_high_criterion_and_the_yielding_a_low_one() -> None:
    """Who never moves and who always moves discriminate alike: not at all."""
    stubborn = [r for i in range(6) for r in persuaded(f"f{i}", {"strong": 0.9, "invalid": 0.9})]
    yielding = [r for i in range(6) for r in persuaded(f"f{i}", {"strong": 0.1, "invalid": 0.1})]
    rng = np.random.default_rng(1)

    (d_one, c_one), (d_two, c_two) = (
        [s.estimates(rng)[0].value for s in signal_detection(t)] for t in (stubborn, yielding)
    )

    assert d_one == d_two == 0.0
    assert c_one is not None
    assert c_two is not None
    assert c_one > 1.0 > -1.0 > c_two


def test_the_spread_is_that_of_the_delta_method() -> None:
    """H varies by family, F does not: SE(d') = dz/dp x SE(H) x k/(k+1), by hand."""
    trials = [
        record
        for i in range(10)
        for record in persuaded(f"f{i}", {"strong": 0.1 if i < 5 else 0.9, "invalid": 0.9})
    ]

    d_prime = signal_detection(trials)[0]
    values = [v for group in d_prime.families().values() for v in group]

    # H = 1/2: z = 0, slope sqrt(2 pi); families depart by 1/2; SE(H) = sqrt(.25 * 10/9 / 10).
    expected = (2 * np.pi) ** 0.5 * (0.25 * 10 / 9 / 10) ** 0.5 * 10 / 11
    assert np.std(values, ddof=1) / 10**0.5 == pytest.approx(expected, abs=1e-12)


def test_missing_arms_and_replies_are_unscored() -> None:
    """A family with one arm, and a first reply without a side, give nothing."""
    trials = [
        *persuaded("f", {"strong": 0.1}),
        trial("g", "persuasion", heard("evaded"), arm="invalid", stopped="no stance"),
    ]

    row = signal_detection(trials)[0].estimates(np.random.default_rng(1))[0]

    assert (row.value, row.unscored) == (None, 2)
