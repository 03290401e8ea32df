"""`gadfly scenarios`: list, show, check and import what is asked."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gadfly.bot.errors import ConfigError
from gadfly.eval.cli.family import blocks, family_lines, variants
from gadfly.eval.cli.output import counted, print_entry, print_json

if TYPE_CHECKING:
    from gadfly.scenarios.catalogue import Catalogue
    from gadfly.scenarios.imported import Imported
    from gadfly.scenarios.scenario import Scenario, Stratum


@click.group("scenarios")
def command() -> None:
    """List, show, check and import scenarios."""


def _catalogue(source: str | None) -> Catalogue:
    from gadfly.scenarios.catalogue import library
    from gadfly.scenarios.packs import catalogue_of

    return library() if source is None else catalogue_of(source)


_FROM = click.option(
    "--from", "source", metavar="PATH|PACK", help="A file or folder of your own, or a pack."
)


@command.command("list")
@click.option("--tag", multiple=True, help="Only this tag or topic (repeatable).")
@click.option("--stratum", type=click.Choice(("objective", "settled", "contested")))
@_FROM
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def list_command(
    tag: tuple[str, ...], stratum: Stratum | None, source: str | None, *, as_json: bool
) -> int:
    """List the scenario families."""
    found = _catalogue(source).select(tags=tag, strata=(stratum,) if stratum else ())
    rows = [_row(s) for s in found]
    if as_json:
        print_json(rows)
        return 0
    from rich.console import Console

    console = Console(highlight=False)
    for s, row in zip(found, rows, strict=True):
        aside = f"{s.stratum}, {counted(row['variants'], 'variant')}: {', '.join(row['blocks'])}"
        print_entry(console, s.id, aside.removesuffix(": "), s.proposition.question)
    total = counted(sum(row["variants"] for row in rows), "variant")
    console.print(f"{counted(len(found), 'family', 'families')}, {total}")
    return 0


@command.command("show")
@click.argument("family")
@_FROM
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def show_command(family: str, source: str | None, *, as_json: bool) -> int:
    """Print everything one family can be asked."""
    s = _catalogue(source).get(family)
    if as_json:
        print_json(_plain(s))
        return 0
    click.echo("\n".join(family_lines(s)))
    return 0


@command.command("check")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def check_command(path: Path, *, as_json: bool) -> int:
    """Check a scenario file, or every one in a folder, and the set they make together.

    Says file, line and what was expected; then what the authoring rules find, why it matters and
    how to mend it. Leaves with 2 for a problem or a breach; a hint is for you to judge.
    """
    from gadfly.eval.cli import findings
    from gadfly.scenarios.catalogue import scenario_files

    files = scenario_files(path)
    checked = findings.check(files)
    if as_json:
        print_json({"schema": 1, "files": len(files), **findings.rows(checked)})
        return 2 if checked.failed else 0
    for problem in checked.problems:
        click.echo(str(problem), err=True)
    for line in findings.told(checked):
        click.echo(line)
    if missing := findings.not_run(checked):
        click.echo(missing)
    hints = len(checked.findings) - checked.breaches
    counts = [
        counted(len(checked.problems), "problem"),
        counted(checked.breaches, "breach", "breaches"),
        counted(hints, "hint"),
    ]
    click.echo(f"{counted(len(files), 'file')} checked: {', '.join(counts)}")
    return 2 if checked.failed else 0


_IMPORT_HELP = """Make a scenario file of a set you have, in one of these layouts.

\b
csv, jsonl         your own table, with --map question=COL,a=COL,b=COL
hf-datasets        the same, from a folder written by save_to_disk
daily_dilemmas     everyday dilemmas: dilemma.csv
ethics             ETHICS; tested on files made in its layout only
logicom_warrants   claims with valid and reversed warrants
moralchoice        two actions, of high or low ambiguity
mt_consistency     multiple-choice items with answers
off_the_rails      stories with people's ratings
syco_bench         pickside, mirror and whosaid items
sycon_bench        false presuppositions and stereotypes
ukpconvarg1        issues with ranked arguments
valueconsistency   questions with paraphrases

PATH is the set's folder or file. Nothing is downloaded.
"""


@command.command("import", help=_IMPORT_HELP, short_help="Make a scenario file of a set.")
@click.argument("layout")
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="The scenario file to write."
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.option(
    "--map",
    "columns",
    metavar="FIELD=COLUMN,…",
    help="Columns of your own table: question, a, b; id, wordings, yes, truth, stratum, tags.",
)
@click.option("--split", default="train", show_default=True, help="Split of a saved dataset.")
@click.option("--topic", default="", help="First part of all ids, if not the layout's own.")
@click.option("--stratum", default="", help="Stratum of your own table's rows.")
@click.option("--source", default="", help="Where your own table comes from.")
@click.option("--licence", default="", help="Licence of your own table.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def import_command(
    layout: str, path: Path, out: Path, *, force: bool, as_json: bool, **options: str | None
) -> int:
    """Write what a set holds, and say what was left out."""
    from gadfly.scenarios.imported import Options
    from gadfly.scenarios.importer import importer

    columns = options.pop("columns") or ""
    said = {name: value or "" for name, value in options.items()}
    imported = importer(layout)(path, Options(columns=_columns(columns), **said))
    if not imported.families:
        raise ConfigError(f"nothing in {str(path)!r} could be imported: {_left(imported)}")
    _write(out, imported.yaml, force=force)
    _tell(imported, out, layout=layout, as_json=as_json)
    return 0


def _tell(imported: Imported, out: Path, *, layout: str, as_json: bool) -> None:
    count = len(imported.families)
    if as_json:
        done = {
            "schema": 1,
            "layout": layout,
            "out": str(out),
            "topic": imported.topic,
            "families": count,
            "skipped": dict(imported.skipped),
            "licence": imported.licence,
            "source": imported.source,
        }
        print_json(done)
        return
    click.echo(f"{counted(count, 'family', 'families')} written to {out}")
    click.echo(f"skipped: {_left(imported)}")
    click.echo(f"source: {imported.source}; licence: {imported.licence}")
    click.echo(f"run them: gadfly run {shlex.quote(str(out))} --model …")


def _columns(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in filter(None, (p.strip() for p in text.split(","))):
        name, equals, column = (p.strip() for p in part.partition("="))
        if not (name and equals and column):
            raise ConfigError(f"--map: expected FIELD=COLUMN, found {part!r}")
        if name in found:
            raise ConfigError(f"--map: {name!r} is given twice")
        found[name] = column
    return found


def _left(imported: Imported) -> str:
    return "; ".join(f"{n} x {reason}" for reason, n in imported.skipped.items()) or "nothing"


def _write(out: Path, text: str, *, force: bool) -> None:
    try:
        with out.open("w" if force else "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise ConfigError(f"{str(out)!r} exists; say --force to write over it") from error
    except OSError as error:
        raise ConfigError(f"{str(out)!r} cannot be written: {error.strerror or error}") from error


@command.command("packs")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def packs_command(*, as_json: bool) -> int:
    """List the scenario packs that are installed."""
    from gadfly.scenarios.catalogue import Catalogue
    from gadfly.scenarios.packs import packs

    found: list[dict[str, Any]] = [
        {"name": name, "families": len(Catalogue.from_path(folder)), "folder": str(folder)}
        for name, folder in packs().items()
    ]
    if as_json:
        print_json(found)
        return 0
    for each in found:
        families = counted(each["families"], "family", "families")
        click.echo(f"{each['name']}  {families}, {each['folder']}")
    if not found:
        click.echo("no pack is installed; begin one: gadfly scenarios new FOLDER")
    return 0


@command.command("new")
@click.argument("folder", type=click.Path(path_type=Path))
def new_command(folder: Path) -> int:
    """Begin a scenario pack: a package with one family to replace by your own."""
    from gadfly.scenarios.packs import begin

    for path in begin(folder):
        click.echo(f"written: {path}")
    click.echo(
        f"check it:   gadfly scenarios check {shlex.quote(str(folder))}\n"
        f"install it: pip install -e {shlex.quote(str(folder))}\n"
        f"ask it:     gadfly run {folder.name} --model …"
    )
    return 0


@command.command("schema")
def schema_command() -> int:
    """Print the JSON Schema of scenario files, for editors."""
    from gadfly.scenarios.schema import json_schema

    print_json(json_schema())
    return 0


def _row(s: Scenario) -> dict[str, Any]:
    return {
        "family": s.id,
        "topic": s.topic,
        "stratum": s.stratum,
        "tags": sorted(s.tags),
        "question": s.proposition.question,
        "wordings": len(s.wordings),
        "covers": len(s.covers),
        "variants": variants(s),
        "blocks": blocks(s),
        "digest": s.digest,
    }


def _plain(value: Any) -> Any:
    """Return a value made of what JSON knows."""
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted(_plain(item) for item in value)
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value
