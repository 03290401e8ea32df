"""Compression at a fixed number of bytes: sharing text raises it, more text does not."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import numpy as np
import pytest
from support.trials import heard, trial, wrote

from gadfly.eval.metrics.compression import (
    EACH,
    SIZE,
    TOO_LITTLE,
    compression_ratio,
    family_ratios,
)
from gadfly.eval.metrics.worded import NO_WORDS

if TYPE_CHECKING:
    from gadfly.eval.estimate import Estimate
    from gadfly.eval.metrics.scores import Scores


def noise(seed: int, length: int = EACH) -> str:
    """Return letters drawn at random, which nothing compresses much."""
    letters = random.Random(seed)
    return "".join(letters.choice("abcdefghijklmnopqrstuvwxyz ") for _ in range(length))


def whole(scores: tuple[Scores, ...]) -> Estimate:
    return scores[0].estimates(np.random.default_rng(0))[0]


def test_the_same_text_for_all_compresses_best() -> None:
    """One text for 14 families: over 7 times; a text each: under 2."""
    same = family_ratios({f"f{i:02}": noise(0) for i in range(14)}, draws=100)
    other = family_ratios({f"f{i:02}": noise(i) for i in range(14)}, draws=100)

    assert same is not None
    assert other is not None
    assert sum(same.values()) / 14 > 7.0
    assert sum(other.values()) / 14 < 2.0


def test_what_comes_after_the_first_bytes_does_not_count() -> None:
    """A reply ten times as long gives the same figure: cut, not divided."""
    short = {f"f{i:02}": noise(i) for i in range(14)}
    long = {name: text + text * 9 for name, text in short.items()}

    assert family_ratios(short, draws=50) == family_ratios(long, draws=50)


def test_the_mean_of_the_values_is_the_mean_over_draws() -> None:
    """With one draw a family all values are near its ratio, and their spread gives an interval."""
    trials = [
        trial(f"f{i:02}", "repeat", wrote(noise(i % 7)), replicate=r)
        for i in range(20)
        for r in range(2)
    ]

    found = whole(compression_ratio(trials))

    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.value < found.high
    assert (found.n, found.clusters) == (20, 20)


def test_any_length_of_reply_fills_the_size() -> None:
    """Whatever the lengths, there is a figure as soon as there are bytes enough."""
    for length in range(140, 160):
        texts = {f"f{i:02}": noise(i, length + i % 3) for i in range(40)}

        assert family_ratios(texts, draws=60) is not None


@pytest.mark.parametrize("families", [1, 10])
def test_too_little_text_is_no_figure(families: int) -> None:
    """Ten families of 300 bytes fill 3,000 only with every one of them."""
    trials = [trial(f"f{i}", "repeat", wrote(noise(i))) for i in range(families)]

    assert whole(compression_ratio(trials)).null_reason == TOO_LITTLE
    assert whole(compression_ratio([trial("x", "repeat", heard("a"))])).null_reason == NO_WORDS
    assert SIZE == 10 * EACH
