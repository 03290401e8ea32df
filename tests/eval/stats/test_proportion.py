from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from gadfly.eval.stats.proportion import all_equal, effective_n, jeffreys


class TestEffectiveN:
    def test_copies_within_a_cluster_add_nothing(self) -> None:
        """Clusters whose answers are all alike are worth about one answer each."""
        groups = [[1.0] * 5] * 5 + [[0.0] * 5] * 15
        # p = 1/4; variance of means = 3/16 * 20/19; p(1-p)/SE^2 = 3/16 * 20 / (3/16 * 20/19) = 19.
        t = stats.t.ppf(0.975, 19)

        assert effective_n(groups) == pytest.approx(19 * (stats.norm.ppf(0.975) / t) ** 2)

    def test_it_never_exceeds_the_answers_there_are(self) -> None:
        """Cluster means closer than chance would have them count as n answers, no more."""
        assert effective_n([[0.0, 1.0]] * 9 + [[1.0, 0.0]]) == 20.0

    def test_without_an_event_a_cluster_counts_once(self) -> None:
        """No event in 8 clusters of 3 is worth 8 answers."""
        assert effective_n([[0.0] * 3] * 8) == 8.0
        assert effective_n([[1.0] * 3] * 8) == 8.0

    def test_few_departing_families_are_not_taken_for_independent_answers(self) -> None:
        """However little the spread shows, answers count no more than a usual correlation lets."""
        groups = [[0.0] * 9 + [1.0]] * 6 + [[0.0] * 10] * 14

        assert effective_n(groups) == 200.0
        assert effective_n(groups, icc=0.45) == pytest.approx(200 / (1 + 9 * 0.45))


class TestJeffreys:
    def test_ends_are_beta_quantiles(self) -> None:
        """Both ends are quantiles of Beta(np + 1/2, n(1-p) + 1/2)."""
        low, high = jeffreys(0.1, 30.0)

        assert low == pytest.approx(stats.beta.ppf(0.025, 3.5, 27.5), abs=1e-12)
        assert high == pytest.approx(stats.beta.ppf(0.975, 3.5, 27.5), abs=1e-12)

    def test_a_rate_of_one_reaches_one(self) -> None:
        """At p = 1 the upper end is 1 itself."""
        low, high = jeffreys(1.0, 10.0)

        assert high == 1.0
        assert low == pytest.approx(1.0 - jeffreys(0.0, 10.0)[1], abs=1e-12)

    @given(st.floats(0.0, 1.0), st.floats(1.0, 1e4))
    def test_the_interval_holds_the_rate(self, p: float, n: float) -> None:
        """The interval contains p whatever p and n are."""
        low, high = jeffreys(p, n)

        assert 0.0 <= low <= p <= high <= 1.0


def test_all_equal_interval_by_hand() -> None:
    """Two clusters at 0 leave 1 - sqrt(.025) of the range above open."""
    low, high = all_equal(0.0, 2, (0.0, 1.0))

    assert low == 0.0
    assert high == pytest.approx(1.0 - 0.025**0.5, abs=1e-12)


def test_all_equal_beyond_its_bounds_still_holds_the_value() -> None:
    """A value its bounds do not admit is the end of its own interval."""
    low, high = all_equal(-0.5, 5, (0.0, 1.0))

    assert low == -0.5
    assert high > -0.5
