"""A size series as a PNG file: each metric on a linear and on a logarithmic axis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import altair as alt
import numpy as np

from gadfly.bot.errors import StoreError
from gadfly.bot.foreign import plain
from gadfly.eval.page.drawing import picture

if TYPE_CHECKING:
    from pathlib import Path

    from gadfly.eval.scaling.points import Line
    from gadfly.eval.scaling.report import ScalingReport
    from gadfly.eval.stats.scaling import Series

_STEPS = 120
_AXES: tuple[Literal["linear", "log"], ...] = ("linear", "log")


def write_png(report: ScalingReport, path: Path) -> None:
    """Draw all series into one file.

    Raises:
        StoreError: The file cannot be written.
    """
    rows = [
        alt.hconcat(*(_chart(line, found, axis) for axis in _AXES))
        for line, found in zip(report.lines, report.series, strict=True)
        if line.estimates
    ]
    drawn = picture(alt.vconcat(*rows).to_dict())
    try:
        path.write_bytes(drawn)
    except OSError as e:
        raise StoreError(f"cannot write {str(path)!r}: {e.strerror}") from e


def _chart(line: Line, found: Series, axis: Literal["linear", "log"]) -> Any:
    percent = line.unit in ("rate", "points")
    factor = 100.0 if percent else 1.0
    rows = [
        {
            "size": x,
            "value": factor * (e.value or 0.0),
            "low": None if e.low is None else factor * e.low,
            "high": None if e.high is None else factor * e.high,
            "run": plain(name),
        }
        for x, e, name in zip(line.sizes, line.estimates, line.names, strict=True)
    ]
    x = (
        alt.X("size:Q", title=f"size ({axis} axis)")
        .scale(type=axis, zero=False, nice=False, padding=12)
        .axis(format="~s", labelOverlap=True)
    )
    y = alt.Y("value:Q", title="%" if percent else line.unit).scale(zero=False)
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=x)
    bars = base.mark_rule(color="#555555").encode(y=alt.Y("low:Q"), y2="high:Q")
    dots = base.mark_point(filled=True, size=60, color="#004488").encode(y=y)
    layers = [bars, dots]
    if found.best is not None:
        space = np.geomspace if axis == "log" else np.linspace
        at = [float(v) for v in space(line.sizes[0], line.sizes[-1], _STEPS)]
        curve = [
            {"size": u, "value": factor * v} for u, v in zip(at, found.best.at(at), strict=True)
        ]
        drawn = alt.Chart(alt.InlineData(values=curve)).mark_line(
            color="#bb5566", strokeDash=[6, 3]
        )
        layers.insert(0, drawn.encode(x=x, y=y))
    told = (
        "cannot tell"
        if found.best is None
        else f"{found.verdict}; drawn: {found.best.family} {found.best.weight:.2f}"
    )
    title = f"{line.metric} {line.arm}: {told}"
    return alt.layer(*layers).properties(width=320, height=200, title=title)
