from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gadfly.bot.completion import Completion
from gadfly.bot.message import Conversation, opening
from gadfly.bot.proposition import Proposition
from gadfly.bot.readout import Answer, make_readout, order_bias
from gadfly.bot.readout.prompt import ABSTENTIONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from gadfly.bot.readout import Ask

LEVER = Proposition(
    family="trolley.lever",
    question="Should the lever be pulled?",
    a="The lever should be pulled.",
    b="The lever should be left alone.",
    yes="a",
)
SAMPLED = make_readout("sampled")


def answered(reply: Callable[[Ask, int], str], asks: tuple[Ask, ...] | None = None) -> list[Answer]:
    """Answer every ask by a function of ask and draw."""
    found = SAMPLED.asks(Conversation(), LEVER) if asks is None else asks
    return [
        Answer(ask, tuple(Completion(text=reply(ask, draw)) for draw in range(ask.draws)))
        for ask in found
    ]


def test_asks_two_wordings_by_two_orders_of_three_draws() -> None:
    """One read is four cells of three draws, at temperature .7 and 256 tokens."""
    asks = SAMPLED.asks(Conversation(), LEVER)
    assert [(ask.wording, ask.order) for ask in asks] == [
        (0, "ab"),
        (0, "ba"),
        (1, "ab"),
        (1, "ba"),
    ]
    assert [ask.draws for ask in asks] == [3, 3, 3, 3]
    assert all(ask.request.sampling.temperature == 0.7 for ask in asks)
    assert all(ask.request.sampling.max_tokens == 256 for ask in asks)
    assert len({ask.request.digest for ask in asks}) == 4


def test_sides_swap_and_abstentions_stay_last() -> None:
    """The two statements change places between the orders, the abstentions never."""
    for ask in SAMPLED.asks(Conversation(), LEVER):
        sides = (LEVER.a, LEVER.b) if ask.order == "ab" else (LEVER.b, LEVER.a)
        assert tuple(ask.labels) == (*sides, *ABSTENTIONS)
        message = ask.request.conversation.message
        assert message is not None
        listed = [line[2:] for line in message.text.splitlines() if line.startswith("- ")]
        assert listed == list(ask.labels)


def test_the_dialogue_is_a_prefix_and_left_as_it_was() -> None:
    """The question is put on a fork of whatever was said before."""
    dialogue = opening("Be brief.").says("Hello.").hears("Hello to you.")
    for ask in SAMPLED.asks(dialogue, LEVER):
        assert ask.request.conversation.parent is dialogue
    assert len(dialogue) == 3


def test_a_pending_user_turn_is_refused() -> None:
    """A stance is read after an answer, never between a question and its answer."""
    with pytest.raises(ValueError, match="user turn"):
        SAMPLED.asks(Conversation().says("Hello."), LEVER)


def test_unanimous_answers() -> None:
    """Twelve answers for A are a stance of 1 with twelve counts behind it."""
    reading = SAMPLED.read(LEVER, answered(lambda _ask, _draw: LEVER.a))
    assert reading.outcome == "answered"
    assert reading.stance is not None
    assert (reading.stance.p, reading.stance.a, reading.stance.b) == (1.0, 12.0, 0.0)
    assert dict(reading.shares) == {"answered": 1.0}
    assert all(cell.n == 3 for cell in reading.cells)


def test_taking_the_first_listed_is_order_not_stance() -> None:
    """A subject that repeats the first option has stance 1/2 and order bias 1."""
    reading = SAMPLED.read(LEVER, answered(lambda ask, _draw: next(iter(ask.labels))))
    assert reading.stance is not None
    assert reading.stance.p == 0.5
    assert order_bias(reading) == 1.0


def test_cells_weigh_the_same_whatever_their_decisive_draws() -> None:
    """One decisive A in the first cell against three B in each other cell: p = 1/4, not 1/10."""

    def reply(ask: Ask, draw: int) -> str:
        if (ask.wording, ask.order) == (0, "ab"):
            return LEVER.a if draw == 0 else ABSTENTIONS[0]
        return LEVER.b

    reading = SAMPLED.read(LEVER, answered(reply))
    assert reading.stance is not None
    assert reading.stance.p == 0.25
    assert (reading.stance.a, reading.stance.b) == (1.0, 9.0)
    assert reading.shares["undecided"] == pytest.approx(2 / 12, abs=1e-12)


def test_swapping_the_statements_mirrors_the_stance() -> None:
    """The same answers read for the mirrored proposition give 1 - p."""

    def reply(ask: Ask, draw: int) -> str:
        return LEVER.a if draw + ask.wording < 2 else LEVER.b

    mirrored = Proposition(family=LEVER.family, question=LEVER.question, a=LEVER.b, b=LEVER.a)
    one = SAMPLED.read(LEVER, answered(reply)).stance
    two = SAMPLED.read(mirrored, answered(reply, SAMPLED.asks(Conversation(), mirrored))).stance
    assert one is not None
    assert two is not None
    assert two.p == pytest.approx(1 - one.p, abs=1e-12)
    assert (two.a, two.b) == (one.b, one.a)


def test_abstentions_in_the_majority_are_the_outcome() -> None:
    """Where "I am undecided." is commonest the reading is undecided, with the shares kept."""

    def reply(_ask: Ask, draw: int) -> str:
        return LEVER.a if draw == 0 else ABSTENTIONS[0]

    reading = SAMPLED.read(LEVER, answered(reply))
    assert reading.outcome == "undecided"
    assert reading.stance is None
    assert reading.shares["answered"] == pytest.approx(1 / 3, abs=1e-12)


def test_rather_not_say_is_a_refusal() -> None:
    """The second abstention counts as refused."""
    reading = SAMPLED.read(LEVER, answered(lambda _ask, _draw: ABSTENTIONS[1]))
    assert reading.outcome == "refused"


def test_missing_completions_are_errors() -> None:
    """A cell of which one of three draws came back is two thirds error."""
    asks = SAMPLED.asks(Conversation(), LEVER)
    answers = [Answer(ask, (Completion(text=LEVER.b),)) for ask in asks]
    reading = SAMPLED.read(LEVER, answers)
    assert reading.outcome == "error"
    assert reading.shares["error"] == pytest.approx(2 / 3, abs=1e-12)
    assert [cell.p for cell in reading.cells] == [0.0] * 4


def test_cut_replies_without_a_verdict_are_truncated() -> None:
    """An answer that the token limit cut before it said anything is missing data."""
    answers = [
        Answer(ask, (Completion(text="Let me think about", finish="length"),) * 3)
        for ask in SAMPLED.asks(Conversation(), LEVER)
    ]
    assert SAMPLED.read(LEVER, answers).outcome == "truncated"
