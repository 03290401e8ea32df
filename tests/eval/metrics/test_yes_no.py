from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from support.trials import replicated

from gadfly.eval.metrics.yes_no import yes_no_bias

if TYPE_CHECKING:
    from gadfly.eval.record import TrialRecord


def asked(family: str, first: str, second: str) -> list[TrialRecord]:
    """Return replies where a yes takes A, then where it takes B."""
    return [
        *replicated(family, "wording", first, settings={"yes": "a"}),
        *replicated(family, "wording", second, variant="wording:1", settings={"yes": "b"}),
    ]


def value(trials: list[TrialRecord]) -> float | None:
    return yes_no_bias(trials)[0].estimates(np.random.default_rng(1))[0].value


@pytest.mark.parametrize(
    ("first", "second", "bias"),
    [("bbb", "aaa", 1.0), ("aaa", "bbb", -1.0), ("aaa", "aaa", 0.0), ("bb", "bb", 0.0)],
)
def test_only_the_word_counts(first: str, second: str, bias: float) -> None:
    """Always no is 1, always yes -1, and a steady side is 0 whichever it is."""
    assert value(asked("f", first, second)) == bias


def test_a_hand_computed_mean_of_families() -> None:
    """f: P(no|A) 1/2 + P(no|B) 1 - 1 = .5 (the undecided reply left out); g: 0. Mean .25."""
    assert value([*asked("f", "abu", "aa"), *asked("g", "ab", "ab")]) == pytest.approx(0.25)


def test_wordings_of_one_polarity_weigh_the_same() -> None:
    """A wording asked more often counts no more: P(no|A) is the mean of 1 and 0."""
    more = replicated("f", "wording", "aaaaaa", variant="wording:2", settings={"yes": "a"})

    assert value([*asked("f", "bb", "aa"), *more]) == pytest.approx(0.5)


def test_without_both_polarities_there_is_none() -> None:
    """One way of asking cannot tell a lean to no from a lean to the side."""
    found = yes_no_bias(replicated("f", "wording", "bb", settings={"yes": "a"}))[0]
    estimate = found.estimates(np.random.default_rng(1))[0]

    assert estimate.value is None
    assert estimate.unscored == 2
    assert estimate.null_reason is not None
    assert "takes the other side" in estimate.null_reason


def test_trials_of_older_runs_are_left_out() -> None:
    """A record without the polarity says nothing, and is not called missing."""
    found = yes_no_bias(replicated("f", "wording", "bb"))[0].estimates(np.random.default_rng(1))[0]

    assert (found.value, found.unscored) == (None, 0)
