"""`gadfly instrument`: hold every metric against every trait of the simulants."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gadfly.bot.errors import ConfigError, unknown
from gadfly.eval.cli.output import print_json
from gadfly.eval.cli.progress import clock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from gadfly.eval.instrument.grid import Found, Grid
    from gadfly.eval.instrument.measure import Job

EXIT = {"pass": 0, "open": 3, "fail": 5}
"""An instrument that is wrong is a fault of Gadfly's own: 5. One that could not be shown to be
right is inconclusive: 3."""
_JOB_S = 2.0
"""Seconds a run takes on one processor, roughly."""
_EVERY_S = 15.0


@click.command("instrument")
@click.option("--traits", metavar="A,B,…", help="Only these traits, and the metrics they own.")
@click.option("--quick", is_flag=True, help="A few metrics and traits: under a minute.")
@click.option("--jobs", type=click.IntRange(min=1), help="Runs at once. [default: processors]")
@click.option(
    "--keep",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Keep finished runs in this file, and go on from those it holds.",
)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def command(
    traits: str | None, quick: bool, jobs: int | None, keep: Path | None, as_json: bool
) -> int:
    """Check the instrument on simulants, whose traits are numbers we set.

    Each metric must follow the trait it is meant for, and stand still under every other but those
    that move it by definition (docs/instrument.md). No model is asked. Exit 0 where all is as
    declared, 3 where a zero could not be shown, 5 where a metric does what it should not.
    """
    from gadfly.eval.instrument.document import check_document
    from gadfly.eval.instrument.grid import checked
    from gadfly.eval.instrument.terminal import print_check

    done = checked(_grid(traits, quick=quick), maker(jobs, keep))
    if as_json:
        print_json(check_document(done))
    else:
        from rich.console import Console

        print_check(Console(), done)
    return EXIT[done.standing]


def _grid(traits: str | None, *, quick: bool) -> Grid:
    """Return the part of the matrix that is asked for.

    Raises:
        ConfigError: A trait is unknown, or none is named.
    """
    from gadfly.eval.instrument.grid import Grid
    from gadfly.eval.instrument.matrix import QUICK, QUICK_TRAITS, ROWS, TRAITS

    rows = tuple(row for row in ROWS.values() if not quick or row.ground in QUICK)
    if traits is None:
        return Grid(rows=rows, traits=QUICK_TRAITS if quick else TRAITS)
    names = tuple(dict.fromkeys(name.strip() for name in traits.split(",") if name.strip()))
    for name in names:
        if name not in TRAITS:
            raise unknown("trait", name, TRAITS)
    if not names:
        raise ConfigError("--traits names no trait: write names with commas between")
    return Grid(rows=rows, traits=names)


def maker(workers: int | None, keep: Path | None = None) -> Callable[[Sequence[Job]], Found]:
    """Return what makes runs, so many at once, and shows on stderr how far it is.

    Raises:
        ConfigError: `keep` is no file of finished runs, or one of other code.
    """
    from gadfly.eval.instrument.grid import run
    from gadfly.eval.instrument.kept import Kept

    kept = Kept(keep)

    def made(jobs: Sequence[Job]) -> Found:
        with _progress(jobs, workers or os.cpu_count() or 1) as tell:
            return run(jobs, workers=workers, tell=tell, kept=kept)

    return made


@contextmanager
def _progress(jobs: Sequence[Job], workers: int) -> Iterator[Callable[[Job], None]]:
    """Show on stderr how many runs are made and how long the rest will take."""
    began = spoke = time.monotonic()
    done = 0
    kind = "a closer look: " if any(job.seed for job in jobs) else ""
    click.echo(
        f"{kind}{len(jobs)} runs of simulants, about {clock(len(jobs) * _JOB_S / workers)} "
        f"on {workers} processors",
        err=True,
    )

    def line() -> str:
        left = (time.monotonic() - began) / done * (len(jobs) - done)
        return f"{done}/{len(jobs)} runs · {clock(left)} left"

    if not sys.stderr.isatty():

        def tell(job: Job) -> None:
            nonlocal done, spoke
            done += 1
            if time.monotonic() - spoke > _EVERY_S:
                spoke = time.monotonic()
                click.echo(f"{line()} ({job.ground})", err=True)

        yield tell
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    bar = Progress(
        BarColumn(bar_width=None),
        TextColumn("{task.description}"),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task("0 runs", total=len(jobs))

        def show(job: Job) -> None:
            nonlocal done
            done += 1
            bar.update(task, completed=done, description=f"{line()} · {job.ground}")

        yield show
