"""Two live sides asked in turns: what drifts on the way falls on both."""

from __future__ import annotations

import asyncio
from itertools import groupby
from typing import TYPE_CHECKING

import pytest
from support.runs import ask

from gadfly.eval.event import RunStarted, TrialFinished
from gadfly.eval.gate.again import BESIDE_FIRST, FIRST, Candidate
from gadfly.eval.gate.live import Asking, Place, in_turns
from gadfly.eval.gate.run import read_baseline

if TYPE_CHECKING:
    from pathlib import Path

    from gadfly.eval.event import Event
    from gadfly.eval.gate.table import Table

MODEL = "sim:calibrated?noise=0.3"


@pytest.fixture
def baseline(tmp_path: Path) -> Table:
    """Return the table of a run of eight families, each asked twice."""
    folder = tmp_path / "baseline"
    ask(MODEL, folder, "repeat", suite="quick", limit=8, replicates=2)
    return read_baseline(folder)


def turns(
    baseline: Table, folder: Path, looks: list[tuple[str, ...]], stop_at: int = 99
) -> tuple[list[tuple[str, frozenset[str]]], list[RunStarted], tuple[Table, Table]]:
    """Ask in turns; return who was asked which families in which order, and the tables."""
    asked: list[tuple[str, str]] = []
    started: list[RunStarted] = []

    def place(name: str, epoch: int) -> Place:
        def emit(event: Event) -> None:
            if isinstance(event, TrialFinished):
                asked.append((name, event.record.family))
            if isinstance(event, RunStarted):
                started.append(event)

        asking = Asking(
            baseline=baseline.manifest, candidate=Candidate(spec=MODEL), bench=None, emit=emit
        )
        return Place(asking=asking, folder=folder / name, epoch=epoch)

    sides = (place("ours", BESIDE_FIRST), place("theirs", FIRST))
    tables = asyncio.run(in_turns(sides, looks, lambda ours, theirs: len(ours.families) >= stop_at))
    order = [
        (name, frozenset(family for _, family in group))
        for name, group in groupby(asked, key=lambda each: each[0])
    ]
    return order, started, tables


def test_batches_alternate_and_so_does_who_begins(baseline: Table, tmp_path: Path) -> None:
    """A B, B A, A B: whole families, each asked of both; one start is told, of both sides."""
    looks = [baseline.families[:n] for n in (2, 4, 6)]
    order, started, (ours, theirs) = turns(baseline, tmp_path, looks)
    one, two, three = (frozenset(baseline.families[i : i + 2]) for i in (0, 2, 4))

    # The second of a pair and the first of the next are one side's: they run on.
    assert order == [("ours", one), ("theirs", one | two), ("ours", two | three), ("theirs", three)]
    assert ours.families == theirs.families == tuple(sorted(baseline.families[:6]))
    assert ours.manifest.epoch - theirs.manifest.epoch == BESIDE_FIRST - FIRST
    assert [(s.planned, s.finished) for s in started] == [(24, 0)]


def test_it_stops_where_enough_is_known_and_goes_on_where_it_was(
    baseline: Table, tmp_path: Path
) -> None:
    """No side is asked past the look that settles it; what was asked is not asked again."""
    looks = [baseline.families[:n] for n in (2, 4, 6)]
    order, _, (ours, theirs) = turns(baseline, tmp_path, looks, stop_at=4)
    again, started, _ = turns(baseline, tmp_path, looks)

    assert len(ours.families) == len(theirs.families) == 4
    assert {name for name, _ in order} == {"ours", "theirs"}
    assert frozenset().union(*(families for _, families in again)) == frozenset(
        baseline.families[4:6]
    )
    assert [(s.planned, s.finished) for s in started] == [(24, 16)]
