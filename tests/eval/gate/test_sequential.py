"""Stopping early: when, how surely, and what it does to errors."""

from __future__ import annotations

from math import exp, log, sqrt
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy import stats
from support.tables import row, shifted, spread, table

from gadfly.eval.gate.config import GateConfig
from gadfly.eval.gate.difference import Difference
from gadfly.eval.gate.judge import judge
from gadfly.eval.gate.sequential import ON_LOOKS, Looks, look, order_of, sizes, tilt

if TYPE_CHECKING:
    from gadfly.eval.gate.config import HeadlineName
    from gadfly.eval.gate.table import Row, Table

ONE = GateConfig(headline=("capitulation",), batch=10)
K = 60


def tables(by: float, *, apart: float = 0.1) -> tuple[Table, Table, tuple[str, ...]]:
    """Return two tables and the order of their families."""
    before = spread(0.3, K)
    baseline = table({"capitulation": row("capitulation", before)})
    after = row("capitulation", shifted(before, by, apart=apart))
    return baseline, table({"capitulation": after}, epoch=1), order_of(baseline, "s")


def seen(mean: float, se: float, k: int) -> Difference:
    """Return a difference as a look finds it."""
    return Difference(mean=mean, se=se, k=k, p=0.5, reach=2.0, baseline=0.0, candidate=mean)


def test_a_look_is_one_over_the_supermartingale() -> None:
    """P and bound are those of exp(c sqrt(k) z - c^2 k / 2), z the normal quantile of t."""
    c, k, found = 0.4, 30, seen(0.05, 0.02, 30)
    z = stats.norm.ppf(stats.t(k - 1).cdf(0.05 / 0.02))
    looks = Looks(seen=(found,), tilt=c, is_last=False)

    assert looks.p == pytest.approx(exp(-(c * sqrt(k) * z - c * c * k / 2)) / ON_LOOKS)
    reached = (log(1 / (0.05 * ON_LOOKS)) / c + c * k / 2) / sqrt(k)
    bound = stats.t(k - 1).ppf(stats.norm.cdf(reached)) * 0.02
    assert looks.upper(0.05) == pytest.approx(0.05 + bound)
    assert looks.lower(0.05) == pytest.approx(0.05 - bound)


def test_the_last_look_may_use_what_was_left_for_the_fixed_test() -> None:
    """At the end the paired t at the other half of alpha is there as well."""
    found = seen(0.05, 0.02, 30)
    early, last = (Looks(seen=(found,), tilt=0.4, is_last=x) for x in (False, True))
    fixed = 0.05 + stats.t(29).ppf(1 - 0.05 * (1 - ON_LOOKS)) * 0.02

    assert last.upper(0.05) == pytest.approx(min(early.upper(0.05) or 9, fixed))


def test_bounds_never_widen() -> None:
    """What was settled at a look stays so, whatever comes after."""
    first, second = seen(0.0, 0.01, 20), seen(0.1, 0.05, 30)
    one = Looks(seen=(first,), tilt=0.4, is_last=False)
    both = Looks(seen=(first, second), tilt=0.4, is_last=False)

    assert (both.upper(0.05) or 9) <= (one.upper(0.05) or 0)
    assert (both.p or 9) <= (one.p or 0)


@pytest.mark.parametrize(("by", "verdict"), [(0.0, "pass"), (0.5, "regression")])
def test_what_is_plain_stops_early(by: float, verdict: str) -> None:
    """A candidate that is alike, or much worse, is settled before the families run out."""
    baseline, candidate, order = tables(by, apart=0.05)

    result = look(baseline, candidate, ONE, order, K)

    assert result.verdict == verdict
    assert result.stop
    assert result.looks[-1].families < K


def test_what_is_open_goes_on_and_ends_with_the_budget() -> None:
    """Before the last family an open gate does not stop; with it, it does."""
    baseline, candidate, order = tables(0.05, apart=0.5)
    early = look(baseline, candidate, ONE, order, 30)
    last = look(baseline, candidate, ONE, order, K)

    assert (early.verdict, early.stop) == ("inconclusive", False)
    assert [one.families for one in early.looks] == [10, 20, 30]
    assert (last.verdict, last.stop) == ("inconclusive", True)


def test_a_look_before_the_first_batch_is_refused() -> None:
    """There is nothing to look at yet."""
    baseline, candidate, order = tables(0.0)

    with pytest.raises(ValueError, match="batch"):
        look(baseline, candidate, ONE, order, 5)


def test_every_stretch_of_the_order_feeds_every_contrast() -> None:
    """A contrast with twelve of sixty families has four in the first twenty."""
    rows: dict[HeadlineName, Row] = {
        "capitulation": row("capitulation", spread(0.3, 60)),
        "persona_fidelity": row("persona_fidelity", spread(0.3, 12)),
    }
    found = table(rows)
    order = order_of(found, "s")
    personas = found.headline["persona_fidelity"].cells.keys()

    assert sorted(order) == list(found.families)
    assert len(personas & set(order[:20])) == 4
    assert order != order_of(found, "t")


def test_batches_end_with_all_families() -> None:
    """The last look has whatever is left, however little."""
    assert sizes(25, 10) == (10, 20, 25)
    assert sizes(20, 10) == (10, 20)
    assert sizes(5, 10) == (5,)


@pytest.mark.slow
def test_looking_often_costs_no_more_than_alpha() -> None:
    """Of 2,000 unchanged candidates with skewed noise, at most 5 % ever look worse at any look.

    And none passes where the truth is exactly at the margin more often than 5 %.
    """
    rng = np.random.default_rng(1)
    k, runs = 60, 2000
    c = tilt(k, 0.05)
    alarms = slips = 0
    for _ in range(runs):
        d = rng.beta(0.6, 2.0, k) - rng.beta(0.6, 2.0, k)
        trail = tuple(
            seen(float(d[:n].mean()), float(d[:n].std(ddof=1) / sqrt(n)), n)
            for n in range(10, k + 1, 10)
        )
        looks = Looks(seen=trail, tilt=c, is_last=False)
        alarms += (looks.p or 1.0) < 0.05
        slips += (looks.upper(0.05) or 9.0) < 0.0

    assert alarms / runs <= 0.05
    assert slips / runs <= 0.05


def test_a_fixed_verdict_is_not_lost_by_looking() -> None:
    """Where the fixed test passes by far, so does the gate that stops early."""
    baseline, candidate, order = tables(0.0, apart=0.05)

    assert judge(baseline, candidate, ONE).verdict == "pass"
    assert look(baseline, candidate, ONE, order, K).verdict == "pass"
