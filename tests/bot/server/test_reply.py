from __future__ import annotations

from typing import Any

import pytest

from gadfly.bot.completion import Completion, Usage
from gadfly.bot.errors import MalformedReply
from gadfly.bot.server.reply import finish_of, labels_by_text, read_reply, usage_of


def replied(message: Any, finish: str = "stop") -> Completion:
    return read_reply({"choices": [{"message": message, "finish_reason": finish}]}, "http://x", 1.0)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("stop", "stop"),
        ("eos_token", "stop"),
        ("end_turn", "stop"),
        ("length", "length"),
        ("max_tokens", "length"),
        ("content_filter", "filtered"),
        ("tool_calls", "other"),
        (None, "other"),
        (["stop"], "other"),
    ],
)
def test_finish_reasons(told: Any, expected: Any) -> None:
    """Each server's finish reason has one of four meanings."""
    assert expected == finish_of(told)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (None, Usage()),
        ("many", Usage()),
        ({"prompt_tokens": None, "completion_tokens": "4"}, Usage()),
        ({"prompt_tokens": -3, "completion_tokens": True}, Usage()),
        ({"prompt_tokens": 2**31, "completion_tokens": 10**400}, Usage()),
        ({"prompt_tokens": 7, "completion_tokens": 4}, Usage(prompt_tokens=7, completion_tokens=4)),
    ],
)
def test_usage(told: Any, expected: Any) -> None:
    """Counts that make no sense are taken as not given."""
    assert expected == usage_of({"usage": told})


@pytest.mark.parametrize(
    ("message", "finish", "expected"),
    [
        ({"content": ""}, "stop", ("", "", "stop")),
        ({"content": "Yes."}, "stop", ("Yes.", "", "stop")),
        ({"content": [{"type": "text", "text": "Y"}, {"text": "es"}]}, "stop", ("Yes", "", "stop")),
        ({"content": "<think>hm</think>Yes."}, "stop", ("Yes.", "hm", "stop")),
        ({"content": "Yes.", "reasoning_content": "hm"}, "stop", ("Yes.", "hm", "stop")),
        ({"content": "Yes.", "reasoning": "hm"}, "stop", ("Yes.", "hm", "stop")),
        ({"content": "Yes.", "reasoning": 5}, "stop", ("Yes.", "", "stop")),
        ({"content": None, "reasoning": "hm"}, "length", ("", "hm", "length")),
        ({"content": None}, "content_filter", ("", "", "filtered")),
        ({"content": None, "refusal": "I won't."}, "stop", ("I won't.", "", "stop")),
        ({"content": "Half", "tool_calls": [{}]}, "tool_calls", ("Half", "", "other")),
    ],
)
def test_replies(message: Any, finish: str, expected: Any) -> None:
    """Text, reasoning and finish of the shapes that count as answers."""
    got = replied(message, finish)

    assert expected == (got.text, got.reasoning, got.finish)


@pytest.mark.parametrize(
    "message",
    [
        None,
        "Yes.",
        {},
        {"content": None},
        {"content": None, "reasoning": "hm"},
        {"content": None, "tool_calls": [{"function": {"name": "f"}}]},
        {"content": None, "function_call": {"name": "f"}},
        {"content": 5},
        {"content": {"text": "Yes."}},
        {"content": [{"type": "image"}]},
    ],
)
def test_no_answers(message: Any) -> None:
    """No text where text should be is malformed, never an empty answer."""
    with pytest.raises(MalformedReply):
        replied(message)


@pytest.mark.parametrize("reply", [{}, {"choices": None}, {"choices": []}, {"choices": ["x"]}])
def test_no_choices(reply: Any) -> None:
    """A reply without a choice is malformed."""
    with pytest.raises(MalformedReply, match="without choices"):
        read_reply(reply, "http://x", 1.0)


def test_marks_of_tokenizers_count_as_spaces() -> None:
    """Tokens are matched whatever a server writes for a leading space; -9999 is impossible."""
    found = [("▁A", -1.0), ("ĠB", -2.0), ("C", -9999.0), ("D\n", -3.0)]

    assert labels_by_text(found, ("A", " B", "C", "D")) == pytest.approx(
        {"A": -1.0, " B": -2.0, "D": -3.0}
    )
