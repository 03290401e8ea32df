"""The meters, in words."""

from __future__ import annotations

import pytest

from gadfly.eval.chat.gauge import PENDING, UNMEASURED, Gauge, Measures, State
from gadfly.tui.widgets.meters import Meters, counts


def measures(number: int, state: State) -> Measures:
    """Return what is known of a reply whose stance came to that."""
    stance = Gauge(state=state, value=0.5 if state == "value" else None)
    return Measures(
        turn=number, number=number, said=None, stance=stance, credence=UNMEASURED,
        repetition=PENDING, consistency=PENDING,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("states", "waiting", "text"),
    [
        (("value", "value"), 0, "2 of 2 replies measured"),
        (("value", "none", "none"), 0, "3 of 3 replies measured"),
        (("none", "pending"), 1, "1 of 2 replies measured, 1 pending"),
        (("value", "failed"), 0, "1 of 2 replies measured, 1 unreadable"),
    ],
)
def test_a_reply_that_takes_no_side_is_measured(
    states: tuple[State, ...], waiting: int, text: str
) -> None:
    """What was read and came to no side was measured; what is pending or unreadable was not."""
    found = [measures(i, state) for i, state in enumerate(states, 1)]
    assert counts(Meters(measures=found, waiting=waiting)) == text
