"""`gadfly report`: the profile of a run, on the terminal or as JSON."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from gadfly.eval.cli.runs import find_run

if TYPE_CHECKING:
    from pathlib import Path

    from gadfly.eval.manifest import Manifest


@click.command("report")
@click.argument("run", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.option("--all", "everything", is_flag=True, help="A row for each stratum and detail.")
def command(run: str | None, *, as_json: bool, everything: bool) -> int:
    """Print the profile of RUN: a folder or a name under ./runs; the latest one if left out.

    Works on a run that is still going, over the trials finished so far.
    """
    from gadfly.eval.manifest import read_manifest

    folder = find_run(run)
    print_report(folder, read_manifest(folder), as_json=as_json, everything=everything)
    return 0


def print_report(
    folder: Path, manifest: Manifest, *, as_json: bool, everything: bool = False
) -> None:
    """Print the report of a run folder on stdout.

    Raises:
        StoreError: The store is damaged.
    """
    from gadfly.eval.report_json import ReportInput, report_json
    from gadfly.eval.store import Store

    store = Store.read(folder)
    try:
        records, planned = store.trials(), store.n_planned
    finally:
        store.close()
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
    source = ReportInput(
        run=manifest.plan,
        respondent=manifest.respondent,
        suite=manifest.suite.model_dump(),
        readout=manifest.readout.name,
        readout_fidelity=manifest.readout.fidelity,
        notes=tuple(notes),
        interlocutor=manifest.interlocutor,
        version=manifest.versions.get("gadfly", ""),
        records=records,
    )
    if as_json:
        sys.stdout.write(report_json(source).decode())
        return
    from rich.console import Console

    from gadfly.eval import report_terminal

    report_terminal.print_report(Console(), source, everything=everything)


def _usual_reply_tokens(manifest: Manifest) -> int:
    """Return the reply length of the suite as it is now, 0 for one that is no longer known."""
    from gadfly.eval.suite import SUITES

    return next((s.max_tokens for s in SUITES if s.name == manifest.suite.name), 0)
