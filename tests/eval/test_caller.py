"""Durable calls: joined in flight, committed before use, never made twice."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from support.sample import Scripted

from gadfly.bot.call import Sampling, ask_reply
from gadfly.bot.completion import Completion, Usage
from gadfly.bot.errors import TransportError
from gadfly.bot.identity import Identity
from gadfly.bot.message import opening
from gadfly.eval.caller import BudgetSpentError, Caller, Limits
from gadfly.eval.event import CallFinished
from gadfly.eval.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gadfly.bot.call import Call
    from gadfly.eval.event import Event

ASK = ask_reply(opening().says("Is it so?"), Sampling())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.create(tmp_path)
    yield store
    store.close()


def caller(respondent: Scripted, store: Store, **settings: object) -> Caller:
    events: list[Event] = []
    return Caller(
        respondent=respondent,
        identity=Identity(model="scripted"),
        store=store,
        concurrency=4,
        emit=settings.pop("emit", events.append),  # type: ignore[arg-type]  # test convenience
        **settings,  # type: ignore[arg-type]  # test convenience
    )


class Gated(Scripted):
    """Answers only when let."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = asyncio.Event()
        self.began = asyncio.Event()

    async def respond(self, call: Call) -> Completion:
        self.asked[call.key] += 1
        self.began.set()
        await self.gate.wait()
        return Completion(text="Yes.")


def test_identical_calls_in_flight_are_asked_once(store: Store) -> None:
    """Ten tasks that want the same answer cause one request."""
    subject = Scripted()

    async def many() -> None:
        one = caller(subject, store)
        async with asyncio.TaskGroup() as group:
            for _ in range(10):
                group.create_task(one.call(ASK, replicate=0))

    asyncio.run(many())

    assert sum(subject.asked.values()) == 1


def test_an_answer_in_the_store_is_not_asked_for_again(store: Store) -> None:
    """A second caller on the same store makes no call and says it reused one."""
    subject = Scripted()
    events: list[Event] = []
    asyncio.run(caller(subject, store).call(ASK, replicate=0))
    second = caller(subject, store, emit=events.append)

    key, done = asyncio.run(second.call(ASK, replicate=0))

    assert done.text == "Yes, that is right."
    assert bytes.fromhex(key) in subject.asked
    assert second.made == 0
    assert events == [CallFinished(reused=True, prompt_tokens=0, completion_tokens=0)]


def test_replicates_draws_roles_and_epochs_are_calls_of_their_own(store: Store) -> None:
    """Each of the four makes a new key and so a new request."""
    subject = Scripted()

    async def each() -> None:
        one = caller(subject, store)
        await one.call(ASK, replicate=0)
        await one.call(ASK, replicate=1)
        await one.call(ASK, replicate=0, draw=1)
        await caller(subject, store, asked_as="judge").call(ASK, replicate=0)
        await caller(subject, store, epoch=1).call(ASK, replicate=0)

    asyncio.run(each())

    assert sorted(subject.asked.values()) == [1] * 5


def test_a_cancelled_waiter_leaves_the_shared_call_alone(store: Store) -> None:
    """One of two waiters gives up; the other still gets the answer of the one request."""
    subject = Gated()

    async def scene() -> str:
        one = caller(subject, store)
        first = asyncio.create_task(one.call(ASK, replicate=0))
        second = asyncio.create_task(one.call(ASK, replicate=0))
        await subject.began.wait()
        first.cancel()
        await asyncio.wait([first])
        subject.gate.set()
        _, done = await second
        return done.text

    assert asyncio.run(scene()) == "Yes."
    assert sum(subject.asked.values()) == 1


def test_a_failure_reaches_every_waiter_and_is_not_stored(store: Store) -> None:
    """Both waiters see the error; the next call asks again."""

    def fails(call: Call) -> Completion:
        raise TransportError("reset")

    subject = Scripted(answer=fails)

    async def scene() -> list[BaseException | None]:
        one = caller(subject, store)
        tasks = [asyncio.create_task(one.call(ASK, replicate=0)) for _ in range(2)]
        await asyncio.wait(tasks)
        return [t.exception() for t in tasks]

    errors = asyncio.run(scene())

    assert [type(e) for e in errors] == [TransportError, TransportError]
    assert store.n_calls == 0
    subject.answer = lambda call: Completion(text="Yes.")
    assert asyncio.run(caller(subject, store).call(ASK, replicate=0))[1].text == "Yes."


def test_an_answer_is_committed_before_it_is_used(store: Store) -> None:
    """When `call` returns, another connection already sees the answer."""
    subject = Scripted()
    asyncio.run(caller(subject, store).call(ASK, replicate=0))

    other = Store.read(store.folder)

    assert other.n_calls == 1
    other.close()


def test_the_call_cap_is_never_passed(store: Store) -> None:
    """With a cap of 3, three requests are made and the fourth is refused."""
    subject = Scripted()

    async def scene() -> None:
        one = caller(subject, store, limits=Limits(calls=3))
        for draw in range(4):
            await one.call(ASK, replicate=0, draw=draw)

    with pytest.raises(BudgetSpentError, match="cap of 3 calls"):
        asyncio.run(scene())
    assert sum(subject.asked.values()) == 3


def test_the_token_cap_counts_prompt_and_completion(store: Store) -> None:
    """15 tokens a call: a cap of 30 lets two calls through."""
    usage = Usage(prompt_tokens=10, completion_tokens=5)
    subject = Scripted(answer=lambda call: Completion(text="Yes.", usage=usage))

    async def scene() -> None:
        one = caller(subject, store, limits=Limits(tokens=30))
        for draw in range(4):
            await one.call(ASK, replicate=0, draw=draw)

    with pytest.raises(BudgetSpentError, match="cap of 30 tokens"):
        asyncio.run(scene())
    assert sum(subject.asked.values()) == 2


def test_no_more_calls_are_in_flight_than_allowed(store: Store) -> None:
    """Twenty different calls with four slots: never more than four at the respondent."""
    most = 0

    class Watched(Scripted):
        async def respond(self, call: Call) -> Completion:
            nonlocal most
            self.flying += 1  # type: ignore[attr-defined]  # set below
            most = max(most, self.flying)  # type: ignore[attr-defined]  # set below
            await asyncio.sleep(0)
            self.flying -= 1  # type: ignore[attr-defined]  # set below
            return Completion(text="Yes.")

    subject = Watched()
    subject.flying = 0  # type: ignore[attr-defined]  # counts requests at the respondent

    async def scene() -> None:
        one = caller(subject, store)
        async with asyncio.TaskGroup() as group:
            for draw in range(20):
                group.create_task(one.call(ASK, replicate=0, draw=draw))

    asyncio.run(scene())

    assert most == 4


def test_drain_leaves_nothing_in_flight(store: Store) -> None:
    """After `drain` the stuck request is cancelled and nothing was stored."""
    subject = Gated()

    async def scene() -> bool:
        one = caller(subject, store)
        task = asyncio.create_task(one.call(ASK, replicate=0))
        await subject.began.wait()
        await one.drain()
        await asyncio.wait([task])
        return task.cancelled()

    assert asyncio.run(scene())
    assert store.n_calls == 0
