"""Values with their intervals, one below the other: the form most figures of a page have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import altair as alt

from gadfly.eval.page.look import POINT, SHAPES, finished, of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.eval.page.figure import Link
    from gadfly.eval.page.look import Look, Spec

STEP = 40
"""Pixels from one row to the next: a line of words, and the interval below it."""
_AXIS = 52
"""Pixels of axis and title."""
_ROOM = 0.06
"""Share of the range left free at either end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One value."""

    label: str
    value: float
    low: float | None
    high: float | None
    told: str
    """The value and its interval in words."""
    trials: tuple[str, ...] = ()
    series: int = 0
    """Index into `Forest.series`."""
    people: float | None = None
    """The figure people have, where they have a comparable one."""
    mde: float | None = None
    """Least effect a run of this size would usually show, where nothing is 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A value that all rows are to be seen against."""

    at: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Forest:
    """Rows on one scale."""

    rows: Sequence[Row]
    axis: str
    """Title of the scale."""
    series: tuple[str, ...] = ("",)
    """What tells rows apart beside their labels; a legend where there are several."""
    rules: tuple[Rule, ...] = ()
    domain: tuple[float, float] | None = None
    """Ends of the scale; those of what is drawn where left out."""

    def draw(self, look: Look, link: Link) -> Spec:
        """Return the drawing."""
        shown = [_values(i, row, link) for i, row in enumerate(self.rows)]
        x = alt.X("value:Q", scale=self._scale(), axis=alt.Axis(title=self.axis, tickCount=6))
        y = alt.Y("row:Q", scale=alt.Scale(domain=[len(shown) - 0.6, -0.7], nice=False), axis=None)
        palette = look.palette
        rules = [r for r in self.rules if self._within(r.at)]
        layers: list[alt.Chart] = []
        if any(row["mde"] for row in shown):
            layers.append(
                of([row for row in shown if row["mde"]])
                .mark_rule(strokeWidth=11, color=palette.grid, clip=True, aria=False)
                .encode(x=alt.X("less:Q", scale=self._scale()), x2="mde:Q", y=y)
            )
        if rules:
            layers.append(_rules(rules, palette.faint, self._scale()))
        found = self._colour(look)
        ranges = [row for row in shown if row["low"] is not None]
        if ranges:
            layers.append(
                of(ranges)
                .mark_rule(strokeWidth=2.5, aria=False)
                .encode(x=alt.X("low:Q", scale=self._scale()), x2="high:Q", y=y, color=found)
            )
        layers += [
            of(shown)
            .mark_point(filled=True, size=POINT, opacity=1)
            .encode(
                x=x,
                y=y,
                color=found,
                shape=self._shape(),
                href="href:N",
                description="tip:N",
            ),
            of(shown)
            .mark_text(align="left", baseline="bottom", dy=-8, aria=False, limit=look.width - 20)
            .encode(x=alt.value(0), y=y, text="label:N"),
        ]
        people = [row for row in shown if row["people"] is not None]
        if people:
            layers.append(
                of(people)
                .mark_point(shape="diamond", size=POINT + 20, color=palette.ink, strokeWidth=1.6)
                .encode(x=alt.X("people:Q", scale=self._scale()), y=y, description="of_people:N")
            )
        return finished(layers, look, _AXIS + STEP * len(shown) + 24 * self._keyed)

    @property
    def _keyed(self) -> bool:
        return len(self.series) > 1

    def _scale(self) -> alt.Scale:
        low, high = self.domain or self._range()
        return alt.Scale(domain=[low, high], nice=False, zero=False)

    def _range(self) -> tuple[float, float]:
        """Return the ends of everything drawn, with some room."""
        found = [v for r in self.rows for v in (r.value, r.low, r.high, r.people) if v is not None]
        reach = max(map(abs, found))
        # A band wider than all there is runs off the scale instead of flattening the rest.
        bands = [min(r.mde, reach) for r in self.rows if r.mde is not None]
        found += [end for band in bands for end in (-band, band)]
        found += [rule.at for rule in self.rules]
        low, high = min(found), max(found)
        room = _ROOM * (high - low) or 0.5
        return low - room, high + room

    def _within(self, at: float) -> bool:
        low, high = self.domain or self._range()
        return low <= at <= high

    def _colour(self, look: Look) -> Any:
        colours = list(look.palette.series[: len(self.series)])
        if not self._keyed:
            return alt.value(colours[0])
        scale = alt.Scale(domain=[*range(len(self.series))], range=colours)
        return alt.Color("series:N", scale=scale, legend=self._legend())

    def _shape(self) -> Any:
        if not self._keyed:
            return alt.value(SHAPES[0])
        scale = alt.Scale(domain=[*range(len(self.series))], range=list(SHAPES[: len(self.series)]))
        return alt.Shape("series:N", scale=scale, legend=self._legend())

    def _legend(self) -> alt.Legend:
        names = [name.replace("'", "’") for name in self.series]
        picked = "[" + ",".join(f"'{name}'" for name in names) + "][datum.value]"
        return alt.Legend(title=None, labelExpr=picked)


def _values(i: int, row: Row, link: Link) -> dict[str, Any]:
    """Return what a row is drawn from."""
    tip = f"{row.label}: {row.told}"
    href = link(row.trials, tip) if row.trials else ""
    return {
        "row": i,
        "label": row.label,
        "value": row.value,
        "low": row.low,
        "high": row.high,
        "series": row.series,
        "people": row.people,
        "of_people": f"{row.label}: people",
        "mde": row.mde,
        "less": None if row.mde is None else -row.mde,
        "tip": tip,
        **({"href": href} if href else {}),
    }


def _rules(rules: Sequence[Rule], colour: str, scale: alt.Scale) -> alt.Chart:
    base = of([{"at": rule.at, "tip": rule.label} for rule in rules])
    rule: alt.Chart = base.mark_rule(color=colour, strokeDash=[4, 3], strokeWidth=1.2)
    return rule.encode(x=alt.X("at:Q", scale=scale), description="tip:N")
