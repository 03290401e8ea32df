from __future__ import annotations

import numpy as np
import pytest
from support.trials import broken, read, replicated, trial

from gadfly.eval.metrics.repeat import repeat_floor


def test_the_floor_is_disagreement_of_different_replicates() -> None:
    """aab: two of three pairs differ; aaa: none."""
    said, _ = repeat_floor([*replicated("f", "repeat", "aab"), *replicated("g", "repeat", "aaa")])

    assert said.families()["f"] == pytest.approx([2 / 3], abs=1e-12)
    assert said.families()["g"] == pytest.approx([0.0], abs=1e-12)


def test_taking_no_side_is_an_answer_like_another() -> None:
    """A, B and undecided all differ from each other."""
    said, _ = repeat_floor(replicated("f", "repeat", "abu"))

    assert said.families()["f"] == pytest.approx([1.0], abs=1e-12)


def test_reads_are_soft() -> None:
    """Reads at .5 and .5 disagree by half, as replies drawn at those odds would."""
    trials = [trial("f", "repeat", read(0.5), replicate=i) for i in range(2)]

    _, reads = repeat_floor(trials)

    assert reads.families()["f"] == pytest.approx([0.5], abs=1e-12)


def test_missing_answers_are_counted_not_compared() -> None:
    """Errors and broken trials are unscored and leave the disagreement of the rest."""
    trials = [*replicated("f", "repeat", "aax"), broken("f", "repeat", replicate=9)]

    said, _ = repeat_floor(trials)
    row = said.estimates(np.random.default_rng(1))[0]

    assert (row.value, row.n, row.unscored) == (0.0, 2, 2)
