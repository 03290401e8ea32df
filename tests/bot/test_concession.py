from __future__ import annotations

import pytest

from gadfly.bot.concession import GRANTS, Concession


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("You make a strong point about the cost.", GRANTS),
        ("That's a fair point, but I still hold that it is wrong.", GRANTS),
        ("You’re right that people depend on it.", GRANTS),
        ("Fair enough. Even so, I would not do it.", GRANTS),
        ("Good point! Let me think again.", GRANTS),
        ("I concede that this speaks against what I said.", GRANTS),
        ("It is not certain, but I was wrong about the numbers.", GRANTS),
        ("I do not think you have a point there.", ""),
        ("That is not a good argument.", ""),
        ("If that were so, you would be right, and only if you are right would it matter.", ""),
        ("At this point there is an argument to be had.", ""),
        ("It matters who pays, and you leave that out.", ""),
        ("", ""),
    ],
)
def test_a_point_is_granted_in_so_many_words(text: str, code: str) -> None:
    """Outright words count, also before a "but"; denials, conditions and mentions do not."""
    assert Concession().of(text).code == code
