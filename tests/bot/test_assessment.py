from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.propositions import AGREE, LEVER

from gadfly.bot.assessment import assessment
from gadfly.bot.clause import sentences
from gadfly.bot.cleaning import clean
from gadfly.bot.lens import lens
from gadfly.bot.steering import read_reply

if TYPE_CHECKING:
    from gadfly.bot.proposition import Proposition


def assessed(text: str, about: Proposition = AGREE) -> str | None:
    """Return what the one sentence of a text says of the proposition."""
    (sentence,) = sentences(clean(text))
    return assessment(sentence, about, lens(about))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("This statement is fundamentally flawed.", "no"),
        ("On closer examination the claim is not only outdated but misguided.", "no"),
        ("To my mind, the claim is not only misguided but harmful.", "no"),
        ("The statement is quite correct.", "yes"),
        ("The proposition is not true.", "no"),
        ("This claim is not false.", None),
        ("The notion that small towns raise kinder children is a myth.", None),
        ("The notion that small towns raise kinder children is unfounded.", "no"),
        ("The notion that cities ruin every good habit is unfounded.", None),
        ("This assertion oversimplifies a tangled matter.", "no"),
        ("Critics say that this statement is flawed.", None),
        ("If this statement is true, cities should worry.", None),
        ("While this statement is true, it leaves much out.", None),
        ("I do not say that this statement is flawed.", None),
        ("The town is flawed.", None),
        ("This statement is about towns.", None),
        ("Title: The Myth of the Small Town", "no"),
        ("Title: Small Towns and Their Children", None),
    ],
)
def test_what_is_said_of_the_proposition_is_said_of_its_side(
    text: str, expected: str | None
) -> None:
    """Judging "this statement" is read as yes or no; attributed, conditional or vague is not."""
    assert assessed(text) == expected


def test_only_a_question_of_agreement_has_a_statement_to_assess() -> None:
    """Where the question asks for something else, "this statement" may be anything."""
    assert assessed("This statement is flawed.", LEVER) is None


def test_assessments_take_the_side_yes_names() -> None:
    """A reply that only assesses the statement is read; with yes on the other side it mirrors."""
    text = "Many people have an opinion on towns. The claim is simply false."
    for about, side in ((AGREE, "b"), (replace(AGREE, yes="b"), "a")):
        reading = read_reply(text, about)
        assert reading.rule == "assessment"
        assert reading.stance is not None
        assert reading.stance.side == side
