from __future__ import annotations

import pytest

from gadfly.bot.cleaning import HEAD_CHARS, TAIL_CHARS, cap, clean


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("**Yes**, _really_.", "Yes, really."),
        ("snake_case stays", "snake_case stays"),
        ("## Verdict\n\nNo.", "Verdict\n\nNo."),
        ("- one\n* two\n• three", "one\n\ntwo\n\nthree"),
        ("```text\nYes.\n```", "Yes."),
        ("> you said no\nYes.", "Yes."),
        ("\x1b[31mred\x1b[0m \x1b]0;title\x07done", "red done"),
        ("a\x00b\u200bc\u202e", "abc"),
        ("<|assistant|>\nYes.", "Yes."),
        ("<think>no, wait</think>Yes.", "Yes."),
        ("<think>never ends", ""),
        ("<think>a</think>It writes </think> last.", "It writes </think> last."),
        ("It writes <think>x</think> first.", "It writes <think>x</think> first."),
        ("It’s “fine”…", 'It\'s "fine"'),
        ("a line\nthat goes on", "a line that goes on"),
        ("One.\nTwo.", "One.\nTwo."),
        ("a\r\nB", "a\nB"),
    ],
)
def test_markup_escapes_and_quotations_go(raw: str, expected: str) -> None:
    """What is not the reply's own words is removed, and sentences keep their breaks."""
    assert clean(raw) == expected


def test_cap_keeps_head_and_tail() -> None:
    """A text over the limit keeps its first and last characters as separate paragraphs."""
    text = "h" * HEAD_CHARS + "middle" + "t" * TAIL_CHARS
    assert cap(text) == "h" * HEAD_CHARS + "\n\n" + "t" * TAIL_CHARS
    assert cap("short") == "short"
