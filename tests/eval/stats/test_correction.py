from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from gadfly.eval.stats.agreement import pooled_rate
from gadfly.eval.stats.cluster import cluster_mean
from gadfly.eval.stats.correction import (
    NO_ERROR,
    TOO_WEAK,
    prediction_powered,
    rogan_gladen,
)
from gadfly.eval.stats.interval import Interval


def known(value: float | None, se: float | None = 0.02, clusters: int = 100) -> Interval:
    """Build an interval of a given value and standard error."""
    reason = "no values" if value is None else None
    return Interval(
        value=value, se=se, level=0.95, method="t", n=200, clusters=clusters, reason=reason
    )


class TestRoganGladen:
    def test_by_hand(self) -> None:
        """(.35 + .9 - 1) / (.9 + .8 - 1) = .3571, with the delta-method error of all three."""
        found = rogan_gladen(known(0.35), known(0.8, 0.03), known(0.9, 0.01))
        rate = 0.25 / 0.7
        se = np.sqrt(0.02**2 + ((1 - rate) * 0.01) ** 2 + (rate * 0.03) ** 2) / 0.7

        assert found.value == pytest.approx(rate)
        assert found.se == pytest.approx(se)
        assert found.high == pytest.approx(rate + stats.t.ppf(0.975, 99) * se)

    def test_a_perfect_reader_changes_nothing(self) -> None:
        """With sensitivity and specificity 1 the rate is the apparent one."""
        assert rogan_gladen(known(0.3), known(1.0), known(1.0)).value == pytest.approx(0.3)

    def test_rates_stay_rates(self) -> None:
        """Fewer positives than false alarms alone would give come out as 0, inside an interval."""
        found = rogan_gladen(known(0.05), known(0.9), known(0.85))
        assert (found.value, found.low) == (0.0, 0.0)
        assert found.high is not None

    @pytest.mark.parametrize(("q1", "q0", "refused"), [(0.7, 0.79, True), (0.7, 0.81, False)])
    def test_a_weak_reader_is_refused(self, q1: float, q0: float, *, refused: bool) -> None:
        """Where sensitivity and specificity come to less than 1.5 together, no rate is given."""
        found = rogan_gladen(known(0.4), known(q1), known(q0))
        assert (found.reason == TOO_WEAK) == refused

    def test_what_is_lacking_is_said(self) -> None:
        """A missing value passes its reason on; a missing error gives no interval without one."""
        assert rogan_gladen(known(None), known(0.9), known(0.9)).reason == "no values"
        assert rogan_gladen(known(0.4, None), known(0.9), known(0.9)).reason == NO_ERROR

    def test_it_covers_the_truth_where_the_naive_interval_does_not(self) -> None:
        """Of 400 simulated studies with q1 .85 and q0 .9, at least 93 % hold the true rate .3."""
        rng = np.random.default_rng(11)
        corrected = naive = 0
        for _ in range(400):
            read = _run(rng, 60, 6)
            labelled = _run(rng, 50, 4)
            apparent = cluster_mean(
                {name: [r for _, r in ps] for name, ps in read.items()}, rng, bounds=(0.0, 1.0)
            )
            q1 = pooled_rate({n: [r for t, r in ps if t] for n, ps in labelled.items()})
            q0 = pooled_rate({n: [1.0 - r for t, r in ps if not t] for n, ps in labelled.items()})
            found = rogan_gladen(apparent, q1, q0)
            corrected += _holds(found, 0.3)
            naive += _holds(apparent, 0.3)
        assert corrected / 400 >= 0.93
        assert naive < corrected


class TestPredictionPowered:
    def test_by_hand(self) -> None:
        """Read mean .5, labelled error -.25: the estimate is .25."""
        read = {"x": [1.0, 0.0], "y": [1.0], "z": [0.0]}
        labelled = {"p": [(0.0, 1.0), (1.0, 1.0)], "q": [(0.0, 0.0), (1.0, 1.0)]}
        found = prediction_powered(read, labelled)

        # Read: cluster means .5, 1, 0, variance of their mean (1/2)/3 / 2. Errors: -1 of p's two,
        # none of q's two: moved by (-1 + .5)/4 and (0 + .5)/4, times 2/1.
        variance = 0.5 / 3 / 2 + 2 * ((0.5 / 4) ** 2 + (0.5 / 4) ** 2)
        assert found.value == pytest.approx(0.25)
        assert found.se == pytest.approx(np.sqrt(variance))
        assert (found.low, found.high) == (0.0, 1.0)

    def test_no_error_seen_is_not_no_error(self) -> None:
        """Where labels and reading agree throughout, what may have gone unseen widens it."""
        read = {str(i): [float(i % 2)] for i in range(40)}
        labelled = {str(i): [(float(i % 2), float(i % 2))] for i in range(40)}
        plain = cluster_mean(read, np.random.default_rng(0), bounds=(0.0, 1.0))
        found = prediction_powered(read, labelled)

        assert found.value == plain.value == 0.5
        assert found.low is not None
        assert plain.low is not None
        assert found.low == pytest.approx(plain.low - (1 - 0.025 ** (1 / 40)), abs=1e-9)

    def test_what_is_lacking_is_said(self) -> None:
        """No labels, no values, or a single cluster give no estimate and a reason."""
        some = {"a": [1.0], "b": [0.0]}
        assert prediction_powered(some, {}).reason == "no labelled texts"
        assert prediction_powered({}, {"a": [(1.0, 1.0)]}).reason == "no values"
        assert prediction_powered(some, {"a": [(1.0, 0.0)]}).reason == NO_ERROR

    def test_it_covers_the_truth_with_labels_from_the_same_texts(self) -> None:
        """Of 400 studies where one text in four is labelled too, at least 92 % hold the rate."""
        rng = np.random.default_rng(13)
        hits = 0
        for _ in range(400):
            texts = _run(rng, 60, 8)
            read = {name: [r for _, r in ps] for name, ps in texts.items()}
            labelled = {name: ps[:2] for name, ps in texts.items()}
            hits += _holds(prediction_powered(read, labelled), 0.3)
        assert hits / 400 >= 0.92


def _holds(found: Interval, truth: float) -> bool:
    return found.low is not None and found.high is not None and found.low <= truth <= found.high


def _run(
    rng: np.random.Generator, clusters: int, size: int
) -> dict[str, list[tuple[float, float]]]:
    """Draw (truth, read) of correlated texts: rate .3, sensitivity .85, specificity .9."""
    found = {}
    for c in range(clusters):
        truth = rng.random(size) < rng.beta(1.5, 3.5)
        read = np.where(truth, rng.random(size) < 0.85, rng.random(size) < 0.1)
        found[str(c)] = [(float(t), float(r)) for t, r in zip(truth, read, strict=True)]
    return found
