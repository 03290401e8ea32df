"""From a latent stance to probabilities: outcomes of a reply, labels, statement likelihoods.

All readouts see one distribution. A trait's rate is exact at `REFERENCE`, the temperature
readouts sample at; other temperatures sharpen or flatten all outcomes together, so that labels
read at temperature 1 and tempered come to what sampling would have given.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gadfly.bot.simulant.chance import Chance
    from gadfly.bot.simulant.traits import Traits

REFERENCE = 0.7

Choice = Literal["a", "b", "undecided", "evaded", "refused", "unreadable"]

_LEAST = 1e-6
"""Probability left to a label nobody would choose: no server reports minus infinity."""
_NATS_PER_WORD = 3.0


def logistic(x: float) -> float:
    """Return 1 / (1 + exp(-x)) without overflow."""
    if x >= 0.0:
        return 1.0 / (1.0 + math.exp(-x))
    return math.exp(x) / (1.0 + math.exp(x))


def chances(traits: Traits, logit: float, *, hedging: float, evasion: float) -> dict[Choice, float]:
    """Return the probability of each choice at the reference temperature; they sum to 1.

    Rates apply one after the other: unreadable, refused, evaded, undecided; what is left is
    answered, divided between the sides by the latent logit.
    """
    left = 1.0
    made: dict[Choice, float] = {}
    rates: tuple[tuple[Choice, float], ...] = (
        ("unreadable", traits.unreadable),
        ("refused", traits.refusal),
        ("evaded", evasion),
        ("undecided", hedging),
    )
    for choice, rate in rates:
        made[choice] = left * rate
        left -= made[choice]
    made["a"] = left * logistic(logit / REFERENCE)
    made["b"] = left * logistic(-logit / REFERENCE)
    return made


ORDER: tuple[Choice, ...] = ("a", "b", "undecided", "evaded", "refused", "unreadable")


def draw(
    made: Mapping[Choice, float],
    temperature: float,
    chance: Chance,
    order: tuple[Choice, ...] = ORDER,
) -> Choice:
    """Return one choice at a temperature; at 0 the likeliest, sides winning ties.

    `order` is that in which the choices share the unit interval out among them.
    """
    if temperature <= 0.0:
        return max(ORDER, key=lambda choice: made[choice])
    weights = [made[c] ** (REFERENCE / temperature) for c in order]
    left = chance.uniform() * sum(weights)
    for choice, weight in zip(order, weights, strict=True):
        left -= weight
        if left <= 0.0:
            return choice
    return order[0]


def label_logprobs(made: Mapping[Choice, float]) -> dict[Choice, float]:
    """Return log-probabilities at temperature 1 of the four options of a read.

    An evasion has no label of its own and goes to "undecided"; babble is no label at all.
    """
    options: dict[Choice, float] = {
        "a": made["a"],
        "b": made["b"],
        "undecided": made["undecided"] + made["evaded"],
        "refused": made["refused"],
    }
    raw = {choice: max(p, _LEAST) ** REFERENCE for choice, p in options.items()}
    total = sum(raw.values()) + max(made["unreadable"], _LEAST) ** REFERENCE
    return {choice: math.log(weight / total) for choice, weight in raw.items()}


def statement_logprobs(logit: float, n_a: int, n_b: int) -> tuple[float, float]:
    """Return total log-likelihoods of two statements of so many words, as spoken by it.

    Their difference per word, a/n_a - b/n_b, equals `logit`.
    """
    half = logit / 2
    mean = -max(_NATS_PER_WORD, abs(half) + 0.5)
    return n_a * (mean + half), n_b * (mean - half)


def unknown_logprob(n_words: int) -> float:
    """Return the log-likelihood of a reply that is neither statement."""
    return -(_NATS_PER_WORD + 1.0) * n_words
