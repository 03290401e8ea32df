"""`gadfly scaling`: metrics of several runs against the size of what was run."""

from __future__ import annotations

from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gadfly.bot.errors import ConfigError
from gadfly.eval.cli.output import print_json
from gadfly.eval.cli.runs import find_run

if TYPE_CHECKING:
    from collections.abc import Iterable


@click.command("scaling")
@click.argument("runs", nargs=-1, required=True, metavar="RUN…")
@click.option(
    "--size",
    "sizes",
    multiple=True,
    metavar="RUN=NUMBER",
    help="Size of what was run, where its own files do not say (repeatable).",
)
@click.option(
    "--metric",
    "metrics",
    multiple=True,
    metavar="NAME[:ARM]",
    help="Only this metric (repeatable).",
)
@click.option("--png", type=click.Path(path_type=Path), help="Draw into this file, too.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def command(
    runs: tuple[str, ...],
    sizes: tuple[str, ...],
    metrics: tuple[str, ...],
    png: Path | None,
    *,
    as_json: bool,
) -> int:
    """Put metrics of runs against size: is there a trend, and can its curve be told?

    Each RUN is a folder or a name under ./runs. Seven kinds of curve are weighed against each
    other; where none stands out it says so. Sizes are the parameters of the models, by their own
    files, unless given.
    """
    from gadfly.eval.page.needs import check_needs
    from gadfly.eval.scaling.points import read_points
    from gadfly.eval.scaling.report import ScalingReport

    if png is not None:
        check_needs()
    folders = [find_run(name) for name in runs]
    report = ScalingReport.of(read_points(folders, _sizes(sizes)), metrics)
    if as_json:
        print_json(report.document())
    else:
        click.echo("\n".join(report.told()))
    if png is not None:
        from gadfly.eval.scaling.picture import write_png

        write_png(report, png)
        click.echo(f"drawn: {png}", err=True)
    return 0


def _sizes(given: Iterable[str]) -> dict[str, float]:
    """Read RUN=NUMBER; a run may be given by its path.

    Raises:
        ConfigError: One is not of that form, not above 0, or given twice.
    """
    found: dict[str, float] = {}
    for each in given:
        run, equals, text = each.rpartition("=")
        try:
            value = float(text.replace("_", ""))
        except ValueError:
            value = -1.0
        name = Path(run).name
        if not equals or not name or not isfinite(value) or value <= 0.0:
            raise ConfigError(f"--size {each!r}: write RUN=NUMBER, such as small=135e6")
        if name in found:
            raise ConfigError(f"--size: {name!r} is given twice")
        found[name] = value
    return found
