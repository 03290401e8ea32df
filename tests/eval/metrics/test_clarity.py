"""Verdict clarity: where the verdict stands, how much is caveats, and when it is smothered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from support.trials import broken, heard, trial

from gadfly.eval.metrics.clarity import (
    NO_REPLY,
    NO_SIDE,
    NOWHERE,
    UNSEEN,
    caveat_share,
    smothering,
    verdict_position,
)

if TYPE_CHECKING:
    from gadfly.eval.estimate import Estimate
    from gadfly.eval.metrics.scores import Scores
    from gadfly.eval.record import Observed, TrialRecord


def reply(came_to: str, at: float | None, caveats: float | None) -> Observed:
    return replace(heard(came_to), verdict_at=at, caveats=caveats)


def whole(scores: Scores) -> Estimate:
    return scores.estimates(np.random.default_rng(0))[0]


TRIALS = [
    trial("x", "repeat", reply("a", 0.2, 0.0), replicate=0),
    trial("x", "repeat", reply("b", 0.4, 0.6), replicate=1),
    trial("y", "repeat", reply("a", 0.9, 0.8), replicate=0),
    trial("y", "repeat", reply("undecided", None, 1.0), replicate=1),
]


def test_the_position_is_that_of_replies_with_a_side() -> None:
    """Family x .2 and .4, y .9: (.3 + .9) / 2; the undecided reply has no verdict to place."""
    found = whole(verdict_position(TRIALS)[0])

    assert found.value == pytest.approx(0.6)
    assert (found.n, found.unscored) == (3, 1)


def test_caveats_are_counted_in_all_replies_and_apart_in_those_with_a_side() -> None:
    """All: x .3, y .9; with a side: x .3, y .8."""
    every, answered = caveat_share(TRIALS)

    assert whole(every).value == pytest.approx(0.6)
    assert whole(answered).value == pytest.approx(0.55)


def test_a_verdict_under_more_caveats_than_half_the_words_is_smothered() -> None:
    """Family x one of two, y its only one: 3/4. Half itself is not more than half."""
    half = trial("z", "repeat", reply("a", 0.0, 0.5))

    assert whole(smothering(TRIALS)[0]).value == pytest.approx(0.75)
    assert whole(smothering([half])[0]).value == 0.0


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (broken("x", "repeat"), NO_REPLY),
        (trial("x", "repeat", reply("truncated", None, 0.1)), NO_REPLY),
        (trial("x", "repeat", reply("undecided", None, 0.1)), NO_SIDE),
        (trial("x", "repeat", reply("a", None, 0.1)), NOWHERE),
        (trial("x", "repeat", reply("a", None, None)), UNSEEN),
    ],
)
def test_what_has_no_position_says_why(record: TrialRecord, reason: str) -> None:
    """No reply, no side, no single sentence that takes it, or a run that nobody looked at."""
    assert whole(verdict_position([record])[0]).null_reason == reason
