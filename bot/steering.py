"""The steering reader: a rule parser that reads a stance from one reply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.bot.stance import Reading, said

if TYPE_CHECKING:
    from gadfly.bot.completion import Finish
    from gadfly.bot.proposition import Proposition

VERSION = 0


def read_reply(
    text: str, about: Proposition, *, options: tuple[str, ...] = (), finish: Finish = "stop"
) -> Reading:
    """Return what a reply comes to (statements repeated word for word, for now)."""
    low = text.lower()
    a, b = about.a.lower() in low, about.b.lower() in low
    if a != b:
        return said("answered", "a" if a else "b", rule="statement")
    if finish == "length":
        return said("truncated", rule="cut")
    if not a and "i am undecided" in low:
        return said("undecided", rule="undecided")
    if not a and "i would rather not say" in low:
        return said("refused", rule="refused")
    return said("unreadable", rule="none")
