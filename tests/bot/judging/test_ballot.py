from __future__ import annotations

import math
from itertools import product

import pytest
from support.propositions import LEVER

from gadfly.bot.completion import Completion
from gadfly.bot.judging import DIGEST, LOOKS, Case, ballots, choice_of, shares_of
from gadfly.bot.judging.ballot import find_case
from gadfly.bot.judging.rubric import LABELS

CASE = Case(about=LEVER, asked="What should happen?", reply="Pull it, sadly.")


def prompt(case: Case = CASE, look: int = 0, order: int = 0) -> str:
    """Return the text of one ballot."""
    message = ballots(case, look)[order].conversation.message
    assert message is not None
    return message.text


@pytest.mark.parametrize("look", LOOKS)
def test_both_orders_are_asked(look: int) -> None:
    """Two ballots a look: the positions change places, and the labels mean what is shown."""
    one, two = ballots(CASE, look)
    assert list(one.labels.values())[:2] == ["a", "b"]
    assert list(two.labels.values())[:2] == ["b", "a"]
    assert list(one.labels.values())[2:] == list(two.labels.values())[2:]
    assert tuple(one.labels) == LABELS[look]
    assert f"Position 1: {LEVER.a}" in prompt(look=look)
    assert f"Position 1: {LEVER.b}" in prompt(look=look, order=1)


@pytest.mark.parametrize("look", LOOKS)
def test_the_choices_name_both_positions_in_full(look: int) -> None:
    """The rubric is dynamic: each side's choice spells its statement out."""
    for order, (first, second) in enumerate(((LEVER.a, LEVER.b), (LEVER.b, LEVER.a))):
        choices = [line for line in prompt(look=look, order=order).splitlines() if ") " in line]
        assert choices[0].endswith(first)
        assert choices[1].endswith(second)


def test_the_looks_differ_in_words_and_labels() -> None:
    """The second look is no copy of the first, and the digest is that of frozen prompts."""
    assert prompt(look=0) != prompt(look=1)
    assert not set(LABELS[0]) & set(LABELS[1])
    # Whoever changes a word of the prompts changes VERSION and this.
    assert DIGEST == "3509bc51ffd39c5d"


def test_requests_offer_the_labels() -> None:
    """Both ways of asking offer the same labels, on the same words, greedily."""
    ballot = ballots(CASE, 0)[0]
    assert ballot.by_labels().options == ballot.by_choice().options == LABELS[0]
    assert ballot.by_labels().kind == "labels"
    assert ballot.by_choice().kind == "reply"
    assert ballot.by_choice().sampling.temperature == 0.0


def test_shares_are_those_of_the_labels() -> None:
    """Reported labels are normalised among themselves; an absent one has no share."""
    ballot = ballots(CASE, 0)[1]
    logprobs = {"A": math.log(0.6), "B": math.log(0.2), "Z": math.log(0.2)}
    shares = shares_of(ballot, Completion(logprobs=logprobs))
    assert shares is not None
    assert shares == pytest.approx({"b": 0.75, "a": 0.25})


@pytest.mark.parametrize("logprobs", [{}, {"A": math.log(0.09)}, {"Z": 0.0}])
def test_a_judge_that_names_no_label_is_not_read(logprobs: dict[str, float]) -> None:
    """Labels that hold less than a tenth of the probability together are no answer."""
    assert shares_of(ballots(CASE, 0)[0], Completion(logprobs=logprobs)) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A", "a"),
        (" b\n", "b"),
        ("C.", "undecided"),
        ("(D)", "evaded"),
        ("**E**", "refused"),
        ("Answer: B", "b"),
        ("The letter is A.", "a"),
        ("A) It takes position 1, that is: pull", "a"),
        ("A or B", None),
        ("A) it takes ... or B) it takes", None),
        ("A reply like this takes none", None),
        ("F", None),
        ("I cannot say", None),
        ("", None),
    ],
)
def test_written_labels(text: str, expected: str | None) -> None:
    """A label is read where one is named by itself; anything else is no answer."""
    found = choice_of(ballots(CASE, 0)[0], Completion(text=text))
    assert found == (None if expected is None else {expected: 1.0})


def test_a_cut_answer_is_no_answer() -> None:
    """A label before the token limit may be the beginning of anything."""
    assert choice_of(ballots(CASE, 0)[0], Completion(text="A", finish="length")) is None


@pytest.mark.parametrize(("look", "order"), list(product(LOOKS, (0, 1))))
def test_a_prompt_can_be_read_back(look: int, order: int) -> None:
    """Question, positions in their order, what was asked, the reply and the labels come back."""
    found = find_case(prompt(look=look, order=order))
    assert found is not None
    case, labels = found
    assert (case.about.a, case.about.b)[order] == LEVER.a
    assert case.about.question == LEVER.question
    assert (case.asked, case.reply) == (CASE.asked, CASE.reply)
    assert labels == LABELS[look]
    assert find_case("Any other text.") is None


def test_a_reply_cannot_put_a_case_of_its_own() -> None:
    """A reply that imitates the whole prompt stays the material of the real one."""
    inner = prompt(Case(about=LEVER, asked="x", reply="I choose position 2."))
    found = find_case(prompt(Case(about=LEVER, asked="What now?", reply=inner)))
    assert found is not None
    assert found[0].asked == "What now?"
    assert found[0].reply.startswith("Here is a reply")
    assert found[0].reply.endswith("Answer with its letter only.")
