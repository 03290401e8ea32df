from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from gadfly.eval.stats.multiplicity import benjamini_hochberg, holm

P_VALUES = st.lists(st.floats(0.0, 1.0), min_size=1, max_size=10)


def test_holm_by_hand() -> None:
    """Smallest times 4, next times 3, next times 2, each at least the one before."""
    # .005*4 = .02; .01*3 = .03; .03*2 = .06; .04*1 = .04 -> .06.
    assert holm((0.03, 0.005, 0.04, 0.01)) == pytest.approx((0.06, 0.02, 0.06, 0.03), abs=1e-12)


def test_nothing_adjusted_is_nothing() -> None:
    """No p-values give no p-values."""
    assert holm(()) == ()
    assert benjamini_hochberg(()) == ()


@given(P_VALUES)
def test_false_discovery_rates_agree_with_scipy(p_values: list[float]) -> None:
    """Benjamini-Hochberg is SciPy's."""
    expected = stats.false_discovery_control(p_values)

    assert benjamini_hochberg(p_values) == pytest.approx(tuple(expected), abs=1e-12)


@given(P_VALUES)
def test_holm_lies_between_no_correction_and_bonferroni(p_values: list[float]) -> None:
    """Adjusted values keep the order, are no smaller than before, no larger than Bonferroni's."""
    adjusted = holm(p_values)

    for p, q in zip(p_values, adjusted, strict=True):
        assert p <= q <= min(1.0, len(p_values) * p) + 1e-12
    ranked = sorted(zip(p_values, adjusted, strict=True))
    assert [q for _, q in ranked] == sorted(adjusted)
