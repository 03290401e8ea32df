"""What is asked of a respondent, and the key under which the answer is kept.

A `Call` is everything that determines an answer: the canonical request, the role it is asked in,
and three counters. Its key identifies it for ever: arm, trial, run and schedule are never in it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from gadfly.bot.identity import Identity
    from gadfly.bot.message import Conversation

Kind = Literal["reply", "labels", "score"]
AskedAs = Literal["subject", "interlocutor", "judge"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """How an answer is drawn."""

    temperature: float = 0.7
    """0 is greedy."""
    top_p: float = 1.0
    max_tokens: int = 256
    """Always sent: without it some servers write until the context is full."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One canonical request; build it with `ask_reply`, `ask_labels` or `ask_score`."""

    kind: Kind
    conversation: Conversation
    """Ends with a user message."""
    sampling: Sampling
    prefill: str = ""
    """Start of the answer, put into the assistant's mouth (`continue_final_message`)."""
    options: tuple[str, ...] = ()
    """Labels to read ("labels"), whole replies to score ("score"), the only replies allowed where
    the server can hold itself to them ("reply"). Order is the caller's."""

    @property
    def digest(self) -> bytes:
        """16 bytes over everything that can change the answer."""
        s = self.sampling
        h = hashlib.blake2b(digest_size=16)
        h.update(self.conversation.digest)
        parts = (self.kind, repr((s.temperature, s.top_p, s.max_tokens)), self.prefill)
        for part in (*parts, *self.options):
            raw = part.encode("utf-8", "surrogatepass")
            h.update(len(raw).to_bytes(4, "big"))
            h.update(raw)
        return h.digest()


def ask_reply(conversation: Conversation, sampling: Sampling, *, prefill: str = "") -> Request:
    """Ask for a free-text reply."""
    return Request(kind="reply", conversation=conversation, sampling=sampling, prefill=prefill)


def ask_choice(conversation: Conversation, options: tuple[str, ...], sampling: Sampling) -> Request:
    """Ask for one of a few replies.

    A server that can constrain its output does; from others anything may come.
    """
    return Request(kind="reply", conversation=conversation, sampling=sampling, options=options)


def ask_labels(
    conversation: Conversation, labels: tuple[str, ...], *, prefill: str = "", temperature: float
) -> Request:
    """Ask for the log-probability of each label as the first token of the answer.

    Answered with `Completion.logprobs` (natural log, as the model gives them at temperature 1);
    `temperature` is recorded because readers temper by it, the server is not asked to.
    """
    sampling = Sampling(temperature=temperature, max_tokens=1)
    return Request(
        kind="labels",
        conversation=conversation,
        sampling=sampling,
        prefill=prefill,
        options=labels,
    )


def ask_score(conversation: Conversation, replies: tuple[str, ...]) -> Request:
    """Ask for the total log-likelihood (nats) of each text as the whole reply, and its length.

    Answered with `Completion.logprobs` (sum over the reply's tokens, end-of-turn not counted) and
    `Completion.lengths` (tokens).
    """
    return Request(
        kind="score",
        conversation=conversation,
        sampling=Sampling(temperature=0.0, max_tokens=1),
        options=replies,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request, made durable: which sample of it, in which capacity, in which epoch."""

    request: Request
    asked_as: AskedAs = "subject"
    replicate: int = 0
    """Independent dialogue number; shared by all arms of a family."""
    draw: int = 0
    """Which sample of this very request: readout draws, regenerations, guard retries."""
    epoch: int = 0
    """0, or new for an A/A run, a confirmation, a re-judging."""
    key: bytes = b""
    """16 bytes, set by `keyed`."""

    def keyed(self, identity: Identity) -> Call:
        """Return this call with its key for a given respondent."""
        h = hashlib.blake2b(identity.digest, digest_size=16)
        h.update(self.asked_as.encode())
        h.update(self.request.digest)
        h.update(b"%d|%d|%d" % (self.replicate, self.draw, self.epoch))
        return Call(
            request=self.request,
            asked_as=self.asked_as,
            replicate=self.replicate,
            draw=self.draw,
            epoch=self.epoch,
            key=h.digest(),
        )

    @property
    def seed(self) -> int:
        """31-bit seed for the sampler, derived from the whole key."""
        return int.from_bytes(self.key[:4], "big") & 0x7FFFFFFF
