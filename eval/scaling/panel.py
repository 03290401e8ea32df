"""A series as a picture of characters: on a linear and on a logarithmic axis, side by side."""

from __future__ import annotations

from math import log10
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from gadfly.eval.scaling.points import Line
    from gadfly.eval.stats.scaling import Fit

WIDTH, HEIGHT = 32, 9
_MARGIN = 8


def panels(line: Line, fit: Fit | None, write: Callable[[float], str]) -> Iterator[str]:
    """Yield the lines of the two panels.

    o is a value, | its interval, . the best curve; `write` writes a value at the left.
    """
    lows = [e.low if e.low is not None else (e.value or 0.0) for e in line.estimates]
    highs = [e.high if e.high is not None else (e.value or 0.0) for e in line.estimates]
    bottom, top = min(lows), max(highs)
    if top <= bottom:
        bottom, top = bottom - 0.5, top + 0.5

    def height(value: float) -> int:
        share = (value - bottom) / (top - bottom)
        return round((1.0 - min(1.0, max(0.0, share))) * (HEIGHT - 1))

    pair = [
        _grid(line, fit, scale, height, list(zip(lows, highs, strict=True)))
        for scale in (lambda x: x, log10)
    ]
    for i in range(HEIGHT):
        at = {0: top, HEIGHT - 1: bottom, HEIGHT // 2: (top + bottom) / 2}.get(i)
        mark = "" if at is None else write(at)
        yield f"{mark:>{_MARGIN}} |" + "   |".join("".join(grid[i]) for grid in pair)
    rule = "-" * WIDTH
    yield f"{'':>{_MARGIN}} +{rule}   +{rule}"
    ends = f"{size(line.sizes[0])}{size(line.sizes[-1]):>{WIDTH - len(size(line.sizes[0]))}}"
    yield f"{'':>{_MARGIN}}  {ends}    {ends}"
    yield f"{'':>{_MARGIN}}  {'linear axis':^{WIDTH}}    {'logarithmic axis':^{WIDTH}}"


def _grid(
    line: Line,
    fit: Fit | None,
    scale: Callable[[float], float],
    height: Callable[[float], int],
    ends: Sequence[tuple[float, float]],
) -> list[list[str]]:
    grid = [[" "] * WIDTH for _ in range(HEIGHT)]
    places = [scale(s) for s in line.sizes]
    first, last = min(places), max(places)
    span = (last - first) or 1.0
    if fit is not None:
        at = [first + span * c / (WIDTH - 1) for c in range(WIDTH)]
        if scale is log10:
            at = [10.0**place for place in at]
        for column, value in enumerate(fit.at(at)):
            grid[height(value)][column] = "."
    columns = [round((place - first) / span * (WIDTH - 1)) for place in places]
    for column, (low, high) in zip(columns, ends, strict=True):
        for row in range(height(high), height(low) + 1):
            grid[row][column] = "|"
    for column, value in zip(columns, line.values, strict=True):
        grid[height(value)][column] = "o"
    return grid


def size(value: float) -> str:
    """Write a size briefly: 135M, 7.2B."""
    for above, letter in ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k")):
        if value >= above:
            return f"{value / above:.3g}{letter}"
    return f"{value:.3g}"
