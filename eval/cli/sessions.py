"""`gadfly sessions`: list, search, read, export and delete what was said."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gadfly.bot.errors import ConfigError
from gadfly.eval.cli.output import print_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.eval.chat.sessions import Summary

_FORMATS = ("md", "openai", "sharegpt")


@click.group("sessions")
def command() -> None:
    """List, search, read, export and delete the sessions of `chat` and `spar`."""


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def list_(as_json: bool) -> None:
    """List the sessions, the one changed last first."""
    from gadfly.eval.chat.sessions import Sessions

    _print(Sessions().list(), as_json=as_json)


@command.command("search")
@click.argument("words", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def search(words: tuple[str, ...], as_json: bool) -> None:
    """List the sessions in which all of WORDS occur, in any case."""
    from gadfly.eval.chat.sessions import Sessions

    found = Sessions().search(" ".join(words))
    if not found and not as_json:
        click.echo(f"nothing has been said of {' '.join(words)!r}", err=True)
    _print(found, as_json=as_json)


@command.command("show")
@click.argument("session", default="")
@click.option("--branch", metavar="NAME", help="Another branch than the one in use.")
def show(session: str, branch: str | None) -> None:
    """Print what was said in a session (id, beginning of one, or title; the latest by default)."""
    from gadfly.bot.foreign import printable
    from gadfly.eval.chat.export import markdown
    from gadfly.eval.chat.sessions import Sessions

    with closing(Sessions().open(session, read_only=True)) as found:
        click.echo(printable(markdown(found, branch or found.branch.name)), nl=False)


@command.command("export")
@click.argument("session", default="")
@click.option(
    "--to",
    "layout",
    type=click.Choice(_FORMATS),
    default="md",
    show_default=True,
    help="Markdown, OpenAI messages or ShareGPT conversations.",
)
@click.option("--branch", metavar="NAME", help="Only this branch; all by default.")
@click.option("--out", type=click.Path(path_type=Path), help="File to write; stdout by default.")
def export(session: str, layout: str, branch: str | None, out: Path | None) -> None:
    """Write a session for other programs: openai and sharegpt are what `gadfly score` reads."""
    from gadfly.eval.chat.export import exported
    from gadfly.eval.chat.sessions import Sessions

    with closing(Sessions().open(session, read_only=True)) as found:
        text = exported(found, layout, branch)  # type: ignore[arg-type]  # click checked it
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        with out.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise ConfigError(f"{str(out)!r} exists: name another file with --out") from None
    except OSError as e:
        raise ConfigError(f"cannot write {str(out)!r}: {e.strerror or e}") from e


@command.command("rename")
@click.argument("session")
@click.argument("title")
def rename(session: str, title: str) -> None:
    """Give a session another title."""
    from gadfly.eval.chat.sessions import Sessions

    click.echo(f"renamed {Sessions().rename(session, title)}")


@command.command("delete")
@click.argument("session")
@click.option("--yes", is_flag=True, help="Do not ask.")
def delete(session: str, yes: bool) -> None:
    """Delete a session with everything in it."""
    from gadfly.eval.chat.sessions import Sessions

    sessions = Sessions()
    id_ = sessions.find(session)
    if not yes:
        click.confirm(f"delete session {id_} for good?", abort=True)
    click.echo(f"deleted {sessions.delete(id_)}")


@command.command("labels")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.option("--export", "out", type=click.Path(path_type=Path), help="File for the labels.")
def labels(as_json: bool, out: Path | None) -> None:
    """Say how well each meter predicts the labels people gave to whole dialogues."""
    from gadfly.eval.chat.labels import label_json, label_rows, label_table, written
    from gadfly.eval.chat.sessions import Sessions

    rows = label_rows(Sessions())
    if out is not None:
        written(rows, out)
        click.echo(f"{len(rows)} labels are in {out}", err=True)
    if as_json:
        print_json(label_json(rows))
    else:
        click.echo(label_table(rows))


def _print(found: Sequence[Summary], *, as_json: bool) -> None:
    from gadfly.bot.foreign import plain

    if as_json:
        print_json([asdict(summary) for summary in found])
        return
    for s in found:
        when = datetime.fromtimestamp(s.changed).astimezone()
        if s.problem:
            click.echo(f"{s.id}  cannot be read: {plain(s.problem)}")
            continue
        branches = f", {s.branches} branches" if s.branches > 1 else ""
        label = ", labelled" if s.labelled else ""
        click.echo(
            f"{s.id}  {when:%Y-%m-%d %H:%M}  {s.turns} turns{branches}{label}  "
            f"{plain(s.model, 40)}  {plain(s.title or '(nothing said yet)', 80)}"
        )
        if s.snippet:
            click.echo(f"    {plain(s.snippet)}")
