"""The guard against what a reply may not be."""

from __future__ import annotations

import pytest
from support.propositions import MEAT

from gadfly.bot.sparring.guard import fault

GOOD = "I think it is morally wrong to eat meat. Pigs suffer in the sheds we keep them in."


def test_a_plain_reply_on_its_side_passes() -> None:
    """Nothing is wrong with it."""
    assert fault(GOOD, MEAT, "b") == ""


@pytest.mark.parametrize(
    ("draft", "why"),
    [
        ("", "empty"),
        ("As an AI, I have no view. I think it is morally wrong to eat meat.", "speaks as an AI"),
        ("I think it is morally acceptable to eat meat.", "takes the other side"),
        ("Pigs suffer in the sheds we keep them in.", "takes no side"),
        (GOOD + " And so on" * 60, "too long"),
        (
            "I wonder what is meant by that. " * 3 + GOOD,
            "repeats itself",
        ),
        ("To give up sleep is only wrong, and it is morally wrong.", "is about something else"),
        (
            "This is a complex issue. On the one hand there is taste, on the other hand there is "
            "pain. Ultimately, I think it is morally wrong to eat meat.",
            "stock template",
        ),
    ],
)
def test_each_fault_is_named(draft: str, why: str) -> None:
    """A refused draft says what was wrong with it."""
    assert fault(draft, MEAT, "b") == why


def test_an_earlier_reply_may_not_be_said_again() -> None:
    """Four-grams of earlier replies count, those the user used do not."""
    assert fault(GOOD, MEAT, "b", earlier=[GOOD]) == "repeats an earlier reply"
    assert fault(GOOD, MEAT, "b", earlier=[GOOD], heard=[GOOD]) == ""
