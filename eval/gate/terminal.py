"""A comparison for a terminal of 80 columns: verdict, headline contrasts, then the exploratory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from gadfly.bot.foreign import plain
from gadfly.eval.headline import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console, RenderableType

    from gadfly.eval.gate.result import ContrastResult, GateResult

STYLES = {"pass": "green", "regression": "bold red", "inconclusive": "yellow"}
SHOWN = 10
"""Exploratory contrasts shown; all with `everything`."""
_WIDE = 30


def print_result(console: Console, result: GateResult, *, everything: bool = False) -> None:
    """Print a comparison; with `everything` all exploratory contrasts."""
    console.print(result_renderable(result, everything=everything))


def result_renderable(result: GateResult, *, everything: bool = False) -> RenderableType:
    """Return a comparison as something Rich can print."""
    explored = result.exploratory if everything else result.exploratory[:SHOWN]
    parts: list[RenderableType] = [_header(result), Text(), _headline(result.headline)]
    told = [f"{c.name}: {c.reason}" for c in result.headline if c.reason]
    parts += [Text(), *(_bullet(line) for line in told)]
    if explored:
        more = len(result.exploratory) - len(explored)
        title = "Exploratory: candidate minus baseline, no verdict"
        parts += [Padding(Text(title, style="bold"), (1, 0, 0, 0)), _exploratory(explored)]
        parts += [Text(f"and {more} more")] if more else []
    parts += [Padding(_verdict(result), (1, 0, 0, 0))]
    return Group(*parts)


def _header(result: GateResult) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="bold", no_wrap=True, width=9)
    grid.add_column()
    for name, side in (("baseline", result.baseline), ("candidate", result.candidate)):
        about = f"{plain(side.respondent)}, epoch {side.epoch}, of {plain(side.created)}"
        grid.add_row(Text(name), Text(about))
    grid.add_row(Text("plan"), Text(plain(result.baseline.run)))
    for look in result.looks:
        left = f"{len(look.undecided)} undecided" if look.undecided else "all decided"
        grid.add_row(Text("look"), Text(f"{look.families} families: {left}"))
    for note in result.notes:
        grid.add_row(Text("note"), Text(note))
    return grid


def _headline(contrasts: Sequence[ContrastResult]) -> Table:
    table = _table("verdict", "worse by", "95% interval", "margin", "MDE", "fam.")
    for c in contrasts:
        verdict = c.verdict or "inconclusive"
        table.add_row(
            Text(_spelled(c)),
            Text(verdict, style=STYLES[verdict]),
            number(c.effect, c.unit),
            _interval(c),
            number(c.margin, c.unit).lstrip("+"),
            number(c.mde, c.unit).lstrip("+"),
            str(c.clusters),
        )
    return table


def _exploratory(contrasts: Sequence[ContrastResult]) -> Table:
    table = _table("difference", "95% interval", "adj. p", "fam.")
    for c in contrasts:
        p = "-" if c.p_adjusted is None else f"{c.p_adjusted:.3f}"
        cells = (number(c.effect, c.unit), _interval(c), p, str(c.clusters))
        table.add_row(Text(_spelled(c)), *cells)
    return table


def _table(*names: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    table.add_column("", overflow="fold", max_width=_WIDE)
    for name in names:
        table.add_column(name, justify="left" if name == "verdict" else "right")
    return table


def _interval(c: ContrastResult) -> str:
    if c.low is None or c.high is None:
        return "-"
    return f"{number(c.low, c.unit)}, {number(c.high, c.unit)}"


def _spelled(c: ContrastResult) -> str:
    return plain(c.name.replace("_", " "))


def _verdict(result: GateResult) -> Text:
    doubt = "" if result.confirmed == "not needed" else f" ({result.confirmed})"
    said = Text(f"{result.verdict}{doubt}", style=STYLES[result.verdict])
    return said.append(f": {result.reason}", style="not bold default")


def _bullet(line: str) -> RenderableType:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column()
    grid.add_row(Text("-"), Text(line))
    return grid
