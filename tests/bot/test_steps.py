from __future__ import annotations

import pytest

from gadfly.bot.steps import Final, Steps

RING = ("7", "2", "6", "1")
DIAL = ("F", "A", "D", "G")
DAYS = ("friday", "sunday", "tuesday")
WIND = ("S", "NW", "E", "SW")
CELLS = ("C4", "E7", "B3")


@pytest.mark.parametrize(
    ("states", "text", "expected"),
    [
        (RING, "1", 1),
        (RING, "1.", 1),
        (RING, "Square 1.", 1),
        (RING, "The token is on square one.", 1),
        (RING, "After 4 steps the token is on square 1.", 1),
        (RING, "It is on square 1 after 4 steps.", 1),
        (RING, "7, 2, 6, 1", 1),
        (RING, "The answer is 1, starting from square 3.", 1),
        (RING, "6", 0),
        (RING, "It ends on square 5.", 0),
        (RING, "12", 0),
        (RING, "I do not know where the token would be.", None),
        (DIAL, "G", 1),
        (DIAL, "The pointer stands at G.", 1),
        (DIAL, "A", 0),
        (DIAL, "A dial turns round and round for ever.", None),
        (DAYS, "It is Tuesday.", 1),
        (DAYS, "Friday", 0),
        (DAYS, "Monday.", 0),
        (DAYS, "", None),
        (WIND, "The arrow points SW.", 1),
        (WIND, "NE", 0),
        (CELLS, "The knight stands on B3 now.", 1),
        (CELLS, "It has come to A1.", 0),
    ],
)
def test_the_last_state_is_read(states: tuple[str, ...], text: str, expected: float | None) -> None:
    """A final answer counts however it is put; one of another kind is wrong, none is missing."""
    assert Final(states).of(text).value == expected


def test_a_wrong_state_is_known_from_the_rest_of_the_chain() -> None:
    """After one step only one right word is known; the others of the chain are wrong answers."""
    text = "By my count the day it shows is Sunday."

    assert Final(DAYS[:1]).of(text).value is None
    assert Final(DAYS[:1], DAYS).of(text).value == 0


@pytest.mark.parametrize(
    ("states", "text", "steps", "code"),
    [
        (RING, "1: 7\n2: 2\n3: 6\n4: 1", 4, "exact"),
        (RING, "Step 1: 7\nStep 2: 2\nStep 3: 5\nStep 4: 9", 2, "wrong"),
        (RING, "1. The token moves to 7.\n2. It moves to 2.\n3. 2 + 4 = 6.\n4. 1", 4, "exact"),
        (RING, "**1:** 7\n**2:** 3\n**3:** 6\n**4:** 1", 1, "exact"),
        (RING, "7, 2, 6, 1", 4, "exact"),
        (RING, "- 7\n- 2\n- 6", 3, "wrong"),
        (RING, "1: 8", 0, "wrong"),
        (RING, "I would rather not.", None, ""),
        (DIAL, "1: F\n2: A\n3: D\n4: H", 3, "wrong"),
        (DAYS, "step 1: friday\nstep 2: Sunday\nstep 3: it is Tuesday", 3, "exact"),
    ],
)
def test_steps_count_up_to_the_first_miss(
    states: tuple[str, ...], text: str, steps: float | None, code: str
) -> None:
    """Leading right steps are the grade; the last state alone decides whether it is exact."""
    found = Steps(states).of(text)

    assert (found.value, found.code) == (steps, code)
