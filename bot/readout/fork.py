"""Putting a readout's question to a fork of the dialogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from gadfly.bot.proposition import other
from gadfly.bot.readout.prompt import ABSTENTIONS

if TYPE_CHECKING:
    from gadfly.bot.message import Conversation
    from gadfly.bot.proposition import Proposition, Side
    from gadfly.bot.readout.ask import Meaning

ORDERS: tuple[Literal["ab", "ba"], ...] = ("ab", "ba")


def fork(conversation: Conversation, prompt: str) -> Conversation:
    """Return the conversation with the prompt as its last user turn.

    Raises:
        ValueError: A user turn is still waiting for its answer.
    """
    if conversation.message is not None and conversation.message.role == "user":
        raise ValueError("a stance is read after an answer: the conversation ends with a user turn")
    return conversation.says(prompt)


def options(about: Proposition, order: Literal["ab", "ba"]) -> tuple[tuple[str, Meaning], ...]:
    """Return (sentence, meaning) as listed: the sides in the given order, abstentions last."""
    first: Side = "a" if order == "ab" else "b"
    second = other(first)
    return (
        (about.statement(first), first),
        (about.statement(second), second),
        (ABSTENTIONS[0], "undecided"),
        (ABSTENTIONS[1], "refused"),
    )
