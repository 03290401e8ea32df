"""The gate from a baseline and a candidate to the verdict, asking whoever is live."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from gadfly.bot.errors import ConfigError, StoreError, unknown
from gadfly.bot.identity import Identity
from gadfly.bot.secret import without_secrets
from gadfly.eval.cli.stopping import ended
from gadfly.eval.gate.again import (
    AGAINST_ITSELF,
    BESIDE_CONFIRMATION,
    BESIDE_FIRST,
    CONFIRMATION,
    FIRST,
)
from gadfly.eval.gate.confirm import confirmed, first_look, with_reserve
from gadfly.eval.gate.file import read_table, write_table
from gadfly.eval.gate.foresee import foresee
from gadfly.eval.gate.judge import judge
from gadfly.eval.gate.live import Asking, Place, in_turns, judged_anew
from gadfly.eval.gate.runs import check_reading, table_of_run
from gadfly.eval.gate.sequential import look as look_at
from gadfly.eval.gate.sequential import order_of, sizes
from gadfly.eval.gate.told import blind, foreseen_lines
from gadfly.eval.judging import calibrate
from gadfly.eval.judging.verdicts import reader_id
from gadfly.eval.seal import BrokenSealError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gadfly.eval.event import Event
    from gadfly.eval.gate.again import Candidate
    from gadfly.eval.gate.config import GateConfig
    from gadfly.eval.gate.live import Bench
    from gadfly.eval.gate.result import GateResult
    from gadfly.eval.gate.table import Table

SPECS = ("smollm2", "hf:", "vllm:", "http://", "https://", "sim:")
"""How the name of a model begins, or all of it."""
AGAIN = "again.gadfly"
"""File in a run folder that holds the table of the same model in another epoch."""


def stored(name: str, runs: Path) -> Path | None:
    """Return the run folder or exported file of that name, also under `runs`; None for a model.

    Raises:
        ConfigError: It is neither; near names are listed.
    """
    for path in (Path(name), runs / name):
        if path.exists():
            return path
    if any(name == spec or (spec[-1] in ":/" and name.startswith(spec)) for spec in SPECS):
        return None
    known = [p.name for p in runs.iterdir() if p.is_dir()] if runs.is_dir() else []
    raise unknown(
        "run or model",
        without_secrets(name),
        [*known, *SPECS],
        hint="a run folder, an exported file or a model",
    )


def read_side(path: Path) -> Table:
    """Read one side of a comparison: a run folder, or the file one was exported to.

    The A/A run stored with it comes with it.

    Raises:
        ConfigError: It is neither, or not what it was, or was read in other ways than now.
        NoAnswersError: Nobody answered in the whole of it.
    """
    try:
        if not path.is_dir():
            table = read_table(path)
            check_reading(table.manifest, repr(str(path)))
            return table
        table = table_of_run(path)
        beside = path / AGAIN
        return replace(table, again=read_table(beside)) if beside.exists() else table
    except StoreError as e:
        raise BrokenSealError(str(e)) from e


def read_baseline(path: Path) -> Table:
    """Read a baseline, with the families kept back for a second look.

    Raises:
        GadflyError: As `read_side` does.
    """
    table = read_side(path)
    return table if table.reserve else with_reserve(table)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """One gating: who is compared with what, and where what is asked is kept."""

    source: Path
    """Run folder or exported file of the baseline."""
    baseline: Table
    config: GateConfig
    folder: Path
    bench: Bench | None
    emit: Callable[[Event], None]
    tell: Callable[[str], None]
    """Says a sentence to the user."""
    beside: Candidate | None = None
    """The baseline's own model, to be asked anew in turns with a live candidate; None where the
    baseline's answers are used as they are."""

    def announce(self, *, live: bool) -> None:
        """Say what can be seen, before anything is spent; a live candidate's first look sees less.

        Raises:
            ConfigError: A margin is below what can be seen, and the settings are strict.
        """
        part = live and self.config.confirm
        look = first_look(self.baseline) if part else self.baseline
        found = foresee(look, self.config)
        for line in foreseen_lines(found, look):
            self.tell(line)
        unseen = ", ".join(blind(found))
        if unseen and self.config.strict:
            raise ConfigError(
                f"strict: this baseline cannot show a worsening by the margin in {unseen}: make it "
                "larger as said above, widen the margins, or leave these out of headline in [gate]"
            )
        if unseen:
            self.tell(
                f"below what can be seen: the margins of {unseen}; these may stay inconclusive"
            )

    def stored(self, path: Path) -> GateResult:
        """Compare a candidate that was run before; an alarm stays unconfirmed.

        Raises:
            GadflyError: As `read_side` and `judge` do.
        """
        if self.beside is not None:
            raise ConfigError(
                "--baseline-model asks both sides now: the candidate must be a model, not a run"
            )
        if self.bench is None:
            return self._held(judge(self.baseline, read_side(path), self.config), self.baseline)
        if not (path.is_dir() and self.source.is_dir()):
            raise ConfigError(
                "an exported file has no transcripts to judge: leave --judge out, or give the run "
                "folder it was exported from"
            )
        baseline = self._baseline_judged()
        candidate = ended(judged_anew(path, self.folder / "candidate", self.bench, self.emit))
        return self._held(judge(baseline, candidate, self.config), self.baseline)

    def live(self, candidate: Candidate) -> GateResult:
        """Ask a candidate what the baseline was asked, and again where there is an alarm.

        Raises:
            GadflyError: As `Asking.table` and `judge` do; whatever is finished is kept.
        """
        if self.beside is None:
            self._check_judge()
            baseline = self._baseline_judged()
        else:
            baseline = self.baseline
        look = first_look(baseline) if self.config.confirm else baseline
        first, ours = self._first(candidate, look)
        if first.verdict != "regression" or not self.config.confirm:
            return self._held(first, self._rests_on(ours))
        self.tell(
            f"alarm: {first.reason}; asking again, afresh and with the "
            f"{len(baseline.reserve)} families kept back"
        )
        looks = self._batches(baseline) if self.beside else [baseline.families]
        ours, theirs = self._asked(
            candidate, "second", (BESIDE_CONFIRMATION, CONFIRMATION), baseline, looks
        )
        second = judge(ours, theirs, self.config)
        return self._held(confirmed(first, second, self.config), self._rests_on(ours))

    def _rests_on(self, ours: Table) -> Table:
        """Return the baseline's table as it was made: a stored one judged again keeps its age."""
        return self.baseline if self.beside is None else ours

    def _check_judge(self) -> None:
        """Make sure, before anything is asked, that both sides will be read alike."""
        if self.bench is None and self.baseline.reader != reader_id(None):
            raise ConfigError(
                "a judge read the replies of the baseline, and must read the candidate's: name it "
                "with --judge SPEC"
            )
        if self.bench is None or self.source.is_dir():
            return
        if ended(self.bench.reader(self.emit)) != self.baseline.reader:
            raise ConfigError(
                f"{str(self.source)!r} was not read by this judge, and has no transcripts to judge "
                "again: name the judge it was read by, leave --judge out if there was none, or "
                "give the run folder it was exported from"
            )

    def _first(self, candidate: Candidate, baseline: Table) -> tuple[GateResult, Table]:
        """Return the first look, all at once or until it is settled, and the baseline's side."""
        epochs = (BESIDE_FIRST, FIRST)
        batches = self._batches(baseline)
        if not self.config.sequential:
            looks = batches if self.beside else [baseline.families]
            ours, theirs = self._asked(candidate, "first", epochs, baseline, looks)
            return judge(ours, theirs, self.config), ours

        def result(ours: Table, theirs: Table) -> GateResult:
            done = len(theirs.families)
            return look_at(ours, theirs, self.config, batches[-1], done, planned=baseline)

        ours, theirs = self._asked(
            candidate, "first", epochs, baseline, batches, lambda o, t: result(o, t).stop
        )
        return result(ours, theirs), ours

    def _batches(self, baseline: Table) -> list[tuple[str, ...]]:
        """Return the families of each look, each with those of the one before."""
        order = order_of(baseline, baseline.manifest.plan)
        return [order[:size] for size in sizes(len(order), self.config.batch)]

    def _asked(
        self,
        candidate: Candidate,
        name: str,
        epochs: tuple[int, int],
        baseline: Table,
        looks: Sequence[Sequence[str]],
        enough: Callable[[Table, Table], bool] | None = None,
    ) -> tuple[Table, Table]:
        """Ask the candidate, and the baseline's model in turns with it where it is live, too."""
        if self.beside is None:
            theirs = self._place(candidate, name, epochs[1])
            stop = (lambda table: enough(baseline, table)) if enough else lambda table: False
            table = ended(
                theirs.asking.table(theirs.folder, epoch=theirs.epoch, looks=looks, enough=stop)
            )
            return baseline, table
        ours = self._place(self.beside, f"{name}-baseline", epochs[0])
        theirs = self._place(candidate, f"{name}-in-turns", epochs[1])
        return ended(in_turns((ours, theirs), looks, enough))

    def _place(self, who: Candidate, name: str, epoch: int) -> Place:
        asking = Asking(
            baseline=self.baseline.manifest, candidate=who, bench=self.bench, emit=self.emit
        )
        return Place(asking=asking, folder=self.folder / name, epoch=epoch)

    def _held(self, result: GateResult, baseline: Table) -> GateResult:
        """Return a result with what is to be held against it, from the baseline's side.

        `baseline` is the table the result rests on: the stored one, or that of its model asked
        anew. Where people's labels say that replies are not read reliably no verdict stands.
        """
        was, now = (Identity(**t.manifest.respondent) for t in (self.baseline, baseline))
        if was != now:
            other = (
                "the baseline's model is not what it was when the baseline was made "
                f"({'; '.join(was.differences(now))}): the verdict is on it as it answers now"
            )
            result = replace(result, notes=(*result.notes, other))
        created = datetime.date.fromisoformat(baseline.created)
        age = (datetime.datetime.now(tz=datetime.UTC).date() - created).days
        if age > self.config.max_age_days:
            old = f"the baseline is {age} days old: how a model is served may have changed since"
            result = replace(result, notes=(*result.notes, old))
        labels = self.source / calibrate.FILE
        if not labels.exists():
            return result
        calibration = calibrate.read_calibration(labels)
        if calibration.reader != baseline.reader or not calibration.is_unreliable:
            return result
        return replace(
            result,
            verdict="inconclusive",
            confirmed="not needed",
            reason="by people's labels replies are not read reliably (kappa below "
            f"{calibrate.RELIABLE:g}), and no verdict stands on such readings; without them: "
            f"{result.verdict}, {result.reason}",
        )

    def _baseline_judged(self) -> Table:
        """Return the baseline as the judge reads it now; an exported one as it was read then."""
        if self.bench is None or not self.source.is_dir():
            return self.baseline
        table = ended(judged_anew(self.source, self.folder / "baseline", self.bench, self.emit))
        return replace(with_reserve(table), again=self.baseline.again)


def calibrated(
    source: Path,
    baseline: Table,
    candidate: Candidate,
    folder: Path,
    bench: Bench | None,
    emit: Callable[[Event], None],
) -> Table:
    """Ask the baseline's own model the same in another epoch, and keep the table with it.

    In a run folder it lies beside the rest; an exported file is written anew.

    Raises:
        IdentityError: Another model answers.
        GadflyError: As `Asking.table` does; whatever is finished is kept.
    """
    asking = Asking(
        baseline=baseline.manifest, candidate=candidate, bench=bench, emit=emit, itself=True
    )
    again = ended(asking.table(folder, epoch=AGAINST_ITSELF, looks=[baseline.families]))
    if again.reader != baseline.reader:
        raise ConfigError(
            "the baseline's replies and these were not read by the same judge: name the "
            "baseline's with --judge SPEC, or leave it out where it has none"
        )
    if source.is_dir():
        write_table(source / AGAIN, again)
    else:
        write_table(source, replace(baseline, again=again))
    return replace(baseline, again=again)
