"""Runs a plan: many dialogues at once against one respondent, into one store.

To resume, extend or re-score is to run again: trials that are finished are skipped, calls that
were committed are reused, and nothing else is remembered between runs.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from gadfly.bot.errors import ConfigError, NotServed, TransportError
from gadfly.bot.readout import make_readout
from gadfly.eval import calibration
from gadfly.eval.caller import Caller, Limits, Spent
from gadfly.eval.dialogue import Examiner, worst
from gadfly.eval.event import RunStarted, Said, TrialFinished

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence

    from gadfly.bot.call import AskedAs
    from gadfly.bot.errors import RespondentError
    from gadfly.bot.identity import Identity
    from gadfly.bot.respondent import Capabilities, ReadoutName, Respondent
    from gadfly.eval.calibration import Choice
    from gadfly.eval.event import Event
    from gadfly.eval.plan import Plan, Protocol
    from gadfly.eval.record import TrialRecord
    from gadfly.eval.store import Store


GONE = (TransportError, NotServed)
"""Errors that say that nobody answers, whatever is asked."""


class UnservedError(ConfigError):
    """The readout asked for is one the respondent cannot serve."""


PATIENCE = 8
"""Trials that may fail one after another, with nobody answering, before the run gives up."""

_DIALOGUES_PER_SLOT = 4
"""Arms wait together for the first reply they share; with more dialogues open than calls allowed
in flight, the slots stay full meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunResult:
    """What a run came to."""

    planned: int
    finished: int
    failed: int
    calls_made: int
    first_failure: str
    """Message of the first failure, "" without one."""


T = TypeVar("T")


@dataclass(slots=True, kw_only=True)
class Crew(Generic[T]):
    """Holds many dialogues at once and commits what each came to."""

    hold: Callable[[T, str], Awaitable[tuple[TrialRecord, RespondentError | None]]]
    """Holds one dialogue under its key; what broke it is returned, what ends the run raised."""
    store: Store
    emit: Callable[[Event], None]
    workers: int
    """Dialogues open at a time."""
    _failures: list[str] = field(default_factory=list)
    _in_a_row: int = 0

    async def work(self, planned: Sequence[tuple[T, str]], callers: Sequence[Caller]) -> RunResult:
        """Make these dialogues the plan of the store, and hold those that are not finished.

        `callers` are who makes the calls in them; what they have in flight at the end is dropped.

        Raises:
            RespondentError: The respondent is gone for good; what is finished is kept.
            BudgetSpentError: A cap is reached; what is finished is kept.
            StoreError: The store cannot be written.
        """
        self.store.set_plan([key for _, key in planned])
        done = self.store.finished()
        self.emit(RunStarted(planned=len(planned), finished=len(done)))
        todo = iter([(trial, key) for trial, key in planned if key not in done])
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(self.workers):
                    group.create_task(self._work(todo))
        except ExceptionGroup as e:
            raise worst(e) from e
        finally:
            for caller in callers:
                await caller.drain()
        finished = len(self.store.finished())
        return RunResult(
            planned=len(planned),
            finished=finished,
            failed=len(planned) - finished,
            calls_made=callers[0].made,
            first_failure=self._failures[0] if self._failures else "",
        )

    async def _work(self, todo: Iterator[tuple[T, str]]) -> None:
        for trial, key in todo:
            record, error = await self.hold(trial, key)
            await self.store.put_trial(record)
            self.emit(TrialFinished(record))
            self._note(record, error)

    def _note(self, record: TrialRecord, error: RespondentError | None) -> None:
        """Give up when the respondent answers nobody any more."""
        if error is None:
            self._in_a_row = 0
            return
        self._failures.append(str(error))
        self._in_a_row = self._in_a_row + 1 if isinstance(error, GONE) else 0
        if self._in_a_row >= PATIENCE:
            raise TransportError(
                f"gave up after {PATIENCE} dialogues in a row failed, the last in "
                f"{record.family!r}: {error}"
            )


@dataclass(slots=True, kw_only=True)
class Run:
    """One run of a plan; `open`, then `settle`, then `go`."""

    respondent: Respondent
    store: Store
    plan: Plan
    protocol: Protocol
    """Its readout is provisional until `settle` has decided."""
    emit: Callable[[Event], None]
    concurrency: int | None = None
    limits: Limits = field(default_factory=Limits)
    identity: Identity | None = None
    interlocutor: Respondent | None = None
    """Who writes lines live, where the plan has such dialogues."""
    interlocutor_identity: Identity | None = None
    _caller: Caller | None = None
    _writer: Caller | None = None

    async def open(self) -> Identity:
        """Reach the respondent and tie the store to it.

        Raises:
            ConfigError: The spec is wrong, or the store holds another respondent's answers.
            RespondentError: It cannot be reached.
        """
        found = await self.respondent.open(lambda text: self.emit(Said(text)))
        identity = replace(found, system=self.protocol.system)
        self.store.claim(identity)
        self.identity = identity
        for note in self.respondent.capabilities.notes:
            self.emit(Said(note))
        self._caller = self._calling(self.respondent, identity, Spent(), "subject")
        if self.interlocutor is not None:
            await self._open_interlocutor(self.interlocutor, self._caller.spent)
        return identity

    async def _open_interlocutor(self, interlocutor: Respondent, spent: Spent) -> None:
        """Reach the interlocutor, tie the store to it, and make it part of the protocol."""
        identity = await interlocutor.open(lambda text: self.emit(Said(f"interlocutor: {text}")))
        self.store.claim(identity, role="interlocutor")
        self.interlocutor_identity = identity
        self.protocol = replace(self.protocol, interlocutor=identity.digest.hex())
        self._writer = self._calling(interlocutor, identity, spent, "interlocutor")

    def _calling(
        self, respondent: Respondent, identity: Identity, spent: Spent, role: AskedAs
    ) -> Caller:
        return Caller(
            respondent=respondent,
            identity=identity,
            store=self.store,
            concurrency=self.concurrency or respondent.capabilities.concurrency,
            emit=self.emit,
            limits=self.limits,
            epoch=self.protocol.epoch,
            asked_as=role,
            spent=spent,
        )

    async def settle(self, requested: ReadoutName | None) -> Choice:
        """Decide the readout (once: a run that has one keeps it) and fix the protocol.

        Raises:
            UnservedError: The readout asked for is one the respondent cannot serve.
            RespondentError: The calibration slice could not be asked.
        """
        can = self.respondent.capabilities
        choice = calibration.settled(requested, can)
        if choice is None:
            self.emit(Said("reading a calibration slice both ways to choose the readout"))
            scenarios = {t.scenario.id: t.scenario for t in self.plan.trials}
            choice = await calibration.calibrate(
                self._examiner(), tuple(scenarios.values()), prefill=can.prefill
            )
        check_served(choice.readout, can)
        for note in can.why(choice.readout):
            self.emit(Said(note))
        self.protocol = replace(self.protocol, readout=choice.readout)
        return choice

    async def go(self) -> RunResult:
        """Run every trial of the plan that is not finished.

        Raises:
            RespondentError: The respondent is gone for good; what is finished is kept.
            BudgetSpentError: A cap is reached; what is finished is kept.
            StoreError: The store cannot be written.
        """
        keys = self.plan.keys(self.protocol)
        examiner = self._examiner()
        crew = Crew(
            hold=examiner.hold,
            store=self.store,
            emit=self.emit,
            workers=_DIALOGUES_PER_SLOT * examiner.caller.concurrency,
        )
        callers = [c for c in (examiner.caller, self._writer) if c is not None]
        return await crew.work(list(zip(self.plan.trials, keys, strict=True)), callers)

    def _examiner(self) -> Examiner:
        if self._caller is None:
            raise ConfigError("the run is not open")
        readout = make_readout(
            self.protocol.readout,
            temperature=self.protocol.sampling.temperature,
            prefill=self.respondent.capabilities.prefill,
        )
        return Examiner(
            caller=self._caller,
            readout=readout,
            protocol=self.protocol,
            interlocutor=self._writer,
        )


def check_served(readout: ReadoutName, can: Capabilities) -> None:
    """Hold that a respondent can be read this way.

    Raises:
        UnservedError: It cannot; says what to use.
    """
    if readout == "logprob" and not can.labels:
        raise UnservedError(
            "this respondent reports no label log-probabilities, which `--readout logprob` needs: "
            "use `--readout sampled`"
        )
    if readout == "likelihood" and not can.score:
        raise UnservedError(
            "this respondent cannot score whole replies, which `--readout likelihood` needs: "
            "use `--readout sampled`"
        )
