"""The dialogues of a run as OpenAI `messages` or ShareGPT `conversations`, a thread a line.

`gadfly score` reads both. What was asked off the record is no part of a dialogue, and not here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import orjson

from gadfly.eval.judging.verdicts import judged_trials
from gadfly.eval.transcript import Exchange, Opening, events

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gadfly.bot.message import Message, Role
    from gadfly.eval.manifest import Manifest
    from gadfly.eval.record import Observed, TrialRecord
    from gadfly.eval.store import Store

Layout = Literal["messages", "sharegpt"]
_SHARED: dict[Role, str] = {"system": "system", "user": "human", "assistant": "gpt"}


@dataclass(slots=True, kw_only=True)
class Thread:
    """One conversation of a trial, as it was on the record."""

    number: int
    """From 1."""
    messages: list[tuple[Role, str]] = field(default_factory=list)
    """Role and text."""
    planted: list[int] = field(default_factory=list)
    """Which of them were put into the subject's mouth."""
    replies: list[tuple[int, Observed]] = field(default_factory=list)
    """Which of them it said itself, and how each was read."""


def threads(store: Store, record: TrialRecord) -> Iterator[Thread]:
    """Yield the threads of a trial in which the subject said something, in order."""
    thread: Thread | None = None
    for event in events(store, record):
        match event:
            case Opening(number=number, given=given):
                if thread is not None and thread.replies:
                    yield thread
                thread = _begun(number, given)
            case Exchange(seen=seen, asked=asked, reply=reply) if thread is not None:
                thread.messages.append(("user", asked))
                thread.replies.append((len(thread.messages), seen))
                thread.messages.append(("assistant", reply))
    if thread is not None and thread.replies:
        yield thread


def dialogue_lines(store: Store, manifest: Manifest, layout: Layout) -> Iterator[str]:
    """Yield a line of JSON for each thread of a run, trial by trial in key order.

    Raises:
        StoreError: The store is damaged.
    """
    for record in judged_trials(store).records:
        for thread in threads(store, record):
            made: dict[str, Any] = {"id": f"{record.key}/{thread.number}"}
            if layout == "messages":
                made["messages"] = [{"role": r, "content": t} for r, t in thread.messages]
            else:
                made["conversations"] = [
                    {"from": _SHARED[r], "value": t} for r, t in thread.messages
                ]
            made["gadfly"] = _about(record, thread, manifest)
            yield orjson.dumps(made).decode() + "\n"


def _begun(number: int, given: tuple[Message, ...]) -> Thread:
    thread = Thread(number=number)
    for message in given:
        if message.role == "assistant":
            thread.planted.append(len(thread.messages))
        thread.messages.append((message.role, message.text))
    return thread


def _about(record: TrialRecord, thread: Thread, manifest: Manifest) -> dict[str, Any]:
    """Return what is beside the words: which trial, what was planted, how replies were read."""
    return {
        "run": manifest.plan,
        "model": manifest.respondent.get("model", ""),
        "family": record.family,
        "probe": record.probe,
        "arm": record.arm,
        "variant": record.variant,
        "replicate": record.replicate,
        "planted": thread.planted,
        "replies": [
            {
                "message": at,
                "label": seen.label,
                "outcome": seen.came_to,
                "side": None if seen.reading.stance is None else seen.reading.stance.side,
            }
            for at, seen in thread.replies
        ],
    }
