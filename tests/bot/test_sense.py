from __future__ import annotations

from dataclasses import replace

import pytest
from support.sample import sample

from gadfly.bot.sense import Sense

ITEM = sample("nonsense").item
assert ITEM is not None
assert ITEM.twin is not None
NONSENSE = Sense(asked=ITEM.asked.text, about=ITEM.asked.about, nonsense="a")
SENSIBLE = Sense(asked=ITEM.twin.asked.text, about=ITEM.twin.asked.about, nonsense="a")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("That question makes no sense.", "flagged"),
        ("It doesn't really make sense to weigh a colour.", "flagged"),
        ("A colour does not have a weight.", "flagged"),
        ("This is nonsense, I am afraid.", "flagged"),
        ("That is a category mistake: days have no colour.", "flagged"),
        ("There is no such thing as the colour of a Tuesday.", "flagged"),
        ("The question has no answer.", "flagged"),
        ("I don't understand the question.", "flagged"),
        ("The colour of a Tuesday weighs about four kilograms.", "answered"),
        ("It is three kilograms.", "answered"),
        ("Seven.", "answered"),
        ("12 kg", "answered"),
        ("It makes sense: it weighs three kilograms.", "answered"),
        ("That is not nonsense at all; it is four kilograms.", "answered"),
        ("What do you mean by the colour of a Tuesday?", "asked"),
        ("I cannot help with that.", "declined"),
        ("I am undecided.", "declined"),
        ("%% end of block %%", ""),
        ("the the of and to the of", ""),
        ("", ""),
    ],
)
def test_what_just_answers_has_taken_it_for_sense(text: str, code: str) -> None:
    """A reply flags nonsense, answers it, asks back or declines; babble is none of these."""
    assert NONSENSE.of(text).code == code


def test_a_sensible_question_is_read_by_the_same_rules() -> None:
    """An answer to the twin is an answer, a complaint about it is flagged."""
    assert SENSIBLE.of("A full bucket weighs about ten kilograms.").code == "answered"
    assert SENSIBLE.of("That makes no sense.").code == "flagged"


def test_which_side_says_nonsense_is_told() -> None:
    """With the statements exchanged the same words come to the same code."""
    about = NONSENSE.about
    swapped = replace(about, a=about.b, b=about.a, cues_a=about.cues_b, cues_b=about.cues_a)
    turned = Sense(asked=NONSENSE.asked, about=swapped, nonsense="b")

    assert turned.of("It makes no sense.").code == "flagged"
    assert turned.of("It weighs a pound.").code == "answered"
