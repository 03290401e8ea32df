"""Runs seen from outside, by whoever does not write them: state, progress, what came in last."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from gadfly.bot.errors import GadflyError
from gadfly.bot.stance import OUTCOMES
from gadfly.eval.launching import LOG, log_of
from gadfly.eval.manifest import FILE as MANIFEST
from gadfly.eval.manifest import read_manifest
from gadfly.eval.store import FILE as STORE
from gadfly.eval.store import Store, writer_of
from gadfly.probes.filler import LABEL as FILLER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from gadfly.bot.stance import Outcome
    from gadfly.eval.record import TrialRecord

RunState = Literal["running", "finished", "stopped", "failed", "unreadable"]

_LATEST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class RunView:
    """A run folder at one moment."""

    folder: Path
    state: RunState
    """running: a process writes it; failed: it ended and some trials broke; stopped: it ended
    before its plan did; unreadable: damaged, of another version, or no run."""
    writer: int | None = None
    """Process that writes it."""
    suite: str = ""
    model: str = ""
    plan: str = ""
    planned: int = 0
    finished: int = 0
    failed: int = 0
    problem: str = ""
    """Why it cannot be read, or what is odd about it; "" where nothing is."""
    changed: float = 0.0
    """When its manifest was last written, in seconds of the epoch."""


def runs_in(folder: Path) -> tuple[Path, ...]:
    """Return the run folders in a folder; the folder itself where it is one.

    Raises:
        OSError: It cannot be listed.
    """
    if is_run(folder):
        return (folder,)
    return tuple(sorted(path for path in folder.iterdir() if path.is_dir() and is_run(path)))


def is_run(folder: Path) -> bool:
    """Say whether a folder holds a run, whole or broken."""
    try:
        return any((folder / name).is_file() for name in (MANIFEST, STORE, LOG))
    except OSError:
        return False  # a folder we may not look into


def look(folder: Path) -> RunView:
    """Look at a run; whatever is wrong with it is said in the view, never raised."""
    writer = writer_of(folder)
    try:
        manifest = read_manifest(folder)
    except GadflyError as e:
        if writer is not None:
            return RunView(
                folder=folder, state="running", writer=writer, problem="the model is being opened"
            )
        told = log_of(folder, lines=1)
        return RunView(
            folder=folder,
            state="failed" if told else "unreadable",
            problem=told[0] if told else str(e),
        )
    known = {
        "folder": folder,
        "suite": manifest.suite.name,
        "model": manifest.respondent.get("model") or manifest.spec,
        "plan": manifest.plan,
        "changed": _changed(folder),
    }
    try:
        store = Store.read(folder)
        try:
            planned = store.n_planned
            finished, failed = store.n_ended()
        finally:
            store.close()
    except GadflyError as e:
        return RunView(**known, state="unreadable", problem=str(e))  # type: ignore[arg-type]  # fields by name
    state: RunState = (
        "running"
        if writer is not None
        else "finished"
        if finished >= planned > 0
        else "failed"
        if failed
        else "stopped"
    )
    return RunView(
        **known,  # type: ignore[arg-type]  # fields by name
        state=state,
        writer=writer,
        planned=planned,
        finished=finished,
        failed=failed,
    )


def _changed(folder: Path) -> float:
    try:
        return (folder / MANIFEST).stat().st_mtime
    except OSError:
        return 0.0


@dataclass(slots=True)
class Follower:
    """Reads what is new in a run each time it is asked; nothing twice, nothing written."""

    folder: Path
    outcomes: Mapping[Outcome, int] = field(default_factory=lambda: dict.fromkeys(OUTCOMES, 0))
    """What each distinct reply came to, as in a report; a broken trial counts as an error."""
    failures: Counter[str] = field(default_factory=Counter)
    """Broken trials by type of error."""
    latest: tuple[TrialRecord, ...] = ()
    """The trials that ended last, newest first."""
    seconds_left: float | None = None
    """At the rate seen since following began; None before any trial ended meanwhile."""
    _row: int = 0
    _planned: int = 0
    _replies: dict[tuple[str, ...], Outcome] = field(default_factory=dict)
    _broken: dict[str, str] = field(default_factory=dict)
    _began: tuple[float, int] | None = None

    def follow(self) -> None:
        """Read on; blocking.

        Raises:
            GadflyError: The run cannot be read.
        """
        store = Store.read(self.folder)
        try:
            planned = store.n_planned
            if planned != self._planned:
                self._start_over(planned)
            records, self._row = store.trials_after(self._row)
            finished, _ = store.n_ended()
        finally:
            store.close()
        self._note(records)
        self._time(finished)

    def _start_over(self, planned: int) -> None:
        self._planned, self._row, self._began = planned, 0, None
        self._replies.clear()
        self._broken.clear()
        self.latest = ()

    def _note(self, records: Iterable[TrialRecord]) -> None:
        latest = list(self.latest)
        for record in records:
            latest.insert(0, record)
            for seen in record.observations:
                if seen.kind == "said" and not seen.label.startswith(FILLER):
                    self._replies[seen.calls or (record.key, seen.label)] = seen.came_to
            if record.failure is None:
                self._broken.pop(record.key, None)
            else:
                self._broken[record.key] = record.failure.error_type
        self.latest = tuple(latest[:_LATEST])
        counts = Counter(self._replies.values())
        counts["error"] += len(self._broken)
        self.outcomes = {outcome: counts[outcome] for outcome in OUTCOMES}
        self.failures = Counter(self._broken.values())

    def _time(self, finished: int) -> None:
        now = time.monotonic()
        if self._began is None:
            self._began = (now, finished)
        since, then = self._began
        self.seconds_left = (
            (now - since) / (finished - then) * (self._planned - finished)
            if finished > then
            else None
        )
