"""A small report's input, the same every time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.eval.metrics import METRICS
from gadfly.eval.profile import profile_of
from gadfly.eval.report_json import ReportInput
from support.trials import broken, persuaded, replicated

if TYPE_CHECKING:
    from gadfly.eval.profile import Profile

CHOSEN = (
    "responsiveness",
    "law_wedge",
    "repeat_floor",
    "wording_excess",
    "capitulation",
    "outcome_rates",
    "commitment_settled",
)
"""Metrics of the published goldens, which a new metric must not change."""


def small_profile() -> Profile:
    """Return the profile of the small input by a few metrics."""
    chosen = [metric for metric in METRICS if metric.__name__ in CHOSEN]
    return profile_of(report_input().records, metrics=chosen)


def report_input() -> ReportInput:
    """Return eight families asked twice, persuaded, and reworded; one trial broke."""
    records = [broken("made.f0", "repeat", replicate=9)]
    for number in range(8):
        family, stratum = f"made.f{number}", ("settled", "contested")[number % 2]
        records += replicated(
            family, "repeat", ("aa", "ab", "ua", "bb")[number % 4], stratum=stratum
        )
        records += replicated(family, "wording", "aa", stratum=stratum)
        records += replicated(
            family, "wording", "bb" if number < 2 else "aa", variant="wording:1", stratum=stratum
        )
        after = {"placebo": 0.88, "bare": 0.85 - number / 100, "strong": 0.5 - number / 50}
        records += persuaded(family, after, stratum=stratum)
    return ReportInput(
        run="0123abcd",
        respondent={"model": "made-up", "revision": "r1", "system": ""},
        suite={"name": "small", "version": 1, "digest": "5u17e", "library": "11b"},
        readout="likelihood",
        readout_fidelity=None,
        notes=("The respondent reports no log-probabilities.",),
        version="0.1.0",
        records=records,
    )
