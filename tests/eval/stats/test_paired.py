from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from gadfly.eval.stats.paired import paired

RUNS = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=3, max_size=12)


def families(values: list[float]) -> dict[str, list[float]]:
    return {f"f{i:02}": [value] for i, value in enumerate(values)}


class TestPaired:
    def test_hand_value(self) -> None:
        """Differences .1, .2, .3 have mean .2, SE .1/sqrt 3, t = 3.4641 on 2 df."""
        got = paired(families([0.1, 0.2, 0.3]), families([0.2, 0.4, 0.6]))

        assert got.difference.value == pytest.approx(0.2, abs=1e-12)
        assert got.difference.se == pytest.approx(0.1 / 3**0.5, abs=1e-12)
        # Two-sided p on 2 df: 1 - t/sqrt(2 + t^2) with t^2 = 12: 1 - sqrt(12/14).
        assert got.p == pytest.approx(1 - (12 / 14) ** 0.5, abs=1e-12)
        assert got.p_above == pytest.approx((1 - (12 / 14) ** 0.5) / 2, abs=1e-12)

    def test_agrees_with_scipy(self) -> None:
        """Interval and p are those of SciPy's paired t-test on cluster means."""
        first = {f"f{i}": [i / 10, i / 20] for i in range(10)}
        second = {f"f{i}": [(i * i % 7) / 10] for i in range(10)}
        expected = stats.ttest_rel(
            [sum(v) / len(v) for v in second.values()], [sum(v) / len(v) for v in first.values()]
        )

        got = paired(first, second)

        assert got.p == pytest.approx(expected.pvalue, abs=1e-12)
        assert got.difference.low == pytest.approx(expected.confidence_interval().low, abs=1e-12)
        assert got.p_above == pytest.approx(1 - got.p_below, abs=1e-12)  # type: ignore[operator]

    def test_families_of_one_run_only_are_left_out_and_counted(self) -> None:
        """Only shared families are compared; the others are reported."""
        got = paired({"x": [0.0], "y": [0.0], "z": [0.0]}, {"x": [1.0], "y": [0.5], "w": [1.0]})

        assert got.differences == {"x": 1.0, "y": 0.5}
        assert got.unpaired == 2

    def test_no_shared_family_has_a_reason(self) -> None:
        """Runs without a family in common give no difference."""
        got = paired({"x": [0.0]}, {"y": [1.0]})

        assert (got.difference.value, got.p) == (None, None)
        assert got.difference.reason == "no family is in both runs"

    def test_one_shared_family_has_no_test(self) -> None:
        """One shared family gives a difference and neither interval nor p."""
        got = paired({"x": [0.25]}, {"x": [0.75]})

        assert (got.difference.value, got.difference.low, got.p) == (0.5, None, None)

    def test_a_run_against_itself_differs_by_nothing(self) -> None:
        """Equal runs have difference 0 and p = 1, with an interval of some width."""
        run = families([0.1, 0.5, 0.9, 0.2])

        got = paired(run, run, bounds=(-1.0, 1.0))

        assert (got.difference.value, got.p, got.p_above, got.p_below) == (0.0, 1.0, 1.0, 1.0)
        assert got.difference.low == pytest.approx(-(1 - 0.025**0.25), abs=1e-12)

    def test_equal_differences_are_tested_by_their_signs(self) -> None:
        """Five equal rises have p = 2/32: all signs the same, either way."""
        got = paired(families([0.0] * 5), families([0.5] * 5))

        assert got.p == 2 / 32
        assert (got.difference.low, got.difference.method) == (None, "none")

    @given(RUNS)
    def test_swapping_the_runs_flips_the_difference(self, runs: list[tuple[float, float]]) -> None:
        """The second against the first is minus the first against the second."""
        first, second = families([a for a, _ in runs]), families([b for _, b in runs])

        one, two = paired(first, second), paired(second, first)

        assert one.difference.value == pytest.approx(-two.difference.value, abs=1e-12)  # type: ignore[operator]
        assert one.p == pytest.approx(two.p, abs=1e-9)
        assert one.p_above == pytest.approx(two.p_below, abs=1e-9)
