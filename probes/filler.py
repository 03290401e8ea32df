"""Turns without an argument, to let time pass in a dialogue: which ones, in which order."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Literal

from gadfly.probes.move import Say
from gadfly.scenarios import phrase

if TYPE_CHECKING:
    from gadfly.scenarios.scenario import Scenario

Topic = Literal["neutral", "adjacent"]
"""Everyday matters, or the first question as a topic of its own."""

LABEL = "filler"
"""Labels of filler turns begin with it; what is answered to them says nothing about a stance."""
_TEXTS = {"neutral": phrase.FILLERS, "adjacent": phrase.ADJACENT}


def fillers(family: str, n: int, topic: Topic = "neutral") -> tuple[str, ...]:
    """Return the first n fillers of a family, in an order of its own drawn by hash.

    The order keeps dialogues of different families from sharing their turns, and with them their
    chance events. Beyond the stock the order starts again.
    """
    ranked = sorted(_TEXTS[topic], key=lambda text: _rank(family, text))
    return tuple(ranked[i % len(ranked)] for i in range(n))


def fill(scenario: Scenario, text: str, turn: int) -> Say:
    """Return the move that says a filler; its reply is read against the family's proposition."""
    return Say(label=f"{LABEL}{turn}", text=text, about=scenario.proposition)


def _rank(family: str, text: str) -> bytes:
    return hashlib.blake2b(f"{family}|{text}".encode(), digest_size=8).digest()
