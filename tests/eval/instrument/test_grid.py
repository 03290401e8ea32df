"""The looks of a check, on runs whose outcomes are given."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from gadfly.eval.instrument.grid import CLOSER, Grid, checked
from gadfly.eval.instrument.matrix import ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.eval.instrument.measure import Job, Values

ROW = ROWS["bracketing said"]
RATE = ROWS["smothering said"]
FAMILIES = 24


def found(job: Job, spread: float = 0.4) -> Values:
    """Return what follows its own trait, and under "slip" is moved by chance."""
    traits = dict(job.traits)
    value = 1.0 - traits.get("mispricing", 0.0)
    spread = spread if traits.get("slip") else 0.0
    moved = 0.3 if traits.get("decay") else 0.0
    signs = itertools.cycle((1.0, -1.0))
    return {f"f{i:02}": (value + moved + spread * next(signs),) for i in range(FAMILIES)}


def test_what_is_left_open_is_looked_at_closer() -> None:
    """With more simulants the same cell is settled; those asked before are not asked again."""
    asked: list[tuple[Job, ...]] = []

    def made(jobs: Sequence[Job]) -> dict[Job, dict[str, Values]]:
        asked.append(tuple(jobs))
        return {job: {ROW.name: found(job)} for job in jobs}

    done = checked(Grid(rows=(ROW,), traits=("mispricing", "slip", "decay", "strength")), made)
    cells = {cell.trait: cell for cell in done.cells}
    first, closer = asked

    assert {job.seed for job in first} == {0}
    assert [(job.seed, job.raised) for job in closer] == [
        (seed, raised) for seed in range(1, CLOSER[0]) for raised in ("", "slip")
    ]
    assert (cells["slip"].standing, cells["slip"].times) == ("pass", CLOSER[0])
    assert (cells["decay"].standing, cells["decay"].times) == ("fail", 1)
    assert (cells["strength"].standing, cells["strength"].times) == ("pass", 1)


def test_what_is_still_open_is_looked_at_once_more() -> None:
    """With yet more simulants, up to the last look, which counts, whatever it shows."""
    asked: list[tuple[Job, ...]] = []

    def made(jobs: Sequence[Job]) -> dict[Job, dict[str, Values]]:
        asked.append(tuple(jobs))
        return {job: {ROW.name: found(job, spread=1.2)} for job in jobs}

    done = checked(Grid(rows=(ROW,), traits=("mispricing", "slip")), made)

    ends = (1, *CLOSER)
    assert [{job.seed for job in jobs} for jobs in asked] == [
        set(range(first, last)) for first, last in itertools.pairwise((0, *ends))
    ]
    assert [(cell.standing, cell.times) for cell in done.cells] == [("pass", CLOSER[-1])]


def test_an_own_trait_that_is_not_recovered_is_looked_at_closer() -> None:
    """One simulant may bend a slope; more of them put it right, or fail it."""

    def made(jobs: Sequence[Job]) -> dict[Job, dict[str, Values]]:
        return {job: {RATE.name: rate(job)} for job in jobs}

    def rate(job: Job) -> Values:
        bent = 1.0 if job.seed else 0.7
        return {f"f{i:02}": (bent * dict(job.traits).get("smothering", 0.0),) for i in range(9)}

    done = checked(Grid(rows=(RATE,), traits=("smothering",)), made)

    assert done.recoveries[RATE.name].times == CLOSER[0]
    assert done.standing == "pass"


def test_nothing_open_takes_one_look() -> None:
    """No second batch of runs is asked for."""
    asked: list[int] = []

    def made(jobs: Sequence[Job]) -> dict[Job, dict[str, Values]]:
        asked.append(len(jobs))
        return {job: {ROW.name: found(job)} for job in jobs}

    checked(Grid(rows=(ROW,), traits=("mispricing", "strength")), made)

    assert len(asked) == 1
