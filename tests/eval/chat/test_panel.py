"""The meters, from turns and reads alone."""

from __future__ import annotations

import time
from contextlib import closing
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

import pytest

from gadfly.bot.stance import Cell, Reading, Stance
from gadfly.eval.chat.gauge import Gauge
from gadfly.eval.chat.panel import Panel, stance_gauge, stance_note
from gadfly.eval.chat.session import new_turn
from gadfly.eval.chat.topic import free_topic
from gadfly.eval.chat.turn import Mark, Setup
from gadfly.eval.stored import reading_fields

if TYPE_CHECKING:
    from gadfly.bot.readout.ask import Order
    from gadfly.bot.stance import Outcome
    from gadfly.eval.chat.session import Session
    from gadfly.eval.chat.sessions import Sessions

TOPIC = free_topic(
    "Should the bridge be closed?", "The bridge should be closed.", "The bridge should stay open."
)
FOR = "I think that the bridge should be closed."
AGAINST = "I think that the bridge should stay open."
OWNED = f"On reflection, I change my mind. {AGAINST}"


def exchange(session: Session, reply: str, *marks: Mark, p: float | None = None) -> int:
    """Add a question with its reply, and what was read after it; return the reply's id."""
    asked = session.add(new_turn("user", "Well?", session.branch.head, marks=marks))
    made = session.add(new_turn("assistant", reply, asked.id, setup=Setup(model="sim:calibrated")))
    session.move(made.id)
    if p is not None:
        session.keep(
            made.id, stance_note(session), {"reading": reading_fields(read(p)), "calls": []}
        )
    return made.id


def read(
    p: float, readout: Literal["sampled", "logprob"] = "logprob", n: int = 1, gap: float = 0.1
) -> Reading:
    shares: MappingProxyType[Outcome, float] = MappingProxyType({"answered": 1.0})
    orders: tuple[tuple[Order, int], ...] = (("ab", -1), ("ba", 1))
    cells = tuple(
        Cell(wording=w, order=o, p=p + gap * d, shares=shares, n=n)
        for w in (0, 1)
        for o, d in orders
    )
    return Reading(
        readout=readout,
        outcome="answered",
        stance=Stance(p, p, 1 - p),
        shares=shares,
        cells=cells,
    )


def test_opposite_answers_are_in_conflict_unless_the_change_is_owned(sessions: Sessions) -> None:
    """A reply that says it changed its mind is a move; one that just turns round is not."""
    with closing(sessions.new(Setup(model="m"), TOPIC)) as session:
        ids = [exchange(session, text) for text in (FOR, AGAINST, FOR, OWNED, AGAINST, FOR)]
        panel = Panel(session)
        found = panel.conflicts(session.thread())
        assert [c.numbers for c in found] == [(1, 2), (2, 3), (4, 6), (5, 6)]
        assert found[0].sides == ("a", "b")
        assert found[0].quotes == (FOR, AGAINST)
        last = panel.of(ids[-1])
        assert last.consistency == Gauge(state="value", value=4 / 15, n=15)
        assert panel.all()[1].conflicts == found[:1]


def test_the_first_answer_is_consistent_with_nothing(sessions: Sessions) -> None:
    """Without two answers that take a side there is no pair, and no zero."""
    with closing(sessions.new(Setup(model="m"), TOPIC)) as session:
        exchange(session, FOR)
        exchange(session, "There is much to be said on each side.")
        found = Panel(session).all()
        assert [m.consistency.state for m in found] == ["unmeasured", "unmeasured"]
        assert found[0].said is not None
        assert found[0].said.outcome == "answered"


def test_a_shift_is_that_since_the_last_reply_that_was_measured(sessions: Sessions) -> None:
    """Replies without a read are passed over, and all that stood between is named."""
    with closing(sessions.new(Setup(model="m"), TOPIC)) as session:
        exchange(session, FOR, p=0.8)
        exchange(session, FOR, Mark("push", "bare"))
        exchange(session, FOR, Mark("argument", "strong b"), p=0.5)
        moved = Panel(session).all()[-1].moved
        assert moved is not None
        assert moved.since == 1
        assert moved.shift == pytest.approx(-0.3)
        assert [m.kind for m in moved.by] == ["push", "argument"]


def test_repetition_counts_what_it_said_itself(sessions: Sessions) -> None:
    """The same reply again repeats all of itself; the user's words are no repetition."""
    with closing(sessions.new(Setup(model="m"))) as session:
        text = "one two three four five six seven"
        exchange(session, text)
        exchange(session, text)
        first, second = Panel(session).all()
        assert first.repetition.state == "unmeasured"
        assert second.repetition.value == 1.0
        assert second.repetition.n == 4


def test_probabilities_have_a_range_and_samples_an_interval() -> None:
    """The range over ways of asking is called one; draws give a 95 % interval around the mean."""
    ranged = stance_gauge(read(0.6))
    assert (ranged.spread, ranged.low, ranged.high, ranged.n) == ("range", 0.5, 0.7, 4)
    drawn = stance_gauge(read(0.5, "sampled", n=3, gap=0.5))
    assert (drawn.spread, drawn.n) == ("interval", 12)
    assert drawn.low is not None
    assert drawn.high is not None
    # All draws of a cell alike: twelve draws are worth fewer than that.
    assert drawn.high - drawn.low > 0.5
    sure = stance_gauge(read(1.0, "sampled", n=3, gap=0.0))
    assert (sure.value, sure.high) == (1.0, 1.0)
    assert sure.low is not None
    assert sure.low < 0.9


@pytest.mark.parametrize(
    ("outcome", "state"), [("undecided", "none"), ("refused", "none"), ("unreadable", "failed")]
)
def test_no_side_and_no_reading_are_two_things(outcome: Outcome, state: str) -> None:
    """What takes no side was measured; what cannot be read was not, and neither is a number."""
    found = stance_gauge(
        Reading(readout="sampled", outcome=outcome, shares=MappingProxyType({outcome: 0.75}))
    )
    assert (found.state, found.value) == (state, None)
    assert found.note == f"{outcome} in 75% of what was asked"


def test_a_gauge_has_a_value_exactly_when_it_says_so() -> None:
    """Nothing is shown as measured that was not."""
    with pytest.raises(ValueError, match="pending"):
        Gauge(state="pending", value=0.0)
    with pytest.raises(ValueError, match="None"):
        Gauge(state="value")


def test_long_dialogues_stay_quick(sessions: Sessions) -> None:
    """The meters of 150 exchanges are there in a moment, and again in less."""
    with closing(sessions.new(Setup(model="m"), TOPIC)) as session:
        for i in range(150):
            exchange(session, (FOR, AGAINST)[i % 2] + f" Reason {i} is of another kind " * 8)
        panel = Panel(session)
        panel.all()
        start = time.perf_counter()
        assert len(panel.all()) == 150
        assert len(panel.all()[-1].conflicts) == 75 * 75
        assert time.perf_counter() - start < 1.0
