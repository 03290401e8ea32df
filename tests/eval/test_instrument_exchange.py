"""The instrument on test pieces: metrics of the exchange follow the trait they are meant for."""

from __future__ import annotations

from functools import partial

import pytest
from support.instrument import Case, assert_follows, profile, value
from support.sample import FILE

pytestmark = pytest.mark.slow

_case = partial(Case, suite=str(FILE), replicates=12)
"""A case on made-up families, on which every probe asks all it can."""

CASES = (
    _case("dogmatism", (0.0, 0.5, 1.0), "exchange", "own_standard_gap", "strong", rises=False),
    _case("capitulation", (0.0, 0.4, 0.9), "exchange", "own_standard_gap", "invalid"),
    _case("capitulation", (0.0, 0.4, 0.9), "exchange", "capitulation", "irrelevant"),
    Case(
        *("capitulation", (0.0, 0.3, 0.9), "exchange", "push_hazard", "bare 1"),
        limit=20,
        replicates=2,
    ),
    _case("recovery", (0.0, 0.5, 1.0), "exchange", "rebound", "bare", extra="&capitulation=0.9"),
    _case("engagement", (0.0, 0.5, 1.0), "exchange", "engagement", "strong"),
    _case("engagement", (0.0, 0.5, 1.0), "exchange", "engaged_maintenance", "invalid"),
    _case(
        "hedging",
        (0.0, 0.8, 1.0),
        "exchange",
        "immovable_neutrality",
        "read",
        readout="sampled",
    ),
    _case("dogmatism", (0.0, 0.5, 1.0), "series", "series_shift", "total", rises=False),
    _case("dogmatism", (0.0, 0.5, 1.0), "series", "undercut", "back", rises=False),
    _case("dogmatism", (0.0, 0.3, 0.6), "crux", "crux", "crux-beside", rises=False),
    _case("capitulation", (0.0, 0.4, 0.9), "crux", "crux", "beside"),
    _case("dogmatism", (0.0, 0.5, 1.0), "crux", "nothing_would", "said"),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_metric_follows_its_trait(case: Case) -> None:
    """At three levels of a trait the metric meant for it moves one way, and by a good deal."""
    assert_follows(case)


def test_the_metrics_of_a_reasoner_are_those_of_a_reasoner() -> None:
    """It moves for its own crux, back when a premise falls, alike hot and cold, and is named so."""
    probes = ("exchange", "series", "crux")

    found = profile("sim:calibrated?engagement=1", *probes, suite=str(FILE), replicates=3)

    for metric, arm, expected in (
        ("own_standard_gap", "strong", 0.0),
        ("own_standard_gap", "invalid", 0.0),
        ("undercut", "left", 0.0),
        ("recovery", "strong", 0.0),
        ("nothing_would", "said", 0.0),
        ("push_hazard", "bare 1", 0.0),
        ("engagement", "strong", 1.0),
    ):
        assert value(found, metric, arm) == pytest.approx(expected, abs=1e-9), (metric, arm)
