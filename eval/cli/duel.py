"""`gadfly duel`: two respondents argue, and it is measured who moves whom."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gadfly.eval.cli.conducting import exit_code, watched
from gadfly.eval.cli.options import respondent_config, respondent_options
from gadfly.eval.cli.output import counted
from gadfly.eval.cli.progress import clock
from gadfly.eval.cli.run import READOUTS
from gadfly.eval.cli.runs import RUNS, folder_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gadfly.eval.duel.plan import DuelPlan
    from gadfly.eval.duel.report import DuelReport
    from gadfly.eval.duel.session import DuelConfig
    from gadfly.eval.manifest import Manifest
    from gadfly.eval.runner import RunResult


@click.command("duel")
@click.argument("subject", metavar="A")
@click.argument("opponent", metavar="B")
@click.option("--reader", metavar="SPEC", help="Third party, read beside. [default: A again]")
@click.option("--scenario", multiple=True, help="Only this family (repeatable).")
@click.option("--tag", multiple=True, help="Only families with this tag or topic (repeatable).")
@click.option("--limit", type=click.IntRange(1), help="Most families. [default: 12]")
@click.option("--rounds", type=click.IntRange(1, 20), default=3, show_default=True)
@click.option("--replicates", type=click.IntRange(1), default=2, show_default=True)
@click.option(
    "--seed", type=click.IntRange(0), default=0, show_default=True, help="Openings and sampling."
)
@click.option("--temperature", type=click.FloatRange(0, 2), default=0.7, show_default=True)
@click.option("--readout", type=click.Choice(READOUTS), default="auto", show_default=True)
@click.option("--concurrency", type=click.IntRange(1, 4096), help="Calls in flight, of each.")
@click.option("--reply-tokens", type=click.IntRange(1), help="Longest line.")
@click.option("--max-calls", type=click.IntRange(1), help="Hard cap on model calls.")
@click.option("--max-tokens", type=click.IntRange(1), help="Hard cap on tokens, in and out.")
@click.option("--opponent-key-env", metavar="NAME", help="Variable with B's API key.")
@click.option("--reader-key-env", metavar="NAME", help="Variable with the reader's API key.")
@click.option("--out", type=click.Path(path_type=Path), help="Run folder.")
@click.option("--dry-run", is_flag=True, help="Print the plan and stop.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@respondent_options
def command(**values: Any) -> int:
    """Have A and B argue contested questions, sides assigned and then swapped.

    A and B are named as everywhere (`gadfly models`). After each round the stances of both, and
    of a third party who only reads, are measured off the record. The same command again resumes:
    nothing that was answered is asked twice.
    """
    from gadfly.eval.duel.session import duel_of

    dry_run, as_json, out = values.pop("dry_run"), values.pop("as_json"), values.pop("out")
    config = _config(values)
    plan = duel_of(config)
    for line in _plan_lines(plan, config):
        click.echo(line, err=True)
    if dry_run:
        return 0
    folder: Path = out or _folder(config)
    manifest, result = _run(config, plan, folder)
    _print(folder, manifest, config, as_json=as_json)
    return exit_code(result, what="dialogues")


def _config(values: dict[str, Any]) -> DuelConfig:
    from gadfly.eval.duel.session import DuelConfig

    respondent = respondent_config(values)
    return DuelConfig(
        scenarios=values.pop("scenario"),
        tags=values.pop("tag"),
        reader=values.pop("reader") or "",
        respondent=respondent,
        **values,
    )


def _folder(config: DuelConfig) -> Path:
    """Return the default folder: the same for the same duel, however it is hurried or capped."""
    asked = (
        *config.specs,
        *config.scenarios,
        *config.tags,
        str((config.limit, config.rounds, config.replicates, config.seed)),
        str((config.sampling, config.readout)),
    )
    return RUNS / folder_name("duel", config.subject, *asked)


def _plan_lines(plan: DuelPlan, config: DuelConfig) -> Iterator[str]:
    replies, reads = plan.cost(config.rounds)
    a, b, reader = config.specs
    duels = sum(bout.arm == "duel" for bout in plan.bouts)
    families = counted(plan.families, "family", "families")
    yield (
        f"duel: {a} against {b}, {duels} dialogues of {config.rounds} rounds on "
        f"{families}, sides swapped, and {len(plan.bouts) - duels} with a placebo opponent"
    )
    yield (
        f"about {replies:,} replies of at most {config.sampling.max_tokens} tokens and {reads:,} "
        "off-record reads"
    )
    if not config.reader:
        yield f"the reader is {reader} again, in a thread of its own: --reader SPEC names another"
    if a.startswith("smollm2") or "smollm2" in b:
        seconds = (replies * config.sampling.max_tokens + 20 * reads) / 150.0
        yield f"roughly {clock(seconds)} or more at 150 tokens/s; measured as it runs"
    if plan.families == 1:
        yield "one family: values without intervals; --limit N takes more"


def _run(config: DuelConfig, plan: DuelPlan, folder: Path) -> tuple[Manifest, RunResult]:
    from gadfly.eval.duel.session import conduct

    return watched(
        lambda emit: conduct(config, plan, folder, emit),
        folder,
        total=len(plan.bouts),
        what="dialogues",
    )


def _print(folder: Path, manifest: Manifest, config: DuelConfig, *, as_json: bool) -> None:
    from gadfly.eval.cli.output import print_json
    from gadfly.eval.duel.report import DuelReport
    from gadfly.eval.duel.transcript import FILE
    from gadfly.eval.judging.labels import TrialRow, read_rows
    from gadfly.eval.judging.sheet import DIALOGUES
    from gadfly.eval.store import Store

    path = folder / DIALOGUES
    labelled = read_rows(path, TrialRow) if path.exists() else ()
    store = Store.read(folder)
    try:
        report = DuelReport.of(manifest, config.specs, store.trials(), config.rounds, labelled)
        shown = _write_transcripts(store, report, folder / FILE, config)
    finally:
        store.close()
    if as_json:
        print_json(report.document())
    else:
        click.echo("\n".join([*report.lines(), "", *shown]))
    click.echo(f"run folder: {folder} (all transcripts in {FILE})", err=True)


def _write_transcripts(store: Any, report: DuelReport, path: Path, config: DuelConfig) -> list[str]:
    """Write every dialogue into a file, and return the one that is drawn by the seed."""
    from gadfly.bot.errors import StoreError
    from gadfly.eval.duel.transcript import drawn, transcript
    from gadfly.scenarios.catalogue import library

    catalogue, (subject, opponent, _) = library(), report.names
    chosen = drawn(report.found, config.seed)
    parts: list[str] = []
    shown: list[str] = []
    for each in report.found:
        scenario = catalogue.get(each.duel.family)
        lines = list(transcript(store, each, scenario, (subject, opponent), report.rounds))
        parts.append("\n".join(lines))
        if each is chosen:
            shown = [f"one of {len(report.found)} dialogues, drawn by the seed:", "", *lines]
    try:
        path.write_text("```text\n" + "\n\n---\n\n".join(parts) + "\n```\n", encoding="utf-8")
        path.chmod(0o600)
    except OSError as e:
        raise StoreError(f"cannot write {str(path)!r}: {e.strerror}") from e
    return shown
