"""Runs a plan: many dialogues at once against one respondent, into one store.

To resume, extend or re-score is to run again: trials that are finished are skipped, calls that
were committed are reused, and nothing else is remembered between runs.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gadfly.bot.errors import ConfigError, RespondentError, TransportError
from gadfly.bot.readout import make_readout
from gadfly.eval import calibration
from gadfly.eval.caller import Caller, Limits, Spent
from gadfly.eval.dialogue import Examiner, worst
from gadfly.eval.event import RunStarted, Said, TrialFinished

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gadfly.bot.identity import Identity
    from gadfly.bot.respondent import Capabilities, ReadoutName, Respondent
    from gadfly.eval.calibration import Choice
    from gadfly.eval.event import Event
    from gadfly.eval.plan import Plan, Protocol, Trial
    from gadfly.eval.record import TrialRecord
    from gadfly.eval.store import Store


class UnservedError(ConfigError):
    """The readout asked for is one the respondent cannot serve."""


PATIENCE = 8
"""Trials that may fail in transport one after another before the run gives up."""

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
    _failures: list[str] = field(default_factory=list)
    _in_a_row: int = 0

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
        self._caller = self._calling(self.respondent, identity, Spent())
        if self.interlocutor is not None:
            await self._open_interlocutor(self.interlocutor, self._caller.spent)
        return identity

    async def _open_interlocutor(self, interlocutor: Respondent, spent: Spent) -> None:
        """Reach the interlocutor, tie the store to it, and make it part of the protocol."""
        identity = await interlocutor.open(lambda text: self.emit(Said(f"interlocutor: {text}")))
        self.store.claim(identity, role="interlocutor")
        self.interlocutor_identity = identity
        self.protocol = replace(self.protocol, interlocutor=identity.digest.hex())
        self._writer = self._calling(interlocutor, identity, spent)

    def _calling(self, respondent: Respondent, identity: Identity, spent: Spent) -> Caller:
        return Caller(
            respondent=respondent,
            identity=identity,
            store=self.store,
            concurrency=self.concurrency or respondent.capabilities.concurrency,
            emit=self.emit,
            limits=self.limits,
            epoch=self.protocol.epoch,
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
        _check_served(choice.readout, can)
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
        self.store.set_plan(keys)
        done = self.store.finished()
        self.emit(RunStarted(planned=len(keys), finished=len(done)))
        todo = iter([(t, k) for t, k in zip(self.plan.trials, keys, strict=True) if k not in done])
        examiner = self._examiner()
        caller = examiner.caller
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(_DIALOGUES_PER_SLOT * caller.concurrency):
                    group.create_task(self._work(examiner, todo))
        except ExceptionGroup as e:
            raise worst(e) from e
        finally:
            await caller.drain()
            if self._writer is not None:
                await self._writer.drain()
        finished = len(self.store.finished())
        return RunResult(
            planned=len(keys),
            finished=finished,
            failed=len(keys) - finished,
            calls_made=caller.made,
            first_failure=self._failures[0] if self._failures else "",
        )

    async def _work(self, examiner: Examiner, todo: Iterator[tuple[Trial, str]]) -> None:
        for trial, key in todo:
            record, error = await examiner.hold(trial, key)
            await self.store.put_trial(record)
            self.emit(TrialFinished(record))
            self._note(record, error)

    def _note(self, record: TrialRecord, error: RespondentError | None) -> None:
        """Give up when the respondent answers nobody any more."""
        if error is None:
            self._in_a_row = 0
            return
        self._failures.append(str(error))
        self._in_a_row = self._in_a_row + 1 if isinstance(error, TransportError) else 0
        if self._in_a_row >= PATIENCE:
            raise TransportError(
                f"gave up after {PATIENCE} dialogues in a row failed, the last in "
                f"{record.family!r}: {error}"
            )

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


def _check_served(readout: ReadoutName, can: Capabilities) -> None:
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
