"""Messages and conversations: immutable values, so that a fork is a reference."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

Role = Literal["system", "user", "assistant"]


@dataclass(frozen=True, slots=True)
class Message:
    """One utterance."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Conversation:
    """An immutable sequence of messages, kept as a link to what came before plus one message.

    `then` costs O(1) and leaves the original as it was; two conversations are equal when their
    digests are. The empty conversation is `Conversation()`.
    """

    parent: Conversation | None = None
    message: Message | None = None
    digest: bytes = field(init=False)
    """16 bytes identifying the whole sequence (BLAKE2b over parent digest, role, text)."""
    length: int = field(init=False)

    def __post_init__(self) -> None:
        """Compute digest and length once; both are inherited along the chain."""
        h = hashlib.blake2b(digest_size=16)
        if self.message is not None:
            h.update(self.parent.digest if self.parent is not None else b"\0" * 16)
            h.update(self.message.role.encode())
            h.update(b"\0")
            h.update(self.message.text.encode("utf-8", "surrogatepass"))
        object.__setattr__(self, "digest", h.digest())
        before = self.parent.length if self.parent is not None else 0
        object.__setattr__(self, "length", before + (self.message is not None))

    def __eq__(self, other: object) -> bool:
        """Two conversations are equal when they say the same."""
        return isinstance(other, Conversation) and self.digest == other.digest

    def __hash__(self) -> int:
        """Hash by content."""
        return hash(self.digest)

    def __len__(self) -> int:
        """Return the number of messages."""
        return self.length

    def __iter__(self) -> Iterator[Message]:
        """Iterate from the first message to the last."""
        return iter(self.messages)

    @property
    def messages(self) -> tuple[Message, ...]:
        """All messages, first to last."""
        found: list[Message] = []
        node: Conversation | None = self
        while node is not None and node.message is not None:
            found.append(node.message)
            node = node.parent
        return tuple(reversed(found))

    def then(self, role: Role, text: str) -> Conversation:
        """Return a new conversation with one more message."""
        return Conversation(self if self.message is not None else None, Message(role, text))

    def says(self, text: str) -> Conversation:
        """Return this conversation after the user said `text`."""
        return self.then("user", text)

    def hears(self, text: str) -> Conversation:
        """Return this conversation after the subject answered `text`."""
        return self.then("assistant", text)


def opening(system: str = "") -> Conversation:
    """Return a fresh thread, with a system prompt if there is one."""
    return Conversation().then("system", system) if system else Conversation()
