"""Live sides: the baseline's plan asked of them, judged as the baseline was, as tables."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gadfly.bot.errors import ConfigError, IdentityError, RateLimited, StoreError, TransportError
from gadfly.bot.identity import Identity
from gadfly.eval.event import RunStarted, Said
from gadfly.eval.gate.again import again, part_of, plan_again
from gadfly.eval.gate.runs import table_of_store
from gadfly.eval.judging.stage import JudgeSettings, judge_run, next_epoch
from gadfly.eval.judging.verdicts import Judging, reader_id
from gadfly.eval.manifest import FILE as MANIFEST
from gadfly.eval.runner import UnservedError
from gadfly.eval.seal import seal, seal_verdicts
from gadfly.eval.session import opened
from gadfly.eval.store import FILE as STORE
from gadfly.eval.store import Store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Sequence
    from pathlib import Path

    from gadfly.bot.respondent import Respondent
    from gadfly.eval.event import Event
    from gadfly.eval.gate.again import Candidate
    from gadfly.eval.gate.table import Table
    from gadfly.eval.manifest import Manifest
    from gadfly.eval.plan import Plan
    from gadfly.eval.runner import Run

_WIRE = frozenset(each.__name__ for each in (TransportError, RateLimited))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """A judge, and which of its judgings is meant."""

    make: Callable[[], Respondent]
    """Builds it anew for every judging."""
    epoch: int
    may_be_subject: bool = False

    async def reader(self, emit: Callable[[Event], None]) -> str:
        """Return the id of how replies are read with this judge (`verdicts.reader_id`).

        Raises:
            RespondentError: The judge cannot be reached.
        """
        judge = self.make()
        try:
            return reader_id(Judging(judge=await judge.open(lambda text: emit(Said(text)))))
        finally:
            await judge.aclose()

    async def judge(self, store: Store, emit: Callable[[Event], None]) -> None:
        """Judge what the rules are unsure of in a store.

        Raises:
            ConfigError: The judge is the subject.
            RespondentError: The judge is gone, or gave no verdict on some replies.
        """
        judge = self.make()
        settings = JudgeSettings(epoch=self.epoch, may_be_subject=self.may_be_subject)
        try:
            result = await judge_run(judge, store, settings, emit)
        finally:
            await judge.aclose()
        if result.failed:
            raise TransportError(
                f"the judge gave no verdict on {result.failed} of {result.doubtful} replies "
                f"({result.first_failure}); the same command tries only these again"
            )


def fresh_epoch(source: Path) -> int:
    """Return an epoch no judge has judged a run in; 0 for an exported file.

    Raises:
        StoreError: The store is damaged.
    """
    if not source.is_dir():
        return 0
    store = Store.read(source)
    try:
        return next_epoch(store)
    finally:
        store.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What it takes to ask somebody what a baseline was asked."""

    baseline: Manifest
    candidate: Candidate
    bench: Bench | None
    """None where nobody judges."""
    emit: Callable[[Event], None]
    itself: bool = False
    """Whether it must be the baseline's own model that answers."""

    async def table(
        self,
        folder: Path,
        *,
        epoch: int,
        looks: Sequence[Iterable[str]],
        enough: Callable[[Table], bool] = lambda table: False,
    ) -> Table:
        """Ask the plan of the families of a first look, then of the next, into a folder.

        What is there is not asked again. No further look is taken once the table of the last was
        `enough`.

        Raises:
            GadflyError: As `sitting`, `Sitting.ask` and `Sitting.table` do.
        """
        async with self.sitting(folder, epoch=epoch, first=looks[0]) as sitting:
            for families in looks:
                await sitting.ask(families)
                found = await sitting.table()
                if enough(found):
                    break
            return found

    @contextlib.asynccontextmanager
    async def sitting(
        self, folder: Path, *, epoch: int, first: Iterable[str]
    ) -> AsyncIterator[Sitting]:
        """Reach who is to be asked; on leaving say so where nobody had to be asked any more.

        `first` are the families asked about first.

        Raises:
            GadflyError: As `session.opened` does.
            IdentityError: Another model answers than the one of the baseline, and must not.
        """
        config = again(self.baseline, self.candidate, epoch=epoch)
        whole, protocol = plan_again(self.baseline, config)
        part = part_of(whole, frozenset(first))
        try:
            async with opened(config, part, protocol, folder, self.emit, whole=whole) as (run, m):
                self._check_identity(m)
                sitting = Sitting(
                    run=run, whole=whole, folder=folder, bench=self.bench, emit=self.emit
                )
                yield sitting
        except UnservedError as e:
            raise ConfigError(
                f"the baseline was read by {self.baseline.readout.name}, and {config.model} cannot "
                f"be: {e}; make a baseline that is read by what both can be read by"
            ) from e
        if not sitting.made:
            self.emit(
                Said(
                    f"nobody was asked: these answers were kept in {folder} "
                    "(to ask afresh, give another --out)"
                )
            )

    def _check_identity(self, manifest: Manifest) -> None:
        ours, theirs = Identity(**self.baseline.respondent), Identity(**manifest.respondent)
        if self.itself and ours != theirs:
            raise IdentityError(
                "this is not the baseline's model, and so nothing is learnt about its noise "
                f"({'; '.join(ours.differences(theirs))}): name the baseline's own"
            )


@dataclass(slots=True, kw_only=True)
class Sitting:
    """Somebody who is being asked a plan, some families after the other."""

    run: Run
    whole: Plan
    """Of which `run` asks a part at a time."""
    folder: Path
    bench: Bench | None
    emit: Callable[[Event], None]
    made: int = 0
    """Calls so far."""

    def trials_of(self, families: Iterable[str]) -> tuple[int, int]:
        """Count the trials of some families, and those of them that are finished."""
        keys = part_of(self.whole, frozenset(families)).keys(self.run.protocol)
        self.run.store.set_plan(keys)
        return len(keys), len(self.run.store.finished())

    async def ask(self, families: Iterable[str]) -> None:
        """Ask whatever of the families is not finished.

        Raises:
            GadflyError: As `Run.go` does; whatever is finished is kept.
            TransportError: Trials failed because nobody answered; the same again tries only them.
        """
        self.run.plan = part_of(self.whole, frozenset(families))
        self.made = (await self.run.go()).calls_made
        _check_wire(self.run.store)

    async def table(self) -> Table:
        """Return the table of the families asked last, judged where somebody judges.

        Raises:
            GadflyError: As `Bench.judge` and `table_of_store` do.
        """
        if self.bench is not None:
            await self.bench.judge(self.run.store, self.emit)
        seal(self.folder, self.run.store, plan=self.run.plan.hash(self.run.protocol))
        return table_of_store(self.folder, self.run.store)


async def in_turns(
    sides: tuple[Place, Place],
    looks: Sequence[Iterable[str]],
    enough: Callable[[Table, Table], bool] | None = None,
) -> tuple[Table, Table]:
    """Ask two sides the same families, look by look, and return their tables.

    Looks grow: each has the families of the one before. Who is asked first changes with every
    look (A B, B A, A B, …), so that what drifts on the way, a server or its load, falls on both
    alike, and a steady drift cancels. Without `enough` all looks are asked.

    Raises:
        GadflyError: As `Asking.table` does; whatever is finished is kept.
    """
    async with contextlib.AsyncExitStack() as stack:
        both = [await stack.enter_async_context(place.sitting(looks[0])) for place in sides]
        ours, theirs = both
        counts = [sitting.trials_of(looks[-1]) for sitting in both]
        sides[0].asking.emit(
            RunStarted(planned=sum(n for n, _ in counts), finished=sum(n for _, n in counts))
        )
        for i, families in enumerate(looks):
            for sitting in both if i % 2 == 0 else reversed(both):
                await sitting.ask(families)
            if enough is not None and enough(await ours.table(), await theirs.table()):
                break
        return await ours.table(), await theirs.table()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One side of two that are asked in turns: who, where it is kept, in which epoch."""

    asking: Asking
    folder: Path
    epoch: int

    def sitting(self, first: Iterable[str]) -> contextlib.AbstractAsyncContextManager[Sitting]:
        """Reach it; its runs are not announced one by one."""
        quiet = replace(self.asking, emit=self._pass_on)
        return quiet.sitting(self.folder, epoch=self.epoch, first=first)

    def _pass_on(self, event: Event) -> None:
        if not isinstance(event, RunStarted):
            self.asking.emit(event)


def _check_wire(store: Store) -> None:
    """Make sure that no trial is missing for want of a server.

    What broke for another reason (a dialogue too long for the model) is missing data.
    """
    trials = store.trials()
    lost = [t.failure for t in trials if t.failure is not None and t.failure.error_type in _WIRE]
    if lost:
        raise TransportError(
            f"{len(lost)} of {len(trials)} trials got no answer ({lost[0].message}): what is "
            "finished is kept; once the server is mended, the same command tries only these again"
        )


async def judged_anew(
    source: Path, folder: Path, bench: Bench, emit: Callable[[Event], None]
) -> Table:
    """Judge a copy of a run, made in `folder`, and return its table; the run stays as it is.

    Raises:
        GadflyError: As `Bench.judge` does; verdicts that are there are kept.
        StoreError: The copy cannot be made.
    """
    if not (folder / MANIFEST).exists():
        _copy(source, folder)
    store = Store.create(folder)
    try:
        await bench.judge(store, emit)
        seal_verdicts(folder, store)
        return table_of_store(folder, store)
    finally:
        store.close()


def _copy(source: Path, folder: Path) -> None:
    """Copy store and manifest, the manifest last: a copy that was stopped has none."""
    store = Store.create(folder)
    store.close()
    try:
        with (
            contextlib.closing(sqlite3.connect(source / STORE)) as ours,
            contextlib.closing(sqlite3.connect(folder / STORE)) as copy,
        ):
            ours.backup(copy)
        shutil.copyfile(source / MANIFEST, folder / MANIFEST)
        (folder / MANIFEST).chmod(0o600)
    except (OSError, sqlite3.Error) as e:
        raise StoreError(f"cannot copy {str(source)!r} to {str(folder)!r}: {e}") from e
