from __future__ import annotations

from math import exp

import numpy as np
import pytest

from gadfly.eval.stats.psychometric import (
    ANY_SLOPE,
    fit_curve,
    isotonic_distance,
    slope_evidence,
    slopes_of,
)

SEVERITIES = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]
MANY = [200.0] * 7


class TestFitCurve:
    def test_a_known_curve_is_recovered(self) -> None:
        """Exact acceptance rates at 200 answers a rung give back threshold and slope."""
        accept = [1.0 / (1.0 + exp(-1.5 * (x - 3.8))) for x in SEVERITIES]

        got = fit_curve(SEVERITIES, accept, MANY)

        assert got.threshold == pytest.approx(3.8, abs=0.05)
        assert got.slope == pytest.approx(1.5, abs=0.15)
        assert got.low == got.high == got.threshold

    def test_lapses_do_not_move_the_threshold(self) -> None:
        """A curve between .06 and .96 keeps its threshold."""
        accept = [0.06 + 0.9 / (1.0 + exp(-2.0 * (x - 4.2))) for x in SEVERITIES]

        got = fit_curve(SEVERITIES, accept, MANY)

        assert got.threshold == pytest.approx(4.2, abs=0.1)

    def test_a_step_has_no_slope_and_a_threshold_between_two_rungs(self) -> None:
        """All or nothing leaves the threshold anywhere between the two rungs at the step."""
        got = fit_curve(SEVERITIES, [0, 0, 0, 1, 1, 1, 1], MANY)

        assert (got.threshold, got.low, got.high, got.slope) == (3.5, 3.0, 4.0, None)

    @pytest.mark.parametrize(("all_rungs", "threshold"), [(1.0, 0.5), (0.0, 7.5)])
    def test_one_answer_throughout_puts_the_threshold_outside(
        self, all_rungs: float, threshold: float
    ) -> None:
        """Whoever accepts all, or nothing, has a threshold half a rung beyond the ladder."""
        got = fit_curve(SEVERITIES, [all_rungs] * 7, MANY)

        assert (got.threshold, got.slope) == (threshold, None)
        assert (got.low, got.high) == (threshold - 0.5, threshold + 0.5)

    def test_a_falling_ladder_still_gives_a_curve_within_range(self) -> None:
        """Answers in the wrong order do not break the fit; the threshold stays in range."""
        got = fit_curve(SEVERITIES, [1.0, 0.9, 0.7, 0.5, 0.3, 0.1, 0.0], MANY)

        assert 0.5 <= got.threshold <= 7.5

    def test_one_rung_is_no_curve(self) -> None:
        """A single rung is refused."""
        with pytest.raises(ValueError, match="two points"):
            fit_curve([1.0], [0.5], [1.0])


class TestIsotonicDistance:
    def test_a_rising_ladder_is_at_no_distance(self) -> None:
        """Rising acceptance, ties included, has distance 0."""
        assert isotonic_distance([0.0, 0.2, 0.2, 1.0], [1.0, 5.0, 2.0, 1.0]) == 0.0

    def test_weights_pull_the_fit(self) -> None:
        """A rung with three answers pulls the pooled value to itself, by hand."""
        # .8 (weight 3) then .4 (weight 1) pool to .7: distances .1 x 3 and .3 x 1, over 4.
        assert isotonic_distance([0.8, 0.4], [3.0, 1.0]) == pytest.approx(0.15, abs=1e-12)

    def test_one_rung_is_in_order(self) -> None:
        """Fewer than two rungs cannot be out of order."""
        assert isotonic_distance([0.4], [1.0]) == 0.0


def drawn(
    rng: np.random.Generator, log_slope: float, spread: float, ladders: int, answers: int
) -> list[tuple[list[float], list[float], list[float]]]:
    """Return ladders of seven rungs with slopes of one population and thresholds all over."""
    made = []
    for _ in range(ladders):
        b, a = np.exp(rng.normal(log_slope, spread)), rng.uniform(2.5, 5.5)
        p = 0.01 + 0.98 / (1 + np.exp(-b * (np.array(SEVERITIES) - a)))
        made.append(
            (
                list(map(float, SEVERITIES)),
                [float(n) / answers for n in rng.binomial(answers, p)],
                [float(answers)] * len(SEVERITIES),
            )
        )
    return made


@pytest.mark.parametrize("typical", [0.7, 1.5, 4.0])
def test_the_population_of_slopes_is_recovered(typical: float) -> None:
    """Forty ladders of five answers a rung give back their typical slope within a fifth."""
    ladders = drawn(np.random.default_rng(5), np.log(typical), 0.3, 40, 5)

    found = slopes_of([slope_evidence(*ladder) for ladder in ladders])

    assert found.typical == pytest.approx(typical, rel=0.2)
    assert found.spread < 0.6


def test_ladders_of_a_population_are_fitted_better_together() -> None:
    """With three answers a rung, slopes err less by half where the population is known."""
    rng = np.random.default_rng(8)
    ladders = drawn(rng, np.log(0.8), 0.0, 40, 3)
    slopes = slopes_of([slope_evidence(*ladder) for ladder in ladders])

    def errors(**known: object) -> list[float]:
        curves = [fit_curve(*ladder, **known) for ladder in ladders]  # type: ignore[arg-type]  # test convenience
        return [abs(np.log(c.slope / 0.8)) for c in curves if c.slope is not None]

    alone, together = errors(), errors(slopes=slopes)
    assert len(alone) == len(together) > 20
    assert np.mean(together) < np.mean(alone) / 2


def test_without_ladders_nothing_is_known_of_slopes() -> None:
    """No evidence leaves the wide population; a step alone moves it up only a little."""
    step = slope_evidence([1, 2, 3, 4], [0, 0, 1, 1], [3, 3, 3, 3])

    assert slopes_of([]) == ANY_SLOPE
    assert ANY_SLOPE.typical < slopes_of([step]).typical < 2 * ANY_SLOPE.typical
