"""The live line of a run: trials, calls, tokens, time left. On stderr, never in a report."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from gadfly.bot.foreign import printable
from gadfly.eval.event import CallFinished, RunStarted, Said, TrialFinished

if TYPE_CHECKING:
    from types import TracebackType

    from rich.progress import Progress, TaskID

from gadfly.eval.event import Event

_PLAIN_EVERY_S = 15.0


@dataclass(slots=True)
class Watch:
    """Counts what happens and shows it: a bar on a terminal, a line now and then elsewhere."""

    total: int
    """Trials of the plan."""
    finished: int = 0
    failed: int = 0
    calls: int = 0
    reused: int = 0
    tokens: int = 0
    started: bool = False
    _began: float = field(default_factory=time.monotonic)
    _spoke: float = field(default_factory=time.monotonic)
    _already: int = 0
    _bar: Progress | None = None
    _task: TaskID | None = None

    def _begin(self, already: int) -> None:
        """Start the clock; `already` trials were finished before."""
        self.started = True
        self.finished = self._already = already
        self._began = self._spoke = time.monotonic()
        if not sys.stderr.isatty():
            return
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        self._bar = Progress(
            TextColumn("{task.completed:.0f}/{task.total:.0f} trials"),
            BarColumn(bar_width=None),
            TextColumn("{task.description}"),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._bar.add_task("", total=self.total, completed=already)
        self._bar.start()

    def __enter__(self) -> Watch:
        """Return itself; the bar appears when the run starts."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the bar off the screen."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def __call__(self, event: Event) -> None:
        """Take note of an event and show it."""
        match event:
            case Said(text):
                self._say(text)
            case RunStarted(finished=already):
                self._begin(already)
            case CallFinished():
                self.reused += event.reused
                self.calls += not event.reused
                self.tokens += event.prompt_tokens + event.completion_tokens
            case TrialFinished(record):
                if record.failure is None:
                    self.finished += 1
                else:
                    self.failed += 1
        self._show()

    @property
    def rates(self) -> str:
        """Calls and tokens a second, and the time left, as one short text."""
        passed = max(time.monotonic() - self._began, 1e-3)
        here = self.finished - self._already
        left = passed / here * (self.total - self.finished) if here else None
        parts = [f"{self.calls / passed:.1f} calls/s", f"{self.tokens / passed:,.0f} tokens/s"]
        if self.failed:
            parts.append(f"{self.failed} failed")
        parts.append("time left unknown" if left is None else f"{clock(left)} left")
        return " · ".join(parts)

    def _say(self, text: str) -> None:
        line = printable(text)
        if self._bar is not None:
            from rich.text import Text

            self._bar.console.print(Text(line))
        else:
            click.echo(line, err=True)

    def _show(self) -> None:
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=self.finished, description=self.rates)
        elif self.total and time.monotonic() - self._spoke > _PLAIN_EVERY_S:
            self._spoke = time.monotonic()
            click.echo(f"{self.finished}/{self.total} trials · {self.rates}", err=True)


@dataclass(slots=True)
class Watches:
    """Watches several runs, one after the other."""

    _before: int = 0
    _now: Watch = field(default_factory=lambda: Watch(total=0))

    def __enter__(self) -> Watches:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the last bar off the screen."""
        self._leave()

    def __call__(self, event: Event) -> None:
        """Take note of an event; a new run has a watch of its own."""
        if isinstance(event, RunStarted):
            self._leave()
            self._now = Watch(total=event.planned)
        self._now(event)

    @property
    def finished(self) -> int:
        """Trials finished so far, over all of them."""
        return self._before + self._now.finished

    def say(self, text: str) -> None:
        """Print a line, between runs or beside a bar."""
        self._now(Said(text))

    def _leave(self) -> None:
        self._before += self._now.finished
        self._now.__exit__(None, None, None)
        self._now = Watch(total=0)


def clock(seconds: float) -> str:
    """Write a duration for people: "45 s", "12 min", "3 h 05 min"."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60:02d} min"
