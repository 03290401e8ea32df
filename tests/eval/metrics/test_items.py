from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy import special
from support.trials import heard, trial

from gadfly.eval.metrics.items import item_accuracy, nonsense_detection, trick_cost

if TYPE_CHECKING:
    from gadfly.eval.record import TrialRecord


def coded(family: str, variant: str, code: str, leave: str = "plain", i: int = 0) -> TrialRecord:
    """Return a nonsense trial whose reply was coded so."""
    seen = replace(heard("unreadable", "answer"), code=code)
    return trial(
        family, "nonsense", seen, arm=leave, variant=variant, replicate=i, stratum="objective"
    )


def scored(trials: list[TrialRecord], metric: str, arm: str) -> float | None:
    """Return the value of one row."""
    rng = np.random.default_rng(1)
    rows = [s for s in nonsense_detection(trials) if (s.quantity.metric, s.arm) == (metric, arm)]
    return rows[0].estimates(rng)[0].value


def test_d_prime_is_z_of_hits_minus_z_of_false_alarms() -> None:
    """Four families, 3 of 4 flagged of nonsense, 1 of 4 of twins, log-linear over 4 families."""
    trials = []
    for k in range(4):
        trials.append(coded(f"f{k}", "item", "flagged" if k < 3 else "answered"))
        trials.append(coded(f"f{k}", "twin", "flagged" if k < 1 else "answered"))

    expected = special.ndtri(3.5 / 5) - special.ndtri(1.5 / 5)
    assert scored(trials, "nonsense_d_prime", "plain") == pytest.approx(expected)
    assert scored(trials, "nonsense_flagged", "nonsense plain") == 0.75
    assert scored(trials, "nonsense_flagged", "twin plain") == 0.25


def test_an_answer_a_question_and_a_refusal_are_misses_and_babble_is_missing() -> None:
    """Only what cannot be read leaves the count; whatever else did not flag it is a miss."""
    codes = ("flagged", "answered", "asked", "declined", "")
    trials = [coded("f", "item", code, i=i) for i, code in enumerate(codes)]

    rows = [s for s in nonsense_detection(trials) if s.arm == "nonsense plain"]
    row = rows[0].estimates(np.random.default_rng(1))[0]

    assert (row.value, row.n, row.unscored) == (0.25, 4, 1)


def test_leave_is_compared_within_a_replicate() -> None:
    """Flagged with leave and not without: +1 in one replicate, 0 in another, mean 1/2."""
    trials = [
        coded("f", "item", "answered"),
        coded("f", "item", "flagged", "permitted"),
        coded("f", "item", "flagged", i=1),
        coded("f", "item", "flagged", "permitted", i=1),
        coded("f", "item", "flagged", "permitted", i=2),
    ]

    assert scored(trials, "permission_gain", "nonsense") == 0.5


def item(family: str, came_to: str, kind: str, truth: str = "a", **fields: object) -> TrialRecord:
    """Return an item trial."""
    variant = "twin" if kind.endswith("twin") else "original"
    settings = {"kind": kind, "truth": truth}
    made = trial(family, str(fields.pop("probe", "item")), heard(came_to), variant=variant)
    return replace(made, settings=settings)


def test_items_are_right_by_their_own_truth() -> None:
    """A twin has a truth of its own; no side is wrong, an error is missing; shared replies once."""
    trials = [
        item("t", "b", "trick", truth="a"),
        item("t", "b", "trick-twin", truth="b"),
        item("f", "undecided", "fact"),
        item("g", "error", "fact"),
        item("h", "a", "fact"),
        item("h", "a", "fact", probe="confidence"),
    ]

    rows = {s.arm: s for s in item_accuracy(trials)}

    assert rows["trick"].families() == {"t": [0.0]}
    assert rows["trick-twin"].families() == {"t": [1.0]}
    assert rows["fact"].families() == {"f": [0.0], "h": [1.0]}
    assert trick_cost(trials)[0].families() == {"t": [1.0]}
