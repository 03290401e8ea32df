from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from scipy import stats

from gadfly.eval.stats.agreement import (
    accuracy,
    cohen_kappa,
    confusion,
    kappa,
    pooled_rate,
    sensitivity,
    specificity,
)

CLUSTERS = {
    "one": [("a", "a"), ("a", "b")],
    "two": [("b", "b"), ("b", "b"), ("a", "a")],
    "three": [("b", "a")],
    "four": [],
}


class TestKappa:
    def test_by_hand(self) -> None:
        """Agreement 20 + 15 of 50 with margins 25/25 and 30/20: (.7 - .5) / (1 - .5) = .4."""
        pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
        assert cohen_kappa(pairs) == pytest.approx(0.4)

    def test_limits(self) -> None:
        """Full agreement is 1, agreement by chance 0, one class or none at all no kappa."""
        assert cohen_kappa([("a", "a"), ("b", "b")]) == 1.0
        assert cohen_kappa([(g, r) for g in "ab" for r in "ab"]) == pytest.approx(0.0)
        assert cohen_kappa([("a", "a")] * 5) is None
        assert cohen_kappa([]) is None

    def test_the_interval_is_the_jackknife_over_clusters(self) -> None:
        """The half-width is t times the delete-one-cluster standard error, by hand."""
        found = kappa(CLUSTERS)
        pairs = {name: ps for name, ps in CLUSTERS.items() if ps}
        left = [
            cohen_kappa([p for other in pairs if other != name for p in pairs[other]])
            for name in pairs
        ]
        values = np.array(left, dtype=float)
        se = np.sqrt(2 / 3 * ((values - values.mean()) ** 2).sum())

        assert (found.n, found.clusters, found.method) == (6, 3, "jackknife")
        assert found.se == pytest.approx(se)
        assert found.low == pytest.approx(max(-1.0, found.value - stats.t.ppf(0.975, 2) * se))

    def test_no_disagreement_is_no_certainty(self) -> None:
        """Full agreement over ten clusters keeps a lower end below 1: the Jeffreys one."""
        found = kappa({str(i): [("a", "a"), ("b", "b")] for i in range(10)})
        agreed = stats.beta.ppf(0.025, 10.5, 0.5)

        assert found.value == found.high == 1.0
        assert found.low == pytest.approx((agreed - 0.5) / 0.5)

    def test_what_cannot_be_said_is_not_said(self) -> None:
        """One cluster has no interval; no pairs and one class have no kappa, with the reason."""
        one = kappa({"only": [("a", "a"), ("b", "a"), ("b", "b")]})
        assert one.value is not None
        assert one.low is None
        assert kappa({"x": []}).reason == "no values"
        assert kappa({"x": [("a", "a")]}).reason == "fewer than two classes"

    def test_the_interval_covers(self) -> None:
        """In 400 simulated studies of 30 correlated clusters the interval holds kappa >= 91 %."""
        rng = np.random.default_rng(7)
        hits = 0
        for _ in range(400):
            clusters = {}
            for c in range(30):
                skill = rng.beta(8, 2)
                gold = rng.choice(list("abn"), size=4, p=(0.2, 0.6, 0.2))
                wrong = rng.choice(list("abn"), size=4, p=(0.2, 0.6, 0.2))
                read = np.where(rng.random(4) < skill, gold, wrong)
                clusters[str(c)] = list(zip(gold.tolist(), read.tolist(), strict=True))
            found = kappa(clusters)
            assert found.low is not None
            assert found.high is not None
            hits += found.low <= 0.8 <= found.high
        assert hits / 400 >= 0.91


class TestRates:
    def test_counts(self) -> None:
        """The confusion counts every pair; empty clusters count nowhere."""
        expected = {("a", "a"): 2, ("a", "b"): 1, ("b", "b"): 2, ("b", "a"): 1}
        assert confusion(CLUSTERS) == Counter(expected)

    def test_rates_pool_texts(self) -> None:
        """4 of 6 agree; 2 of 3 that are a are read so; 2 of 3 that are not a are not."""
        assert accuracy(CLUSTERS).value == pytest.approx(4 / 6)
        assert sensitivity(CLUSTERS, "a").value == pytest.approx(2 / 3)
        assert specificity(CLUSTERS, "a").value == pytest.approx(2 / 3)
        assert sensitivity(CLUSTERS, "c").reason == "no values"

    def test_a_perfect_rate_has_an_error(self) -> None:
        """A reader without a mistake in 8 clusters is known to Beta(8.5, .5), no better."""
        found = pooled_rate({str(i): [1.0] * 3 for i in range(8)})
        assert found.low == pytest.approx(stats.beta.ppf(0.025, 8.5, 0.5))
        assert found.se == pytest.approx(stats.beta.std(8.5, 0.5))

    def test_copies_widen_the_interval(self) -> None:
        """Ten answers in ten clusters say more than ten copies in two clusters each of one kind."""
        spread = pooled_rate({str(i): [float(i < 5)] for i in range(10)})
        copied = pooled_rate({str(i): [float(i < 2)] * 5 for i in range(4)})
        assert copied.value == spread.value == 0.5
        assert copied.se is not None
        assert spread.se is not None
        assert copied.se > spread.se

    def test_one_cluster_has_no_interval(self) -> None:
        """Without a second cluster there is a value and nothing around it."""
        found = pooled_rate({"only": [1.0, 0.0]})
        assert (found.value, found.low, found.se) == (0.5, None, None)
