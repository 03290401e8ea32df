"""The gate from a baseline and a candidate to the verdict, asking whoever is live."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from gadfly.bot.errors import ConfigError, StoreError, unknown
from gadfly.bot.secret import without_secrets
from gadfly.eval.cli.stopping import ended
from gadfly.eval.gate.again import AGAINST_ITSELF, CONFIRMATION, FIRST
from gadfly.eval.gate.confirm import confirmed, first_look, with_reserve
from gadfly.eval.gate.file import read_table, write_table
from gadfly.eval.gate.foresee import foresee
from gadfly.eval.gate.judge import judge
from gadfly.eval.gate.live import Asking, judged_anew
from gadfly.eval.gate.runs import check_reading, table_of_run
from gadfly.eval.gate.sequential import look as look_at
from gadfly.eval.gate.sequential import order_of, sizes
from gadfly.eval.gate.told import blind, foreseen_lines
from gadfly.eval.judging import calibrate
from gadfly.eval.judging.verdicts import reader_id
from gadfly.eval.seal import BrokenSealError

if TYPE_CHECKING:
    from collections.abc import Callable

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
        if self.bench is None:
            return self._held(judge(self.baseline, read_side(path), self.config))
        if not (path.is_dir() and self.source.is_dir()):
            raise ConfigError(
                "an exported file has no transcripts to judge: leave --judge out, or give the run "
                "folder it was exported from"
            )
        baseline = self._baseline_judged()
        candidate = ended(judged_anew(path, self.folder / "candidate", self.bench, self.emit))
        return self._held(judge(baseline, candidate, self.config))

    def live(self, candidate: Candidate) -> GateResult:
        """Ask a candidate what the baseline was asked, and again where there is an alarm.

        Raises:
            GadflyError: As `Asking.table` and `judge` do; whatever is finished is kept.
        """
        self._check_judge()
        asking = Asking(
            baseline=self.baseline.manifest,
            candidate=candidate,
            bench=self.bench,
            emit=self.emit,
        )
        baseline = self._baseline_judged()
        look = first_look(baseline) if self.config.confirm else baseline
        first = self._first(asking, look)
        if first.verdict != "regression" or not self.config.confirm:
            return self._held(first)
        self.tell(
            f"alarm: {first.reason}; asking again, afresh and with the "
            f"{len(baseline.reserve)} families kept back"
        )
        table = ended(
            asking.table(self.folder / "second", epoch=CONFIRMATION, looks=[baseline.families])
        )
        return self._held(confirmed(first, judge(baseline, table, self.config), self.config))

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

    def _first(self, asking: Asking, baseline: Table) -> GateResult:
        """Return the first look: all at once, or batch by batch until it is settled."""
        folder = self.folder / "first"
        if not self.config.sequential:
            table = ended(asking.table(folder, epoch=FIRST, looks=[baseline.families]))
            return judge(baseline, table, self.config)
        order = order_of(baseline, asking.baseline.plan)

        def result(table: Table) -> GateResult:
            return look_at(baseline, table, self.config, order, len(table.families))

        looks = [order[:size] for size in sizes(len(order), self.config.batch)]
        return result(
            ended(
                asking.table(
                    folder, epoch=FIRST, looks=looks, enough=lambda table: result(table).stop
                )
            )
        )

    def _held(self, result: GateResult) -> GateResult:
        """Return a result with what is to be held against it, from the baseline's side.

        Where people's labels say that replies are not read reliably no verdict stands.
        """
        created = datetime.date.fromisoformat(self.baseline.created)
        age = (datetime.datetime.now(tz=datetime.UTC).date() - created).days
        if age > self.config.max_age_days:
            old = f"the baseline is {age} days old: how a model is served may have changed since"
            result = replace(result, notes=(*result.notes, old))
        labels = self.source / calibrate.FILE
        if not labels.exists():
            return result
        calibration = calibrate.read_calibration(labels)
        if calibration.reader != self.baseline.reader or not calibration.is_unreliable:
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
