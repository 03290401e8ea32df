"""How figures look: colours, widths, and what all of them have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import altair as alt

if TYPE_CHECKING:
    from collections.abc import Sequence

Spec = dict[str, Any]
"""A Vega-Lite specification, as plain values."""
Shape = Literal["circle", "square", "triangle-up", "diamond", "cross", "triangle-down"]

SHAPES: tuple[Shape, ...] = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
DASHES: tuple[tuple[float, ...], ...] = (
    (1, 0),
    (6, 3),
    (2, 2),
    (8, 3, 2, 3),
    (10, 4),
    (4, 2, 1, 2),
)
"""By series, as the colours: what colour says, shape and dash say too."""
POINT = 90
"""Area of a point, in square pixels: large enough to be hit with a finger's edge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Colours: those of a page follow its scheme, those of a picture are fixed."""

    ink: str
    faint: str
    """Second to the ink: ticks, captions."""
    grid: str
    series: tuple[str, ...]
    """As many as there are shapes and dashes."""
    background: str


PAGE = Palette(
    ink="var(--ink)",
    faint="var(--faint)",
    grid="var(--grid)",
    series=tuple(f"var(--s{i})" for i in range(1, 7)),
    background="transparent",
)
"""Variables of `style.css`, which has them for light and for dark."""
PICTURE = Palette(
    ink="#1b1f23",
    faint="#59636e",
    grid="#d5dae0",
    series=("#0072B2", "#D55E00", "#007a5a", "#A8487F", "#8a6100", "#3178a6"),
    background="#ffffff",
)
"""Okabe and Ito's, darkened where they would be too pale for thin lines on white."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a figure is drawn for."""

    width: int
    """Of the whole figure, in pixels."""
    palette: Palette
    is_narrow: bool = False
    """For a telephone: fewer words beside the marks."""


WIDE, NARROW, SMALL = 680, 312, 312
"""Widths of a figure on a desktop, on a telephone, and of one of many small ones."""


def of(values: list[dict[str, Any]]) -> alt.Chart:
    """Return an empty chart of values."""
    return alt.Chart(alt.InlineData(values=values))


def finished(layers: Sequence[alt.Chart], look: Look, height: int) -> Spec:
    """Return layers as a specification, all of it within the look's width and `height` pixels."""
    fitted = alt.layer(*layers).properties(
        width=look.width,
        height=height,
        autosize=alt.AutoSizeParams(type="fit", contains="padding"),
    )
    spec: Spec = fitted.to_dict()
    spec["config"] = _config(look.palette)
    return spec


def _config(palette: Palette) -> Spec:
    axis = {
        "labelColor": palette.ink,
        "titleColor": palette.ink,
        "titleFontWeight": "normal",
        "titleFontSize": 12,
        "labelFontSize": 12,
        "domainColor": palette.faint,
        "tickColor": palette.faint,
        "gridColor": palette.grid,
        "labelFlush": False,
    }
    return {
        "background": palette.background,
        "font": "sans-serif",
        "padding": 4,
        "view": {"stroke": "transparent"},
        "axis": axis,
        "text": {"color": palette.ink, "fontSize": 12},
        "legend": {
            "labelColor": palette.ink,
            "titleColor": palette.ink,
            "titleFontWeight": "normal",
            "labelFontSize": 12,
            "titleFontSize": 12,
            "orient": "top",
            "symbolOpacity": 1,
            "symbolStrokeWidth": 0,
            "columnPadding": 20,
            "labelLimit": 260,
        },
    }
