"""Likeness across repeats: pairwise overlap and distinct replies, prompt by prompt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from support.trials import heard, trial, wrote

from gadfly.eval.metrics.repeats_alike import ONCE, TOO_FEW, distinct_k, repeat_overlap
from gadfly.eval.metrics.worded import NO_WORDS

if TYPE_CHECKING:
    from gadfly.eval.estimate import Estimate
    from gadfly.eval.metrics.scores import Scores
    from gadfly.eval.record import TrialRecord


def whole(scores: tuple[Scores, ...]) -> Estimate:
    return scores[0].estimates(np.random.default_rng(0))[0]


def replies(family: str, *texts: str, asked: str = "") -> list[TrialRecord]:
    return [trial(family, "repeat", wrote(t, asked), replicate=i) for i, t in enumerate(texts)]


def test_overlap_is_the_mean_over_pairs_then_families() -> None:
    """x: "a b c d" twice and "a b" gives 1, 2/3, 2/3; y: nothing in common. Mean of 7/9 and 0."""
    trials = [*replies("x", "a b c d", "a b c d", "a b"), *replies("y", "e f", "g h")]

    found = whole(repeat_overlap(trials))

    assert found.value == pytest.approx(7 / 18)
    assert (found.n, found.clusters) == (5, 2)


def test_words_of_the_prompt_are_no_likeness() -> None:
    """Replies that share only what they were asked do not overlap."""
    asked = "may one eat meat today"
    trials = replies("x", f"{asked}? yes", f"{asked}? never", asked=asked)

    assert whole(repeat_overlap(trials)).value == 0.0


def test_distinct_replies_are_counted_out_of_three() -> None:
    """x: one reply thrice is 1/3; y: two alike and one other 2/3; z: three, and a fourth unseen."""
    trials = [
        *replies("x", "a b c", "a b c", "a b c"),
        *replies("y", "a b c", "a b d", "e f g"),
        *replies("z", "a b c", "d e f", "g h i", "a b c"),
    ]

    assert whole(distinct_k(trials)).value == pytest.approx((1 / 3 + 2 / 3 + 1) / 3)


def test_too_few_replies_say_nothing() -> None:
    """One reply has no pair, two are not three; without words there is nothing to compare."""
    once, twice = replies("x", "a b"), replies("x", "a b", "a b")

    assert whole(repeat_overlap(once)).null_reason == ONCE
    assert whole(distinct_k(twice)).null_reason == TOO_FEW
    assert whole(distinct_k([trial("x", "repeat", heard("a"))])).null_reason == NO_WORDS
