"""What a readout asks, and what came back: the values between a readout and whoever runs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gadfly.bot.call import Request
    from gadfly.bot.completion import Completion

Order = Literal["ab", "ba", "none"]
Meaning = Literal["a", "b", "undecided", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One cell of a read: a request, and how often to draw it."""

    wording: int
    order: Order
    """Which statement stands first; "none" where no options are shown."""
    request: Request
    """Ends with the readout's own user turn; built on a fork, so it is never in the dialogue."""
    draws: int
    """Completions wanted: call the request with `draw` = 0 .. draws-1."""
    labels: Mapping[str, Meaning]
    """What choosing each option means, in listed order. The keys are the listed sentences
    (sampled), the offered labels as the answer would continue (logprob), or the scored replies
    (likelihood)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one ask: a completion per draw.

    Fewer completions than `ask.draws` means that the rest could not be had; they count as errors.
    """

    ask: Ask
    completions: tuple[Completion, ...]
