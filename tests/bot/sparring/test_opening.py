"""The opening stance: debiased, and a stance."""

from __future__ import annotations

import asyncio
import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gadfly.bot.completion import Completion
from gadfly.bot.message import Conversation
from gadfly.bot.respondent import Capabilities
from gadfly.bot.sparring.opening import LEAN, SURE, read_opening, readout_of, settled
from gadfly.bot.sparring.question import of_statements, propose

if TYPE_CHECKING:
    from gadfly.bot.call import Request

ABOUT = propose("Is it wrong to keep elephants in a zoo?")
SMALL = Capabilities(labels=True, score=True, prefill=True, readout="likelihood")
ABLE = Capabilities(labels=True, score=False, prefill=False)
MUTE = Capabilities(labels=False, score=False, prefill=False)


def opened(rule: object, capabilities: Capabilities) -> tuple[float, list[Request]]:
    asked: list[Request] = []

    async def ask(request: Request) -> Completion:
        asked.append(request)
        return rule(request)  # type: ignore[operator,no-any-return]  # a rule of this file

    assert ABOUT is not None
    return asyncio.run(read_opening(ask, capabilities, Conversation(), ABOUT)), asked


def affirms(request: Request) -> Completion:
    """Like whatever has no "not" in it."""
    return Completion(
        logprobs={o: -8.0 if " not " in o else -4.0 for o in request.options},
        lengths=dict.fromkeys(request.options, 8),
    )


def disapproves(request: Request) -> Completion:
    """Call it wrong in whatever words."""
    liked = ("It is wrong", "It is not all right")
    return Completion(
        logprobs={o: -4.0 if o.startswith(liked) else -8.0 for o in request.options},
        lengths=dict.fromkeys(request.options, 8),
    )


def first_label(request: Request) -> Completion:
    """Choose the first letter."""
    return Completion(
        logprobs={o: -0.1 if o == request.options[0] else -4.0 for o in request.options}
    )


def test_a_liking_for_affirming_cancels() -> None:
    """The question is read with its judging word turned round as well."""
    found, asked = opened(affirms, SMALL)

    assert found == pytest.approx(0.0, abs=1e-9)
    assert len(asked) == 4


def test_a_view_in_whatever_words_stays() -> None:
    """Both readings agree, so their mean is the view."""
    found, _ = opened(disapproves, SMALL)

    assert found == pytest.approx(0.5)


def test_a_liking_for_the_first_option_cancels() -> None:
    """Both orders are read from one token each."""
    found, asked = opened(first_label, ABLE)

    assert found == pytest.approx(0.0, abs=1e-9)
    assert len(asked) == 4


def test_without_probabilities_four_sampled_answers_are_read() -> None:
    """One per cell."""
    found, asked = opened(
        lambda _: Completion(text="It is wrong to keep elephants in a zoo."), MUTE
    )

    assert found > SURE
    assert len(asked) == 4
    assert readout_of(MUTE) == "sampled"


def test_statements_that_stand_alone_are_read_in_the_same_words_however_it_was_asked() -> None:
    """The same calls, so the same stance, whichever statement a plain yes takes."""

    def longer(request: Request) -> Completion:
        return Completion(logprobs={o: -1.0 - i for i, o in enumerate(request.options[:2])})

    sides = ("Zoos are cruel to elephants.", "Zoos do elephants no harm.")
    asked: list[list[bytes]] = []
    found: list[float] = []
    for text, (a, b) in (
        ("Are zoos cruel?", sides),
        ("A friend runs a zoo. Is she kind to her elephants?", sides[::-1]),
    ):
        calls: list[Request] = []

        async def ask(request: Request, calls: list[Request] = calls) -> Completion:
            calls.append(request)
            return longer(request)

        about = of_statements(text, a, b)
        found.append(asyncio.run(read_opening(ask, ABLE, Conversation(), about)))
        asked.append([r.digest for r in calls])

    assert asked[0] == asked[1]
    assert found[0] == -found[1]


def test_what_cannot_be_read_leaves_the_odds_even() -> None:
    """And then a side is drawn."""
    assert opened(lambda _: Completion(text="Hm."), MUTE)[0] == 0.0


@given(st.floats(-50, 50))
def test_a_stance_is_opened_neither_even_nor_certain(log_odds: float) -> None:
    """At least a lean, at most sure, on the side that was read."""
    found = settled(log_odds, "b")

    assert LEAN <= abs(found) <= SURE
    assert log_odds == 0.0 or math.copysign(1.0, found) == math.copysign(1.0, log_odds)
