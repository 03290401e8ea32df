"""How a stance is measured on a fork the dialogue never sees: three readouts, one seam.

A readout says what to ask (`asks`) and what the answers come to (`read`); running the requests
is the engine's business. Reading the replies of the dialogue itself is `gadfly.bot.steering`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from gadfly.bot.readout.ask import Answer, Ask
from gadfly.bot.readout.average import order_bias
from gadfly.bot.readout.likelihood import Likelihood
from gadfly.bot.readout.logprob import Logprob
from gadfly.bot.readout.prompt import VERSION
from gadfly.bot.readout.readout import Readout
from gadfly.bot.readout.sampled import Sampled

if TYPE_CHECKING:
    from gadfly.bot.respondent import ReadoutName

__all__ = ["VERSION", "Answer", "Ask", "Readout", "make_readout", "order_bias"]


def make_readout(name: ReadoutName, *, temperature: float = 0.7, prefill: bool = False) -> Readout:
    """Return the readout of that name.

    `temperature` is what sampled draws with and logprob tempers to; likelihood has none. `prefill`
    says that the respondent can continue an answer begun for it (logprob only).
    """
    match name:
        case "sampled":
            return Sampled(temperature=temperature)
        case "logprob":
            return Logprob(temperature=temperature, prefill=prefill)
        case "likelihood":
            return Likelihood()
        case _:
            assert_never(name)
