"""`gadfly report`: the profile of a run, on the terminal, as JSON, or as a page and pictures."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gadfly.bot.registry import RespondentConfig
from gadfly.eval.cli.drawing import drawing_options, told
from gadfly.eval.cli.judging import judge_of, judge_options, judged
from gadfly.eval.cli.runs import find_run

if TYPE_CHECKING:
    from gadfly.eval.judging.calibrate import Calibration
    from gadfly.eval.manifest import Manifest
    from gadfly.eval.report_json import ReportInput


@click.command("report")
@click.argument("run", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.option("--all", "everything", is_flag=True, help="A row for each stratum and detail.")
@click.option("--calibration", type=click.Path(path_type=Path), help="Of `gadfly judge calibrate`.")
@drawing_options
@judge_options
def command(run: str | None, **values: Any) -> int:
    """Print the profile of RUN: a folder or a name under ./runs; the latest one if left out.

    Works on a run that is still going, over the trials finished so far. With --judge the replies
    the rules are unsure of are judged first (see also `gadfly judge`). With --html or --png the
    profile is not printed, unless as --json.
    """
    from gadfly.eval.judging.calibrate import read_calibration
    from gadfly.eval.judging.stage import JudgeSettings
    from gadfly.eval.manifest import read_manifest

    html, pictures = values["html"], values["png"]
    if html is not None or pictures is not None:
        from gadfly.eval.page.needs import check_needs

        check_needs()
    folder = find_run(run)
    manifest = read_manifest(folder)
    given = values["calibration"]
    calibration = None if given is None else read_calibration(given)
    failed = 0
    if values["judge"] is not None:
        judge = judge_of(values["judge"], RespondentConfig(), values["judge_key_env"])
        settings = JudgeSettings(may_be_subject=values["judge_is_subject"])
        failed = judged(folder, judge, settings).failed
    if html is not None or pictures is not None:
        _draw(folder, manifest, calibration, html=html, pictures=pictures)
    if values["as_json"] or (html is None and pictures is None):
        print_report(
            folder,
            manifest,
            as_json=values["as_json"],
            everything=values["everything"],
            calibration=calibration,
        )
    return 4 if failed else 0


def _draw(
    folder: Path,
    manifest: Manifest,
    calibration: Calibration | None,
    *,
    html: Path | None,
    pictures: Path | None,
) -> None:
    """Write the page of a run and its figures as pictures, as far as they are asked for.

    Raises:
        StoreError: The store is damaged.
        ConfigError: Something cannot be written, or the folder's calibration is not one.
    """
    from gadfly.eval.page.building import write_page, write_pictures
    from gadfly.eval.page.report import report_of, report_page
    from gadfly.eval.store import Store

    report = report_of(report_input(folder, manifest, calibration))
    if html is not None:
        store = Store.read(folder)
        try:
            text, n = report_page(
                report, store, run=folder.resolve().name, reason=manifest.readout.reason
            )
        finally:
            store.close()
        write_page(html, text)
        told(html, n, len(report.source.records))
    if pictures is not None:
        written = write_pictures(report.all_figures, pictures)
        click.echo(f"{len(written)} pictures in {pictures}", err=True)


def print_report(
    folder: Path,
    manifest: Manifest,
    *,
    as_json: bool,
    everything: bool = False,
    calibration: Calibration | None = None,
) -> None:
    """Print the report of a run folder on stdout.

    Raises:
        StoreError: The store is damaged.
        ConfigError: The folder's calibration is not one.
    """
    source = report_input(folder, manifest, calibration)
    if as_json:
        from gadfly.eval.report_json import report_json

        sys.stdout.write(report_json(source).decode())
        return
    from rich.console import Console

    from gadfly.eval import report_terminal

    report_terminal.print_report(Console(), source, everything=everything)


def report_input(
    folder: Path, manifest: Manifest, calibration: Calibration | None = None
) -> ReportInput:
    """Read what a report of a run folder is made of.

    Readings are those of the rules with the verdicts of the current judging in place; the
    calibration is the folder's own where none is given.

    Raises:
        StoreError: The store is damaged.
        ConfigError: The folder's calibration is not one, or its labels of dialogues are none.
    """
    from gadfly.eval.judging.calibrate import FILE, read_calibration
    from gadfly.eval.judging.dialogues import predictions
    from gadfly.eval.judging.labels import TrialRow, read_rows
    from gadfly.eval.judging.sheet import DIALOGUES
    from gadfly.eval.judging.summary import summary
    from gadfly.eval.judging.verdicts import judged_trials
    from gadfly.eval.report_json import ReportInput
    from gadfly.eval.store import Store

    store = Store.read(folder)
    try:
        found, planned = judged_trials(store), store.n_planned
    finally:
        store.close()
    records = found.records
    labelled = read_rows(folder / DIALOGUES, TrialRow) if (folder / DIALOGUES).exists() else ()
    if calibration is None and (folder / FILE).exists():
        calibration = read_calibration(folder / FILE)
    notes = list(manifest.readout.notes)
    if len(records) < planned:
        notes.insert(0, f"only {len(records)} of {planned} planned trials are there so far")
    if (usual := _usual_reply_tokens(manifest)) > manifest.reply_tokens:
        notes.append(
            f"Replies were cut at {manifest.reply_tokens} tokens instead of the suite's {usual}, "
            "for speed: many come out truncated, and what was said is little."
        )
    if manifest.interlocutor is not None:
        notes.append(
            "Live dialogues are for discovery, not for a gate: their lines were written by "
            f"{manifest.interlocutor.get('model', '?')}."
        )
    if manifest.reader is not None:
        notes.append(
            "This is a duel: who moved whom is printed by its `gadfly duel` command again."
        )
    return ReportInput(
        run=manifest.plan,
        respondent=manifest.respondent,
        suite=manifest.suite.model_dump(),
        readout=manifest.readout.name,
        readout_fidelity=manifest.readout.fidelity,
        notes=tuple(notes),
        interlocutor=manifest.interlocutor,
        judging=summary(found, calibration, run=manifest.plan, epoch=manifest.epoch),
        dialogues=predictions(records, labelled) if labelled else None,
        version=manifest.versions.get("gadfly", ""),
        records=records,
    )


def _usual_reply_tokens(manifest: Manifest) -> int:
    """Return the reply length of the suite as it is now, 0 for one that is no longer known."""
    from gadfly.eval.suite import SUITES

    return next((s.max_tokens for s in SUITES if s.name == manifest.suite.name), 0)
