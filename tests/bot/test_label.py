from __future__ import annotations

import pytest

from gadfly.bot.label import chosen


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("A", 0),
        ("b.", 1),
        ("(C)", 2),
        ("D: I would rather not say.", 3),
        ("1", 0),
        ("2) because it is kinder", 1),
        ("Option 3", 2),
        ("Answer: B", 1),
        ("My answer is A.", 0),
        ("The correct answer", None),
        ("The second statement is closest to my view.", 1),
        ("the former", 0),
        ("I would go with option B here.", 1),
        ("I pick the first one.", 0),
        ("I agree with statement 2.", 1),
        ("First, consider the people.", None),
        ("A man stood there.", None),
        ("I choose a lever.", None),
        ("The first group.", 0),
        ("Group 2, because there are more of them.", 1),
        ("I choose the second group because it is larger.", 1),
        ("The first group has a dog in it.", None),
        ("Group A is smaller.", None),
        ("I say option A, no, I say option B.", None),
        ("One could argue.", None),
        ("", None),
    ],
)
def test_labels_are_told_from_words(text: str, index: int | None) -> None:
    """A label is recognised with its marks, and a bare article or ordinal is a word."""
    assert chosen(text, 4) == index


def test_a_label_beyond_the_list_is_none() -> None:
    """With two options listed the third label stands for nothing."""
    assert chosen("C", 2) is None
