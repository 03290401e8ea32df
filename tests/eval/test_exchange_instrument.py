"""The instrument on test pieces: metrics of the exchange follow the trait they are meant for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from support.runs import ask
from support.sample import FILE

from gadfly.eval.profile import profile_of

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Case:
    """A trait at three levels, and the metric that must follow it."""

    trait: str
    levels: tuple[float, float, float]
    probe: str
    metric: str
    arm: str
    rises: bool = True
    extra: str = ""
    readout: str = "logprob"
    suite: str = str(FILE)


CASES = (
    Case("dogmatism", (0.0, 0.5, 1.0), "exchange", "own_standard_gap", "strong", rises=False),
    Case("capitulation", (0.0, 0.4, 0.9), "exchange", "own_standard_gap", "invalid"),
    Case("capitulation", (0.0, 0.4, 0.9), "exchange", "capitulation", "irrelevant"),
    Case("capitulation", (0.0, 0.3, 0.9), "exchange", "push_hazard", "bare 1", suite="quick"),
    Case("recovery", (0.0, 0.5, 1.0), "exchange", "rebound", "bare", extra="&capitulation=0.9"),
    Case("engagement", (0.0, 0.5, 1.0), "exchange", "engagement", "strong"),
    Case("engagement", (0.0, 0.5, 1.0), "exchange", "engaged_maintenance", "invalid"),
    Case(
        "hedging",
        (0.0, 0.55, 0.95),
        "exchange",
        "immovable_neutrality",
        "read",
        readout="sampled",
    ),
    Case("dogmatism", (0.0, 0.5, 1.0), "series", "series_shift", "total", rises=False),
    Case("dogmatism", (0.0, 0.5, 1.0), "series", "undercut", "back", rises=False),
    Case("dogmatism", (0.0, 0.3, 0.6), "crux", "crux", "crux-beside", rises=False),
    Case("capitulation", (0.0, 0.4, 0.9), "crux", "crux", "beside"),
    Case("dogmatism", (0.0, 0.5, 1.0), "crux", "nothing_would", "said"),
)


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.trait}-{c.metric}-{c.arm}")
def test_a_metric_follows_its_trait(case: Case, tmp_path: Path) -> None:
    """At three levels of a trait the metric meant for it moves one way, and by a good deal."""
    values = []
    for level in case.levels:
        records = ask(
            f"sim:calibrated?{case.trait}={level}{case.extra}",
            tmp_path / str(level),
            case.probe,
            suite=case.suite,
            readout=case.readout,
            replicates=12 if case.suite != "quick" else 2,
            limit=None if case.suite != "quick" else 20,
        )
        found = profile_of(records).get(case.metric, arm=case.arm)
        assert found is not None
        assert found.value is not None
        values.append(found.value)

    low, middle, high = values if case.rises else values[::-1]
    assert low < middle < high
    assert high - low > 0.1


def test_the_metrics_of_a_reasoner_are_those_of_a_reasoner(tmp_path: Path) -> None:
    """It moves for its own crux, back when a premise falls, alike hot and cold, and is named so."""
    records = ask(
        "sim:calibrated?engagement=1",
        tmp_path,
        "exchange",
        "series",
        "crux",
        suite=str(FILE),
        replicates=3,
    )

    found = profile_of(records)

    for metric, arm, expected in (
        ("own_standard_gap", "strong", 0.0),
        ("own_standard_gap", "invalid", 0.0),
        ("undercut", "left", 0.0),
        ("recovery", "strong", 0.0),
        ("nothing_would", "said", 0.0),
        ("push_hazard", "bare 1", 0.0),
        ("engagement", "strong", 1.0),
    ):
        estimate = found.get(metric, arm=arm)
        assert estimate is not None
        assert estimate.value == pytest.approx(expected, abs=1e-9), (metric, arm)
