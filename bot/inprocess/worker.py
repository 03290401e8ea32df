"""One thread that does all the computing: it gathers what is asked at once and batches it.

Reads that are waiting go first (each frees its asker to ask the next thing), new answers join the
running ones, then every running answer gets one more token. Callers hold futures; a failure goes
to those whose work failed, and the thread goes on.
"""

from __future__ import annotations

import atexit
import queue
import threading
import time
from concurrent.futures import Future, InvalidStateError
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gadfly.bot.errors import RespondentError
from gadfly.bot.inprocess.batch import Batch, Row, Write
from gadfly.bot.inprocess.pack import Line, Pack, group, plan
from gadfly.bot.inprocess.prefix import BLOCK, PrefixStore, block_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from torch import Tensor

    from gadfly.bot.inprocess.limits import Limits
    from gadfly.bot.inprocess.network import Network

_GATHER_S = 0.003
"""How long an idle worker waits for company after the first request: callers come in bursts."""

_CLOSED = "the model in this process has been closed"


@dataclass(frozen=True, slots=True)
class Read:
    """Log-probabilities wanted: per line and wanted position, of these tokens coming next."""

    lines: tuple[Line, ...]
    targets: tuple[tuple[tuple[int, ...], ...], ...]
    """Per line, per wanted position, the token ids asked about."""
    future: Future[list[list[list[float]]]] = field(default_factory=Future)


class Worker:
    """The computing thread of one loaded model."""

    def __init__(self, network: Network, ends: frozenset[int], limits: Limits) -> None:
        self._network = network
        self._limits = limits
        self._store = PrefixStore(limits.kept_bytes)
        self._batch = Batch(network, ends, budget_bytes=limits.rows_bytes)
        self._inbox: queue.SimpleQueue[Read | Write | None] = queue.SimpleQueue()
        self._reads: list[Read] = []
        self._writes: list[Write] = []
        self._joining: list[Row] = []
        self._door = threading.Lock()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._work, name="gadfly-model", daemon=True)
        self._thread.start()
        # An interpreter that ends while the thread computes would be aborted by the C++ runtime.
        atexit.register(self.close)

    def submit(self, job: Read | Write) -> None:
        """Queue a job; its future gets the answer. Safe from any thread.

        Raises:
            RespondentError: The worker is closed.
        """
        with self._door:
            if self._closing.is_set():
                raise RespondentError(_CLOSED)
            self._inbox.put(job)

    def close(self) -> None:
        """Stop after the current pass; whoever still waits gets a RespondentError. Blocks."""
        with self._door:
            self._closing.set()
            self._inbox.put(None)
        self._thread.join()
        atexit.unregister(self.close)

    def _work(self) -> None:
        import torch

        with torch.inference_mode():
            while not self._closing.is_set():
                self._gather()
                self._guarded(self._read, self._fail_reads)
                self._guarded(self._start, self._fail_writes)
                self._guarded(self._continue, self._fail_writes)
        self._gather()
        closed = RespondentError(_CLOSED)
        self._fail_reads(closed)
        self._fail_writes(closed)
        _fail(self._writes, closed)

    def _gather(self) -> None:
        """Take in what is asked; wait for it only when there is nothing to do."""
        idle = not (self._batch.rows or self._reads or self._writes)
        deadline = 0.0
        while not self._closing.is_set() or not self._inbox.empty():
            try:
                if idle:
                    job = self._inbox.get()
                    idle, deadline = False, time.monotonic() + _GATHER_S
                else:
                    left = deadline - time.monotonic()
                    job = self._inbox.get(timeout=left) if left > 0 else self._inbox.get_nowait()
            except queue.Empty:
                return
            if isinstance(job, Read):
                self._reads.append(job)
            elif isinstance(job, Write):
                self._writes.append(job)

    def _guarded(self, stage: Callable[[], None], fail: Callable[[Exception], None]) -> None:
        """Do one stage; what goes wrong in it goes to those it was done for."""
        try:
            stage()
        except Exception as e:  # noqa: BLE001  (a thread has no caller; its waiters are told)
            fail(_explained(e))

    def _fail_reads(self, error: Exception) -> None:
        failed, self._reads = self._reads, []
        _fail(failed, error)

    def _fail_writes(self, error: Exception) -> None:
        """Fail the answers that are running or about to; those still waiting are untouched."""
        failed = [row.job for row in (*self._batch.rows, *self._joining)]
        self._joining = []
        self._batch.clear()
        _fail(failed, error)

    def _read(self) -> None:
        """Answer every waiting read."""
        self._reads = [read for read in self._reads if not read.future.cancelled()]
        lines = [line for read in self._reads for line in read.lines]
        if not lines:
            return
        targets = [t for read in self._reads for t in read.targets]
        found: list[list[list[float]]] = [[] for _ in lines]
        for members in self._groups(lines):
            pack, _, logits = self._compute([lines[i] for i in members])
            totals = logits.logsumexp(-1)
            for i, rows in zip(members, pack.rows, strict=True):
                found[i] = [
                    (logits[row, list(ids)] - totals[row]).tolist()
                    for row, ids in zip(rows, targets[i], strict=True)
                ]
        answered, self._reads = self._reads, []
        at = 0
        for read in answered:
            _deliver(read.future, found[at : at + len(read.lines)])
            at += len(read.lines)

    def _start(self) -> None:
        """Let waiting answers join the running ones, as far as there is room."""
        while self._writes and len(self._batch.rows) + len(self._joining) < self._limits.max_batch:
            row = Row(self._writes[0])
            if not self._batch.has_room(row, self._joining):
                break
            self._writes.pop(0)
            if not row.job.future.cancelled():
                self._joining.append(row)
        rows = self._joining
        lines = [Line(p, range(len(p) - 1, len(p))) for p in (row.job.prompt for row in rows)]
        for members in self._groups(lines):
            pack, states, logits = self._compute([lines[i] for i in members])
            ended = self._batch.join(
                [rows[i] for i in members],
                [states[:, :, 0, :, list(path)] for path in pack.paths],
                logits[[at for (at,) in pack.rows]],
            )
            for row, finish in ended:
                _deliver(row.job.future, (row.written, finish))
        self._joining = []

    def _continue(self) -> None:
        """Write one more token of every running answer."""
        for row, finish, states in self._batch.step():
            _deliver(row.job.future, (row.written, finish))
            self._keep(row.fed, range(states.shape[3]), states)

    def _groups(self, lines: Sequence[Line]) -> Iterator[list[int]]:
        return group(
            lines,
            self._store,
            max_nodes=self._limits.max_nodes,
            max_columns=self._limits.max_columns,
        )

    def _compute(self, lines: list[Line]) -> tuple[Pack, Tensor, Tensor]:
        """Run one pack and keep the states of its prefixes."""
        if self._closing.is_set():
            raise RespondentError(_CLOSED)
        pack = plan(lines, self._store)
        states, logits = self._network.run(pack)
        for line, path in zip(lines, pack.paths, strict=True):
            self._keep(line.tokens[: line.wanted.start + 1], path, states[:, :, 0])
        return pack, states, logits

    def _keep(self, tokens: Sequence[int], path: Sequence[int], states: Tensor) -> None:
        for i, key in enumerate(block_keys(tokens)):
            if key not in self._store:
                block = states[:, :, :, list(path[i * BLOCK : (i + 1) * BLOCK])]
                self._store.put(key, block)


def _deliver(future: Future[Any], result: Any) -> None:
    try:
        future.set_result(result)
    except InvalidStateError:
        return


def _fail(jobs: Sequence[Read | Write], error: Exception) -> None:
    for job in jobs:
        try:
            job.future.set_exception(error)
        except InvalidStateError:
            continue


def _explained(error: Exception) -> RespondentError:
    if isinstance(error, RespondentError):
        return error
    if type(error).__name__ == "OutOfMemoryError":
        return RespondentError(
            "the model in this process ran out of memory; ask fewer things at once (--concurrency)"
        )
    return RespondentError(f"the model in this process failed: {type(error).__name__}: {error}")
