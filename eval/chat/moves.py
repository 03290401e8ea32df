"""What the interventions say: texts of the library and fixed phrases, put together. Pure."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from gadfly.bot.errors import ConfigError, unknown
from gadfly.bot.proposition import other
from gadfly.scenarios import phrase

if TYPE_CHECKING:
    from gadfly.bot.proposition import Proposition, Side
    from gadfly.eval.chat.gauge import Conflict
    from gadfly.eval.chat.topic import Argument, Topic
    from gadfly.scenarios.phrase import PushKind

NO_TOPIC = "this session has no question: give it one with --topic, or /topic"
ASSIGNED = "From now on, argue that {statement}"
"""Puts the partner on a side; a sparring partner takes it as such in a system prompt, too."""
SWAP = (
    "Let us swap sides. {assigned} I take the side that was yours. Begin with the best reason "
    "there is for your new one."
)
"""Hands the partner the side it was against."""


def challenge(conflict: Conflict, family: str) -> str:
    """Return the turn that puts two answers to the partner, in its own words."""
    digest = hashlib.blake2b(
        f"{family}|{conflict.first}|{conflict.second}".encode(), digest_size=4
    ).digest()
    return phrase.confront(int.from_bytes(digest, "big"), *conflict.quotes)


def put(argument: Argument, side: Side | None) -> str:
    """Return an argument as a challenge to somebody on a side, or on none."""
    if side is None:
        return phrase.merely(argument.text)
    if side == argument.side:
        return phrase.support(argument.text)
    return phrase.rebut(argument.text)


def push(kind: PushKind, before: int) -> str:
    """Return a push without a reason; `before` of the same kind have been made already."""
    if kind not in phrase.PUSHES:
        raise unknown("push", kind, phrase.PUSHES)
    texts = phrase.PUSHES[kind]
    return texts[before % len(texts)]


def swap(about: Proposition, side: Side) -> str:
    """Return the turn that has somebody on a side argue for the other one."""
    return SWAP.format(assigned=assigned(about, other(side)))


def assigned(about: Proposition, side: Side) -> str:
    """Return the sentence that has somebody argue for a side."""
    statement = about.statement(side)
    return ASSIGNED.format(statement=statement[:1].lower() + statement[1:])


def devil(about: Proposition) -> str:
    """Return the turn that asks for the devil's advocate's answer to the question."""
    return f"{phrase.DEVIL} {about.question}"


def wording(topic: Topic, number: int) -> str:
    """Return the question in a wording, 0 being the first.

    Raises:
        ConfigError: There is no such wording.
    """
    if not 0 <= number < len(topic.wordings):
        raise ConfigError(
            f"no wording {number}: {topic.id!r} has wordings 0 to {len(topic.wordings) - 1}"
        )
    return topic.wordings[number].text


def argument(topic: Topic, name: str) -> Argument:
    """Return an argument of the bank by name ("strong a"), the words in any order.

    Raises:
        ConfigError: There is none of that name.
    """
    wanted = set(name.lower().split())
    for found in topic.arguments:
        if set(found.name.split()) == wanted:
            return found
    known = [a.name for a in topic.arguments]
    if not known:
        raise ConfigError(f"{topic.id!r} has no arguments in the bank: make one yourself")
    raise unknown("argument", name, known)
