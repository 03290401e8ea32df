from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gadfly.bot.simulant.banks import BANKS
from gadfly.bot.simulant.chance import Chance
from gadfly.bot.simulant.voice import Occasion, clause, speak, speak_template

if TYPE_CHECKING:
    from gadfly.bot.proposition import Side
    from gadfly.bot.simulant.voice import Challenge
    from gadfly.scenarios.scenario import Scenario

BANK_NAMES = tuple(BANKS)


@pytest.mark.parametrize(
    ("statement", "inside"),
    [
        ("The gate is shut.", "the gate is shut"),
        ("Gates should be shut.", "gates should be shut"),
        ("Paris is a city.", "Paris is a city"),
        ("I may go.", "I may go"),
        ("You may go. ", "you may go"),
    ],
)
def test_statements_fit_into_sentences(statement: str, inside: str) -> None:
    """Inside a sentence a statement has no full stop, and a capital only for a name."""
    assert clause(statement, "Should all gates of Paris be shut?") == inside


@pytest.mark.parametrize("bank", BANK_NAMES)
def test_replies_are_varied_and_hold_the_statement(bank: str, full: Scenario) -> None:
    """Two hundred replies on one side are nearly all different, and each says the statement."""
    occasion = Occasion(about=full.proposition, yes="a")
    said = [speak(BANKS[bank], "answered", "b", occasion, Chance(i)) for i in range(200)]
    assert len(set(said)) > 150
    assert all("should leave the park open" in text for text in said)


@pytest.mark.parametrize("bank", BANK_NAMES)
@pytest.mark.parametrize("yes", ["a", "b"])
def test_yes_and_no_follow_the_polarity_of_the_question(
    bank: str, yes: Side, full: Scenario
) -> None:
    """A reply opens with yes only on the side yes stands for, with no on the other, both often."""
    words = BANKS[bank]
    counts = {"right": 0, "wrong": 0}
    for side in ("a", "b"):
        for i in range(200):
            occasion = Occasion(about=full.proposition, yes=yes)
            text = speak(words, "answered", "a" if side == "a" else "b", occasion, Chance(side, i))
            right, wrong = (words.yes, words.no) if side == yes else (words.no, words.yes)
            counts["right"] += text.startswith(right)
            counts["wrong"] += text.startswith(wrong)
    assert counts["wrong"] == 0
    assert counts["right"] > 100


def test_no_yes_or_no_where_it_would_be_no_answer(full: Scenario) -> None:
    """Without a polarity no reply opens with yes or no."""
    words = BANKS["plain"]
    occasion = Occasion(about=full.proposition)
    said = [speak(words, "answered", "a", occasion, Chance(i)) for i in range(200)]
    assert not any(text.startswith((*words.yes, *words.no)) for text in said)


@pytest.mark.parametrize("challenge", ["moved", "held", "onward"])
def test_a_challenge_is_taken_up_first(challenge: Challenge, full: Scenario) -> None:
    """After a challenge or a filler a reply opens with a word on it."""
    words = BANKS["ornate"]
    occasion = Occasion(about=full.proposition, yes="a", challenge=challenge)
    said = [speak(words, "answered", "a", occasion, Chance(i)) for i in range(50)]
    openers = {"moved": words.moved, "held": words.held, "onward": words.onward}[challenge]
    assert all(text.startswith(openers) for text in said)


def test_brevity_and_pressing_leave_out_reasons(full: Scenario) -> None:
    """Asked to be brief, or for one sentence, it gives no reasons and grants nothing."""
    words = BANKS["plain"]
    for occasion in (
        Occasion(about=full.proposition, is_brief=True),
        Occasion(about=full.proposition, is_pressed=True),
    ):
        said = [speak(words, "answered", "a", occasion, Chance(i)) for i in range(100)]
        rest = (*words.reasons, *words.concessions)
        assert not any(sentence in text for text in said for sentence in rest)


def test_templates_keep_their_words(full: Scenario) -> None:
    """Formulaic replies differ in the statement and in little else."""
    words = BANKS["plain"]
    said = {speak_template(words, "a", full.proposition, Chance(i)) for i in range(50)}
    assert len(said) == len(words.formulaic)
    assert speak_template(words, None, full.proposition, Chance(1)) in words.formulaic_undecided
