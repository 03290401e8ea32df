"""Chance by hash: the only randomness a simulant has.

A stream is a pure function of what it is made from; nothing global is read or changed.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from statistics import NormalDist
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")
_NORMAL = NormalDist()
_BLOCK = 64


class Chance:
    """A stream of random choices made from the given parts; each call takes the next one."""

    __slots__ = ("_at", "_block", "_key", "_n_blocks")

    def __init__(self, *parts: str | bytes | int) -> None:
        h = hashlib.blake2b(digest_size=_BLOCK)
        for part in parts:
            raw = part if isinstance(part, bytes) else str(part).encode("utf-8", "surrogatepass")
            h.update(len(raw).to_bytes(4, "big"))
            h.update(raw)
        self._key = self._block = h.digest()
        self._n_blocks = 0
        self._at = 0

    def uniform(self) -> float:
        """Return a number from the open interval (0, 1)."""
        if self._at == _BLOCK:
            self._n_blocks += 1
            tail = self._n_blocks.to_bytes(4, "big")
            self._block = hashlib.blake2b(self._key + tail, digest_size=_BLOCK).digest()
            self._at = 0
        raw = int.from_bytes(self._block[self._at : self._at + 8], "big")
        self._at += 8
        # 52 bits and a half: with more the largest value would round to 1.0.
        return ((raw >> 12) + 0.5) / (1 << 52)

    def normal(self) -> float:
        """Return a standard normal number."""
        return _NORMAL.inv_cdf(self.uniform())

    def happens(self, probability: float) -> bool:
        """Return True with this probability; never at 0, always at 1."""
        return self.uniform() < probability

    def pick(self, choices: Sequence[T]) -> T:
        """Return one of the choices, all equally likely."""
        return choices[int(self.uniform() * len(choices))]


@lru_cache(maxsize=1 << 16)
def fixed_normal(*parts: str | int) -> float:
    """Return the standard normal number that belongs to these parts for ever."""
    return Chance(*parts).normal()


@lru_cache(maxsize=1 << 16)
def fixed_uniform(*parts: str | int) -> float:
    """Return the number from (0, 1) that belongs to these parts for ever."""
    return Chance(*parts).uniform()
