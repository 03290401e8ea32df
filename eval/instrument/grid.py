"""The grid: every run the matrix needs, made once, and the verdict on what came of them."""

from __future__ import annotations

import os
import signal
import threading
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_context
from typing import TYPE_CHECKING, TypeVar

from gadfly.eval.instrument.kept import Kept
from gadfly.eval.instrument.laws import law_of
from gadfly.eval.instrument.matrix import ROWS, TRAITS, base_of, high, level
from gadfly.eval.instrument.measure import Job, measured, surveyed
from gadfly.eval.instrument.verdict import Fault, adjusted, cell, recovery

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from gadfly.eval.instrument.declaration import Row
    from gadfly.eval.instrument.kept import Made
    from gadfly.eval.instrument.measure import Values
    from gadfly.eval.instrument.verdict import Cell, Recovery, Standing

    Found = Mapping[Job, Mapping[str, Values]]
    """What each metric found in each run."""
    Make = Callable[[Sequence[Job]], Found]
    Pairs = Iterator[tuple[Job, "T"]]

T = TypeVar("T")

_LOOK_S = 1.0
"""How often a worker looks whether it is still wanted."""
CLOSER = (4, 16, 64)
"""Simulants asked in each closer look, those before among them, where one is asked at first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The part of the matrix that is checked."""

    rows: tuple[Row, ...] = tuple(ROWS.values())
    traits: tuple[str, ...] = TRAITS

    @property
    def jobs(self) -> tuple[Job, ...]:
        """Return the runs it takes, each once, those of a ground together."""
        wanted = dict.fromkeys(job for row in self.rows for job in self._jobs(row))
        grounds = {job.ground: i for i, job in enumerate(wanted)}
        return tuple(sorted(wanted, key=lambda job: grounds[job.ground]))

    def others(self, row: Row) -> tuple[str, ...]:
        """Return the traits that are not a row's own."""
        return tuple(trait for trait in self.traits if trait != row.own.trait)

    def _jobs(self, row: Row) -> Iterator[Job]:
        if row.own.trait in self.traits:
            yield from own_jobs(row)
            for trait in self.others(row):
                yield from pair_of(row.ground, trait)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What became of a grid."""

    grid: Grid
    recoveries: Mapping[str, Recovery]
    """By row name."""
    cells: tuple[Cell, ...]
    """Those that are not a metric's own."""

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What did not pass: own traits that are not recovered, then the rest, failures first."""
        own = [
            Fault(row=name, trait=r.own.trait, what=r)
            for name, r in self.recoveries.items()
            if r.standing != "pass"
        ]
        rest = [Fault(row=c.row, trait=c.trait, what=c) for c in self.cells if c.standing != "pass"]
        return (*own, *sorted(rest, key=lambda fault: fault.standing != "fail"))

    @property
    def standing(self) -> Standing:
        """The worst of any cell."""
        faults = self.faults
        if not faults:
            return "pass"
        return "fail" if any(fault.standing == "fail" for fault in faults) else "open"


def own_jobs(row: Row, seed: int = 0) -> tuple[Job, ...]:
    """Return the runs of one simulant at the levels of a row's own trait."""
    jobs = (_job(row.ground, **{row.own.trait: at}) for at in row.own.levels)
    return tuple(replace(job, seed=seed) for job in jobs)


def pair_of(ground: str, trait: str, seed: int = 0) -> tuple[Job, Job]:
    """Return the runs of one simulant before and after a trait is raised."""
    pair = _job(ground), _job(ground, **{trait: high(ground, trait)})
    return replace(pair[0], seed=seed), replace(pair[1], seed=seed)


def checked(grid: Grid, make: Make) -> Check:
    """Check a grid, and look closer (`CLOSER`) at what is left open or is not recovered.

    `make` makes runs and returns what they found (`run`).
    """
    found = dict(make(grid.jobs))
    seen = check(found, grid)
    for times in CLOSER:
        seen = _looked_closer(seen, times, found, make)
    return seen


def _looked_closer(
    seen: Check, times: int, found: dict[Job, Mapping[str, Values]], make: Make
) -> Check:
    """Return a check in which what was open, or not recovered, is judged by more simulants.

    `found` is what the looks before found; what this one does is put to it.
    """
    own = [ROWS[name] for name, r in seen.recoveries.items() if r.standing != "pass"]
    left = [cell for cell in seen.cells if cell.standing == "open"]
    wanted = [job for row in own for seed in range(times) for job in own_jobs(row, seed)]
    wanted += [
        job
        for cell in left
        for seed in range(times)
        for job in pair_of(ROWS[cell.row].ground, cell.trait, seed)
    ]
    jobs = tuple(dict.fromkeys(job for job in wanted if job not in found))
    if not jobs:
        return seen
    found |= make(jobs)
    recoveries = dict(seen.recoveries) | {row.name: _recovery(found, row, times) for row in own}
    closer = [_cell(found, recoveries[c.row], ROWS[c.row], c.trait, times) for c in left]
    judged = {(cell.row, cell.trait): cell for cell in adjusted(closer)}
    cells = tuple(judged.get((cell.row, cell.trait), cell) for cell in seen.cells)
    return replace(seen, recoveries=recoveries, cells=cells)


def check(found: Found, grid: Grid) -> Check:
    """Judge every cell of a grid at a first look, by the runs made for it."""
    rows = [row for row in grid.rows if row.own.trait in grid.traits]
    recoveries = {row.name: _recovery(found, row) for row in rows}
    cells = [
        _cell(found, recoveries[row.name], row, trait) for row in rows for trait in grid.others(row)
    ]
    return Check(grid=grid, recoveries=recoveries, cells=adjusted(cells))


def _recovery(found: Found, row: Row, times: int = 1) -> Recovery:
    """Judge a row's own trait by the runs of so many simulants at its levels."""
    levels = zip(*(own_jobs(row, seed) for seed in range(times)), strict=True)
    return recovery(row.own, [_gathered(found, row.name, jobs) for jobs in levels], times)


def _cell(found: Found, own: Recovery, row: Row, trait: str, times: int = 1) -> Cell:
    """Judge a cell by the runs of so many simulants before and after its trait is raised."""
    pairs = zip(*(pair_of(row.ground, trait, seed) for seed in range(times)), strict=True)
    before, after = (_gathered(found, row.name, jobs) for jobs in pairs)
    judged = cell(row.name, trait, law_of(row.name, trait), own, (before, after))
    return replace(judged, times=times)


def _gathered(found: Found, row: str, jobs: Sequence[Job]) -> Values:
    """Return what a metric found in the runs of several simulants, each with its own families.

    What a family is asked, as many stances are asked as there are simulants, and drawn apart.
    """
    return {
        f"{family} #{job.seed}": values
        for job in jobs
        for family, values in found[job][row].items()
    }


def run(
    jobs: Sequence[Job],
    *,
    workers: int | None = None,
    tell: Callable[[Job], None],
    kept: Kept | None = None,
) -> dict[Job, dict[str, Values]]:
    """Make runs in processes of their own, one for each processor, and return what they found.

    First those in which no trait is raised. A run that differs from one of them in a trait that
    was not looked at there is not made: it would find the same. `tell` is called with each run as
    it is settled. What is `kept` is not made again, and what is made is kept.
    """
    kept = Kept() if kept is None else kept
    found: dict[Job, dict[str, Values]] = {}
    looked_at: dict[Job, frozenset[str] | None] = {}
    usual = {(job.ground, job.seed): job for job in jobs if not job.raised}
    with _mapped(min(workers or os.cpu_count() or 1, len(jobs))) as each:
        for job, made in kept.first(tuple(usual.values()), lambda left: each(surveyed, left)):
            found[job], looked_at[job] = made
            tell(job)
        rest = []
        for job in (job for job in jobs if job.raised):
            plain = usual.get((job.ground, job.seed))
            looked = None if plain is None else looked_at[plain]
            if plain is None or looked is None or job.raised in looked:
                rest.append(job)
            else:
                found[job] = found[plain]
                tell(job)
        for job, made in kept.first(tuple(dict.fromkeys(rest)), lambda left: each(_made, left)):
            found[job] = made[0]
            tell(job)
    return found


def _made(job: Job) -> Made:
    return measured(job), None


@contextmanager
def _mapped(workers: int) -> Iterator[Callable[[Callable[[Job], T], Sequence[Job]], Pairs[T]]]:
    """Offer to do something with each of many jobs, in so many processes, as they get done."""
    if workers <= 1:
        yield lambda do, jobs: ((job, do(job)) for job in jobs)
        return
    pool = ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_serve, initargs=(os.getpid(),)
    )

    def each(do: Callable[[Job], T], jobs: Sequence[Job]) -> Pairs[T]:
        futures = {pool.submit(do, job): job for job in jobs}
        return ((futures[future], future.result()) for future in as_completed(futures))

    try:
        yield each
    finally:
        pool.shutdown(cancel_futures=True)


def _job(ground: str, **raised: float) -> Job:
    """Return a run with traits raised over what they are in a ground."""
    traits = base_of(ground) | {t: at for t, at in raised.items() if at != level(ground, t)}
    name = next((t for t, at in raised.items() if at != level(ground, t)), "")
    return Job(ground=ground, traits=tuple(sorted(traits.items())), raised=name)


def _serve(parent: int) -> None:
    """Leave Ctrl-C to the process that started this one, and end when it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    """End this process, whatever it is doing, once another one is its parent."""
    while os.getppid() == parent:
        time.sleep(_LOOK_S)
    os._exit(1)
