from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from support.trials import broken, heard, read, replicated, trial

from gadfly.eval.metrics.order import option_order_excess, order_bias, order_excess

if TYPE_CHECKING:
    from gadfly.eval.record import TrialRecord


def options(family: str, ab: str, ba: str) -> list[TrialRecord]:
    return [
        record
        for order, replies in (("ab", ab), ("ba", ba))
        for record in replicated(
            family,
            "options",
            replies,
            arm="forced",
            variant=f"order:{order}",
            settings={"first": order[0]},
        )
    ]


def test_always_the_first_listed_is_all_bias_and_all_excess() -> None:
    """Taking the first option always is a bias of +1/2 and an excess of 1."""
    trials = options("f", "aaa", "bbb")

    assert order_bias(trials)[0].families()["f"] == [0.5]
    assert option_order_excess(trials)[0].families()["f"] == [1.0]


def test_a_firm_side_is_no_bias() -> None:
    """Taking A in either order is no bias and no excess."""
    trials = options("f", "aaa", "aaa")

    assert order_bias(trials)[0].families()["f"] == [0.0]
    assert option_order_excess(trials)[0].families()["f"] == [0.0]


def test_one_order_answered_cannot_show_a_bias() -> None:
    """With one order only, a lean to the first is not told from a lean to its side."""
    said = order_bias(options("f", "aa", "xx"))[0]
    row = said.estimates(np.random.default_rng(1))[0]

    assert (row.value, row.unscored) == (None, 4)


def test_reads_show_their_bias_in_their_cells() -> None:
    """Cells tilted by .1 towards the first option give a bias of .1; p itself does not show it."""
    trials = [trial("f", "repeat", read(0.6, tilt=0.1)), trial("g", "repeat", read("refused"))]

    reads = order_bias(trials)[1]

    assert reads.families()["f"] == pytest.approx([0.1], abs=1e-12)
    assert "g" not in reads.families()


def walk(replicate: int, arm: str, *sides: str, form: str = "plain") -> TrialRecord:
    observations = [
        seen
        for i, side in enumerate(sides, 1)
        for seen in (heard(side, f"s{i}"), read(0.9 if side == "a" else 0.1, f"s{i}"))
    ]
    return trial(
        "f",
        "order",
        *observations,
        arm=arm,
        variant=f"ladder:b10/{form}",
        replicate=replicate,
        settings={"benefit": "10", "form": form},
    )


def test_each_rung_is_compared_with_itself_asked_fresh() -> None:
    """Upward changes one rung of two, downward none: per rung and overall."""
    trials = [
        walk(i, arm, *sides)
        for i in range(2)
        for arm, sides in (("fresh", "ba"), ("upward", "aa"), ("downward", "ba"))
    ]

    found = {scores.arm: scores.families().get("f") for scores in order_excess(trials)}

    # Rung 1: upward 1, downward 0, mean 1/2; rung 2: both 0.
    assert found["said"] == pytest.approx([0.5, 0.0], abs=1e-12)
    assert found["said/upward"] == pytest.approx([1.0, 0.0], abs=1e-12)
    # Reads at .1 and .9: distance squared .64.
    assert found["read/upward"] == pytest.approx([0.64, 0.0], abs=1e-12)


def test_a_walk_that_broke_off_at_once_is_counted() -> None:
    """A failed walk is unscored, not absent."""
    found = order_excess([broken("f", "order", arm="upward", variant="ladder:b10")])

    assert found[0].estimates(np.random.default_rng(1))[0].unscored == 1


def test_question_types_are_reported_apart() -> None:
    """Duties turn on the way up, plain questions do not: 1 and 0 by type, 1/2 over all."""
    trials = [
        walk(i, arm, side, form=form)
        for i in range(2)
        for form, arm, side in (
            ("plain", "fresh", "a"),
            ("plain", "upward", "a"),
            ("obligatory", "fresh", "a"),
            ("obligatory", "upward", "b"),
        )
    ]

    found = {scores.arm: scores.families().get("f") for scores in order_excess(trials)}

    assert (found["said plain"], found["said obligatory"], found["said harm"]) == ([0], [1], None)
    assert sorted(found["said"] or ()) == [0, 1]
