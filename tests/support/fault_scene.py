"""A run on a server that can be made to misbehave."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from gadfly.eval.store import Store
from support.processes import until
from support.seeds import committed

if TYPE_CHECKING:
    from pathlib import Path

    from support.fault_server import FaultServer
    from support.processes import Commands, Done, Process

Readout = Literal["sampled", "logprob"]

SPEC = "sim:calibrated?noise=0.5&bank=ornate"
_GREETING_SEED = 7


@dataclass(slots=True)
class Scene:
    """A server, a folder, and the command that questions the one into the other."""

    commands: Commands
    server: FaultServer
    folder: Path
    readout: Readout = "sampled"
    more: tuple[str, ...] = ("--limit", "2")
    """Further options; they are part of what is asked."""

    def start(self, *how: str, before: str = "") -> Process:
        """Start the run; `how` are options that change nothing of what is asked."""
        return self.commands.start(
            "run", "smoke", "--readout", self.readout, "--model", f"{self.server.url}#simulant",
            "--out", self.folder, "--json", *self.more, *how, before=before,
        )  # fmt: skip

    def run(self, *how: str, before: str = "") -> Done:
        """Run it to its end."""
        return self.start(*how, before=before).wait()

    @property
    def committed(self) -> Counter[int]:
        """How often each seed is among the committed replies; labels are read without one."""
        return committed(self.folder, kind="reply") if self.n_calls else Counter()

    @property
    def n_calls(self) -> int:
        """Committed calls; 0 before there is a store."""
        try:
            with closing(Store.read(self.folder)) as store:
                return store.n_calls
        except Exception:  # noqa: BLE001 - a store that is just being made
            return 0

    @property
    def n_finished(self) -> int:
        """Trials that are finished."""
        with closing(Store.read(self.folder)) as store:
            return len(store.finished())

    def answered(self, since: int = 0) -> Counter[int]:
        """How often the server has answered each seed well, greetings left out."""
        seeds = (one.seed for one in self.server.seen[since:])
        return Counter(seed for seed in seeds if seed not in (None, _GREETING_SEED))

    def until_committed(self, n: int, process: Process) -> None:
        """Wait until so many calls are committed, or the process has ended."""
        until(lambda: self.n_calls >= n or process.poll() is not None)
