"""Dialogues with simulants, held without a screen."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

from gadfly.eval.chat.partner import Partner
from gadfly.eval.chat.sessions import Sessions
from gadfly.eval.chat.topic import topic_of
from gadfly.eval.chat.turn import Setup

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from gadfly.eval.chat.event import Event
    from gadfly.eval.chat.session import Session

FAMILY = "care.care-home"
E = TypeVar("E")


@dataclass
class Talk:
    """A partner, and everything it told."""

    partner: Partner
    events: list[Event] = field(default_factory=list)

    @property
    def session(self) -> Session:
        return self.partner.session

    def told(self, kind: type[E]) -> list[E]:
        return [e for e in self.events if isinstance(e, kind)]

    async def until(self, is_so: Callable[[], object]) -> None:
        """Wait until something is so, as events make it."""
        async with asyncio.timeout(60):
            while not is_so():  # noqa: ASYNC110  (events are told to a list, not to us)
                await asyncio.sleep(0)

    def texts(self, branch: str | None = None) -> list[tuple[str, str]]:
        return [(t.role, t.text) for t in self.session.thread(branch)]


@pytest.fixture
def sessions(tmp_path: Path) -> Sessions:
    return Sessions(tmp_path / "sessions")


@pytest.fixture
def talking(sessions: Sessions) -> Callable[..., Any]:
    """Return a context manager that holds a session with a partner."""

    @asynccontextmanager
    async def talk(
        model: str = "sim:calibrated",
        family: str | None = FAMILY,
        *,
        name: str | None = None,
        setup: Setup | None = None,
        **options: Any,
    ) -> AsyncIterator[Talk]:
        topic = None if family is None else topic_of(family)
        if name is not None:
            session = sessions.open(name)
        else:
            session = sessions.new(setup or Setup(model=model), topic)
            # Replies of simulants are functions of the call: the same in every test run.
            session.head.seed = 7
            session.save()
        events: list[Event] = []
        partner = Partner(session, events.append, **options)
        try:
            yield Talk(partner, events)
        finally:
            await partner.aclose()
            session.close()

    return talk


@pytest.fixture
def play() -> Callable[[Any], Any]:
    """Return what runs a coroutine to its end."""
    return asyncio.run
