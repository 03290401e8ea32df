"""The seam between the engine and the ways of measuring a stance on a fork."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.bot.message import Conversation
    from gadfly.bot.proposition import Proposition
    from gadfly.bot.readout.ask import Answer, Ask
    from gadfly.bot.respondent import ReadoutName
    from gadfly.bot.stance import Reading


class Readout(Protocol):
    """Measures where a subject stands, off the record. Pure: no I/O, no clock, no randomness."""

    @property
    def name(self) -> ReadoutName:
        """Which readout it is."""
        ...

    def asks(self, conversation: Conversation, about: Proposition) -> tuple[Ask, ...]:
        """Return everything to ask, in a fixed order.

        `conversation` is empty, a system prompt only, or ends with the subject's turn; it is left
        as it was.

        Raises:
            ValueError: The conversation ends with a user turn.
        """
        ...

    def read(self, about: Proposition, answers: Sequence[Answer]) -> Reading:
        """Return what the answers come to; cells without completions count as errors."""
        ...
