"""Reads stances off the record while the dialogue goes on, behind the user's own messages.

Replies wait in a queue, the newest first. A message of the user's puts the reading off: requests
in flight are cancelled, those that were answered are kept, and it goes on after the reply.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gadfly.bot.errors import GadflyError, StoreError
from gadfly.bot.readout import make_readout
from gadfly.bot.sparring import SparringBot
from gadfly.bot.sparring.respondent import SCHEME
from gadfly.eval import calibration
from gadfly.eval.caller import Caller
from gadfly.eval.chat.event import Measuring, Notice
from gadfly.eval.chat.panel import CREDENCE, credence_note, stance_note
from gadfly.eval.chat.respondents import with_system
from gadfly.eval.dialogue import Examiner
from gadfly.eval.plan import Protocol
from gadfly.eval.stored import reading_fields

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from gadfly.bot.message import Conversation
    from gadfly.bot.proposition import Proposition
    from gadfly.bot.respondent import ReadoutName
    from gadfly.bot.sparring import State
    from gadfly.bot.stance import Reading
    from gadfly.eval.chat.event import Event
    from gadfly.eval.chat.respondents import Opened
    from gadfly.eval.chat.session import Session
    from gadfly.eval.chat.turn import Setup

MIN_MASS = 0.9
"""Label mass from which one-token reads are taken to be answers at all."""
_CONCURRENCY = 8
"""Reads of one reply in flight: few enough for a server that others use, too."""


def _nothing(_: object) -> None:
    pass


@dataclass(slots=True)
class Meter:
    """Measures the replies of one session."""

    session: Session
    listen: Callable[[Event], None]
    opened: Callable[[Setup], Awaitable[Opened]]
    """Returns the respondent of a setup."""
    done: Callable[[int], None]
    """Told the id of a reply of which more is known now."""
    requested: ReadoutName | None = None
    waiting: list[int] = field(default_factory=list)
    """Replies to be read, the next one last."""
    _paused: bool = False
    _task: asyncio.Task[None] | None = None
    _callers: dict[str, Caller] = field(default_factory=dict)
    _idle: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        """Begin with nothing to do."""
        self._idle.set()

    def add(self, turn: int) -> None:
        """Have a reply read as soon as may be."""
        if turn in self.waiting:
            self.waiting.remove(turn)
        self.waiting.append(turn)
        self._idle.clear()
        self._start()

    def pause(self) -> None:
        """Stop reading, and give up the requests in flight; what was answered is kept."""
        self._paused = True
        self._cancel()
        if self.waiting:
            self._tell()

    def resume(self) -> None:
        """Go on reading."""
        self._paused = False
        self._start()

    def clear(self) -> None:
        """Forget everything that waits."""
        self.waiting.clear()
        self._cancel()
        self._idle.set()

    async def idle(self) -> None:
        """Wait until nothing waits any more."""
        await self._idle.wait()

    async def aclose(self) -> None:
        """Stop for good; idempotent."""
        task = self._task
        self.clear()
        if task is not None:
            await asyncio.wait([task])
        for caller in self._callers.values():
            await caller.drain()

    async def read(
        self, thread: Conversation, about: Proposition, setup: Setup
    ) -> tuple[Reading, tuple[str, ...]]:
        """Read a stance after a thread that ends with a reply; returns it with its calls' keys.

        Raises:
            GadflyError: The respondent could not be asked.
        """
        opened = await self.opened(setup)
        name = self.session.head.readout or await self._settle(opened, thread, about, setup)
        return await self._examiner(opened, setup, name).read(
            thread, about, _readout(name, opened), self.session.head.seed
        )

    async def _settle(
        self, opened: Opened, thread: Conversation, about: Proposition, setup: Setup
    ) -> ReadoutName:
        """Decide how stance is read in this session, once, and say so.

        As a run does, but for the calibration slice, which nobody would wait for: where labels
        can be read, the first read of the session says whether their mass is enough.
        """
        choice = calibration.settled(self.requested, opened.respondent.capabilities)
        if choice is None:
            examiner = self._examiner(opened, setup, "logprob")
            first, _ = await examiner.read(
                thread, about, _readout("logprob", opened), self.session.head.seed
            )
            mass = first.label_mass or 0.0
            name: ReadoutName = "logprob" if mass >= MIN_MASS else "sampled"
            reason = f"the offered labels have {mass:.0%} of the probability"
        else:
            name, reason = choice.readout, choice.reason
        self.session.head.readout, self.session.head.readout_reason = name, reason
        self.session.save()
        self.listen(Notice(f"stance is read by the {name} readout: {reason}"))
        for note in opened.respondent.capabilities.why(name):
            self.listen(Notice(note))
        return name

    def _start(self) -> None:
        if self._paused or not self.waiting or (self._task is not None and not self._task.done()):
            return
        self._task = asyncio.get_running_loop().create_task(self._work())

    def _cancel(self) -> None:
        if self._task is not None and not self._task.done():
            self._task.cancel()
        self._task = None

    async def _work(self) -> None:
        while self.waiting:
            turn = self.waiting[-1]
            self._tell()
            try:
                await self._measure(turn)
            except asyncio.CancelledError:
                # Whoever waits for shared requests leaves them in flight; the user comes first.
                for caller in self._callers.values():
                    await caller.drain()
                task = asyncio.current_task()
                if task is None or task.cancelling():
                    raise
                # It was a request of an earlier reading that was cancelled: ask it again.
                continue
            if turn in self.waiting:
                self.waiting.remove(turn)
            self.done(turn)
        self._idle.set()

    async def state(self, turn: int) -> State | None:
        """Return what a sparring partner had come to after a reply; None of anybody else.

        Raises:
            GadflyError: It could not be asked.
        """
        reply = self.session.turns[turn]
        if reply.setup is None or not reply.setup.model.startswith(SCHEME):
            return None
        bot = (await self.opened(reply.setup)).respondent
        if not isinstance(bot, SparringBot):
            return None
        return await bot.state(self.session.conversation(turn, reply.setup))

    async def _measure(self, turn: int) -> None:
        session, topic = self.session, self.session.topic
        reply = session.turns[turn]
        if reply.setup is None:
            return
        thread = session.conversation(turn, reply.setup)
        try:
            state = await self.state(turn)
            if state is not None:
                session.keep(turn, CREDENCE, credence_note(state, topic))
            if topic is None:
                return
            reading, calls = await self.read(thread, topic.about, reply.setup)
            note: Any = {"reading": reading_fields(reading), "calls": list(calls)}
            session.keep(turn, stance_note(session), note)
        except StoreError as e:
            self.listen(Notice(f"a measurement could not be kept: {e}"))
        except GadflyError as e:
            session.keep(turn, stance_note(session, failed=True), str(e)[:500])

    def _examiner(self, opened: Opened, setup: Setup, name: ReadoutName) -> Examiner:
        identity = with_system(opened.identity, setup.prompt)
        key = identity.digest.hex()
        if key not in self._callers:
            self._callers[key] = Caller(
                respondent=opened.respondent,
                identity=identity,
                store=self.session.store,
                concurrency=min(_CONCURRENCY, opened.respondent.capabilities.concurrency),
                emit=_nothing,
            )
        return Examiner(
            caller=self._callers[key],
            readout=_readout(name, opened),
            protocol=Protocol(readout=name, sampling=setup.sampling),
        )

    def _tell(self) -> None:
        self.listen(
            Measuring(turn=self.waiting[-1], waiting=len(self.waiting), paused=self._paused)
        )


def _readout(name: ReadoutName, opened: Opened) -> Any:
    return make_readout(name, prefill=opened.respondent.capabilities.prefill)
