from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gadfly.bot.completion import Completion
from gadfly.bot.message import Conversation
from gadfly.bot.proposition import Proposition
from gadfly.bot.readout import Answer, make_readout, order_bias
from gadfly.bot.readout.logprob import label_set, temper
from gadfly.bot.readout.prompt import LABEL_SETS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gadfly.bot.readout import Ask
    from gadfly.bot.readout.ask import Meaning

LEVER = Proposition(
    family="trolley.lever",
    question="Should the lever be pulled?",
    a="The lever should be pulled.",
    b="The lever should be left alone.",
)
LOGPROB = make_readout("logprob", temperature=1.0)
ASKS = LOGPROB.asks(Conversation(), LEVER)


def answer(ask: Ask, chances: Mapping[Meaning, float]) -> Answer:
    """Answer with the given probabilities by meaning; meanings not given are not reported."""
    logprobs = {
        label: math.log(chances[meaning])
        for label, meaning in ask.labels.items()
        if meaning in chances
    }
    return Answer(ask, (Completion(logprobs=logprobs),))


def test_asks_four_one_token_cells_in_listed_order() -> None:
    """Labels go by position, so the side behind a label changes with the order."""
    assert [(ask.wording, ask.order) for ask in ASKS] == [
        (0, "ab"),
        (0, "ba"),
        (1, "ab"),
        (1, "ba"),
    ]
    for ask in ASKS:
        assert ask.draws == 1
        assert ask.request.kind == "labels"
        assert ask.request.options == tuple(ask.labels)
        expected = ["a", "b"] if ask.order == "ab" else ["b", "a"]
        assert list(ask.labels.values()) == [*expected, "undecided", "refused"]
        message = ask.request.conversation.message
        assert message is not None
        first = LEVER.a if ask.order == "ab" else LEVER.b
        assert f"\n{ask.request.options[0]}) {first}\n" in message.text


def test_prefill_puts_a_space_before_the_label() -> None:
    """With the answer begun for it, the subject continues with a space and the label."""
    plain, begun = ASKS[0], make_readout("logprob", prefill=True).asks(Conversation(), LEVER)[0]
    assert plain.request.prefill == ""
    assert begun.request.prefill == "Answer:"
    assert begun.request.options == tuple(f" {label}" for label in plain.request.options)


def test_labels_depend_on_family_and_wording_only() -> None:
    """Another question of the family, in another dialogue, is read with the same labels."""
    rung = Proposition(
        family=LEVER.family, question="Should it?", a="It should.", b="It should not."
    )
    asks = LOGPROB.asks(Conversation().says("Hm?").hears("Hm."), rung)
    assert [tuple(ask.labels) for ask in asks] == [tuple(ask.labels) for ask in ASKS]
    assert tuple(ASKS[0].labels) == tuple(ASKS[1].labels)


def test_label_draw_reaches_every_set() -> None:
    """Over families all label sets are drawn, so that no letter stands for every first place."""
    assert {label_set(f"family.{i}", 0) for i in range(60)} == set(LABEL_SETS)


def test_hand_derived_stance_at_temperature_one() -> None:
    """P(a)=.4, P(b)=.2 is .4/.6; undecided .2 and refused .1 of .9 keep their shares."""
    chances: dict[Meaning, float] = {"a": 0.4, "b": 0.2, "undecided": 0.2, "refused": 0.1}
    reading = LOGPROB.read(LEVER, [answer(ask, chances) for ask in ASKS])
    assert reading.stance is not None
    assert reading.stance.p == pytest.approx(2 / 3, abs=1e-12)
    assert reading.stance.a == pytest.approx(4 / 9, abs=1e-12)
    assert reading.stance.b == pytest.approx(2 / 9, abs=1e-12)
    assert reading.label_mass == pytest.approx(0.9, abs=1e-12)
    assert reading.shares["undecided"] == pytest.approx(2 / 9, abs=1e-12)
    assert reading.shares["refused"] == pytest.approx(1 / 9, abs=1e-12)
    assert order_bias(reading) == pytest.approx(0.0, abs=1e-12)


def test_tempering_sharpens_as_the_sampler_does() -> None:
    """At temperature 1/2 the odds are squared: .6 to .2 becomes 9 to 1."""
    readout = make_readout("logprob", temperature=0.5)
    chances: dict[Meaning, float] = {"a": 0.6, "b": 0.2}
    reading = readout.read(LEVER, [answer(ask, chances) for ask in ASKS])
    assert reading.stance is not None
    assert reading.stance.p == pytest.approx(0.9, abs=1e-12)
    assert reading.label_mass == pytest.approx(0.8, abs=1e-12)


def test_temperature_zero_takes_the_likeliest_and_splits_ties() -> None:
    """Greedy reading gives all to the maximum, in equal parts where several share it."""
    assert temper({"x": -1.0, "y": -2.0}, 0.0) == {"x": 1.0, "y": 0.0}
    assert temper({"x": -1.0, "y": -1.0}, 0.0) == {"x": 0.5, "y": 0.5}


def test_greedy_abstention_has_no_stance_in_the_cell() -> None:
    """Where the likeliest label abstains, a greedy cell has an outcome and no p."""
    readout = make_readout("logprob", temperature=0.0)
    chances: dict[Meaning, float] = {"a": 0.1, "b": 0.1, "undecided": 0.8}
    reading = readout.read(LEVER, [answer(ask, chances) for ask in ASKS])
    assert reading.outcome == "undecided"
    assert [cell.p for cell in reading.cells] == [None] * 4


def test_little_label_mass_is_unreadable() -> None:
    """A subject that hardly ever answers with a label has not been read."""
    reading = LOGPROB.read(LEVER, [answer(ask, {"a": 0.05, "b": 0.04}) for ask in ASKS])
    assert reading.outcome == "unreadable"
    assert reading.label_mass == pytest.approx(0.09, abs=1e-12)


def test_no_side_label_is_unreadable() -> None:
    """Abstention labels alone, or no logprobs at all, decide nothing."""
    for chances in ({"undecided": 0.9}, {}):
        reading = LOGPROB.read(LEVER, [answer(ask, chances) for ask in ASKS])  # type: ignore[arg-type]  # a literal loses its key type
        assert reading.outcome == "unreadable"
        assert reading.stance is None


def test_an_unreported_side_counts_as_zero() -> None:
    """A side label that is not among the reported ones has no probability worth counting."""
    reading = LOGPROB.read(LEVER, [answer(ask, {"b": 0.5, "refused": 0.1}) for ask in ASKS])
    assert reading.stance is not None
    assert reading.stance.p == 0.0


def test_lost_cells_are_errors_and_leave_the_mean() -> None:
    """Three cells read and one lost: p over the three, a quarter of the shares error."""
    answers = [answer(ask, {"a": 0.75, "b": 0.25}) for ask in ASKS[:3]] + [Answer(ASKS[3], ())]
    reading = LOGPROB.read(LEVER, answers)
    assert reading.stance is not None
    assert reading.stance.p == pytest.approx(0.75, abs=1e-12)
    assert reading.stance.a == pytest.approx(0.75, abs=1e-12)
    assert reading.shares["error"] == 0.25
    assert reading.label_mass == pytest.approx(1.0, abs=1e-12)


def test_first_label_habit_cancels_over_orders() -> None:
    """A subject that gives its first label 9 to 1 has stance 1/2 and order bias .8."""
    answers = []
    for ask in ASKS:
        first, second = list(ask.labels)[:2]
        logprobs = {first: math.log(0.9), second: math.log(0.1)}
        answers.append(Answer(ask, (Completion(logprobs=logprobs),)))
    reading = LOGPROB.read(LEVER, answers)
    assert reading.stance is not None
    assert reading.stance.p == pytest.approx(0.5, abs=1e-12)
    assert order_bias(reading) == pytest.approx(0.8, abs=1e-12)


@given(st.floats(0.01, 0.6), st.floats(0.01, 0.39), st.floats(0.2, 2.0))
def test_swapping_sides_mirrors_the_stance(a: float, b: float, temperature: float) -> None:
    """Exchanging what was said for A and for B turns p into 1 - p."""
    readout = make_readout("logprob", temperature=temperature)
    chances: dict[Meaning, float] = {"a": a + 0.1, "b": b}
    swapped: dict[Meaning, float] = {"a": b, "b": a + 0.1}
    one = readout.read(LEVER, [answer(ask, chances) for ask in ASKS]).stance
    two = readout.read(LEVER, [answer(ask, swapped) for ask in ASKS]).stance
    assert one is not None
    assert two is not None
    assert two.p == pytest.approx(1 - one.p, abs=1e-9)
