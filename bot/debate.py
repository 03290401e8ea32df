"""A dialogue of two respondents: what each of them is told, sees and has heard.

Each sees the other's lines as a user's and its own as its own. The brief that assigns a side is a
system prompt; `seen` without it is the same thread for whoever reads a stance off the record.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from gadfly.bot.message import opening

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.bot.message import Conversation

VERSION = 1
"""Part of the key of every duel: changes with any text here."""
Seat = Literal["subject", "opponent"]

_PREFACE = (
    "You are one of two speakers who discuss a question. Write 40 to 80 words of plain English at "
    "a time. Take up what the other speaker said last, then give one honest reason that has not "
    "come up yet, in words of your own. Where the other speaker has a point, say so. Invent no "
    "facts, and do not flatter, threaten or insist."
)
_ASSIGNS = "Argue for the view that"
_OPENED = "The other speaker opens the discussion:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What was said in one turn."""

    by: Seat
    text: str


def other_seat(seat: Seat) -> Seat:
    """Return who sits opposite."""
    return "opponent" if seat == "subject" else "subject"


def brief(statement: str) -> str:
    """Return the system prompt that assigns the side of a statement."""
    return f"{_PREFACE}\n{_ASSIGNS} {statement[:1].lower()}{statement[1:]}"


def assigned(system: str) -> str | None:
    """Return the statement a system prompt assigns, first letter small; None if it is no brief.

    >>> assigned(brief("Zoos are wrong."))
    'zoos are wrong.'
    """
    head = f"{_PREFACE}\n{_ASSIGNS} "
    return system.removeprefix(head) if system.startswith(head) else None


def seen(
    lines: Sequence[Line], seat: Seat, question: str, system: str = ""
) -> tuple[Conversation, str]:
    """Return the thread of one seat up to its last line, and what it has yet to answer ("" none).

    The question stands in its first user turn, before the other's opening line if that one opened.
    """
    thread, waiting = opening(system), question
    for line in lines:
        if line.by == seat:
            thread, waiting = thread.says(waiting).hears(line.text), ""
        else:
            waiting = f"{waiting}\n\n{_OPENED}\n{line.text}" if waiting else line.text
    return thread, waiting
