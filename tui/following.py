"""What the Runs screen knows of runs: folders looked at again only where something changed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gadfly.bot.errors import ConfigError
from gadfly.eval import launching
from gadfly.eval.following import Follower, RunView, look, runs_in
from gadfly.eval.manifest import FILE as MANIFEST
from gadfly.eval.store import FILE as STORE
from gadfly.eval.store import writer_of

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Sequence
    from pathlib import Path

Signature = tuple[object, ...]


@dataclass(slots=True)
class Board:
    """Run folders under some roots, with the processes started from here."""

    roots: list[Path]
    problems: dict[Path, str] = field(default_factory=dict)
    """Roots that cannot be listed, and why."""
    _started: dict[Path, subprocess.Popen[bytes]] = field(default_factory=dict)
    _views: dict[Path, tuple[Signature, RunView]] = field(default_factory=dict)
    _followers: dict[Path, Follower] = field(default_factory=dict)

    @property
    def started(self) -> tuple[subprocess.Popen[bytes], ...]:
        """The processes started from here; they outlive this one."""
        return tuple(self._started.values())

    def views(self) -> tuple[RunView, ...]:
        """Look at every run, newest first; blocking."""
        found: dict[Path, None] = {}
        self.problems = {}
        for root in self.roots:
            try:
                found.update(dict.fromkeys(path.resolve() for path in runs_in(root)))
            except FileNotFoundError:
                continue
            except OSError as e:
                self.problems[root] = e.strerror or type(e).__name__
        found.update(dict.fromkeys(self._started))
        views = [self._view(path) for path in found]
        return tuple(sorted(views, key=_newest_first))

    def _view(self, folder: Path) -> RunView:
        signature = _signature(folder)
        kept = self._views.get(folder)
        if kept is None or kept[0] != signature or kept[1].state == "running":
            kept = (signature, look(folder))
            self._views[folder] = kept
        view = kept[1]
        process = self._started.get(folder)
        if process is not None and process.poll() is None and view.state != "running":
            # Alive, and without the lock: it is only just beginning, or printing its report.
            is_over = view.state == "finished"
            return view if is_over else replace(view, state="running", problem="starting")
        return view

    def follower(self, folder: Path) -> Follower:
        """Return what follows a run."""
        return self._followers.setdefault(folder, Follower(folder))

    def start(self, arguments: Sequence[str], folder: Path) -> None:
        """Start a run.

        Raises:
            GadflyError: It cannot be started, or the folder is in use.
        """
        folder = folder.resolve()
        if (pid := writer_of(folder)) is not None:
            raise ConfigError(f"{folder.name} is already running (pid {pid})")
        self._started[folder] = launching.start(arguments, folder)

    def resume(self, folder: Path) -> None:
        """Resume a run.

        Raises:
            GadflyError: It cannot be resumed.
        """
        self._started[folder] = launching.resume(folder)


def _signature(folder: Path) -> Signature:
    times: list[object] = [writer_of(folder)]
    for name in (MANIFEST, STORE, f"{STORE}-wal", launching.LOG):
        try:
            times.append((folder / name).stat().st_mtime_ns)
        except OSError:
            times.append(None)
    return tuple(times)


def _newest_first(view: RunView) -> tuple[object, ...]:
    return (view.state != "running", -view.changed, view.folder.name)
