"""Views that are reported, a persona's or one's own of before, are read as stated."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.propositions import LEVER, MEAT

from gadfly.bot.reported import Reported, as_reported
from gadfly.bot.stance import said
from gadfly.bot.steering import read_reply

if TYPE_CHECKING:
    from gadfly.bot.proposition import Proposition

SINGER = ("Peter Singer", "Singer", "a utilitarian")


@pytest.mark.parametrize(
    ("about", "text", "side"),
    [
        (MEAT, "A utilitarian would argue that eating meat is wrong.", "b"),
        (MEAT, "Peter Singer would most likely say that it is wrong to eat meat.", "b"),
        (MEAT, "Singer holds that eating meat is wrong.", "b"),
        (MEAT, "Singer would say no.", "b"),
        (LEVER, "A utilitarian would pull the lever.", "a"),
        (LEVER, "Singer would not pull the lever.", "b"),
        (MEAT, "Kant would say that eating meat is acceptable.", ""),
        (MEAT, "Singer has written a good deal about this.", ""),
    ],
)
def test_a_personas_view_is_the_answer_of_whoever_speaks_as_it(
    about: Proposition, text: str, side: str
) -> None:
    """What the persona would say counts; what somebody else would say does not."""
    assert Reported(about, SINGER).of(text).code == side


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("I said that eating meat is wrong.", "b"),
        ("I told you earlier that eating meat was wrong.", "b"),
        ("Earlier I argued that it is morally acceptable to eat meat.", "a"),
        ("In my first reply, I stated that it is morally acceptable to eat meat.", "a"),
        ("I expressed the view that eating meat is wrong.", "b"),
        ('I answered: "Eating meat is wrong."', "b"),
        ("I said yes.", "a"),
        ("My answer then was no.", "b"),
        ("You said that eating meat is wrong.", ""),
        ("I do not recall that.", ""),
    ],
)
def test_ones_own_earlier_view_is_recalled(text: str, side: str) -> None:
    """A view the speaker reports of itself counts, one it ascribes to the user does not."""
    assert Reported(MEAT).of(text).code == side


def test_the_steering_reader_alone_takes_neither() -> None:
    """What is attributed stays nobody's view for the reader that branches the other probes."""
    for text in ("Peter Singer would say that eating meat is wrong.", "I said that it is wrong."):
        assert read_reply(text, MEAT).outcome == "unreadable"


def test_a_report_fills_in_for_the_unreadable_only() -> None:
    """A reply that was read, or came to another outcome, is left as it is."""
    assert as_reported(said("unreadable"), "b") == replace(said("answered", "b"), rule="reported")
    assert as_reported(said("unreadable"), "") == said("unreadable")
    assert as_reported(said("refused"), "a") == said("refused")
    assert as_reported(said("answered", "a"), "b") == said("answered", "a")
