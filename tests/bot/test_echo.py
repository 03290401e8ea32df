"""Replies that say back what they were given, and replies to something else altogether."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.sample import sample

from gadfly.bot.steering import read_reply

ABOUT = sample().proposition
FILE = Path(__file__).parents[1] / "support" / "off_topic.json"


@pytest.mark.parametrize(
    "text",
    [
        ABOUT.question,
        f"{ABOUT.question} {ABOUT.question}",
        f"The question is: {ABOUT.question}",
        "Task: Read the question. State your view. Explain your view in no more than fifty words.",
        "You are asked to answer the following question with yes or no.",
        "Utilitarian view:\n\nKantian view:\n\nFinal answer:",
        "Answer: [Yes/No]\nReason: [insert reason here]\nConfidence: [low/medium/high]",
    ],
)
def test_what_was_given_said_back_is_no_answer(text: str) -> None:
    """The question, words of a prompt and an empty form are unreadable, and no evasion."""
    found = read_reply(text, ABOUT)

    assert (found.outcome, found.rule) == ("unreadable", "echo")


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("What do you think yourself?", "evaded"),
        ("Answer: I would rather not say.", "refused"),
        ("You are asked to judge her. I will not take a side.", "refused"),
        (f"{ABOUT.question} {ABOUT.a}", "answered"),
        (f"Answer: {ABOUT.b}", "answered"),
    ],
)
def test_more_than_that_is_read(text: str, outcome: str) -> None:
    """A question of its own, a refusal or a side beside it is what it is."""
    assert read_reply(text, ABOUT).outcome == outcome


def test_a_reply_to_something_else_is_unreadable() -> None:
    """Of 80 by somebody who did not know the rules, on which these were corrected, 79 are."""
    texts: list[str] = json.loads(FILE.read_text(encoding="utf-8"))
    found = [read_reply(text, ABOUT).outcome for text in texts]

    assert found.count("unreadable") >= 78
