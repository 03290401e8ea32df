from __future__ import annotations

import pytest

from gadfly.bot.stock import STOCK, stock_count

EXAMPLES = {
    "not X but Y": "What counts is not the size of it but its weight.",
    "not X, it is Y": "That isn't a leak. It's a flood.",
    "X, not Y": "She wanted bread—not cake.",
    "more than just": "A garden is more than just a lawn.",
    "less about X, more about Y": "It is less about money and more about time.",
    "on the one hand": "On one hand the bridge is old.",
    "on the other hand": "On the other hand it stands.",
    "points on both sides": "There are good arguments for both sides.",
    "pros and cons": "I list the pros and cons.",
    "a balance": "One must strike a balance here.",
    "a complex question": "Whether to move house is a deeply personal decision.",
    "a great question": "Great question!",
    "raises questions": "The plan raises serious ethical questions.",
    "no easy answer": "There is no easy answer.",
    "it is important to note": "It's important to note the date.",
    "as an AI": "As an AI, I have no cat.",
    "no personal opinions": "I do not have personal opinions.",
    "let us dive in": "Let's dive in.",
    "here is a breakdown": "Here's a breakdown.",
    "ultimately": "It rained. Ultimately, we left.",
    "in conclusion": "In conclusion, bring a coat.",
    "at the end of the day": "At the end of the day it is cold.",
    "every case is different": "Every case is different.",
    "I hope this helps": "I hope this helps.",
    "plays a role": "Salt plays a crucial role.",
    "a testament to": "The dam is a testament to patience.",
    "serves as a reminder": "The scar serves as a reminder.",
    "underscores the need": "This underscores the need.",
    "sheds light on": "The diary sheds light on it.",
    "in a world": "In today's world nobody waits.",
    "navigate the complexities": "We help you navigate the complexities.",
    "in the realm of": "Strange things happen in the realm of bees.",
    "a tapestry": "A rich tapestry.",
    "delve": "Now I delve deeper.",
    "a profound sense": "He felt a quiet sense of ease.",
    "by doing so": "By doing so you save time.",
}


def test_every_construction_has_an_example() -> None:
    """No pattern goes untested."""
    assert EXAMPLES.keys() == STOCK.keys()


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_construction_is_found_once(name: str) -> None:
    """Each example holds its own construction and no other."""
    assert stock_count(EXAMPLES[name]) == 1


def test_plain_talk_has_none() -> None:
    """Sentences that merely hold a "not" or a "but" are no stock."""
    plain = (
        "I would tell her. It is not kind, and she may cry, though she asked me twice. "
        "He is not here. We know it is late."
    )

    assert stock_count(plain) == 0


def test_what_the_prompt_says_is_not_the_replys_own() -> None:
    """A construction taken over from the prompt does not count; another one does."""
    text = "You ask for the pros and cons. At the end of the day it is cheap."

    assert stock_count(text) == 2
    assert stock_count(text, "List the pros and cons.") == 1


def test_emphasis_and_curly_apostrophes_do_not_hide_it() -> None:
    """Markup and typography are set aside."""
    assert stock_count("It’s **important** to note this.") == 1
