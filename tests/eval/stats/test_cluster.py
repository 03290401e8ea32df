from __future__ import annotations

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from gadfly.eval.stats.cluster import cluster_mean

CLUSTERS = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=6),
    st.lists(st.floats(0.0, 1.0), min_size=1, max_size=4),
    min_size=2,
    max_size=12,
)


def rng() -> np.random.Generator:
    return np.random.default_rng(5)


def spread(k: int) -> dict[str, list[float]]:
    """Return k clusters of unequal size with means that differ."""
    return {f"f{i:03}": [(i % 7) / 10, (i % 7) / 10 + 0.1][: 1 + i % 2] for i in range(k)}


class TestClusterMean:
    def test_small_clusters_weigh_as_much_as_large_ones(self) -> None:
        """The estimate is the mean of cluster means, by hand."""
        # Means .5 and 0; their mean .25; SE = sd/sqrt(2) = (.5/sqrt 2)/sqrt 2 = .25;
        # t(.975, 1) = 12.706204736174694.
        got = cluster_mean({"x": [1.0, 1.0, 0.0, 0.0], "y": [0.0]}, rng())

        assert got.value == 0.25
        assert got.se == pytest.approx(0.25, abs=1e-12)
        assert got.low == pytest.approx(0.25 - 12.706204736174694 * 0.25, abs=1e-12)
        assert (got.n, got.clusters, got.method) == (5, 2, "t")

    def test_forty_clusters_get_the_t_interval_of_scipy(self) -> None:
        """From 40 clusters the interval is the t interval of the cluster means."""
        values = spread(40)
        means = [sum(v) / len(v) for v in values.values()]
        expected = stats.ttest_1samp(means, 0.0).confidence_interval(0.95)

        got = cluster_mean(values, rng())

        assert got.method == "t"
        assert got.low == pytest.approx(expected.low, abs=1e-12)
        assert got.high == pytest.approx(expected.high, abs=1e-12)

    def test_fewer_clusters_are_bootstrapped(self) -> None:
        """Between 10 and 39 clusters the interval is the accelerated bootstrap's."""
        assert cluster_mean(spread(24), rng()).method == "bca"
        assert cluster_mean(spread(9), rng()).method == "t"

    def test_mde_adds_the_quantiles_of_size_and_power(self) -> None:
        """The minimum detectable effect is (t.975 + t.80) SE with k-1 df."""
        values = {f"f{i}": [float(i % 2)] for i in range(20)}
        # Means 0 and 1 in equal parts: SE = sqrt(.25 * 20/19 / 20).
        se = sqrt(0.25 * 20 / 19 / 20)

        got = cluster_mean(values, rng())

        assert got.mde == pytest.approx((stats.t.ppf(0.975, 19) + stats.t.ppf(0.8, 19)) * se)

    def test_no_values_give_no_estimate_but_a_reason(self) -> None:
        """Nothing scored is None with a reason, never 0."""
        got = cluster_mean({"empty": []}, rng())

        assert (got.value, got.low, got.high, got.mde) == (None, None, None, None)
        assert got.reason == "no values"

    def test_one_cluster_has_a_value_and_no_interval(self) -> None:
        """One family says nothing of other families, however many trials it has."""
        got = cluster_mean({"only": [0.0, 1.0, 1.0, 1.0]}, rng(), bounds=(0.0, 1.0))

        assert (got.value, got.low, got.high, got.se) == (0.75, None, None, None)
        assert (got.method, got.clusters, got.mde) == ("none", 1, None)

    def test_a_rate_that_never_occurred_has_an_upper_end(self) -> None:
        """No event in 24 families of 3 is Jeffreys for 24, not [0, 0] and not for 72."""
        got = cluster_mean({f"f{i}": [0.0] * 3 for i in range(24)}, rng(), bounds=(0.0, 1.0))

        assert (got.value, got.low, got.method) == (0.0, 0.0, "beta-binomial")
        assert got.high == pytest.approx(stats.beta.ppf(0.975, 0.5, 24.5), abs=1e-12)

    def test_a_rate_near_one_stays_below_one_only_where_it_is(self) -> None:
        """A rate near 1 gets a beta-binomial interval inside [0, 1] around it."""
        values = {f"f{i:02}": [1.0] * 4 for i in range(30)} | {"f00": [1.0, 0.0, 1.0, 1.0]}

        got = cluster_mean(values, rng(), bounds=(0.0, 1.0))

        assert got.method == "beta-binomial"
        assert got.low is not None
        assert got.high is not None
        assert 0.9 < got.low < got.value < got.high < 1.0  # type: ignore[operator]  # value is set

    def test_a_bounded_quantity_that_never_varied_keeps_some_doubt(self) -> None:
        """Equal values of a bounded quantity give an interval by the unseen share."""
        got = cluster_mean({f"f{i}": [0.2] for i in range(10)}, rng(), bounds=(-1.0, 1.0))
        unseen = 1 - 0.025 ** (1 / 10)

        assert got.method == "all-equal"
        assert got.low == pytest.approx(0.2 - unseen * 1.2, abs=1e-12)
        assert got.high == pytest.approx(0.2 + unseen * 0.8, abs=1e-12)
        power = stats.t.ppf(0.8, 9) / stats.t.ppf(0.975, 9)
        assert got.mde == pytest.approx(unseen * 1.2 * (1 + power))

    def test_an_unbounded_quantity_that_never_varied_has_no_interval(self) -> None:
        """Without bounds equal values allow no interval at all."""
        got = cluster_mean({f"f{i}": [3.0] for i in range(10)}, rng())

        assert (got.value, got.low, got.high, got.method) == (3.0, None, None, "none")

    def test_values_beyond_the_bounds_move_the_cut(self) -> None:
        """An unbiased estimator that oversteps its bounds is cut at its own extreme values."""
        values = {f"f{i:02}": [-0.1 + 0.02 * (i % 5)] for i in range(12)}
        few = {"x": [-0.1], "y": [0.9]}

        got, wide = (cluster_mean(v, rng(), bounds=(0.0, 1.0)) for v in (values, few))

        assert got.low is not None
        assert -0.1 < got.low < 0.0
        assert (wide.low, wide.high) == (-0.1, 1.0)

    @given(CLUSTERS)
    def test_the_interval_holds_its_value_and_the_bounds(
        self, values: dict[str, list[float]]
    ) -> None:
        """Whatever the values, low <= value <= high, all within the bounds, and never a point."""
        got = cluster_mean(values, rng(), bounds=(0.0, 1.0))

        assert got.low is not None
        assert got.high is not None
        assert got.value is not None
        assert 0.0 <= got.low <= got.value <= got.high <= 1.0
        assert got.low < got.high

    @given(CLUSTERS)
    def test_the_order_of_clusters_does_not_matter(self, values: dict[str, list[float]]) -> None:
        """The same clusters in reverse give the same interval, bit by bit."""
        reverse = dict(reversed(values.items()))

        assert cluster_mean(values, rng()) == cluster_mean(reverse, rng())

    @given(CLUSTERS)
    def test_a_bounded_mean_is_mirrored_with_its_values(
        self, values: dict[str, list[float]]
    ) -> None:
        """Reflecting all values reflects value and t interval."""
        mirrored = {name: [1.0 - v for v in group] for name, group in values.items()}

        one, two = cluster_mean(values, rng()), cluster_mean(mirrored, rng())

        assert one.value == pytest.approx(1.0 - two.value, abs=1e-9)  # type: ignore[operator]
        if one.method == two.method == "t":
            assert one.low == pytest.approx(1.0 - two.high, abs=1e-9)  # type: ignore[operator]
