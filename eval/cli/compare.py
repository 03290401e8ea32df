"""`gadfly compare`: two runs, contrast by contrast; a look, whatever comes out."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gadfly.bot.errors import unknown
from gadfly.eval.cli.drawing import drawing_options, told
from gadfly.eval.cli.output import print_json
from gadfly.eval.cli.runs import RUNS
from gadfly.eval.cli.settings import gate_table

if TYPE_CHECKING:
    from gadfly.eval.gate.result import GateResult


@click.command("compare")
@click.argument("a")
@click.argument("b")
@click.option("--any-plan", is_flag=True, help="Compare what two different plans have in common.")
@click.option("--all", "everything", is_flag=True, help="Every exploratory contrast.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@drawing_options
def command(a: str, b: str, *, any_plan: bool, everything: bool, **output: Any) -> int:
    """Compare run B with run A, as the baseline: run folders, or files they were exported to.

    The six headline contrasts come first, with the verdict `gadfly gate` would have by the
    margins in gadfly.toml; then every other metric, with a false discovery rate of 5 %. Leaves
    with 0 whatever the verdict is. With --html or --png nothing is printed, unless as --json.
    """
    from gadfly.eval.gate.config import gate_config
    from gadfly.eval.gate.judge import judge
    from gadfly.eval.gate.run import read_side

    html, pictures = output["html"], output["png"]
    if html is not None or pictures is not None:
        from gadfly.eval.page.needs import check_needs

        check_needs()
    config = gate_config(gate_table())
    first, second = _side(a), _side(b)
    result = judge(read_side(first), read_side(second), config, same_plan=not any_plan)
    if html is not None or pictures is not None:
        _draw(result, first, second, html=html, pictures=pictures)
    if output["as_json"]:
        print_json(result.document())
    if output["as_json"] or html is not None or pictures is not None:
        return 0
    from rich.console import Console

    from gadfly.eval.gate.terminal import print_result

    print_result(Console(), result, everything=everything)
    return 0


def _draw(
    result: GateResult, first: Path, second: Path, *, html: Path | None, pictures: Path | None
) -> None:
    """Write the page of a comparison and its figures, as far as they are asked for.

    Raises:
        StoreError: A store is damaged.
        ConfigError: Something cannot be written.
    """
    from gadfly.eval.judging.verdicts import judged_trials
    from gadfly.eval.page.building import write_page, write_pictures
    from gadfly.eval.page.comparison import RunSide, comparison_of, comparison_page
    from gadfly.eval.store import Store

    with ExitStack() as open_stores:
        sides = []
        if first.is_dir() and second.is_dir():
            for name, folder in (("baseline", first), ("candidate", second)):
                store = Store.read(folder)
                open_stores.callback(store.close)
                records = tuple(judged_trials(store).records)
                run = folder.resolve().name
                sides.append(RunSide(name=name, run=run, records=records, store=store))
        found = comparison_of(result, sides)
        if html is not None:
            text, n = comparison_page(found, sides)
            write_page(html, text)
            told(html, n, sum(len(side.records) for side in sides))
    if pictures is not None:
        written = write_pictures(found.figures, pictures)
        click.echo(f"{len(written)} pictures in {pictures}", err=True)


def _side(name: str) -> Path:
    """Return the run folder or exported file of that name, also under `runs`.

    Raises:
        ConfigError: There is none; near names are listed.
    """
    for path in (Path(name), RUNS / name):
        if path.exists():
            return path
    known = [p.name for p in RUNS.iterdir() if p.is_dir()] if RUNS.is_dir() else []
    raise unknown("run", name, known, hint="a run folder, or the file one was exported to")
