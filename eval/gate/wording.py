"""How differences are written in sentences."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gadfly.eval.estimate import Unit


def amount(value: float, unit: Unit) -> str:
    """Write a difference in its unit, without a sign: shares and shifts in points."""
    if unit in ("points", "rate"):
        return f"{abs(100 * value):.1f} points"
    return f"{abs(value):.3f}" if unit == "probability" else f"{abs(value):.2f} {unit}"


def more_or_less(effect: float, unit: Unit) -> str:
    """Write an effect whose sign says worse or better."""
    return f"{'worse' if effect > 0 else 'better'} by {amount(effect, unit)}"


def rooted(value: float | None) -> str:
    """Write the root of a mean of squares, in points; an estimate at or below 0 has none."""
    return f"{100 * sqrt(value):.0f} points" if value is not None and value > 0.0 else "none"
