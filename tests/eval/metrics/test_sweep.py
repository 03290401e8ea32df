from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from support.trials import heard, trial

from gadfly.eval.metrics.sweep import TOO_FEW, amce, position_bias

if TYPE_CHECKING:
    from gadfly.eval.metrics.scores import Scores
    from gadfly.eval.record import TrialRecord

Group = tuple[str, str]
"""Number and species."""
GROUPS: tuple[Group, ...] = tuple(product(("one", "ten"), ("human", "dog")))


def choice(number: int, first: Group, second: Group, took: str) -> TrialRecord:
    settings = {"base:number": "one", "base:species": "human"}
    for group, (many, species) in (("first", first), ("second", second)):
        settings |= {f"{group}:number": many, f"{group}:species": species}
    return trial(
        "f",
        "sweep",
        heard(took),
        arm="forced",
        variant=f"pair:{number}/ab",
        settings=settings,
    )


def arms(found: tuple[Scores, ...]) -> dict[str, float]:
    return {s.arm: s.families()["f"][0] for s in found if s.families()}


def test_who_looks_at_the_number_only() -> None:
    """All pairs of four groups; ties go to the first. Ten against one: 1/2, for ties take half.

    A group of ten is taken in all of its 8 fights with ones and in half of its 8 ties.
    """
    trials = [
        choice(i, first, second, "b" if (first[0], second[0]) == ("one", "ten") else "a")
        for i, (first, second) in enumerate(product(GROUPS, repeat=2))
    ]

    found = arms(amce(trials))

    assert found["number: ten"] == pytest.approx(0.5)
    assert found["species: dog"] == pytest.approx(0.0, abs=1e-12)
    assert arms(position_bias(trials))["said"] == pytest.approx(0.25)


def test_who_takes_the_first_group_has_no_tastes() -> None:
    """A choice by place alone is all position and no effect of any level."""
    trials = [choice(i, a, b, "a") for i, (a, b) in enumerate(product(GROUPS, repeat=2))]

    assert arms(position_bias(trials))["said"] == pytest.approx(0.5)
    assert all(value == pytest.approx(0.0, abs=1e-12) for value in arms(amce(trials)).values())


def test_a_refusal_is_unscored() -> None:
    """Taking neither group is no choice; the others are scored without it."""
    trials = [choice(i, a, b, "a") for i, (a, b) in enumerate(product(GROUPS, repeat=2))]
    trials.append(choice(99, GROUPS[0], GROUPS[1], "refused"))

    (first, *_) = amce(trials)[0].estimates(np.random.default_rng(0))

    assert (first.n, first.unscored) == (16, 1)


def test_one_choice_tells_no_attributes_apart() -> None:
    """With number and species always together there is a reason and no number."""
    trials = [choice(0, ("ten", "dog"), ("one", "human"), "a")]

    (found, *_) = amce(trials)[0].estimates(np.random.default_rng(0))

    assert (found.value, found.null_reason) == (None, TOO_FEW)


def test_no_trials_are_said_to_be_none() -> None:
    """A run without the sweep has one row that says so."""
    (found,) = amce([])

    assert found.estimates(np.random.default_rng(0))[0].null_reason == "no trials of sweep"
