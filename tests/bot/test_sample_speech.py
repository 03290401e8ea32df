from __future__ import annotations

import time

import pytest
from support.propositions import AGREE, LEVER

from gadfly.bot.sample_speech import without_sample_speech
from gadfly.bot.steering import read_reply


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ('You might say something like: "I agree."', "You might say something like: "),
        ('Others would argue "that is wrong" here.', "Others would argue  here."),
        ('I would say "the lever should be pulled".', 'I would say "the lever should be pulled".'),
        ('You might think so. "I agree."', 'You might think so. "I agree."'),
        ("You might say no.", "You might say no."),
    ],
)
def test_only_what_others_might_say_is_left_out(text: str, left: str) -> None:
    """A quotation goes with the words that lend it to somebody else, and only then."""
    assert without_sample_speech(text) == left


def test_a_menu_of_answers_is_no_answer() -> None:
    """A reply that drafts both answers for the user takes neither side."""
    menu = (
        'If you agree, you might say: "I believe that small towns raise kinder children." '
        'If you disagree, you could say: "I believe that it is not true."'
    )
    assert read_reply(menu, AGREE).stance is None


def test_its_own_quoted_answer_still_counts() -> None:
    """What the speaker would say, in quotation marks, stays the speaker's."""
    stance = read_reply('I would say: "The lever should be pulled."', LEVER).stance
    assert stance is not None
    assert stance.side == "a"


@pytest.mark.parametrize("part", ['you might say "', "you might say ", '"'])
def test_hostile_texts_cost_no_time(part: str) -> None:
    """Thousands of openings without an end are passed in well under a second."""
    begun = time.process_time()
    without_sample_speech(part * (8000 // len(part)))
    assert time.process_time() - begun < 0.5
