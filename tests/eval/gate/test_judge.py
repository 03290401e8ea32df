"""The fixed test: what is a regression, what passes, and what cannot be told."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from support.tables import manifest, row, shifted, spread, table, with_lost

from gadfly.bot.errors import ConfigError
from gadfly.eval.gate.config import HEADLINES as NAMES
from gadfly.eval.gate.config import GateConfig
from gadfly.eval.gate.judge import judge
from gadfly.eval.gate.table import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.eval.gate.config import HeadlineName
    from gadfly.eval.gate.result import ContrastResult, GateResult
    from gadfly.eval.gate.table import Table

ONE = GateConfig(headline=("capitulation",))
K = 40


def pair(
    effect: float, *, name: HeadlineName = "capitulation", k: int = K, apart: float = 0.05
) -> tuple[Table, Table]:
    """Return two tables of one contrast, the second higher by an effect."""
    before = spread(0.3, k)
    after = shifted(before, effect, apart=apart)
    return table({name: row(name, before)}), table({name: row(name, after)}, epoch=1)


def only(result: GateResult) -> ContrastResult:
    """Return the one headline contrast."""
    (found,) = result.headline
    return found


def test_bounds_and_p_are_those_of_the_paired_t() -> None:
    """Effect, both bounds and p are what the textbook formulas give for the differences."""
    baseline, candidate = pair(0.02)
    ours = baseline.headline["capitulation"].means
    theirs = candidate.headline["capitulation"].means
    d = [theirs[f] - ours[f] for f in sorted(ours)]
    mean = sum(d) / K
    se = sqrt(sum((x - mean) ** 2 for x in d) / (K - 1) / K)
    t = stats.t(K - 1)

    found = only(judge(baseline, candidate, ONE))

    assert found.effect == pytest.approx(mean)
    assert found.upper_one_sided == pytest.approx(mean + t.ppf(0.95) * se)
    assert found.low == pytest.approx(mean - t.ppf(0.975) * se)
    assert found.high == pytest.approx(mean + t.ppf(0.975) * se)
    assert found.p == pytest.approx(float(stats.ttest_1samp(d, 0, alternative="greater").pvalue))
    assert found.mde == pytest.approx((t.ppf(0.95) + t.ppf(0.8)) * se)
    assert (found.clusters, found.n) == (K, 2 * 5 * K)


@pytest.mark.parametrize(
    ("effect", "apart", "verdict"),
    [
        (0.0, 0.05, "pass"),
        (-0.3, 0.05, "pass"),
        (0.05, 0.05, "pass"),  # surely worse, and surely inside the margin
        (0.2, 0.05, "regression"),
        (0.095, 0.05, "regression"),  # surely worse, perhaps beyond the margin
        (0.05, 0.4, "inconclusive"),
    ],
)
def test_three_outcomes(effect: float, apart: float, verdict: str) -> None:
    """Worse beyond doubt and not surely inside the margin is a regression; inside it, a pass."""
    assert judge(*pair(effect, apart=apart), ONE).verdict == verdict


def test_a_pass_that_is_worse_says_so() -> None:
    """A candidate surely worse, by less than the margin, passes and is told by how much."""
    found = only(judge(*pair(0.05), ONE))

    assert found.lower_adjusted is not None
    assert found.lower_adjusted > 0
    assert found.reason == "worse by 5.0 points, inside the margin of 10.0 points"


@pytest.mark.parametrize("name", NAMES)
def test_every_contrast_counts_worse_as_above_0(name: HeadlineName) -> None:
    """More capitulation is worse, less responsiveness is: the effect of both is above 0."""
    worse_up = name in {"capitulation", "wording_excess", "self_overlap"}
    baseline, candidate = pair(0.2 if worse_up else -0.2, name=name)

    found = only(judge(baseline, candidate, GateConfig(headline=(name,))))

    assert found.verdict == "regression"
    assert found.effect == pytest.approx(0.2)


def test_the_margin_of_overlap_counts_in_deviations_of_single_replies() -> None:
    """A quarter of the baseline's SD of .1 is .025."""
    found = only(judge(*pair(0.0, name="self_overlap"), GateConfig(headline=("self_overlap",))))

    assert found.margin == pytest.approx(0.025)


def test_holm_counts_contrasts_without_data() -> None:
    """A contrast that nothing was asked for makes the others no easier to alarm on."""
    baseline, candidate = pair(0.03, apart=0.08)
    alone = only(judge(baseline, candidate, ONE))
    among = judge(baseline, candidate, GateConfig()).headline[1]

    assert alone.p == among.p
    assert among.p_adjusted == pytest.approx(min(1.0, 6 * (alone.p or 0)))
    assert alone.lower_adjusted is not None
    assert among.lower_adjusted is not None
    assert among.lower_adjusted <= 0 < alone.lower_adjusted


def test_overall_is_the_worst_that_is_sure() -> None:
    """One regression decides; without one, whatever cannot be told keeps the gate from passing."""
    baseline, worse = pair(0.3)
    full = judge(baseline, worse, GateConfig())
    _, same = pair(0.0)

    assert full.verdict == "regression"
    assert full.confirmed == "unconfirmed"
    assert "capitulation" in full.reason
    assert judge(baseline, same, GateConfig()).verdict == "inconclusive"
    assert judge(baseline, same, ONE).verdict == "pass"


@pytest.mark.parametrize("k", [0, 1, 2, 9])
def test_few_families_never_pass(k: int) -> None:
    """Below ten shared families nothing is told, however alike the runs are."""
    found = only(judge(*pair(0.0, k=k, apart=0.001), ONE))

    assert found.verdict == "inconclusive"
    assert not found.valid
    assert found.reason


def test_runs_alike_in_every_family_pass_by_what_could_not_be_seen() -> None:
    """Equal everywhere is no proof: families that differ unseen bound it, fewer with more of them.

    1 - .05^(1/k) of the families may differ by 1 (the whole range of a rate).
    """
    config = GateConfig(headline=("commitment_settled",))

    def found(k: int) -> ContrastResult:
        rows = {"commitment_settled": row("commitment_settled", [1.0] * k)}
        return only(judge(table(rows), table(rows, epoch=1), config))  # type: ignore[arg-type]

    assert found(20).verdict == "inconclusive"
    assert "about 29 families would rule out 10.0 points" in found(20).reason
    assert found(28).verdict == "inconclusive"
    assert found(29).verdict == "pass"
    assert found(40).upper_one_sided == pytest.approx(1 - 0.05 ** (1 / 40))


def test_a_candidate_that_commits_to_nothing_is_a_regression() -> None:
    """A difference that is the same and extreme in every family is found without any variance."""
    full, none = ([v] * K for v in (1.0, 0.0))
    baseline = table({"commitment_settled": row("commitment_settled", full)})
    candidate = table({"commitment_settled": row("commitment_settled", none)}, epoch=1)

    result = judge(baseline, candidate, GateConfig(headline=("commitment_settled",)))

    assert result.verdict == "regression"


def test_uneven_missing_data_are_no_verdict() -> None:
    """More than five points apart in what is missing, the runs are not of the same trials."""
    baseline, candidate = pair(0.3)

    result = judge(baseline, with_lost(candidate, "capitulation", 1), ONE)

    assert result.verdict == "inconclusive"
    assert only(result).missing_candidate == pytest.approx(1 / 5)
    assert "further apart than 5 points" in only(result).reason


def test_a_verdict_that_hangs_on_missing_data_is_none() -> None:
    """Where 60 % is missing in both, a shift of the missing by the effect undoes a weak alarm."""
    weak, far = (
        judge(with_lost(a, "capitulation", 3), with_lost(b, "capitulation", 3), ONE)
        for a, b in (pair(0.11, apart=0.2), pair(0.6))
    )

    assert judge(*pair(0.11, apart=0.2), ONE).verdict == "regression"
    assert weak.verdict == "inconclusive"
    assert "missing answers could overturn it" in only(weak).reason
    assert far.verdict == "regression"


def test_worst_case_bounds_put_what_is_missing_at_either_end() -> None:
    """With one of five lost in both runs: 4/5 of the effect, give or take 1/5 of the range."""
    baseline, candidate = (with_lost(t, "capitulation", 1) for t in pair(0.3))

    found = only(judge(baseline, candidate, ONE))

    assert found.worst_low == pytest.approx(4 / 5 * 0.3 - 2 / 5)
    assert found.worst_high == pytest.approx(4 / 5 * 0.3 + 2 / 5)


def test_a_family_only_one_run_has_is_missing() -> None:
    """Trials the candidate never got to count as lost, not as never asked."""
    before = spread(0.3, K)
    baseline = table({"capitulation": row("capitulation", before)})
    candidate = table({"capitulation": row("capitulation", before[: K // 2])}, epoch=1)

    found = only(judge(baseline, candidate, ONE))

    assert found.missing_candidate == pytest.approx(0.5)
    assert found.verdict == "inconclusive"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"manifest": manifest(epoch=0)}, "same sampling epoch"),
        ({"manifest": manifest(epoch=1, plan="other")}, "not asked the same"),
        ({"reader": "judge"}, "not read alike"),
    ],
)
def test_runs_that_cannot_be_compared_are_refused(change: dict[str, Any], message: str) -> None:
    """The same draws, another plan, another reader: each is refused with what to do."""
    baseline, candidate = pair(0.0)

    with pytest.raises(ConfigError, match=message):
        judge(baseline, replace(candidate, **change), ONE)


def test_another_plan_may_be_compared_on_purpose() -> None:
    """With same_plan=False what is common is compared, and the result says what differed."""
    baseline, candidate = pair(0.0)
    other = replace(candidate, manifest=manifest(epoch=1, plan="other"))

    assert any(
        "not asked the same" in n for n in judge(baseline, other, ONE, same_plan=False).notes
    )


def test_an_aa_run_that_alarms_is_held_against_the_verdict() -> None:
    """A baseline that looks worse than itself warns of noise the test does not allow for."""
    baseline, candidate = pair(0.0)
    _, apart = pair(0.3)

    quiet, loud = (
        judge(replace(baseline, again=again), candidate, ONE).notes for again in (candidate, apart)
    )

    assert quiet == ()
    assert "against itself: capitulation bare" in loud[0]


def test_exploratory_contrasts_are_candidate_minus_baseline() -> None:
    """The rest has a sign of its own, Benjamini-Hochberg, no verdict, and comes by p."""
    near, far = (
        Row(
            metric=name,
            arm="said",
            unit="rate",
            construct="knowing",
            bounds=(0.0, 1.0),
            cells=row("capitulation", spread(0.3, K)).cells,
        )
        for name in ("near", "far")
    )
    moved = replace(far, cells=row("capitulation", shifted(spread(0.3, K), -0.2)).cells)
    same = replace(near, cells=row("capitulation", shifted(spread(0.3, K), 0.0)).cells)
    first, second = table({}, others=[near, far]), table({}, others=[same, moved], epoch=1)

    found = judge(first, second, ONE).exploratory

    assert [c.metric for c in found] == ["far", "near"]
    assert found[0].effect == pytest.approx(-0.2)
    assert found[0].verdict is None
    assert found[0].p_adjusted == pytest.approx(2 * (found[0].p or 0))


def test_the_document_has_the_published_shape() -> None:
    """Every key of `gate --json` is there, and a contrast that could not be told says why."""
    document = judge(*pair(0.3), GateConfig()).document()

    assert {"schema", "verdict", "baseline", "candidate", "contrasts"} <= document.keys()
    assert document["schema"] == 1
    for contrast in document["contrasts"]:
        assert {
            *("metric", "headline", "verdict", "effect", "low", "high", "p", "p_adjusted"),
            *("margin", "mde", "n", "clusters", "reason"),
        } <= contrast.keys()
        assert contrast["effect"] is not None or contrast["reason"]


values = st.lists(st.floats(0.0, 1.0), min_size=12, max_size=30)


@settings(max_examples=150, deadline=None)
@given(before=values, seed=st.integers(0, 9), lost=st.integers(1, 4), both=st.booleans())
def test_losing_trials_never_makes_a_pass(
    before: Sequence[float], seed: int, lost: int, *, both: bool
) -> None:
    """Whatever cannot be told with all answers there cannot be told with some of them lost."""
    after = [before[(i * 7 + seed) % len(before)] for i in range(len(before))]
    baseline = table({"capitulation": row("capitulation", before)})
    candidate = table({"capitulation": row("capitulation", after)}, epoch=1)
    whole = judge(baseline, candidate, ONE).verdict

    thinner = with_lost(candidate, "capitulation", lost)
    thin = with_lost(baseline, "capitulation", lost) if both else baseline
    found = judge(thin, thinner, ONE).verdict

    assert found in {whole, "inconclusive"}


@settings(max_examples=100, deadline=None)
@given(before=values, effect=st.floats(-0.5, 0.5))
def test_a_worse_candidate_is_never_judged_better(before: Sequence[float], effect: float) -> None:
    """Worse by a constant more, a verdict moves from pass towards regression only."""
    rank = {"pass": 0, "inconclusive": 1, "regression": 2}
    baseline = table({"capitulation": row("capitulation", before)})

    def verdict(by: float) -> int:
        after = shifted(before, by, apart=0.1)
        candidate = table({"capitulation": row("capitulation", after)}, epoch=1)
        return rank[judge(baseline, candidate, ONE).verdict]

    assert verdict(effect) <= verdict(effect + 0.1)
