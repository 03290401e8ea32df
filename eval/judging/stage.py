"""Asking the judge: every doubtful reply of a run, on the judge's own endpoint."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gadfly.bot.errors import ConfigError, RespondentError, TransportError, Unsupported
from gadfly.bot.judging import Case, ballots, choice_of, settle, shares_of
from gadfly.eval.caller import Caller, Limits
from gadfly.eval.dialogue import worst
from gadfly.eval.event import Said
from gadfly.eval.judging.doubt import doubts
from gadfly.eval.judging.verdicts import Judging, StoredVerdict
from gadfly.eval.runner import GONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from gadfly.bot.identity import Identity
    from gadfly.bot.judging import Ballot, Class
    from gadfly.bot.proposition import Proposition
    from gadfly.bot.respondent import Respondent
    from gadfly.eval.event import Event
    from gadfly.eval.judging.doubt import Doubt
    from gadfly.eval.store import Store

PATIENCE = 8
"""Replies that may fail one after another, with nobody answering, before judging gives up."""
_AT_A_TIME = 4
"""Replies under way per slot of the judge: each has two orders, some of them two looks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeSettings:
    """How judging is to go."""

    epoch: int = 0
    """Another one asks the judge afresh."""
    may_be_subject: bool = False
    """Lets a model judge its own replies; the report says so."""
    concurrency: int | None = None
    """Calls in flight; the judge's own number where None."""
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeResult:
    """What a judging came to."""

    judging: Judging
    doubtful: int
    """Replies the rules are unsure of."""
    judged: int
    failed: int
    """Replies the judge could not be asked about, or gave no answer on."""
    calls_made: int
    first_failure: str
    """Message of the first failure, "" without one."""


@dataclass(slots=True, kw_only=True)
class _Progress:
    """What has gone wrong so far, over all tasks."""

    failures: list[str] = field(default_factory=list)
    in_a_row: int = 0

    def failed(self, error: RespondentError) -> None:
        """Note a failure; give up when nobody answers any more.

        Raises:
            TransportError: Too many in a row failed in transport.
        """
        self.failures.append(str(error))
        self.in_a_row = self.in_a_row + 1 if isinstance(error, GONE) else 0
        if self.in_a_row >= PATIENCE:
            raise TransportError(
                f"the judge: gave up after {PATIENCE} replies in a row failed: {error}"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Docket:
    """Replies to be judged, of whatever origin."""

    doubts: Sequence[Doubt]
    case_of: Callable[[Doubt], Case]
    """Finds the words of a reply; raises `RespondentError` where they are gone."""
    subject: Identity | None = None
    """The model that gave them, where they are of one that is known."""


async def judge_run(
    judge: Respondent,
    store: Store,
    settings: JudgeSettings,
    emit: Callable[[Event], None],
) -> JudgeResult:
    """Judge what the rules are unsure of in a run, and have its reports use the verdicts.

    Raises:
        ConfigError: The judge is the subject itself, or the store has no run in it.
        RespondentError: As `judge_all` does.
        BudgetSpentError: As `judge_all` does.
    """
    if store.identity is None:
        raise ConfigError(f"{str(store.folder)!r} has no run in it yet")
    propositions = store.propositions()
    docket = Docket(
        doubts=doubts(store.trials()),
        case_of=lambda doubt: _stored_case(store, doubt, propositions),
        subject=store.identity,
    )
    return await judge_all(judge, docket, store, settings, emit)


async def judge_all(
    judge: Respondent,
    docket: Docket,
    store: Store,
    settings: JudgeSettings,
    emit: Callable[[Event], None],
) -> JudgeResult:
    """Judge replies, keeping calls and verdicts in a store, whose current judging this becomes.

    Verdicts that are there are not asked for again. The judge is not closed.

    Raises:
        ConfigError: The judge is the model that gave the replies.
        RespondentError: The judge is gone for good; verdicts it gave are kept.
        BudgetSpentError: A cap is reached; verdicts it gave are kept.
    """
    subject = docket.subject
    identity = await judge.open(lambda text: emit(Said(f"judge: {text}")))
    is_subject = subject is not None and same_model(identity, subject)
    if is_subject and not settings.may_be_subject:
        raise ConfigError(
            f"the judge is the model that was questioned ({identity.model}), and nobody should be "
            "their own judge: name another one, or insist with --judge-is-subject"
        )
    judging = Judging(judge=identity, epoch=settings.epoch, is_subject=is_subject)
    store.set_judging(judging.text())
    caller = Caller(
        respondent=judge,
        identity=identity,
        store=store,
        concurrency=settings.concurrency or judge.capabilities.concurrency,
        emit=emit,
        limits=settings.limits,
        epoch=settings.epoch,
        asked_as="judge",
    )
    return await _Stage(caller=caller, docket=docket, judging=judging).run()


def same_model(judge: Identity, subject: Identity) -> bool:
    """Tell whether two identities are one model, whatever its system prompt or its server.

    Model and revision decide; where one of them reports no revision, the model alone.
    """
    if judge.model != subject.model:
        return False
    return judge.revision == subject.revision or not (judge.revision and subject.revision)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stage:
    """Judges one docket."""

    caller: Caller
    docket: Docket
    judging: Judging
    progress: _Progress = field(default_factory=_Progress)

    async def run(self) -> JudgeResult:
        """Ask about everything that has no verdict yet."""
        store = self.caller.store
        open_ = self.docket.doubts
        done = {
            (v.reply, v.about, v.look)
            for v in map(StoredVerdict.of, store.verdicts(self.judging.id))
        }
        todo = iter(
            [
                (doubt, look)
                for doubt in open_
                for look in ((0, 1) if doubt.is_looked_at_twice else (0,))
                if (doubt.reply, doubt.about, look) not in done
            ]
        )
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(_AT_A_TIME * self.caller.concurrency):
                    group.create_task(self._work(todo))
        except ExceptionGroup as e:
            raise worst(e) from e
        finally:
            await self.caller.drain()
        there = {
            (v.reply, v.about)
            for v in map(StoredVerdict.of, store.verdicts(self.judging.id))
            if v.look == 0
        }
        judged = sum((d.reply, d.about) in there for d in open_)
        failures = self.progress.failures
        return JudgeResult(
            judging=self.judging,
            doubtful=len(open_),
            judged=judged,
            failed=len(open_) - judged,
            calls_made=self.caller.made,
            first_failure=failures[0] if failures else "",
        )

    async def _work(self, todo: Iterator[tuple[Doubt, int]]) -> None:
        for doubt, look in todo:
            try:
                found = await self._judged(doubt, look)
            except RespondentError as e:
                self.progress.failed(e)
                continue
            self.progress.in_a_row = 0
            self.caller.store.put_verdict(found.key(self.judging), self.judging.id, found.body())

    async def _judged(self, doubt: Doubt, look: int) -> StoredVerdict:
        """Ask both orders of a look."""
        orders, calls = [], []
        for ballot in ballots(self.docket.case_of(doubt), look):
            shares, keys = await self._answer(ballot)
            orders.append(shares)
            calls += keys
        return StoredVerdict(
            reply=doubt.reply,
            about=doubt.about,
            family=doubt.family,
            look=look,
            verdict=settle(orders),
            calls=tuple(calls),
        )

    async def _answer(self, ballot: Ballot) -> tuple[Mapping[Class, float] | None, list[str]]:
        """Read the labels' probabilities; have the label written where there are none to read."""
        keys = []
        if self.caller.respondent.capabilities.labels:
            with contextlib.suppress(Unsupported):
                key, done = await self.caller.call(ballot.by_labels(), replicate=0)
                keys.append(key)
                shares = shares_of(ballot, done)
                if shares is not None:
                    return shares, keys
        key, done = await self.caller.call(ballot.by_choice(), replicate=0)
        return choice_of(ballot, done), [*keys, key]


def _stored_case(store: Store, doubt: Doubt, propositions: Mapping[str, Proposition]) -> Case:
    """Return a reply of a run with what was asked.

    Raises:
        RespondentError: It is not in the store.
    """
    about = propositions.get(doubt.about)
    kept = next(iter(store.calls([doubt.reply])), None)
    if about is None or kept is None:
        raise RespondentError(
            "a reply cannot be judged: its text or its question is not in the store (the run was "
            "made by an older Gadfly)"
        )
    asked = kept.conversation.message
    return Case(about=about, asked="" if asked is None else asked.text, reply=kept.completion.text)


def next_epoch(store: Store) -> int:
    """Return the epoch of a re-judging: one after that of the current judging, 0 without one."""
    text = store.judging
    return 0 if text is None else Judging.of(text).epoch + 1
