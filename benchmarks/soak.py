"""Hours of runs, one after another, against the constant-answer server: does anything grow?

Each round is a run of its own into a folder of its own, as `gadfly run` makes one, over one client
that stays open; now and then a run is cut off and resumed. After a warm-up (half of the time)
memory, open files and tasks are noted after every round, and a straight line is laid through them.

    python -m benchmarks.soak [--hours H | --minutes M] [--dialogues N]
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gc
import os
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.constant_server import serving
from benchmarks.engine import hold, plan
from gadfly.bot.server import Served, ServerSettings
from gadfly.eval.loop import run_loop

if TYPE_CHECKING:
    from collections.abc import Sequence

BAR_MB_H = 5.0
"""Growth of resident memory an hour that counts as none."""
BAR_HANDLES_H = 0.5
CUT_EVERY = 5
"""Every so many rounds the run is cut off half-way and resumed."""
TELL_EVERY_H = 0.25
_PATIENCE_S = 3600.0
"""The machine may be busy with something else for long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The process after a round."""

    hours: float
    memory_mb: float
    handles: int
    tasks: int
    calls: int


def main() -> int:
    """Print the slopes and a verdict; 1 if anything grows."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hours", type=float, default=2.0)
    parser.add_argument("--minutes", type=float, help="instead of hours")
    parser.add_argument("--dialogues", type=int, default=2000, help="of a round")
    args = parser.parse_args()
    seconds = 3600 * args.hours if args.minutes is None else 60 * args.minutes
    with serving() as server, tempfile.TemporaryDirectory() as temporary:
        samples = run_loop(soak(server.spec, Path(temporary), seconds, args.dialogues))
    kept = [s for s in samples if s.hours >= samples[-1].hours / 2]
    if len(kept) < 3:
        print("too short: not three rounds after the warm-up", file=sys.stderr)
        return 2
    memory = line([s.hours for s in kept], [s.memory_mb for s in kept])
    handles = line([s.hours for s in kept], [float(s.handles) for s in kept])
    calls = samples[-1].calls
    print(
        f"{samples[-1].hours:.2f} h, {len(samples)} runs, {calls:,} calls "
        f"({calls / samples[-1].hours / 3600:,.0f}/s with what lies between runs)"
    )
    held = [
        show("memory", "MB", memory, kept[0].memory_mb, kept[-1].memory_mb, BAR_MB_H),
        show("open files", "", handles, kept[0].handles, kept[-1].handles, BAR_HANDLES_H),
    ]
    print(f"tasks left over after a run: {max(s.tasks for s in kept)}")
    return 0 if all(held) and not any(s.tasks for s in kept) else 1


async def soak(spec: str, folder: Path, seconds: float, dialogues: int) -> list[Sample]:
    """Run until the time is over; one sample per round."""
    began, calls, samples, told_at = time.monotonic(), 0, list[Sample](), 0.0
    respondent = Served(spec, settings=ServerSettings(timeout_s=_PATIENCE_S))
    before = len(asyncio.all_tasks())
    while time.monotonic() - began < seconds:
        number = len(samples)
        wanted = plan(dialogues, start=number * dialogues)
        run_folder = folder / f"run{number}"
        if number % CUT_EVERY == CUT_EVERY - 1:
            task = asyncio.create_task(hold(respondent, wanted, run_folder))
            await asyncio.wait([task], timeout=0.1)
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        calls += (await hold(respondent, wanted, run_folder)).calls
        shutil.rmtree(run_folder)
        gc.collect()
        samples.append(
            Sample(
                hours=(time.monotonic() - began) / 3600,
                memory_mb=resident_mb(),
                handles=open_files(),
                tasks=len(asyncio.all_tasks()) - before,
                calls=calls,
            )
        )
        if samples[-1].hours >= told_at:
            told_at += TELL_EVERY_H
            print(f"  {samples[-1]}", flush=True)
    await respondent.aclose()
    return samples


def open_files() -> int:
    """Return how many files this process has open (Linux)."""
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def resident_mb() -> float:
    """Return the resident memory of this process (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A straight line through samples."""

    slope: float
    error: float
    """Standard error of the slope."""


def line(x: Sequence[float], y: Sequence[float]) -> Line:
    """Return the least-squares line."""
    slope, intercept = statistics.linear_regression(x, y)
    mean = statistics.fmean(x)
    left = sum((b - intercept - slope * a) ** 2 for a, b in zip(x, y, strict=True))
    spread = sum((a - mean) ** 2 for a in x)
    return Line(slope=slope, error=(left / max(1, len(x) - 2) / spread) ** 0.5)


def show(what: str, unit: str, found: Line, first: float, last: float, bar: float) -> bool:
    """Print a slope and its verdict by its 95 % interval; tell whether it is flat."""
    low, high = found.slope - 1.96 * found.error, found.slope + 1.96 * found.error
    verdict = "flat" if high < bar else "GROWS" if low > bar else "cannot tell: soak longer"
    print(
        f"{what}: {first:,.1f} to {last:,.1f} {unit}".rstrip()
        + f", slope {found.slope:+.2f} [{low:+.2f}, {high:+.2f}] an hour (bar {bar:+.1f}): "
        + verdict
    )
    return verdict == "flat"


if __name__ == "__main__":
    sys.exit(main())
