from __future__ import annotations

import pytest

from gadfly.bot.reasoning import split_reasoning


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plain.", ("", "Plain.")),
        (" Plain, spaces kept. ", ("", " Plain, spaces kept. ")),
        ("<think>\nhm\n</think>\n\nYes.", ("hm", "Yes.")),
        ("  <think></think>Yes.", ("", "Yes.")),
        ("<think>still at it", ("still at it", "")),
        ("hm\n</think>\nYes.", ("hm", "Yes.")),
        ("<think>a</think>b</think>c", ("a", "b</think>c")),
        ("Models write <think>x</think> first.", ("", "Models write <think>x</think> first.")),
        ("", ("", "")),
    ],
)
def test_reasoning_at_the_start_is_split_off(text: str, expected: tuple[str, str]) -> None:
    """Reasoning is what stands before the closing tag, if the answer starts with it."""
    assert split_reasoning(text) == expected
