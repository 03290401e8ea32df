from __future__ import annotations

import pytest

from gadfly.bot.number import Number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("85", 85),
        ("85.", 85),
        ("**85**", 85),
        ("85%", 85),
        ("85 %", 85),
        ("85 percent", 85),
        ("0.85", 85),
        (".85", 85),
        ("1.0", 100),
        ("1", 1),
        ("0", 0),
        ("100", 100),
        ("72.5", 72.5),
        ("about eighty", 80),
        ("Eighty-five.", 85),
        ("I would say a hundred.", 100),
        ("one hundred percent", 100),
        ("8/10", 80),
        ("8 out of 10", 80),
        ("85/100", 85),
        ("nine out of ten", 90),
        ("80-90", 85),
        ("between 80 and 90", 85),
        ("somewhere from seventy to eighty", 75),
        ("On a scale from 0 to 100, I would say 60.", 60),
        ("85 (from 0 to 100)", 85),
        ("My confidence is 90 because there were 3 clues.", None),
        ("90, since there were 3 clues.", 90),
        ("I am 80% sure, having checked 2 sources.", 80),
        ("About 95, I think.", 95),
        ("I cannot put a number on that.", None),
        ("Very sure.", None),
        ("That one is hard.", None),
        ("", None),
        ("150", None),
        ("-5", None),
        ("1,000", None),
        ("40 points", 40),
        ("It is either 20 or 90.", 55),
        ("<think>maybe 40</think>70", 70),
    ],
)
def test_a_number_is_read_however_it_is_written(text: str, expected: float | None) -> None:
    """Digits, words, shares, fractions and ranges are read; what names no one number is not."""
    assert Number().of(text).value == (None if expected is None else pytest.approx(expected))


def test_hostile_replies_are_read_in_bounded_time() -> None:
    """Long runs of digits and number words come to nothing, quickly."""
    for part in ("9", "9.", "9 to ", "eighty-", "1/1", ", ", "a hundred and "):
        assert Number().of(part * (200_000 // len(part))).code == ""
