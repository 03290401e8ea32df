"""The rows that are being decoded, side by side in one tensor.

All rows end at the same column, so a step writes one column; a shorter row has unused columns at
its left. Rows join and leave between steps. Owned by one worker thread.
"""

from __future__ import annotations

import random
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gadfly.bot.inprocess.sample import draw

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from torch import Tensor

    from gadfly.bot.call import Sampling
    from gadfly.bot.completion import Finish
    from gadfly.bot.inprocess.network import Network

_GROWTH = 64
"""Columns added at a time: copying everything every 64 steps costs about 2 % of them."""


@dataclass(frozen=True, slots=True)
class Write:
    """An answer wanted, and the future it is delivered to."""

    prompt: tuple[int, ...]
    sampling: Sampling
    seed: int
    future: Future[tuple[list[int], Finish]] = field(default_factory=Future)
    on_token: Callable[[int], None] | None = None
    """Told each token as it is written, on the worker's thread; must not raise."""


class Row:
    """One answer being written."""

    __slots__ = ("job", "random", "written")

    def __init__(self, job: Write) -> None:
        self.job = job
        self.written: list[int] = []
        self.random = random.Random(job.seed)

    @property
    def fed(self) -> tuple[int, ...]:
        """The tokens whose keys and values have been computed: all but the last written."""
        return (*self.job.prompt, *self.written[:-1])

    @property
    def length(self) -> int:
        """Number of tokens in `fed`."""
        return len(self.job.prompt) + len(self.written) - 1

    @property
    def limit(self) -> int:
        """The most tokens it can come to hold."""
        return len(self.job.prompt) + self.job.sampling.max_tokens


class Batch:
    """Rows decoded together, one token each per `step`."""

    def __init__(self, network: Network, ends: frozenset[int], *, budget_bytes: int) -> None:
        self._network = network
        self._ends = ends
        self._budget = budget_bytes
        self._states: Tensor | None = None
        self._end = 0
        self.rows: list[Row] = []

    def has_room(self, row: Row, joining: Sequence[Row]) -> bool:
        """Whether `row` fits the budget beside `joining` and the running, all at their limits.

        A row that is alone always fits.
        """
        others = [*self.rows, *joining]
        longest = max(r.limit for r in (row, *others))
        need = (len(others) + 1) * longest * self._network.token_bytes
        return not others or need <= self._budget

    def join(
        self, rows: list[Row], states: list[Tensor], logits: Tensor
    ) -> list[tuple[Row, Finish]]:
        """Add rows whose prompts gave these states (one tensor each) and next-token logits.

        Their first tokens are drawn at once; the rows that end with it are returned instead.
        """
        tokens = draw(logits, [r.job.sampling for r in rows], [r.random.random() for r in rows])
        ended: list[tuple[Row, Finish]] = []
        lasting: list[tuple[Row, Tensor]] = []
        for row, own, token in zip(rows, states, tokens, strict=True):
            finish = self._take(row, token)
            if finish is None:
                lasting.append((row, own))
            else:
                ended.append((row, finish))
        if lasting:
            longest = max(own.shape[3] for _, own in lasting)
            tall = len(self.rows) + len(lasting)
            if self._states is None or tall > self._states.shape[2] or longest > self._end:
                self._move(tall, max(longest, self._longest()))
        for row, own in lasting:
            start = self._end - own.shape[3]
            place = self._room()[:, :, len(self.rows)]
            place[:, :, :, start : self._end] = own
            # What a row before it left there is masked, but must not be infinite or no number.
            place[:, :, :, :start] = 0
            self.rows.append(row)
        return ended

    def step(self) -> list[tuple[Row, Finish, Tensor]]:
        """Write one token in every row; return the rows that ended, with their states.

        Rows nobody waits for any more are dropped first and not returned.
        """
        for i in reversed(range(len(self.rows))):
            if self.rows[i].job.future.cancelled():
                self._leave(i)
        if not self.rows:
            return []
        if self._end == self._room().shape[4]:
            self._move(len(self.rows), self._longest())
        self._end += 1
        padding = [self._end - row.length - 1 for row in self.rows]
        first = min(padding)
        logits = self._network.step(
            self._room()[:, :, : len(self.rows), :, first : self._end],
            [row.written[-1] for row in self.rows],
            [row.length for row in self.rows],
            [p - first for p in padding],
        )
        tokens = draw(
            logits,
            [row.job.sampling for row in self.rows],
            [row.random.random() for row in self.rows],
        )
        ended: list[tuple[Row, Finish, Tensor]] = []
        for i in reversed(range(len(self.rows))):
            row = self.rows[i]
            finish = self._take(row, tokens[i])
            if finish is not None:
                own = self._room()[:, :, i, :, padding[i] : self._end].clone()
                self._leave(i)
                ended.append((row, finish, own))
        return ended

    def clear(self) -> None:
        """Drop all rows."""
        self.rows = []
        self._states, self._end = None, 0

    def _take(self, row: Row, token: int) -> Finish | None:
        """Write a token; say how the row finished if it was its last."""
        row.written.append(token)
        if row.job.on_token is not None:
            row.job.on_token(token)
        if token in self._ends:
            return "stop"
        return "length" if len(row.written) >= row.job.sampling.max_tokens else None

    def _leave(self, i: int) -> None:
        """Take row `i` out; the last row takes its place."""
        last = len(self.rows) - 1
        if i != last:
            room = self._room()
            room[:, :, i, :, : self._end] = room[:, :, last, :, : self._end].clone()
            self.rows[i] = self.rows[last]
        self.rows.pop()
        if not self.rows:
            self.clear()

    def _room(self) -> Tensor:
        if self._states is None:
            raise RuntimeError("no rows have joined")
        return self._states

    def _longest(self) -> int:
        return max((row.length for row in self.rows), default=0)

    def _move(self, rows: int, end: int) -> None:
        """Move all rows to a new tensor for at least `rows` of them, so that they end at `end`.

        Columns at the left that no row uses any more are dropped on the way.
        """
        tall = 1 << (rows - 1).bit_length()
        moved = self._network.room(tall, end + _GROWTH)
        if self.rows:
            n, longest = len(self.rows), self._longest()
            moved[:, :, :n, :, end - longest : end] = self._room()[
                :, :, :n, :, self._end - longest : self._end
            ]
        self._states, self._end = moved, end
