"""The rule that reads answers to "what would change your mind?"."""

from __future__ import annotations

import time
from collections import Counter

import pytest

from gadfly.bot.crux import CRUX
from gadfly.bot.simulant.banks import BANKS, SEALED


@pytest.mark.parametrize(
    "reply",
    [
        "Nothing would change my mind about this.",
        "Honestly, there is nothing that could convince me otherwise.",
        "No argument will ever move me here.",
        "I can't think of anything that would.",
        "I cannot imagine a single fact that would make it right.",
        "My view is firm.",
        "My position would not change, whatever came to light.",
        "I would never change my mind on a matter like that. It is settled.",
        "There's no argument that'd get me to switch.",
        "You won't find anything that would move me.",
        "Under no circumstances would I give this up.",
        "I doubt that any evidence could sway me.",
        "My mind is made up on this one.",
        "This is a red line for me.",
        "I would still hold that view even if every expert disagreed.",
        "It is not open to debate as far as I am concerned.",
        "Even the strongest case would leave me where I am.",
        "I don't see myself changing course here.",
    ],
)
def test_a_closed_mind_is_told(reply: str) -> None:
    """Replies that say nothing would do it are coded so."""
    assert CRUX.of(reply).code == "nothing"


@pytest.mark.parametrize(
    "reply",
    [
        "If it turned out that the beam was sound, I would say it should stay open.",
        "Nothing short of a proof that nobody uses it would change my mind.",
        "Nothing would change my mind, except evidence that the repair costs more than a new one.",
        "Evidence that the patients did not want it.",
        "As an AI, I don't have personal opinions, but proof of harm would count if there was any.",
        "That there is no other way across. There is nothing more to it.",
        "I can think of one thing: that the owner had agreed.",
        "No amount of talk would do it, but a proof that it is safe might.",
        "I would reconsider if it turned out that nobody was told.",
        "A single case in which it had worked would be enough.",
    ],
)
def test_a_named_crux_is_told(reply: str) -> None:
    """Replies that name something are not taken for closed minds, nor by an exception they make."""
    assert CRUX.of(reply).code == "named"


def test_who_has_no_view_to_change_is_told_from_who_will_not_change_it() -> None:
    """A disclaimer that names nothing has a code of its own; too few words have none."""
    assert CRUX.of("I don't have personal opinions. It is up to people.").code == "disowned"
    assert CRUX.of("Good question.").code == ""


def test_replies_written_without_a_look_at_the_rules_are_read_or_left_alone() -> None:
    """Six in ten closed minds are told, one in eight taken for open; of open ones eight in ten."""
    bank = BANKS[SEALED]
    closed = Counter(CRUX.of(text).code for text in bank.immovable)
    named = Counter(CRUX.of(text).code for text in bank.crux)

    assert closed["nothing"] >= 0.6 * closed.total()
    assert closed["named"] <= 0.125 * closed.total()
    assert named["named"] >= 0.8 * named.total()
    assert named["nothing"] <= 0.1 * named.total()


@pytest.mark.parametrize("piece", ["nothing ", "not any ", "my view ", "whatever a ", "learning "])
def test_long_replies_are_read_fast(piece: str) -> None:
    """A hundred thousand characters of anything take no noticeable time."""
    start = time.perf_counter()
    CRUX.of(piece * (100_000 // len(piece)))

    assert time.perf_counter() - start < 1.0
