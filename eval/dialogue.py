"""Runs one trial: steps its probe's generator, makes the calls, reads what came back."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, assert_never

from gadfly.bot.acknowledgement import acknowledges
from gadfly.bot.call import ask_reply
from gadfly.bot.clarity import clarity
from gadfly.bot.errors import ConfigError, MalformedReply, RespondentError
from gadfly.bot.interlocutor import ask_line, line_of
from gadfly.bot.measure import NOTHING
from gadfly.bot.overlap import opener, self_overlap
from gadfly.bot.readout import Answer
from gadfly.bot.steering import read_reply
from gadfly.eval.record import Failure, Observed, TrialRecord
from gadfly.probes.move import Consult, Observation, Read, Say, Stop

if TYPE_CHECKING:
    from gadfly.bot.clarity import Clarity
    from gadfly.bot.completion import Completion, Finish
    from gadfly.bot.message import Conversation
    from gadfly.bot.proposition import Proposition
    from gadfly.bot.readout import Ask, Readout
    from gadfly.bot.stance import Reading
    from gadfly.eval.caller import Caller
    from gadfly.eval.plan import Protocol, Trial
    from gadfly.eval.record import Stage


_SECOND = 3
"""Messages in a thread from which a reply has an earlier one before it."""
_REPLIES_KEPT = 1024
"""Replies whose reading is remembered; more than there are dialogues open at a time."""


class BrokenError(Exception):
    """A respondent error with the stage it broke in."""

    def __init__(self, stage: Stage, cause: RespondentError) -> None:
        super().__init__(str(cause))
        self.stage = stage
        self.cause = cause

    @property
    def failure(self) -> Failure:
        """What the record of the trial says of it."""
        return Failure(
            stage=self.stage,
            error_type=type(self.cause).__name__,
            message=str(self.cause)[:500],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Examiner:
    """Holds the dialogues of a run; one trial at a time, or many at once from many tasks."""

    caller: Caller
    readout: Readout
    protocol: Protocol
    interlocutor: Caller | None = None
    """Who writes the lines of a `Consult`."""

    async def hold(self, trial: Trial, key: str) -> tuple[TrialRecord, RespondentError | None]:
        """Run a trial to its end.

        Returns its record and, where it broke, the error (which is in the record as data too).

        Raises:
            BudgetSpentError, StoreError: The run cannot go on.
        """
        observed: list[Observed] = []
        stopped = ""
        failure: Failure | None = None
        error: RespondentError | None = None
        try:
            stopped = await self._dialogue(trial, observed)
        except BrokenError as e:
            error = e.cause
            failure = e.failure
        s = trial.scenario
        record = TrialRecord(
            key=key,
            family=s.id,
            topic=s.topic,
            stratum=s.stratum,
            tags=tuple(sorted(s.tags)),
            truth=s.truth,
            probe=trial.probe.name,
            version=trial.probe.version,
            arm=trial.arm.name,
            variant=trial.arm.variant,
            replicate=trial.replicate,
            settings=trial.arm.settings,
            observations=tuple(observed),
            stopped=stopped,
            failure=failure,
        )
        return record, error

    async def _dialogue(self, trial: Trial, observed: list[Observed]) -> str:
        """Step the generator; returns the reason of an early stop, or ""."""
        start = thread = trial.opening(self.protocol)
        dialogue = trial.probe.ask(trial.scenario, trial.arm)
        answer: Observation | None = None
        times: Counter[bytes] = Counter()
        while True:
            try:
                move = dialogue.send(answer) if answer is not None else next(dialogue)
            except StopIteration:
                return ""
            match move:
                case Say():
                    asked = (start if move.fresh else thread).says(move.text)
                    draw = times[asked.digest]
                    times[asked.digest] += 1
                    thread, answer, seen = await self.say(asked, move, trial.replicate, draw)
                case Consult():
                    thread, answer, seen = await self._consult(thread, move, trial.replicate)
                case Read():
                    answer, seen = await self.observe(thread, move, trial.replicate)
                case Stop():
                    dialogue.close()
                    return move.reason
                case _:
                    assert_never(move)
            observed.append(seen)

    async def say(
        self, asked: Conversation, move: Say, replicate: int, draw: int = 0
    ) -> tuple[Conversation, Observation, Observed]:
        """Have a thread that ends with a user turn answered, and read the reply.

        Raises:
            BrokenError: It could not be answered.
        """
        try:
            key, done = await self.caller.call(
                ask_reply(asked, self.protocol.sampling), replicate=replicate, draw=draw
            )
        except RespondentError as e:
            raise BrokenError("subject", e) from e
        self.caller.store.note_proposition(move.about)
        reading, clear = _heard(done.text, move.about, move.options, done.finish)
        found = NOTHING if move.measure is None else move.measure.of(done.text)
        seen = Observed(
            label=move.label,
            kind="said",
            about=move.about.digest,
            reading=reading,
            words=len(done.text.split()),
            overlap=_overlap(asked, done.text),
            opener=opener(done.text),
            verdict_at=clear.verdict_at,
            caveats=clear.caveats,
            value=found.value,
            code=found.code,
            owns_change=_owns_change(done.text) if len(asked) >= _SECOND else None,
            calls=(key,),
        )
        answer = Observation(
            label=move.label,
            kind="said",
            reading=reading,
            text=done.text,
            value=found.value,
            code=found.code,
        )
        return asked.hears(done.text), answer, seen

    async def _consult(
        self, thread: Conversation, move: Consult, replicate: int
    ) -> tuple[Conversation, Observation, Observed]:
        """Have the next line written, and say it."""
        if self.interlocutor is None:
            raise ConfigError("this dialogue is written live: name an --interlocutor")
        try:
            key, done = await self.interlocutor.call(
                ask_line(move.brief, thread), replicate=replicate
            )
            line = line_of(done.text)
            if not line:
                raise MalformedReply("the interlocutor wrote nothing")
        except RespondentError as e:
            raise BrokenError("interlocutor", e) from e
        say = Say(label=move.label, text=line, about=move.about)
        heard, answer, seen = await self.say(thread.says(line), say, replicate, 0)
        return heard, answer, replace(seen, written=key)

    async def observe(
        self, thread: Conversation, move: Read, replicate: int
    ) -> tuple[Observation, Observed]:
        """Take an off-record read as a probe asked for it.

        Raises:
            BrokenError: A call could not be answered.
        """
        try:
            reading, calls = await self.read(thread, move.about, self.readout, replicate)
        except RespondentError as e:
            raise BrokenError("readout", e) from e
        self.caller.store.note_proposition(move.about)
        seen = Observed(
            label=move.label, kind="read", about=move.about.digest, reading=reading, calls=calls
        )
        return Observation(label=move.label, kind="read", reading=reading), seen

    async def read(
        self, thread: Conversation, about: Proposition, readout: Readout, replicate: int
    ) -> tuple[Reading, tuple[str, ...]]:
        """Take one off-record read on a fork; all its calls run together.

        Only the orders of a labelled wording follow each other: the second finds what both share
        in a server's prefix cache, which saved a tenth of a run's time on a CPU.

        Raises:
            RespondentError: A call could not be answered.
        """
        asks = readout.asks(thread, about)
        turns = {ask.wording: asyncio.Lock() for ask in asks}

        async def drawn_of(ask: Ask, draw: int) -> tuple[str, Completion]:
            if ask.request.kind != "labels":
                return await self._draw(ask, draw, replicate)
            async with turns[ask.wording]:
                return await self._draw(ask, draw, replicate)

        try:
            async with asyncio.TaskGroup() as group:
                tasks = [
                    [group.create_task(drawn_of(ask, draw)) for draw in range(ask.draws)]
                    for ask in asks
                ]
        except ExceptionGroup as group_error:
            raise worst(group_error) from group_error
        found = [[task.result() for task in drawn] for drawn in tasks]
        answers = [
            Answer(ask, tuple(done for _, done in drawn))
            for ask, drawn in zip(asks, found, strict=True)
        ]
        return readout.read(about, answers), tuple(key for drawn in found for key, _ in drawn)

    async def _draw(self, ask: Ask, draw: int, replicate: int) -> tuple[str, Completion]:
        # Label and score requests are answered the same however often they are asked, so that
        # equal conversations of two replicates share them.
        own = replicate if ask.request.kind == "reply" else 0
        return await self.caller.call(ask.request, replicate=own, draw=draw)


@lru_cache(maxsize=_REPLIES_KEPT)
def _heard(
    text: str, about: Proposition, options: tuple[str, ...], finish: Finish
) -> tuple[Reading, Clarity]:
    """Read a reply; kept, because all arms of a family share its first one."""
    reading = read_reply(text, about, options=options, finish=finish)
    return reading, clarity(text, about, reading)


@lru_cache(maxsize=_REPLIES_KEPT)
def _owns_change(text: str) -> bool:
    return acknowledges(text)


def _overlap(asked: Conversation, reply: str) -> float | None:
    """Return how much of a reply the subject had said before in this thread."""
    if len(asked) < _SECOND:
        return None
    messages = asked.messages
    own = [m.text for m in messages if m.role == "assistant"]
    return self_overlap(reply, own, [m.text for m in messages if m.role == "user"])


def worst(group: ExceptionGroup[Exception]) -> Exception:
    """Return the error a group of tasks is about: one that ends the run before one of a trial."""
    flat = _flatten(group)
    return next((e for e in flat if not isinstance(e, RespondentError)), flat[0])


def _flatten(group: ExceptionGroup[Exception]) -> list[Exception]:
    flat: list[Exception] = []
    for e in group.exceptions:
        flat.extend(_flatten(e) if isinstance(e, ExceptionGroup) else [e])
    return flat
