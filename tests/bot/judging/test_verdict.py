from __future__ import annotations

import pytest

from gadfly.bot.judging.verdict import CLASSES, RULE, Class, Verdict, settle


def test_orders_weigh_the_same() -> None:
    """Shares are averaged over orders: .9 and .3 for A make .6, which is a majority."""
    found = settle([{"a": 0.9, "b": 0.1}, {"a": 0.3, "undecided": 0.7}])
    assert found.chosen == "a"
    assert dict(found.shares) == pytest.approx({"a": 0.6, "b": 0.05, "undecided": 0.35})


def test_a_judge_that_follows_the_order_is_split() -> None:
    """Always the first position is half for either side, and no verdict."""
    assert settle([{"a": 1.0}, {"b": 1.0}]).chosen is None


def test_a_plurality_is_no_verdict() -> None:
    """The largest of several small shares does not decide."""
    assert settle([{"a": 0.4, "b": 0.3, "evaded": 0.3}] * 2).chosen is None


def test_a_lost_order_leaves_no_verdict() -> None:
    """One readable order is not balanced, however clear; no order at all is none either."""
    assert settle([{"a": 1.0}, None]) == Verdict(chosen=None, shares=settle([]).shares)
    assert settle([]).chosen is None


@pytest.mark.parametrize("chosen", CLASSES)
def test_readings_say_that_a_judge_read_them(chosen: Class) -> None:
    """A side becomes an answer with that stance, other classes their outcomes."""
    reading = Verdict(chosen=chosen, shares={chosen: 1.0}).reading
    assert reading is not None
    assert reading.rule == RULE
    if chosen in ("a", "b"):
        assert reading.stance is not None
        assert (reading.outcome, reading.stance.side) == ("answered", chosen)
    else:
        assert (reading.outcome, reading.stance) == (chosen, None)


def test_a_split_judge_has_no_reading() -> None:
    """Without a verdict the rules' reading stays in place."""
    assert Verdict(chosen=None, shares={}).reading is None
