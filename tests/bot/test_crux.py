"""The rule that reads answers to "what would change your mind?"."""

from __future__ import annotations

import pytest

from gadfly.bot.crux import CRUX


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
