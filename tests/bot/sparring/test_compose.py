"""Replies composed from the ledger."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from gadfly.bot.sparring.bank import LEADS
from gadfly.bot.sparring.compose import Dice, composed, gist, lead_of, worded
from gadfly.bot.sparring.ledger import Ledger, Reason
from gadfly.bot.sparring.question import propose
from gadfly.bot.sparring.state import Moved, State, Topic
from gadfly.bot.steering import read_reply

ABOUT = propose("Is it wrong to keep elephants in a zoo?")
assert ABOUT is not None
HERDS = "Children who have seen one give money for the wild herds."


def state(kind: str = "argues", before: float = 0.7, after: float = 0.4, why: str = "") -> State:
    """Return a state in which the user's last message did this."""
    reason = Reason(at=2, by="user", side="b", text=HERDS, soundness=1.0)
    opened = Ledger(opening=0.85)
    ledger = opened.given(reason) if after < 0.5 else opened
    moved = Moved(
        at=2,
        text=HERDS,
        kind=kind,  # type: ignore[arg-type]  # kinds of this file
        side="b",
        before=before,
        after=after,
        why=why,
    )
    assert ABOUT is not None
    return State(topics=(Topic(about=ABOUT, ledger=ledger),), current=0, moves=(moved,))


@pytest.mark.parametrize(
    ("kind", "before", "after", "lead"),
    [
        ("argues", 0.7, 0.4, "moved"),
        ("argues", 0.9, 0.7, "nearer"),
        ("argues", 0.7, 0.7, "flawed"),
        ("insists", 0.7, 0.7, "insists"),
        ("presses", 0.7, 0.7, "presses"),
        ("repeats", 0.7, 0.7, "repeats"),
        ("strays", 0.7, 0.7, "strays"),
        ("withdraws", 0.4, 0.7, "withdraws"),
        ("grants", 0.7, 0.7, "granted-beside"),
    ],
)
def test_what_moved_it_is_what_it_says(kind: str, before: float, after: float, lead: str) -> None:
    """Each way of not moving has words of its own."""
    found = state(kind, before, after)

    assert lead_of(found.moves[-1], found) == lead
    assert lead in LEADS


@pytest.mark.parametrize(("after", "told"), [(0.6, {"70%", "60%"}), (0.696, {"70.4%", "69.6%"})])
def test_a_small_step_is_told_as_one(after: float, told: set[str]) -> None:
    """Two figures that differ are never the same two: nobody comes down from 70% to 70%."""
    found = state("argues", 0.704, after)

    for n in range(10):
        said = re.findall(r"[\d.]+%", composed(found, b"%d" % n, "", max_words=110))
        assert set(said) == told


@pytest.mark.parametrize("n", range(20))
@pytest.mark.parametrize("after", [0.4, 0.7])
def test_a_composition_takes_the_side_of_the_credence(n: int, after: float) -> None:
    """Whatever the dice say."""
    found = state(after=after)
    text = composed(found, b"%d" % n, "", max_words=110)
    assert ABOUT is not None
    stance = read_reply(text, replace(ABOUT, yes=None)).stance

    assert stance is not None
    assert stance.side == found.side


def test_it_says_why_where_a_model_said_so_and_once_only() -> None:
    """A figure is not said, nor what was said before."""
    why = "The money could be raised by films as well."
    found = state("argues", 0.7, 0.7, why)

    assert why in composed(found, b"k", "", max_words=110)
    assert why not in composed(replace(found, replies=(why,)), b"k", "", max_words=110)
    judged = state(
        "argues", 0.7, 0.7, "Judged cold, as a third party's, it came out sound with 9%."
    )
    assert "Judged cold" not in composed(judged, b"k", "", max_words=110)


def test_a_ground_is_said_where_there_is_room() -> None:
    """The lead and the stance always stay."""
    ground = "Their feet break down on concrete."
    long = composed(state(after=0.7), b"k", ground, max_words=110)
    short = composed(state(after=0.7), b"k", ground, max_words=5)

    assert ground in long
    assert ground not in short
    assert "zoo" in short or "wrong" in short


def test_many_replies_are_many_texts() -> None:
    """From banks, never one template."""
    texts = {composed(state(after=0.7), b"%d" % n, "", max_words=110) for n in range(40)}

    assert len(texts) > 30


def test_the_gist_is_what_the_question_had_not() -> None:
    """A short clause of the user's as it is, of a long one a few words in a row."""
    assert gist("It is wrong. Wild herds are shot for ivory.", ["Is it wrong?"]) == (
        '"Wild herds are shot for ivory"'
    )
    long = "In the far north wild herds are to this day shot for ivory and left to rot"
    assert gist(long, ["Is it wrong?"]) == '"the far north wild herds"'
    assert gist("It is wrong.", ["Is it wrong?"]) == "that"


def test_the_dice_fall_the_same_way_every_time() -> None:
    """For the same key, and differently for another."""
    assert [Dice("k").number(1000)] == [Dice("k").number(1000)]
    assert len({Dice(f"k{n}").number(1000) for n in range(20)}) > 10


def test_the_first_statement_is_whole_and_later_ones_may_be_short() -> None:
    """Without what the question said of the circumstances."""
    about = propose("May one lie when a life hangs on it?")
    assert about is not None

    assert worded(about, "a", is_first=True) == (about.a,)
    assert "One may lie." in worded(about, "a", is_first=False)
