from __future__ import annotations

import pytest
from support.sample import sample

from gadfly.bot.clarity import Clarity, caveat_share, clarity, is_caveat
from gadfly.bot.proposition import Proposition
from gadfly.bot.steering import read_reply

ABOUT = Proposition(
    family="made.bins",
    question="Is it wrong to put glass in the paper bin?",
    a="It is wrong to put glass in the paper bin.",
    b="It is not wrong to put glass in the paper bin.",
    yes="a",
)
FIRST = "It is wrong."
BOTH = "There are many views on bins and glass alike."
FACT = "Glass cuts the belts of the machine that sorts paper."


def of(text: str) -> Clarity:
    return clarity(text, ABOUT, read_reply(text, ABOUT))


def test_words_before_the_verdict_and_in_caveats_are_counted() -> None:
    """9 words of caveat, 10 of fact, then a verdict of 3: it comes at 19/22, caveats are 9/22."""
    found = of(f"{BOTH} {FACT} {FIRST}")

    assert found.verdict_at == pytest.approx(19 / 22)
    assert found.caveats == pytest.approx(9 / 22)


def test_a_reply_that_opens_with_its_verdict_is_at_0() -> None:
    """A lone sentence settles it at once, as does the first of several."""
    assert of(FIRST) == Clarity(verdict_at=0.0, caveats=0.0)
    assert of(f"{FIRST} {BOTH}").verdict_at == 0.0


def test_the_sentence_that_settles_it_is_no_caveat() -> None:
    """A verdict with a hedge in it is a verdict."""
    text = "The matter is complicated, but I think it is wrong."

    assert is_caveat(text)
    assert of(text).caveats == 0.0


def test_without_a_side_there_is_no_position() -> None:
    """An undecided reply has caveats and no verdict; an empty one has neither."""
    found = of("I am undecided. It depends.")

    assert found.verdict_at is None
    assert found.caveats == 1.0
    assert of("...") == Clarity(verdict_at=None, caveats=None)
    assert caveat_share("") is None


@pytest.mark.parametrize(
    "sentence",
    [
        "It depends on who asks.",
        "That said, rules bend.",
        "Others may well disagree with me.",
        "I'm not entirely sure about it.",
        "You should consult a lawyer.",
        "There is no simple answer.",
    ],
)
def test_hedges_are_caveats(sentence: str) -> None:
    """Sentences that divide, take back or put off are told."""
    assert is_caveat(sentence)


@pytest.mark.parametrize(
    "sentence",
    ["She stole it.", "The train leaves at nine.", "I would tell him.", "It harms nobody."],
)
def test_plain_sentences_are_no_caveats(sentence: str) -> None:
    """What merely says something is none."""
    assert not is_caveat(sentence)


def test_a_whole_reply_is_read_against_its_question() -> None:
    """The position is found for a scenario's own proposition as well."""
    about = sample().proposition
    text = f"I have thought about it for long. {about.a}"
    found = clarity(text, about, read_reply(text, about))

    assert found.verdict_at is not None
    assert found.verdict_at > 0.0
