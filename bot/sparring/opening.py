"""The opening stance: a debiased readout of the respondent beneath, or an assignment.

The readout is the harness's own (two wordings x two orders, averaged; `gadfly.bot.readout`). Where
whole statements are scored without options there is no order; there the question is asked a second
time with its judging word turned round ("wrong", "all right"), so that a liking for affirming
cancels. Statements that make sense by themselves are read without the user's own words beside them,
so that another wording of the question finds the same stance. A stance is then taken: an even
readout still makes somebody who holds a view, and a sure one stays open to reasons.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from gadfly.bot.readout import Answer, make_readout
from gadfly.bot.sparring.question import mirrored, of_statements, propose

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from gadfly.bot.call import Request
    from gadfly.bot.completion import Completion
    from gadfly.bot.message import Conversation
    from gadfly.bot.proposition import Proposition, Side
    from gadfly.bot.respondent import Capabilities, ReadoutName

    Ask = Callable[[Request], Awaitable[Completion]]

LEAN, SURE = 0.85, 2.2
"""Least and most log-odds a stance is opened with: .70 and .90."""
ASSIGNED = 2.0
"""Log-odds a side is opened with that was assigned: .88."""
VIEWS = "Which of these two opposite views is right?"
"""What is asked of statements that need no question beside them."""
_EDGE = 1e-6


def readout_of(capabilities: Capabilities) -> ReadoutName:
    """Return the readout a respondent is opened by: the one it needs, else one token, else text."""
    if capabilities.readout is not None:
        return capabilities.readout
    return "logprob" if capabilities.labels else "sampled"


async def read_opening(
    ask: Ask, capabilities: Capabilities, thread: Conversation, about: Proposition
) -> float:
    """Return the log-odds of statement A as the respondent beneath has it, not yet settled."""
    name = readout_of(capabilities)
    if name != "likelihood" and _is_self_contained(about):
        # The same two statements are put in the same words, however the user put the question.
        a, b = sorted((about.a, about.b))
        found = await _logit(ask, name, capabilities, thread, of_statements(VIEWS, a, b))
        return found if a == about.a else -found
    first = await _logit(ask, name, capabilities, thread, about)
    turned = mirrored(about) if name == "likelihood" else None
    if turned is None:
        return first
    return (first + await _logit(ask, name, capabilities, thread, turned)) / 2.0


def _is_self_contained(about: Proposition) -> bool:
    """Tell whether the statements make sense by themselves: they are not the rules' own work."""
    by_rule = propose(about.question)
    return by_rule is None or (by_rule.a, by_rule.b) != (about.a, about.b)


def settled(log_odds: float, side: Side) -> float:
    """Return the log-odds a stance is opened with: at least `LEAN`, at most `SURE`.

    `side` is the one taken where the odds are even.

    >>> settled(0.1, "b"), settled(-9.0, "a"), settled(0.0, "b")
    (0.85, -2.2, -0.85)
    """
    if log_odds == 0.0:
        return LEAN if side == "a" else -LEAN
    return math.copysign(min(SURE, max(LEAN, abs(log_odds))), log_odds)


async def _logit(
    ask: Ask,
    name: ReadoutName,
    capabilities: Capabilities,
    thread: Conversation,
    about: Proposition,
) -> float:
    readout = make_readout(name, temperature=1.0, prefill=capabilities.prefill)
    answers = []
    for cell in readout.asks(thread, about):
        # One draw per cell: four sampled answers are what an opening is worth.
        once = replace(cell, draws=1)
        answers.append(Answer(once, (await ask(once.request),)))
    reading = readout.read(about, answers)
    stances = [cell.p for cell in reading.cells if cell.p is not None]
    if not stances:
        return 0.0
    p = min(1.0 - _EDGE, max(_EDGE, sum(stances) / len(stances)))
    return math.log(p / (1.0 - p))
