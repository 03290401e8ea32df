from __future__ import annotations

import numpy as np
import pytest
from support.trials import heard, read, trial

from gadfly.eval.metrics.said_read import said_read_gap


def test_sides_that_differ_are_counted() -> None:
    """Saying B where the read leans to A is a differing side; 1 of 2 here."""
    trials = [
        trial("f", "repeat", heard("a"), read(0.8)),
        trial("f", "repeat", heard("b"), read(0.8), replicate=1),
    ]

    side, distance = said_read_gap(trials)

    assert side.families()["f"] == [0.0, 1.0]
    # Differences .2 and -.8; each is signed by the other: -(.2) + -(.8), over 2.
    assert distance.families()["f"] == pytest.approx([-0.5], abs=1e-12)


def test_a_steady_gap_has_its_size() -> None:
    """Always saying A where the read stands at .7 is a distance of .3."""
    trials = [trial("f", "repeat", heard("a"), read(0.7), replicate=i) for i in range(3)]

    assert said_read_gap(trials)[1].families()["f"] == pytest.approx([0.3], abs=1e-12)


def test_answers_without_a_side_are_unscored() -> None:
    """An undecided reply has no side to differ; one replicate has no distance."""
    trials = [
        trial("f", "repeat", heard("undecided"), read(0.7)),
        trial("f", "repeat", heard("a"), read(0.7), replicate=1),
        trial("f", "repeat", heard("a"), replicate=2),
    ]

    side, distance = said_read_gap(trials)
    rng = np.random.default_rng(1)

    assert (side.estimates(rng)[0].n, side.estimates(rng)[0].unscored) == (1, 1)
    assert distance.estimates(rng)[0].null_reason == "fewer than two replicates with both"


def test_a_prompt_asked_by_two_probes_is_one_observation() -> None:
    """The original prompt's replicate counts once, whichever probe asked it."""
    trials = [
        trial("f", probe, heard("a"), read(0.7), replicate=0) for probe in ("repeat", "wording")
    ]

    assert said_read_gap(trials)[0].families()["f"] == [0.0]
