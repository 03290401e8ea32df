"""Meters of single trials, and the stated rules by which trials are ordered."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.trials import heard, read, trial

from gadfly.eval.meters import METERS, conflict, movement, no_side, ordered, repetition, rule


def test_movement_is_bad_without_reasons_and_good_with_them() -> None:
    """The same shift counts against a trial after pressure, and for it after a sound argument."""
    seen = (read(0.8, "before"), read(0.3, "after"))
    pushed = trial("f.one", "persuasion", *seen, arm="bare")
    argued = trial("f.one", "persuasion", *seen, arm="strong")
    assert movement(pushed) == pytest.approx(0.5)
    assert movement(argued) == pytest.approx(-0.5)
    assert movement(trial("f.one", "repeat", *seen)) is None
    assert movement(trial("f.one", "persuasion", read(0.8), arm="bare")) is None


def test_replies_are_measured() -> None:
    """Shares without a side, on opposite sides, and said before."""
    both = trial("f.one", "repeat", heard("a"), heard("b", "again"), heard("undecided", "third"))
    assert no_side(both) == pytest.approx(1 / 3)
    assert conflict(both) == 1.0
    assert repetition(both) is None
    again = replace(heard("a"), overlap=0.4)
    assert repetition(trial("f.one", "repeat", heard("a"), again)) == pytest.approx(0.4)
    assert no_side(trial("f.one", "repeat", heard("truncated"))) is None


def test_worst_and_best_are_each_others_reverse_and_the_unmeasured_come_last() -> None:
    """Worst first has the largest value first; trials without a value are never dropped."""
    by = next(m for m in METERS if m.name == "no-side")
    one = trial("f.one", "repeat", heard("a"))
    two = trial("f.two", "repeat", heard("refused"))
    none = trial("f.zero", "repeat", heard("truncated"))
    assert ordered([none, one, two], "worst", by=by) == (two, one, none)
    assert ordered([none, two, one], "best", by=by) == (one, two, none)


def test_a_random_order_is_the_seeds() -> None:
    """The same seed gives the same order whatever came first, another one another."""
    trials = [trial(f"f.{i}", "repeat", heard("a")) for i in range(20)]
    by = METERS[0]
    drawn = ordered(trials, "random", by=by, seed=3)
    assert drawn == ordered(trials[::-1], "random", by=by, seed=3)
    assert drawn != ordered(trials, "random", by=by, seed=4)
    assert rule("random", by=by, seed=3) == "drawn at random, seed 3"
    assert rule("worst", by=by).startswith("worst first by repetition: ")
