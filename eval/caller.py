"""Durable calls: asked once, committed, then used; the same call in flight is asked once."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gadfly.bot.call import Call
from gadfly.bot.errors import GadflyError
from gadfly.eval.event import CallFinished

if TYPE_CHECKING:
    from collections.abc import Callable

    from gadfly.bot.call import AskedAs, Request
    from gadfly.bot.completion import Completion
    from gadfly.bot.identity import Identity
    from gadfly.bot.respondent import Respondent
    from gadfly.eval.event import Event
    from gadfly.eval.store import Store


class BudgetSpentError(GadflyError):
    """A hard cap of the run (`--max-calls`, `--max-tokens`) is reached; what is done is kept."""

    exit_code = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Hard caps on what a run may ask of the respondent; None for no cap."""

    calls: int | None = None
    tokens: int | None = None
    """Prompt and completion tokens together, as the respondent counts them."""


@dataclass(slots=True)
class Spent:
    """What a run has asked for so far, of whomever: caps are on the sum."""

    calls: int = 0
    tokens: int = 0


@dataclass(slots=True, kw_only=True)
class Caller:
    """Makes calls to one respondent on behalf of a run.

    Safe to use from many tasks. Identical calls in flight are joined: a cancelled waiter never
    cancels the shared call, a failure goes to all waiters and is not stored.
    """

    respondent: Respondent
    identity: Identity
    store: Store
    concurrency: int
    emit: Callable[[Event], None]
    limits: Limits = field(default_factory=Limits)
    epoch: int = 0
    asked_as: AskedAs = "subject"
    """The role the respondent is asked in."""
    spent: Spent = field(default_factory=Spent)
    """Shared by the callers of a run."""
    _flying: dict[bytes, asyncio.Task[Completion]] = field(default_factory=dict)
    _slots: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        """Make the slots that bound what is in flight."""
        self._slots = asyncio.Semaphore(self.concurrency)

    @property
    def made(self) -> int:
        """Calls made, not counting those found in the store."""
        return self.spent.calls

    async def call(
        self, request: Request, *, replicate: int, draw: int = 0
    ) -> tuple[str, Completion]:
        """Return the hex key and the committed answer of a call, asking only if it is new.

        Raises:
            RespondentError: No answer could be had.
            BudgetSpentError: A cap is reached.
            StoreError: The answer could not be committed.
        """
        call = Call(
            request=request,
            asked_as=self.asked_as,
            replicate=replicate,
            draw=draw,
            epoch=self.epoch,
        ).keyed(self.identity)
        flying = self._flying.get(call.key)
        if flying is None:
            known = self.store.get(call.key)
            if known is not None:
                self.emit(CallFinished(reused=True, prompt_tokens=0, completion_tokens=0))
                return call.key.hex(), known
            flying = asyncio.create_task(self._make(call))
            self._flying[call.key] = flying
            flying.add_done_callback(lambda task: self._landed(call.key, task))
        return call.key.hex(), await asyncio.shield(flying)

    async def drain(self) -> None:
        """Cancel what is in flight and wait until it is gone."""
        flying = list(self._flying.values())
        for task in flying:
            task.cancel()
        if flying:
            await asyncio.wait(flying)

    async def _make(self, call: Call) -> Completion:
        async with self._slots:
            self._check_limits()
            self.spent.calls += 1
            completion = await self.respondent.respond(call)
        usage = completion.usage
        self.spent.tokens += usage.prompt_tokens + usage.completion_tokens
        await self.store.put(call, completion)
        self.emit(
            CallFinished(
                reused=False,
                prompt_tokens=usage.prompt_tokens,
                completion_tokens=usage.completion_tokens,
            )
        )
        return completion

    def _landed(self, key: bytes, task: asyncio.Task[Completion]) -> None:
        del self._flying[key]
        if not task.cancelled():
            task.exception()

    def _check_limits(self) -> None:
        if self.limits.calls is not None and self.spent.calls >= self.limits.calls:
            raise BudgetSpentError(f"the cap of {self.limits.calls} calls is reached")
        if self.limits.tokens is not None and self.spent.tokens >= self.limits.tokens:
            raise BudgetSpentError(f"the cap of {self.limits.tokens} tokens is reached")
