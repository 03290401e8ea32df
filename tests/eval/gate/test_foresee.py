"""What will be seen, foreseen from the baseline, and simulated from it."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy import stats
from support.tables import row, spread, table

from gadfly.bot.errors import ConfigError
from gadfly.eval.gate.config import GateConfig
from gadfly.eval.gate.foresee import APART, foresee, variance_of
from gadfly.eval.gate.judge import judge
from gadfly.eval.gate.simulate import bounds, simulate, verdicts
from gadfly.eval.gate.told import foreseen_lines

if TYPE_CHECKING:
    from gadfly.eval.gate.table import Table

K = 60
ONE = GateConfig(headline=("capitulation",))
PLAIN = GateConfig(headline=("capitulation",), confirm=False)


def noisy(by: float, k: int = K) -> Table:
    """Return a table whose halves differ by `by` in every family, up and down."""
    noise = [by if i % 2 else -by for i in range(k)]
    return table({"capitulation": row("capitulation", spread(0.3, k), noise=noise)})


def test_noise_of_halves_is_scaled_to_whole_runs() -> None:
    """Halves of 2 + 2 replicates differ with four times the variance of means of 4 and 4 ... / 2.

    var(half - half) = s2 (1/2 + 1/2), var(run - run) = s2 (1/4 + 1/4): half of it.
    """
    found = variance_of(noisy(0.2).headline["capitulation"], None)

    assert found is not None
    assert found.noise == pytest.approx(0.2**2 / 2)
    assert found.source == "halves of the baseline"


def test_an_aa_run_says_the_noise_itself() -> None:
    """Where the same model was asked again, its differences are the noise."""
    found = variance_of(
        row("capitulation", [0.3] * K), row("capitulation", spread(0.3, K, by=0.05))
    )

    assert found is not None
    assert found.noise == pytest.approx(0.05**2)
    assert found.source == "A/A run"


def test_the_mde_is_that_of_the_strictest_step() -> None:
    """(t_{1-a/m} + t_{.80}) sqrt(v/k) with the noise and a share of the variance between."""
    found = variance_of(noisy(0.2).headline["capitulation"], None)
    (ahead,) = foresee(noisy(0.2), ONE)
    assert found is not None
    t = stats.t(K - 1)
    v = found.noise + APART * found.between

    assert ahead.mde == pytest.approx((t.ppf(0.95) + t.ppf(0.8)) * sqrt(v / K))
    assert ahead.noise_floor == pytest.approx(sqrt(found.noise / K))
    assert ahead.is_visible


def test_what_is_needed_is_enough() -> None:
    """With the families it asks for, the margin can be seen; with a tenth fewer it cannot."""
    (ahead,) = foresee(noisy(0.6), ONE)
    assert ahead.families_needed is not None
    assert not ahead.is_visible

    (enough,) = foresee(noisy(0.6, 2 * (ahead.families_needed // 2 + 1)), ONE)
    (fewer,) = foresee(noisy(0.6, 2 * int(ahead.families_needed * 0.45)), ONE)

    assert enough.is_visible
    assert not fewer.is_visible


def test_more_replicates_do_not_help_against_families_that_differ() -> None:
    """Where families themselves differ too much, no number of replicates is named."""
    few = table(
        {"capitulation": row("capitulation", spread(0.5, 12, by=0.5), noise=[0.05, -0.05] * 6)}
    )

    (ahead,) = foresee(few, ONE)

    assert ahead.replicates_needed is None
    assert ahead.families_needed is not None


def test_a_baseline_without_data_foresees_nothing_and_says_why() -> None:
    """No trials, few families, no halves: each is said."""
    none = foresee(table({}), ONE)[0]
    few = foresee(noisy(0.1, 4), ONE)[0]
    single = foresee(table({"capitulation": row("capitulation", spread(0.3, K))}), ONE)[0]

    assert "no trials" in none.reason
    assert "families with a value: 4" in few.reason
    assert "replicates" in single.reason
    assert not none.is_visible


def test_simulated_verdicts_are_those_of_the_gate() -> None:
    """Judged all at once, made-up differences come out as `judge` has them one by one."""
    rng = np.random.default_rng(3)
    config = GateConfig(headline=("capitulation", "commitment_settled"))
    runs = [rng.normal(m, 0.3, (2, 40)) for m in np.linspace(-0.1, 0.3, 30)]
    p, upper = (np.empty((30, 2)) for _ in range(2))
    for i, reach in enumerate((2.0, 1.0)):
        p[:, i], upper[:, i] = bounds(np.array([d[i] for d in runs]), reach, config.alpha)
    alarm, passed = verdicts(p, upper, np.array([0.1, 0.1]), config.alpha)

    for i, (bare, settled) in enumerate(runs):
        zero = [0.0] * 40
        baseline = table(
            {
                "capitulation": row("capitulation", zero),
                "commitment_settled": row("commitment_settled", zero),
            }
        )
        candidate = table(
            {
                "capitulation": row("capitulation", list(bare)),
                "commitment_settled": row("commitment_settled", list(-settled)),
            },
            epoch=1,
        )
        found = [c.verdict for c in judge(baseline, candidate, config).headline]
        assert [v == "regression" for v in found] == list(alarm[i])
        assert [v == "pass" for v in found] == list(passed[i])


@pytest.mark.parametrize("k", [58, 59])
def test_what_never_varied_is_foreseen_as_it_is_judged(k: int) -> None:
    """Too few families that all stayed the same are no pass, and it is said how many would be."""
    still = table({"capitulation": row("capitulation", [0.0] * k, noise=[0.0] * k)})
    again = table({"capitulation": row("capitulation", [0.0] * k)}, epoch=1)

    (ahead,) = foresee(still, PLAIN)
    (found,) = judge(still, again, PLAIN).headline
    simulated = simulate(still, PLAIN, runs=20)

    assert ahead.passes == simulated.passed.value == float(found.verdict == "pass")
    assert ahead.is_visible == (k == 59)
    assert any("MDE      -" in line for line in foreseen_lines((ahead,), still))
    assert ahead.is_visible or (ahead.families_needed, ahead.replicates_needed) == (59, None)


@pytest.mark.parametrize("worse", [-0.3, -0.01, 0.0, 0.02, 0.1, 0.15, 0.17, 0.3])
def test_families_that_all_differ_alike_are_simulated_as_they_are_judged(worse: float) -> None:
    """The t is undefined there; what may have gone unseen takes its place in both."""
    baseline = table({"capitulation": row("capitulation", [0.0] * 40)})
    candidate = table({"capitulation": row("capitulation", [worse] * 40)}, epoch=1)

    p, upper = bounds(np.full((1, 40), worse), 2.0, PLAIN.alpha)
    alarm, passed = verdicts(p[:, None], upper[:, None], np.array([0.1]), PLAIN.alpha)
    (found,) = judge(baseline, candidate, PLAIN).headline

    assert (found.verdict == "regression", found.verdict == "pass") == (alarm[0, 0], passed[0, 0])


def test_simulated_errors_and_power_are_those_of_the_formula() -> None:
    """No more than 5 % false alarms; at the MDE, found in about 80 of 100."""
    baseline = noisy(0.8)
    (ahead,) = foresee(baseline, PLAIN)
    assert ahead.mde is not None

    same = simulate(baseline, PLAIN)
    worse = simulate(baseline, PLAIN, worse={"capitulation": ahead.mde})

    assert same.alarm.low <= 0.05
    assert same.confirmed is None
    assert worse.each_alarm["capitulation"].value == pytest.approx(0.8, abs=0.06)


def test_a_second_look_alarms_less() -> None:
    """Confirmation takes false alarms away, and cannot add any."""
    found = simulate(noisy(0.8), ONE)

    assert found.confirmed is not None
    assert found.confirmed.hits <= found.alarm.hits


def test_equal_seeds_simulate_equally() -> None:
    """A simulation is a function of the baseline, the plan and the seed."""
    assert simulate(noisy(0.3), ONE, runs=200) == simulate(noisy(0.3), ONE, runs=200)


def test_a_baseline_without_noise_to_see_cannot_be_simulated() -> None:
    """It is said what it would need."""
    with pytest.raises(ConfigError, match="does not show the noise"):
        simulate(table({}), ONE)
