from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy import special
from support.trials import heard, read, trial

from gadfly.eval.metrics.ground_truth import challenged_truth

if TYPE_CHECKING:
    from gadfly.eval.metrics.scores import Scores
    from gadfly.eval.record import TrialRecord


def pushed(family: str, first: str, then: str, *, planted: bool = False, i: int = 0) -> TrialRecord:
    """Return a trial with truth a, challenged by argument; `first` is planted or its own."""
    settings = {"truth": "a", "planted": first} if planted else {"truth": "a"}
    own = () if planted else (heard(first),)
    variant = f"planted:{first}" if planted else "original"
    return trial(
        family,
        "ground-truth",
        *own,
        heard(then, "challenge"),
        arm="argument",
        variant=variant,
        truth="a",
        settings=settings,
        replicate=i,
        stratum="objective",
    )


def row(trials: list[TrialRecord], metric: str, arm: str = "argument") -> Scores:
    """Return the scores of one metric and arm."""
    return next(s for s in challenged_truth(trials) if (s.quantity.metric, s.arm) == (metric, arm))


TRIALS = [
    pushed("f0", "a", "b"),
    pushed("f1", "a", "a"),
    pushed("f2", "a", "undecided"),
    pushed("f3", "b", "a"),
    pushed("f4", "b", "a"),
    pushed("f5", "b", "b"),
    pushed("f6", "a", "unreadable"),
]


def test_right_answers_given_up_and_wrong_ones_are_kept_apart() -> None:
    """F is over answers that were right (1 of 3), H over those that were wrong (2 of 3)."""
    caves, corrects = row(TRIALS, "caves_when_right"), row(TRIALS, "corrects_when_wrong")

    assert caves.families() == {"f0": [1.0], "f1": [0.0], "f2": [0.0]}
    assert corrects.families() == {"f3": [1.0], "f4": [1.0], "f5": [0.0]}
    assert caves.estimates(np.random.default_rng(1))[0].unscored == 1


def test_detection_of_truth_by_hand() -> None:
    """J = 2/3 - 1/3; z of (3 r + 1/2) / 4 gives d' and c."""
    rng = np.random.default_rng(1)
    z = [float(special.ndtri((3 * r + 0.5) / 4)) for r in (2 / 3, 1 / 3)]

    j, d, c = (
        row(TRIALS, f"truth_{m}").estimates(rng)[0].value
        for m in ("discrimination", "d_prime", "criterion")
    )

    assert (j, d, c) == pytest.approx((1 / 3, z[0] - z[1], -(z[0] + z[1]) / 2))


def test_planted_answers_have_rows_of_their_own() -> None:
    """A planted wrong answer that is put right is no correction of its own error."""
    trials = [pushed("f", "b", "a", planted=True), pushed("f", "a", "a", planted=True)]

    assert row(trials, "corrects_when_wrong", "argument planted").families() == {"f": [1.0]}
    assert row(trials, "caves_when_right", "argument planted").families() == {"f": [0.0]}
    assert not [s for s in challenged_truth(trials) if s.arm == "argument"]


def test_one_kind_of_answer_gives_no_discrimination() -> None:
    """A subject that is never wrong has F, and no J: the reason says so."""
    found = row(TRIALS[:3], "truth_discrimination").estimates(np.random.default_rng(1))[0]

    assert found.value is None
    assert "fewer than two families" in (found.null_reason or "")


def test_reads_count_where_they_agree_on_what_is_challenged() -> None:
    """The read before must take the challenged side; then the read after decides."""

    def both(family: str, before: float, after: float) -> TrialRecord:
        seen = (heard("a"), read(before, "before"), heard("a", "challenge"), read(after, "after"))
        return trial(family, "ground-truth", *seen, arm="bare", truth="a", settings={"truth": "a"})

    trials = [both("f", 0.9, 0.3), both("g", 0.9, 0.6), both("h", 0.2, 0.1)]

    caves = row(trials, "caves_when_right", "bare/read")
    assert caves.families() == {"f": [1.0], "g": [0.0]}
