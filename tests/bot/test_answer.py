from __future__ import annotations

from dataclasses import replace

import pytest
from support.propositions import MEAT

from gadfly.bot.answer import agreement, plain_answer
from gadfly.bot.clause import sentences


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Yes.", "yes"),
        ("Well, no, it isn't.", "no"),
        ("Yep, pull it", "yes"),
        ("Absolutely.", "yes"),
        ("Absolutely not.", "no"),
        ("Of course not, never.", "no"),
        ("Of course.", "yes"),
        ("Of course, some disagree.", None),
        ("By no means.", "no"),
        ("Never.", "no"),
        ("Never mind the rest", None),
        ("Probably yes.", "yes"),
        ("Normally yes.", None),
        ("No it isn't", "no"),
        ("No one knows.", None),
        ("No doubt it is hard.", None),
        ("Yes and no.", None),
        ("They should.", "yes"),
        ("It cannot.", "no"),
        ("They should think about it.", None),
        ("My answer is no.", "no"),
        ("I'd say yes here.", "yes"),
        ("Some say yes.", None),
        ("Hard as it is, yes: do it.", "yes"),
        ("It is far away, so no.", "no"),
        ("There is no", None),
        ("I think so.", "yes"),
        ("...", None),
    ],
)
def test_plain_answers(text: str, answer: str | None) -> None:
    """A leading, closing or elliptic yes or no is an answer, a "no" before a noun is not."""
    found = [plain_answer(s, leads=True) for s in sentences(text.lower())]
    assert (found or [None])[0] == answer


def test_later_sentences_have_to_be_short() -> None:
    """A later sentence that goes on after its "yes" is taken for a concession."""
    (long,) = sentences("Yes, five people are on the track and one is not, I know.")
    (short,) = sentences("So yes, pull it.")
    assert plain_answer(long, leads=False) is None
    assert plain_answer(short, leads=False) == "yes"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("I strongly agree with the statement.", "yes"),
        ("I disagree.", "no"),
        ("I do not agree with this.", "no"),
        ("I agree with my neighbours.", None),
        ("Many agree.", None),
    ],
)
def test_agreement_answers_a_question_for_agreement(text: str, answer: str | None) -> None:
    """Agreement is read where the question asks for it, and where its object is the statement."""
    about = replace(MEAT, question="Do you agree that it is fine to eat meat?")
    (sentence,) = sentences(text)
    assert agreement(sentence, about) == answer
    assert agreement(sentence, MEAT) is None
