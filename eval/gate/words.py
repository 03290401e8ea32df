"""One contrast in words and figures, the same for every output."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.eval.headline import number

if TYPE_CHECKING:
    from gadfly.eval.gate.result import ContrastResult


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
