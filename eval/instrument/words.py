"""Cells in words: what was declared, and what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.eval.instrument.verdict import MARGIN, RANK, SLOPE_OFF, Cell

if TYPE_CHECKING:
    from gadfly.eval.instrument.verdict import Fault, Recovery


def told(fault: Fault) -> str:
    """Return what was declared of a cell."""
    if isinstance(fault.what, Cell):
        if fault.what.law is None:
            return f"zero: at most {MARGIN:.0%} of its own trait's effect"
        return f"{'rises' if fault.what.law.sign > 0 else 'falls'} by definition"
    if fault.what.own.slope is not None:
        return f"own: slope within {SLOPE_OFF:.0%} of 1"
    return f"own: rank correlation of {RANK:.2f} or more"


def found(fault: Fault) -> str:
    """Return what was found of a cell."""
    what = fault.what
    if not isinstance(what, Cell):
        return recovered(what)
    if what.share is None:
        return "no value to compare"
    if what.is_inert:
        return "not one value differed"
    return f"{share_of(what)}, p {p_of(what.p)}" if what.law is None else share_of(what)


def recovered(what: Recovery) -> str:
    """Return how a metric follows its own trait."""
    if what.slope is None or what.r is None:
        missing = sum(value is None for value in what.values)
        return f"no value at {missing} of {len(what.values)} levels"
    if what.own.slope is None:
        return f"rank correlation {number(what.r)}"
    return f"slope {number(what.slope)}, bias {number(what.bias or 0.0)}"


def share_of(cell: Cell) -> str:
    """Return a cell's effect as a share of its own trait's, with its standard error."""
    share = round(100 * (cell.share or 0.0), 1) + 0.0
    return f"{share:+.1f} % ± {100 * cell.error:.1f}"


def p_of(p: float) -> str:
    """Write a p-value."""
    return "< .001" if p < 0.001 else f"{p:.3f}".lstrip("0") if p < 1.0 else "1"


def number(value: float | None) -> str:
    """Write a number to three digits, no negative zero."""
    return "-" if value is None else f"{round(value, 3) + 0.0:.3g}"
