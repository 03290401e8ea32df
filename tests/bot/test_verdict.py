from __future__ import annotations

import pytest

from gadfly.bot.clause import words
from gadfly.bot.verdict import verdicts


@pytest.mark.parametrize(
    ("text", "modality", "sign"),
    [
        ("It is acceptable to buy eggs", "permitted", 1),
        ("It is not acceptable to buy eggs", "permitted", -1),
        ("It is wrong to buy eggs", "permitted", -1),
        ("It would not be wrong to buy eggs", "permitted", 1),
        ("There is nothing wrong with buying eggs", "permitted", 1),
        ("Buying eggs is wrong", "permitted", -1),
        ("He is justified in buying eggs", "permitted", 1),
        ("You must not buy eggs", "permitted", -1),
        ("You must buy eggs", "owed", 1),
        ("You do not have to buy eggs", "owed", -1),
        ("You need not buy eggs", "owed", -1),
        ("There is no duty to buy eggs", "owed", -1),
        ("It would be wrong not to buy eggs", "owed", 1),
        ("It would be wrong to refrain from buying eggs", "owed", 1),
        ("Refusing to buy eggs would be wrong", "owed", 1),
        ("Not buying eggs is wrong", "owed", 1),
        ("It is fine not to buy eggs", "owed", -1),
        ("You must not refuse to buy eggs", "owed", 1),
        ("One should buy eggs", "should", 1),
        ("Nobody should buy eggs", "should", -1),
        ("Buying eggs should not be forbidden", "should", 1),
        ("The right thing to do is to buy eggs", "should", 1),
        ("I would not buy eggs", "should", -1),
        ("I would rather not buy eggs", "should", -1),
        ("I support buying eggs", "should", 1),
        ("I would advise against buying eggs", "should", -1),
        ("Buying eggs is better than baking them", "should", 1),
        ("I would buy eggs rather than bake them", "should", 1),
        ("We should buy eggs as opposed to baking them", "should", 1),
    ],
)
def test_verdicts_are_brought_to_one_form(text: str, modality: str, sign: int) -> None:
    """However a judgement on an act is put, it comes to a modality and a sign of doing it."""
    (found,) = verdicts(words(text))
    assert (found.modality, found.sign, found.head) == (modality, sign, "buy")


@pytest.mark.parametrize("text", ["Doing nothing is wrong", "It is wrong to do nothing"])
def test_inaction_is_an_omission_of_the_act(text: str) -> None:
    """To judge doing nothing is to judge the act the other way, without naming it."""
    (found,) = verdicts(words(text))
    assert (found.modality, found.sign, found.pointing) == ("owed", 1, True)


@pytest.mark.parametrize(
    "text",
    [
        "The good people buy eggs",
        "Buying eggs is a good example",
        "I would be sad",
        "Eggs may be sold out",
        "Let us pick eggs",
        "I must admit it",
        "Eggs raise moral concerns",
        "It is a moral and legal matter",
    ],
)
def test_descriptions_are_no_verdicts(text: str) -> None:
    """Words that only describe, wish or wonder judge nothing."""
    assert verdicts(words(text)) == ()


def test_may_permits_where_it_is_asked_about() -> None:
    """Only where the statements use it as permission, "may" is one."""
    (found,) = verdicts(words("You may buy eggs"), may_permits=True)
    assert (found.modality, found.sign) == ("permitted", 1)
    assert verdicts(words("You may buy eggs")) == ()


def test_marks_silence_what_follows() -> None:
    """A judgement behind an attribution or a hedge is not the speaker's."""
    assert verdicts(("<attribute", "it", "is", "wrong")) == ()
    assert len(verdicts(("it", "is", "wrong", "<attribute", "to", "me"))) == 1


def test_elliptic_modals_point() -> None:
    """A modal with nothing after it refers to the act without naming it."""
    (found,) = verdicts(("i", "would", "not"))
    assert (found.sign, found.head, found.pointing) == (-1, "", True)
