"""`gadfly judge`: have a judge read what the rules are unsure of; calibrate it by labels."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gadfly.bot.errors import ConfigError
from gadfly.bot.foreign import printable
from gadfly.eval.cli.judging import judge_of, judge_options, judged
from gadfly.eval.cli.options import respondent_config, respondent_options
from gadfly.eval.cli.output import print_json
from gadfly.eval.cli.runs import find_run

if TYPE_CHECKING:
    from gadfly.eval.judging.calibrate import Calibration
    from gadfly.eval.stats.interval import Interval


class _RunFirst(click.Group):
    """A group that takes `judge RUN …` for `judge run RUN …`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the name of the subcommand in front where it was left out."""
        if args and args[0] not in (*self.commands, "-h", "--help"):
            args = ["run", *args]
        return super().parse_args(ctx, args)


@click.group("judge", cls=_RunFirst)
def command() -> None:
    """Have a judge read the replies the rules are unsure of, and hold it to people's labels.

    `gadfly judge RUN --judge SPEC` is short for `gadfly judge run RUN --judge SPEC`.
    """


@command.command("run")
@click.argument("run", required=False)
@judge_options
@click.option("--again", is_flag=True, help="Ask afresh, in a new epoch.")
@click.option("--concurrency", type=click.IntRange(1, 4096), help="Calls in flight.")
@click.option("--max-calls", type=click.IntRange(1), help="Hard cap on the judge's calls.")
@respondent_options
def run_command(run: str | None, *, again: bool, **values: Any) -> int:
    """Judge RUN: a folder or a name under ./runs; the latest one if left out.

    The verdicts are kept in the run and used by its reports from then on. The same command again
    resumes. Another judge's verdicts are kept beside them; reports use the latest judging.
    """
    from gadfly.eval.caller import Limits
    from gadfly.eval.judging.stage import JudgeSettings, next_epoch
    from gadfly.eval.store import Store

    spec = values.pop("judge")
    if spec is None:
        raise ConfigError("name a judge with --judge SPEC (see `gadfly models`)")
    key_env = values.pop("judge_key_env")
    may_be_subject = values.pop("judge_is_subject")
    concurrency, cap = values.pop("concurrency"), values.pop("max_calls")
    folder = find_run(run)
    epoch = 0
    if again:
        store = Store.read(folder)
        epoch = next_epoch(store)
        store.close()
    settings = JudgeSettings(
        epoch=epoch,
        may_be_subject=may_be_subject,
        concurrency=concurrency,
        limits=Limits(calls=cap),
    )
    result = judged(folder, judge_of(spec, respondent_config(values), key_env), settings)
    return 4 if result.failed else 0


@command.command("calibrate")
@click.argument("labels", type=click.Path(path_type=Path))
@click.argument("run", required=False)
@click.option("--out", type=click.Path(path_type=Path), help="Calibration file; in RUN if unset.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def calibrate_command(labels: Path, run: str | None, *, out: Path | None, as_json: bool) -> int:
    """Hold the reading of RUN's replies to people's LABELS, and keep what comes of it.

    LABELS is what `gadfly annotate` writes. Reports of RUN use the calibration from then on;
    others are given it with `gadfly report --calibration`.
    """
    from gadfly.eval.judging.calibrate import FILE, calibrated, write_calibration
    from gadfly.eval.judging.labels import gold, read_labels
    from gadfly.eval.judging.summary import calibration_document
    from gadfly.eval.judging.verdicts import judged_trials
    from gadfly.eval.manifest import read_manifest
    from gadfly.eval.store import Store

    folder = find_run(run)
    manifest = read_manifest(folder)
    rows = read_labels(labels)
    store = Store.read(folder)
    try:
        seen = judged_trials(store)
    finally:
        store.close()
    found = calibrated(seen, gold(rows), run=manifest.plan, epoch=manifest.epoch)
    path = out or folder / FILE
    write_calibration(path, found)
    if as_json:
        print_json(calibration_document(found))
    else:
        _print(found)
    click.echo(f"calibration: {path}", err=True)
    return 0


def _print(calibration: Calibration) -> None:
    from gadfly.eval.judging.calibrate import RELIABLE, figures
    from gadfly.eval.judging.summary import interval_document
    from gadfly.eval.judging.terminal import interval

    def shown(found: Interval) -> str:
        return interval(interval_document(found))

    found = figures(calibration)
    judge = "rules only" if calibration.judge is None else calibration.judge.get("model", "?")
    click.echo(
        f"{len(calibration.items)} labelled replies, read by {printable(judge)}; "
        f"{calibration.unread} unread, {calibration.unclear} unclear and {calibration.disputed} "
        f"disputed among people, {calibration.missing} not in the run"
    )
    click.echo(f"accuracy           {shown(found.accuracy)}")
    click.echo(f"kappa              {shown(found.kappa)}")
    click.echo(f"  the judge's part {shown(found.judge_kappa)}")
    click.echo(f"  between people   {shown(calibration.between_people)}")
    names = [each.label for each in found.classes]
    corner = "people\\read"
    click.echo(f"\n{corner:12}" + "".join(f"{name:>11}" for name in names))
    for each in found.classes:
        cells = "".join(f"{found.counts[each.label, name]:11}" for name in names)
        click.echo(f"{each.label:12}{cells}")
    click.echo(f"\n{'':12}{'n':>5}  {'sensitivity':20}specificity")
    for each in found.classes:
        sens, spec = shown(each.sensitivity), shown(each.specificity)
        click.echo(f"{each.label:12}{each.n:5}  {sens:20}{spec}")
    if calibration.is_unreliable:
        click.echo(f"\nunreliable: kappa to people's labels is below {RELIABLE:g}")
