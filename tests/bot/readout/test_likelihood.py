from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gadfly.bot.completion import Completion
from gadfly.bot.message import Conversation
from gadfly.bot.proposition import Proposition
from gadfly.bot.readout import Answer, make_readout
from gadfly.bot.readout.likelihood import logistic, matched_odds

LEVER = Proposition(
    family="trolley.lever",
    question="Should the lever be pulled?",
    a="The lever should be pulled.",
    b="Nobody should lay a hand on the lever.",
)
LIKELIHOOD = make_readout("likelihood")
ASKS = LIKELIHOOD.asks(Conversation(), LEVER)


def scored(logp_a: float, n_a: int, logp_b: float, n_b: int) -> Completion:
    """Build a completion that scores both statements."""
    return Completion(
        logprobs={LEVER.a: logp_a, LEVER.b: logp_b}, lengths={LEVER.a: n_a, LEVER.b: n_b}
    )


def test_asks_two_wordings_without_options() -> None:
    """Both statements are scored as replies, and neither stands in the prompt."""
    assert [(ask.wording, ask.order, ask.draws) for ask in ASKS] == [(0, "none", 1), (1, "none", 1)]
    for ask in ASKS:
        assert ask.request.kind == "score"
        assert ask.request.options == (LEVER.a, LEVER.b)
        message = ask.request.conversation.message
        assert message is not None
        assert LEVER.a not in message.text
        assert LEVER.b not in message.text


def test_hand_derived_stance() -> None:
    """-12/6 + 20/8 = .5 and -12/6 + 16/8 = 0: mean of logistic(.5) and 1/2."""
    answers = [
        Answer(ASKS[0], (scored(-12, 6, -20, 8),)),
        Answer(ASKS[1], (scored(-12, 6, -16, 8),)),
    ]
    reading = LIKELIHOOD.read(LEVER, answers)
    expected = (1 / (1 + math.exp(-0.5)) + 0.5) / 2
    assert reading.stance is not None
    assert reading.stance.p == pytest.approx(expected, abs=1e-12)
    assert reading.stance.a + reading.stance.b == pytest.approx(1.0, abs=1e-12)
    assert reading.cells[1].p == 0.5


def test_unscored_statements_are_unreadable() -> None:
    """A wording in which a statement has no score or no length is missing."""
    half = Completion(logprobs={LEVER.a: -3.0}, lengths={LEVER.a: 5})
    none = scored(-3.0, 0, -4.0, 5)
    endless = scored(-math.inf, 5, -math.inf, 5)
    for bad in (half, none, endless):
        reading = LIKELIHOOD.read(LEVER, [Answer(ask, (bad,)) for ask in ASKS])
        assert reading.outcome == "unreadable"
        assert reading.stance is None


def test_one_wording_suffices_and_the_lost_one_is_an_error() -> None:
    """With one wording lost the other stands, ties going to the decisive outcome."""
    reading = LIKELIHOOD.read(
        LEVER, [Answer(ASKS[0], (scored(-8, 8, -8, 8),)), Answer(ASKS[1], ())]
    )
    assert reading.stance is not None
    assert reading.stance.p == 0.5
    assert dict(reading.shares) == {"answered": 0.5, "error": 0.5}


def test_logistic_does_not_overflow() -> None:
    """Huge odds saturate at 0 and 1."""
    assert logistic(-2000.0) == 0.0
    assert logistic(2000.0) == 1.0
    assert logistic(0.0) == 0.5


@given(st.floats(-500, -1), st.integers(1, 60), st.floats(-500, -1), st.integers(1, 60))
def test_odds_are_antisymmetric(la: float, na: int, lb: float, nb: int) -> None:
    """Exchanging the statements turns the log-odds round."""
    assert matched_odds(la, na, lb, nb) == pytest.approx(-matched_odds(lb, nb, la, na))


@given(st.floats(-500, -1), st.integers(1, 60), st.integers(2, 5))
def test_a_reply_as_likely_per_token_is_no_less_likely_for_its_length(
    logp: float, n: int, times: int
) -> None:
    """A statement several times as long, at the same likelihood per token, gets even odds."""
    assert matched_odds(logp, n, times * logp, times * n) == pytest.approx(0.0, abs=1e-9)
