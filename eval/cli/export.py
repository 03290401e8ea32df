"""`gadfly export`: a run for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from gadfly.bot.errors import ConfigError
from gadfly.eval.cli.output import size
from gadfly.eval.cli.runs import find_run

if TYPE_CHECKING:
    from gadfly.eval.sharing.files import Layout

_LAYOUTS = ("inspect", "jsonl", "parquet", "csv", "messages", "sharegpt")


@click.command("export")
@click.argument("run", required=False)
@click.option("--to", "layout", required=True, type=click.Choice(_LAYOUTS))
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write; the run's name with an ending of its own if unset.",
)
@click.option("--no-text", is_flag=True, help="Leave out what was asked and said.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def command(
    run: str | None, layout: Layout, out: Path | None, *, no_text: bool, force: bool
) -> int:
    r"""Write RUN for other programs: a folder or a name under ./runs; the latest if left out.

    \b
    inspect            an .eval log: inspect view, read_eval_log (gadfly[inspect])
    jsonl              a row for each reply and each off-record read
    csv                the same rows
    parquet            the same rows (gadfly[parquet])
    messages           the dialogues, as the OpenAI API has them
    sharegpt           the dialogues, as ShareGPT has them
    """
    from gadfly.eval.sharing.files import ENDINGS, export

    folder = find_run(run)
    path = out or Path(f"{folder.resolve().name}{ENDINGS[layout]}")
    if path.exists() and not force:
        raise ConfigError(f"{str(path)!r} exists; say --force to write over it")
    export(folder, layout, path, text=not no_text)
    click.echo(f"written: {path} ({size(path.stat().st_size)})", err=True)
    return 0
