"""Attention states of conversation prefixes, kept so that they are computed once.

States are kept in blocks of tokens; a block's key is a hash over everything up to its end, so equal
prefixes share their blocks whoever asked first. Knows nothing of tensors but their size in bytes.
Not thread-safe: one worker owns it.
"""

from __future__ import annotations

import hashlib
from array import array
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

BLOCK = 16
"""Tokens per block: on average half a block is computed again, and hashing stays cheap."""


def block_keys(tokens: Sequence[int]) -> list[bytes]:
    """Return one key per whole block of `tokens`, each over all tokens up to its end."""
    keys: list[bytes] = []
    before = b""
    for start in range(0, len(tokens) - BLOCK + 1, BLOCK):
        raw = array("q", tokens[start : start + BLOCK]).tobytes()
        before = hashlib.blake2b(before + raw, digest_size=16).digest()
        keys.append(before)
    return keys


class PrefixStore:
    """A bounded store of blocks, least recently used first out."""

    def __init__(self, budget_bytes: int) -> None:
        self._budget = budget_bytes
        self._blocks: OrderedDict[bytes, Any] = OrderedDict()
        self._bytes = 0

    def __contains__(self, key: bytes) -> bool:
        return key in self._blocks

    @property
    def size_bytes(self) -> int:
        """Size of everything kept."""
        return self._bytes

    def find(self, keys: Sequence[bytes]) -> list[Any]:
        """Return the kept blocks of the longest run of `keys` from the start."""
        found: list[Any] = []
        for key in keys:
            block = self._blocks.get(key)
            if block is None:
                break
            found.append(block)
        # A block is of no use without those before it, so they must outlive it.
        for key in reversed(keys[: len(found)]):
            self._blocks.move_to_end(key)
        return found

    def put(self, key: bytes, block: Any) -> None:
        """Keep a block; room is made by dropping the least recently used ones."""
        if key in self._blocks:
            return
        self._blocks[key] = block
        self._bytes += int(block.nbytes)
        while self._bytes > self._budget:
            _, dropped = self._blocks.popitem(last=False)
            self._bytes -= int(dropped.nbytes)
