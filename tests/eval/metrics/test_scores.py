from __future__ import annotations

import numpy as np
import pytest

from gadfly.eval.metrics.scores import Quantity, Scores

RATE = Quantity(metric="m", construct="commitment", unit="rate", bounds=(0.0, 1.0), probe="p")
SQUARE = Quantity(
    metric="m",
    construct="inconsistency",
    unit="probability",
    bounds=(0.0, 1.0),
    probe="p",
    root="m_root",
)


def rng() -> np.random.Generator:
    return np.random.default_rng(1)


def test_values_count_in_their_stratum_and_in_all() -> None:
    """The first row is over all families, then one row a stratum that occurs, in fixed order."""
    scores = Scores(RATE, "said")
    scores.add("contested", "f", 1.0, ["t1"])
    scores.add("objective", "g", 0.0, ["t2", "t3"])

    rows = scores.estimates(rng())

    assert [(r.stratum, r.value, r.n) for r in rows] == [
        ("all", 0.5, 3),
        ("objective", 0.0, 2),
        ("contested", 1.0, 1),
    ]


def test_a_trial_scored_once_is_no_longer_unscored() -> None:
    """A trial that was a miss in one comparison and scored in another counts as scored."""
    scores = Scores(RATE, "said")
    scores.miss("contested", ["t1", "t2"], "why")
    scores.add("contested", "f", 1.0, ["t1"])

    assert [(r.n, r.unscored) for r in scores.estimates(rng())] == [(1, 1), (1, 1)]


def test_the_commonest_reason_is_given() -> None:
    """With nothing scored the estimate says what most trials lacked."""
    scores = Scores(RATE, "said")
    scores.miss("settled", ["t1"], "rare")
    scores.miss("settled", ["t2", "t3"], "common")

    row = scores.estimates(rng())[0]

    assert (row.value, row.null_reason, row.unscored) == (None, "common", 3)


def test_no_trials_at_all_name_the_probe() -> None:
    """A metric whose probe was not run says which one that is."""
    rows = Scores(RATE, "said").estimates(rng())

    assert [(r.stratum, r.null_reason) for r in rows] == [("all", "no trials of p")]


def test_details_have_no_strata() -> None:
    """A detail is reported over all strata only."""
    scores = Scores(RATE, "said/x", detail=True)
    scores.add("contested", "f", 1.0, ["t1"])

    assert [r.stratum for r in scores.estimates(rng())] == ["all"]


def test_a_root_is_printed_beside_its_square() -> None:
    """Value and interval have their roots taken, cut at 0."""
    scores = Scores(SQUARE, "said")
    for i in range(40):
        scores.add("contested", f"f{i}", -0.04 if i % 2 else 0.12, [f"t{i}"])

    square, root = scores.estimates(rng())[:2]

    assert square.low is not None
    assert square.high is not None
    assert (root.metric, root.unit) == ("m_root", "points")
    assert square.mde is not None
    assert root.mde == pytest.approx(square.mde**0.5)
    assert root.value == pytest.approx(0.2, abs=1e-12)
    assert root.high == pytest.approx(square.high**0.5, abs=1e-12)
    assert root.method == "root of t"


def test_the_root_of_nothing_keeps_the_reason() -> None:
    """Without a value the root has none either, for the same reason."""
    _, root = Scores(SQUARE, "said").estimates(rng())

    assert (root.value, root.null_reason) == (None, "no trials of p")


def test_slack_widens_the_interval_at_both_ends() -> None:
    """What is known between bounds only adds its mean width to the interval's ends."""
    sharp, vague = Scores(RATE, "x"), Scores(RATE, "x")
    for i in range(50):
        sharp.add("settled", f"f{i}", (i % 5) / 5, [f"t{i}"])
        vague.add("settled", f"f{i}", (i % 5) / 5, [f"t{i}"], slack=(0.1, 0.3))

    one, two = sharp.estimates(rng())[0], vague.estimates(rng())[0]

    assert one.low is not None
    assert one.high is not None
    assert two.low == pytest.approx(one.low - 0.1, abs=1e-12)
    assert two.high == pytest.approx(one.high + 0.3, abs=1e-12)
    assert two.method == "t + censored"
