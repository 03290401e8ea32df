"""Statements from questions and opinions."""

from __future__ import annotations

import pytest

from gadfly.bot.sparring.question import asserted, denied, inside, mirrored, propose


@pytest.mark.parametrize(
    ("question", "yes", "no"),
    [
        ("Is it wrong to lie?", "It is wrong to lie.", "It is not wrong to lie."),
        (
            "Should a doctor tell a dying patient the truth?",
            "A doctor should tell a dying patient the truth.",
            "A doctor should not tell a dying patient the truth.",
        ),
        (
            "May someone who gave up meat eat meat grown from cells?",
            "Someone who gave up meat may eat meat grown from cells.",
            "Someone who gave up meat may not eat meat grown from cells.",
        ),
        (
            "Are healthy adults morally obliged to give blood?",
            "Healthy adults are morally obliged to give blood.",
            "Healthy adults are not morally obliged to give blood.",
        ),
        (
            "My friend asks for money he will gamble away. Ought I to lend him my savings?",
            "You ought to lend him your savings.",
            "You ought not to lend him your savings.",
        ),
        (
            "When a promise does harm, should one keep it?",
            "When a promise does harm, one should keep it.",
            "When a promise does harm, one should not keep it.",
        ),
        (
            "Can a machine think?",
            "A machine can think.",
            "A machine cannot think.",
        ),
    ],
)
def test_a_yes_no_question_is_turned_around(question: str, yes: str, no: str) -> None:
    """A plain yes takes statement A."""
    about = propose(question)

    assert about is not None
    assert (about.a, about.b, about.yes) == (yes, no, "a")
    assert about.question == question


@pytest.mark.parametrize(
    "text",
    ["What should I cook tonight?", "How long should tea steep?", "Thanks.", "", "Tell me a joke."],
)
def test_what_is_no_yes_no_question_gives_no_statements(text: str) -> None:
    """Other questions and remarks are left to whoever is able."""
    assert propose(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "I think that zoos are cruel to elephants.",
        "Let us debate: zoos are cruel to elephants.",
        "Convince me that zoos are cruel to elephants!",
    ],
)
def test_an_opinion_opens_a_spar_beside_its_denial(text: str) -> None:
    """Yes is no answer to an opinion."""
    about = propose(text)

    assert about is not None
    assert about.a == "Zoos are cruel to elephants."
    assert about.b == "Zoos are not cruel to elephants."
    assert about.yes is None


def test_a_bare_assertion_opens_a_spar_and_small_talk_does_not() -> None:
    """One sentence about the world, and nobody addressed."""
    zoos = asserted("Zoos are prisons.")

    assert zoos is not None
    assert (zoos.a, zoos.b) == ("Zoos are prisons.", "Zoos are not prisons.")
    for text in (
        "Hello there, friend.",
        "I had soup.",
        "Tell me a joke.",
        "Why?",
        "Zoos. Are. Bad.",
    ):
        assert asserted(text) is None


def test_a_denial_of_a_denial_is_the_statement() -> None:
    """A "not" is taken out where there is one; without an auxiliary the whole is denied."""
    assert denied("Zoos are not cruel.") == "Zoos are cruel."
    assert denied("Zoos harm elephants.") == "It is not so that Zoos harm elephants."


@pytest.mark.parametrize(
    ("question", "turned"),
    [
        ("Is it wrong to lie?", "It is not all right to lie."),
        ("Is it morally acceptable to lie?", "It is not morally unacceptable to lie."),
        (
            "Should doctors lie to the dying?",
            "It would not be wrong for doctors to lie to the dying.",
        ),
    ],
)
def test_the_mirrored_question_keeps_its_sides(question: str, turned: str) -> None:
    """Statement A turned round is on the side of statement A."""
    about = propose(question)
    assert about is not None
    found = mirrored(about)

    assert found is not None
    assert found.a == turned
    assert found.question == about.question


def test_a_question_that_judges_nothing_has_no_mirror() -> None:
    """There is no word to turn round."""
    about = propose("Can a machine think?")

    assert about is not None
    assert mirrored(about) is None


def test_a_statement_inside_a_sentence_loses_its_capital_unless_it_is_a_name() -> None:
    """What the question has in lower case is no name."""
    assert inside("It is wrong to lie.") == "it is wrong to lie"
    assert inside("Kant was right.") == "Kant was right"
    assert inside("Doctors may lie.", "May doctors lie?") == "doctors may lie"
