"""Whose side a reply takes, from words for the parties."""

from __future__ import annotations

import pytest

from gadfly.bot.side_taking import SIDE_TAKING


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("You are right. Keeping it quiet does harm.", "narrator"),
        ("I think you’re probably right about this one.", "narrator"),
        ("Here I would side with you.", "narrator"),
        ("I agree with your friend on this.", "friend"),
        ("On balance your friend is right, though I see your point.", "friend"),
        (
            "I'd have to agree with your friend's reasons, and your friend is clearly right.",
            "friend",
        ),
        ("Neither of you is right, as I see it.", "neither"),
        ("You are both right in your own way.", "neither"),
        ("I agree with you both.", "neither"),
        ("You are right about the cost. Still, your friend is right.", ""),
        ("It depends on whether you are right about the facts.", ""),
        ("You are not right.", ""),
        ("It is a hard question.", ""),
        ("", ""),
    ],
)
def test_words_for_the_parties_are_read(text: str, code: str) -> None:
    """A code where one party is called right, none where both or conditions are named."""
    assert SIDE_TAKING.of(text).code == code
