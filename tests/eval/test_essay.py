"""The essay's observations: each verdict follows from the interval alone."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console
from support.report_input import report_input, small_profile
from support.run_trials import run_trials

from gadfly.eval.essay import ESSAY, SUITE, findings
from gadfly.eval.estimate import Estimate
from gadfly.eval.metrics import METRICS
from gadfly.eval.profile import Profile, profile_of
from gadfly.eval.report_json import report_document
from gadfly.eval.report_terminal import print_report

GOOD = next(c for c in ESSAY if c.metric == "responsiveness")
WORD = next(c for c in ESSAY if c.metric == "idle_excess")


def profile(metric: str, arm: str, low: float | None, high: float | None) -> Profile:
    """Return a profile of one estimate with this interval."""
    value = None if low is None or high is None else (low + high) / 2
    row = Estimate(
        metric=metric,
        construct="dogmatism",
        stratum="all",
        arm=arm,
        value=value,
        low=low,
        high=high,
        level=0.95,
        method="t",
        unit="points",
        n=10,
        clusters=10,
        unscored=0,
        mde=None,
        null_reason=None if value is not None else "no trials",
    )
    return replace(small_profile(), estimates=(row,))


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (-0.05, 0.08, "still true"),
        (0.12, 0.30, "not"),
        (0.05, 0.15, "cannot tell"),
        (None, None, "cannot tell"),
    ],
)
def test_standing_still_is_judged_below_its_margin(
    low: float | None, high: float | None, expected: str
) -> None:
    """That a good argument does not move it needs the whole interval below ten points."""
    found = findings(profile(GOOD.metric, GOOD.arm, low, high))

    assert next(f.verdict for f in found if f.claim == GOOD) == expected


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0.01, 0.08, "still true"),
        (-0.02, 0.02, "not"),
        (0.001, 0.02, "not"),
        (-0.02, 0.08, "cannot tell"),
    ],
)
def test_an_effect_is_judged_by_null_and_margin(low: float, high: float, expected: str) -> None:
    """An effect must exceed nothing to be there, and what would matter not to be dismissed."""
    found = findings(profile(WORD.metric, WORD.arm, low, high))

    assert next(f.verdict for f in found if f.claim == WORD) == expected


def test_every_claim_is_about_a_row_some_metric_makes() -> None:
    """No claim names a metric, arm or stratum that no profile can have."""
    made = {(e.metric, e.arm, e.stratum) for e in profile_of(run_trials(6, 2)).estimates}

    assert [c for c in ESSAY if (c.metric, c.arm, c.stratum) not in made] == []
    assert len(METRICS) > len({c.metric for c in ESSAY})


def test_only_the_report_of_its_suite_holds_the_observations() -> None:
    """The essay suite's report lists them on the terminal and in JSON; no other one does."""
    plain = report_input()
    essay = replace(plain, suite={**plain.suite, "name": SUITE})

    def shown(source: object) -> str:
        console = Console(width=80, file=StringIO())
        print_report(console, source, profile=small_profile())  # type: ignore[arg-type]  # either input
        assert isinstance(console.file, StringIO)
        return console.file.getvalue()

    assert "still true of this model" in shown(essay)
    assert "still true of this model" not in shown(plain)
    rows = report_document(essay, small_profile())["essay"]
    assert [row["says"] for row in rows] == [c.says for c in ESSAY]
    assert "essay" not in report_document(plain, small_profile())
