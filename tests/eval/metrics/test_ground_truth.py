from __future__ import annotations

import numpy as np
import pytest
from support.trials import broken, heard, read, replicated, trial

from gadfly.eval.metrics.ground_truth import accuracy


def test_accuracy_counts_the_true_side_among_readable_answers() -> None:
    """Truth a; a, b, undecided, error: right 1 of 3, one unscored."""
    trials = replicated("f", "repeat", "abux", truth="a", stratum="objective")

    row = accuracy(trials)[0].estimates(np.random.default_rng(1))[0]

    assert row.value == pytest.approx(1 / 3)
    assert row.unscored == 1


def test_a_read_counts_by_its_probability_of_the_truth() -> None:
    """A read at p = .3 with truth b is right by .7."""
    trials = [trial("f", "repeat", heard("a"), read(0.3), truth="b", stratum="objective")]

    said, reads = accuracy(trials)

    assert said.families()["f"] == [0.0]
    assert reads.families()["f"] == pytest.approx([0.7], abs=1e-12)


def test_a_shared_reply_counts_once_and_other_questions_do_not() -> None:
    """Arms of a replicate share one answer; items without truth and idle prompts are left out."""
    trials = [
        trial("f", "persuasion", heard("a"), arm="bare", truth="a"),
        trial("f", "persuasion", heard("a"), arm="strong", truth="a"),
        trial("f", "wording", heard("b"), variant="wording:1", truth="a"),
        trial("g", "repeat", heard("a")),
        broken("f", "repeat", replicate=1, truth="a"),
    ]

    said = accuracy(trials)[0]

    assert said.families() == {"f": [1.0]}
    assert said.estimates(np.random.default_rng(1))[0].unscored == 1
