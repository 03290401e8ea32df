"""`gadfly scenarios`: list, show and check what is asked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gadfly.bot.errors import ConfigError

if TYPE_CHECKING:
    from gadfly.scenarios.catalogue import Catalogue
    from gadfly.scenarios.scenario import Scenario, Stratum


@click.group("scenarios", short_help="List, show and check scenarios.")
def command() -> None:
    """List, show and check scenarios."""


def _catalogue(path: Path | None) -> Catalogue:
    from gadfly.scenarios.catalogue import Catalogue, library

    return library() if path is None else Catalogue.from_path(path)


_FROM = click.option(
    "--from", "source", type=click.Path(path_type=Path), help="A file or folder of your own."
)


@command.command("list")
@click.option("--tag", multiple=True, help="Only this tag or topic (repeatable).")
@click.option("--stratum", type=click.Choice(("objective", "settled", "contested")))
@_FROM
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def list_command(
    tag: tuple[str, ...], stratum: Stratum | None, source: Path | None, *, as_json: bool
) -> int:
    """List the scenario families."""
    found = _catalogue(source).select(tags=tag, strata=(stratum,) if stratum else ())
    if as_json:
        import orjson

        click.echo(orjson.dumps([_row(s) for s in found], option=orjson.OPT_INDENT_2).decode())
        return 0
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for heading in ("family", "stratum", "wordings", "covers", "also", "question"):
        table.add_column(heading, overflow="fold", no_wrap=heading == "family")
    for s in found:
        row = _row(s)
        table.add_row(
            s.id,
            s.stratum,
            str(row["wordings"]),
            str(row["covers"]),
            " ".join(row["blocks"]),
            s.proposition.question,
        )
    console = Console()
    console.print(table)
    console.print(f"{len(found)} families, {sum(_variants(s) for s in found)} variants")
    return 0


@command.command("show")
@click.argument("family")
@_FROM
def show_command(family: str, source: Path | None) -> int:
    """Print everything one family can be asked."""
    s = _catalogue(source).get(family)
    lines = [
        f"{s.id}  ({s.topic}, {s.stratum}{', truth ' + s.truth.upper() if s.truth else ''})",
        f"  question  {s.proposition.question}",
        f"  A         {s.proposition.a}",
        f"  B         {s.proposition.b}",
    ]
    lines += [f"  wording {i}  (yes = {w.yes})  {w.text}" for i, w in enumerate(s.wordings)]
    lines += [f"  cover, {c.kind}  (yes = {c.yes})  {c.text}" for c in s.covers]
    for side, texts in sorted(s.arguments.items()):
        for quality in ("strong", "weak", "invalid"):
            note = f" [{texts.fallacy}]" if quality == "invalid" else ""
            if texts.of(quality):
                lines.append(f"  for {side.upper()}, {quality}{note}  {texts.of(quality)}")
    for modality, (wording, _) in s.modalities.items():
        lines.append(f"  {modality}  {wording.text}")
    if s.ladder is not None:
        lines.append(f"  ladder  {' > '.join(s.ladder.acts)}  x  {s.ladder.benefits}")
    if s.legality is not None:
        lines.append(f"  principle  {s.legality.abstract}")
        for case in s.legality.cases:
            law = "legal" if case.legal else "illegal"
            lines.append(f"  case, {law}, moral gap {case.moral_gap}  {case.text}")
    click.echo("\n".join(lines))
    return 0


@command.command("check")
@click.argument("path", type=click.Path(path_type=Path))
def check_command(path: Path) -> int:
    """Check a scenario file, or every one in a folder; says file, line and what was expected."""
    from gadfly.scenarios.loader import problems

    if not path.exists():
        raise ConfigError(f"{str(path)!r} does not exist")
    files = sorted(path.rglob("*.y*ml")) if path.is_dir() else [path]
    if not files:
        raise ConfigError(f"{str(path)!r} holds no YAML file")
    found = [p for file in files for p in problems(file)]
    for problem in found:
        click.echo(str(problem), err=True)
    count = f"{len(found)} problem{'s' if len(found) != 1 else ''}"
    click.echo(f"{len(files)} file{'s' if len(files) != 1 else ''} checked: {count}")
    return 2 if found else 0


@command.command("schema")
def schema_command() -> int:
    """Print the JSON Schema of scenario files, for editors."""
    import orjson

    from gadfly.scenarios.schema import json_schema

    click.echo(orjson.dumps(json_schema(), option=orjson.OPT_INDENT_2).decode())
    return 0


def _variants(s: Scenario) -> int:
    rungs = 0
    if s.ladder is not None:
        rungs = sum(1 + bool(r.harm) for r in s.ladder.rungs)
    cases = 0 if s.legality is None else 1 + len(s.legality.cases)
    return len(s.wordings) + len(s.covers) + len(s.modalities) + rungs + cases


def _row(s: Scenario) -> dict[str, Any]:
    blocks = [
        name
        for name, there in (
            ("arguments", bool(s.arguments)),
            ("modalities", bool(s.modalities)),
            ("ladder", s.ladder is not None),
            ("legality", s.legality is not None),
        )
        if there
    ]
    return {
        "family": s.id,
        "topic": s.topic,
        "stratum": s.stratum,
        "tags": sorted(s.tags),
        "question": s.proposition.question,
        "wordings": len(s.wordings),
        "covers": len(s.covers),
        "variants": _variants(s),
        "blocks": blocks,
        "digest": s.digest,
    }
