"""How differences are written in sentences, and a contrast in words and figures."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from gadfly.eval.headline import number

if TYPE_CHECKING:
    from gadfly.eval.estimate import Unit
    from gadfly.eval.gate.result import ContrastResult


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


def figures(contrast: ContrastResult) -> str:
    """Return effect, interval, margin, p and sizes in one line."""
    unit = contrast.unit
    parts = [f"effect {number(contrast.effect, unit)}"]
    if contrast.low is not None and contrast.high is not None:
        parts.append(
            f"{contrast.level:.0%} [{number(contrast.low, unit)}, {number(contrast.high, unit)}]"
        )
    if contrast.margin is not None:
        parts.append(f"margin {number(contrast.margin, unit)}")
    if contrast.p_adjusted is not None:
        parts.append(f"adjusted p {contrast.p_adjusted:.3g}")
    if contrast.mde is not None:
        parts.append(f"MDE {number(contrast.mde, unit)}")
    parts.append(f"{contrast.n} trials, {contrast.clusters} families")
    return "; ".join(parts)


def said(contrast: ContrastResult) -> str:
    """Return the contrast's verdict in a sentence."""
    verdict = contrast.verdict or "no verdict"
    return f"{contrast.name}: {verdict}" + (f": {contrast.reason}" if contrast.reason else "")
