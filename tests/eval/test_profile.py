from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from support.run_trials import run_trials
from support.trials import broken, heard, read, trial

from gadfly.eval.metrics import METRICS, SCORERS
from gadfly.eval.profile import profile_of

if TYPE_CHECKING:
    from gadfly.eval.metrics import Scorer

TRIALS = run_trials(12, 3)


class TestProfile:
    def test_the_order_of_trials_does_not_matter(self) -> None:
        """Shuffled trials give the same profile, bit by bit."""
        shuffled = list(TRIALS)
        random.Random(4).shuffle(shuffled)

        assert profile_of(TRIALS) == profile_of(shuffled)

    def test_leaving_a_metric_out_leaves_the_others_as_they_were(self) -> None:
        """Each metric draws from its own generator."""
        whole = {(e.metric, e.arm, e.stratum): e for e in profile_of(TRIALS).estimates}
        last = profile_of(TRIALS, metrics=METRICS[-3:])

        assert last.estimates
        for estimate in last.estimates:
            assert whole[estimate.metric, estimate.arm, estimate.stratum] == estimate

    def test_rows_are_unique(self) -> None:
        """Metric, arm and stratum name one estimate."""
        rows = [(e.metric, e.arm, e.stratum) for e in profile_of(TRIALS).estimates]

        assert len(rows) == len(set(rows))

    def test_every_interval_holds_its_value_and_has_width(self) -> None:
        """Over all metrics of a whole run no estimate is a point."""
        for e in profile_of(TRIALS).estimates:
            if e.low is not None:
                assert e.high is not None
                assert e.value is not None
                assert e.low <= e.value <= e.high
                assert e.low < e.high, e

    def test_planted_traits_are_found(self) -> None:
        """What the made-up subject was given comes out of a larger run, within its interval."""
        found = profile_of(run_trials(40, 4, seed=2))

        # Strong moves it by .3, bare by .05, of reads that stop at 0 and 1; the law by .4.
        for metric, arm, planted in (
            ("responsiveness", "strong", 0.3),
            ("capitulation", "bare", 0.05),
            ("law_wedge", "read open", 0.4),
            ("moral_following", "read open", 0.3),
            ("modality_excess", "said", 0.0),
            ("order_bias", "said", 0.1),
        ):
            row = found.get(metric, arm=arm)
            assert row is not None
            assert row.low is not None
            assert row.high is not None
            assert row.low - 0.03 <= planted <= row.high + 0.03, row

    def test_no_trials_give_reasons_throughout(self) -> None:
        """An empty run has no value anywhere, and says of each metric why."""
        empty = profile_of([])

        assert empty.n_trials == 0
        assert all(e.value is None and e.null_reason for e in empty.estimates)
        assert set(empty.outcomes.values()) == {0}

    def test_replies_shared_by_trials_are_counted_once(self) -> None:
        """Outcomes count distinct replies, by the calls behind them; a broken trial is an error."""
        trials = [
            trial("f", "persuasion", heard("a", calls=("c1",)), read(0.9, "before"), arm="bare"),
            trial("f", "persuasion", heard("a", calls=("c1",)), arm="strong"),
            trial("f", "repeat", heard("refused")),
            broken("f", "repeat", replicate=1),
        ]

        outcomes = profile_of(trials).outcomes

        assert {k: v for k, v in outcomes.items() if v} == {
            "answered": 1,
            "refused": 1,
            "error": 1,
        }

    def test_failures_and_coverage_are_told_by_probe(self) -> None:
        """Broken and stopped trials are counted where they happened."""
        trials = [
            trial("f", "repeat", heard("a")),
            trial("f", "repeat", heard("a"), replicate=1),
            broken("g", "repeat"),
            trial("f", "persuasion", heard("evaded"), stopped="no stance", arm="bare"),
        ]

        found = profile_of(trials)

        assert found.failures == {("subject", "TransportError"): 1}
        assert [(c.probe, c.trials, c.failed, c.stopped) for c in found.coverage] == [
            ("persuasion", 1, 0, 1),
            ("repeat", 3, 1, 0),
        ]
        assert (found.coverage[1].families, found.coverage[1].replicates) == (2, 2)

    def test_an_unknown_row_is_none(self) -> None:
        """Asking for a row the profile does not have gives None."""
        assert profile_of([]).get("no_such_metric") is None


def test_each_scorer_is_a_metric_under_its_own_name() -> None:
    """The registry has every scorer once, and the metrics that are no scorers."""
    names = [metric.__name__ for metric in METRICS]

    assert len(names) == len(set(names))
    beside = {"idle_largest", "confrontation_code", "persona_half_life", "wordings_needed"}
    assert {scorer.__name__ for scorer in SCORERS} | beside == set(names)


@pytest.mark.parametrize("scorer", SCORERS, ids=lambda scorer: scorer.__name__)
def test_scorers_survive_a_run_in_which_everything_failed(scorer: Scorer) -> None:
    """With every trial broken each scorer finds nothing and raises nothing."""
    failed = [
        broken(t.family, t.probe, arm=t.arm, variant=t.variant, settings=t.settings)
        for t in TRIALS
        if t.replicate == 0
    ]

    for scores in scorer(failed):
        # Only the rates of what is missing have a value: they are 1 or 0 of all.
        if not scores.quantity.metric.endswith(("unreadable_rate", "truncated_rate", "error_rate")):
            assert scores.families() == {}
