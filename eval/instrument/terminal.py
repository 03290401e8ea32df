"""The check for a terminal: what failed, then how traits are recovered, then the whole matrix."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from gadfly.eval.instrument.words import found, number, told

if TYPE_CHECKING:
    from rich.console import Console

    from gadfly.eval.instrument.grid import Check
    from gadfly.eval.instrument.verdict import Cell, Recovery

_LETTERS = string.ascii_lowercase + string.ascii_uppercase
_LEGEND = (
    "o own  + - by definition  . zero: not one value differed  : zero: within the margin  "
    "? not settled  ! failed"
)
_AT_ONCE = 40
"""Failures shown; `--json` has all."""


def print_check(console: Console, check: Check) -> None:
    """Print a check."""
    console.print(summary(check), style="bold")
    _faults(console, check)
    _recoveries(console, check)
    _matrix(console, check)


def summary(check: Check) -> str:
    """Return what came of a check, in one sentence."""
    faults = check.faults
    failed = sum(fault.standing == "fail" for fault in faults)
    cells = len(check.recoveries) + len(check.cells)
    text = f"{len(check.recoveries)} metrics x {len(check.grid.traits)} traits, {cells} cells: "
    if not faults:
        return text + "all as declared"
    return text + f"{cells - len(faults)} as declared, {failed} failed, {len(faults) - failed} open"


def _faults(console: Console, check: Check) -> None:
    faults = check.faults
    if not faults:
        return
    table = _table("metric", "trait", "declared", "found")
    for fault in faults[:_AT_ONCE]:
        table.add_row(fault.row, fault.trait, told(fault), f"{fault.standing}: {found(fault)}")
    console.print(table)
    if len(faults) > _AT_ONCE:
        console.print(f"and {len(faults) - _AT_ONCE} more (--json has all)")


def _recoveries(console: Console, check: Check) -> None:
    table = _table("metric", "own trait", "slope", "r", "bias", "from", "to")
    for name, r in check.recoveries.items():
        cells = (number(x) for x in (r.slope, r.r, r.bias, r.values[0], r.values[-1]))
        table.add_row(name, r.own.trait, *cells)
    console.print(table)


def _matrix(console: Console, check: Check) -> None:
    traits = check.grid.traits
    letters = dict(zip(traits, _LETTERS, strict=False))
    marks = {(cell.row, cell.trait): _mark(cell) for cell in check.cells}
    width = max((len(name) for name in check.recoveries), default=0)
    console.print(Text("  ".join(f"{letter} {trait}" for trait, letter in letters.items())))
    console.print(Text(_LEGEND))
    console.print(Text(" " * (width + 1) + "".join(letters.values())), soft_wrap=True)
    for name, r in check.recoveries.items():
        line = "".join(
            _own_mark(r) if trait == r.own.trait else marks[name, trait] for trait in traits
        )
        console.print(Text(f"{name:{width}} {line}"), soft_wrap=True)


def _own_mark(r: Recovery) -> str:
    return "o" if r.standing == "pass" else "!"


def _mark(cell: Cell) -> str:
    if cell.standing != "pass":
        return "!" if cell.standing == "fail" else "?"
    if cell.law is not None:
        return "+" if cell.law.sign > 0 else "-"
    return "." if cell.is_inert else ":"


def _table(*heads: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for head in heads:
        table.add_column(head, overflow="fold")
    return table
