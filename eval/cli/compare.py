"""`gadfly compare`: two runs, contrast by contrast; a look, whatever comes out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from gadfly.bot.errors import unknown
from gadfly.eval.cli.output import print_json
from gadfly.eval.cli.runs import RUNS
from gadfly.eval.cli.settings import gate_table

if TYPE_CHECKING:
    from gadfly.eval.gate.table import Table


@click.command("compare")
@click.argument("a")
@click.argument("b")
@click.option("--any-plan", is_flag=True, help="Compare what two different plans have in common.")
@click.option("--all", "everything", is_flag=True, help="Every exploratory contrast.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def command(a: str, b: str, *, any_plan: bool, everything: bool, as_json: bool) -> int:
    """Compare run B with run A, as the baseline: run folders, or files they were exported to.

    The six headline contrasts come first, with the verdict `gadfly gate` would have by the
    margins in gadfly.toml; then every other metric, with a false discovery rate of 5 %. Leaves
    with 0 whatever the verdict is.
    """
    from gadfly.eval.gate.config import gate_config
    from gadfly.eval.gate.judge import judge

    config = gate_config(gate_table())
    result = judge(_table(a), _table(b), config, same_plan=not any_plan)
    if as_json:
        print_json(result.document())
        return 0
    from rich.console import Console

    from gadfly.eval.gate.terminal import print_result

    print_result(Console(), result, everything=everything)
    return 0


def _table(name: str) -> Table:
    """Return the table of a run or file.

    Raises:
        ConfigError: It is neither, or is not what it was.
    """
    from gadfly.eval.gate.run import read_side

    for path in (Path(name), RUNS / name):
        if path.exists():
            return read_side(path)
    known = [p.name for p in RUNS.iterdir() if p.is_dir()] if RUNS.is_dir() else []
    raise unknown("run", name, known, hint="a run folder, or the file one was exported to")
