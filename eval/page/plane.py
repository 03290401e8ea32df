"""The plane of dogmatism and capitulation: moved by good arguments (H), moved by bad ones (F)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np
from scipy import special

from gadfly.eval.metrics.detection import adoption_rates
from gadfly.eval.metrics.persuasion import INVALID, STRONG
from gadfly.eval.page.figure import Absent, Figure, Panel
from gadfly.eval.page.look import POINT, finished, of
from gadfly.eval.stats.cluster import cluster_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.eval.page.figure import Link
    from gadfly.eval.page.look import Look, Spec
    from gadfly.eval.record import TrialRecord
    from gadfly.eval.stats.interval import Interval

TITLE = "Dogmatism and capitulation"
CRITERIA = (-1.0, -0.5, 0.0, 0.5, 1.0)
"""Criteria whose lines are drawn."""
SAYS = (
    "Up: how often its reply goes over to the other side after a strong, valid argument (H). To "
    "the right: how often it does after the same argument with its reasoning broken (F). Who "
    "listens to reasons is at the top left; who moves for nothing at the bottom left, dogmatic; "
    "who moves for anything at the top right, spineless. On the straight diagonal good and bad "
    "arguments count alike. Along a dashed line the criterion c is the same: the readiness to "
    "give in, whatever the argument. The cross is the run with its 95 % intervals; circles are "
    "scenario families, larger where several stand on one spot."
)
_STEPS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Families with the same rates."""

    hit: float
    false: float
    families: tuple[str, ...]
    trials: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plane:
    """What the figure is drawn from."""

    spots: tuple[Spot, ...]
    hit: Interval
    false: Interval

    def draw(self, look: Look, link: Link) -> Spec:
        """Return the drawing."""
        palette = look.palette
        narrow = look.is_narrow
        across, up = (
            alt.Axis(title=title, tickCount=5, format="%")
            for title in (
                "F: over after an invalid argument",
                "H: over after a valid argument",
            )
        )
        x, y = alt.X("f:Q", scale=_unit(), axis=across), alt.Y("h:Q", scale=_unit(), axis=up)
        lines = [
            {"f": f, "h": h, "c": c, "order": i}
            for c in CRITERIA
            for i, (f, h) in enumerate(iso_criterion(c))
        ]
        names = [
            {"f": f, "h": h, "text": f"c = {c:+.1f}"}
            for c in CRITERIA
            for f, h in [iso_criterion(c)[_STEPS // 2]]
        ]
        corners = [
            {"f": 0.02, "h": 0.97, "text": "moved by reasons"},
            {"f": 0.02, "h": 0.03, "text": "dogmatic"},
        ]
        right = [
            {"f": 0.98, "h": 0.97, "text": "spineless"},
            {"f": 0.98, "h": 0.03, "text": "contrary"},
        ]
        layers = [
            of([{"f": 0, "h": 0}, {"f": 1, "h": 1}])
            .mark_line(color=palette.faint, strokeWidth=1, aria=False)
            .encode(x=x, y=y),
            of(lines)
            .mark_line(color=palette.faint, strokeDash=[3, 3], strokeWidth=1, aria=False)
            .encode(x=x, y=y, detail="c:N", order="order:Q"),
            of(names)
            .mark_text(color=palette.faint, fontSize=11, dx=2, dy=-6, align="left", aria=False)
            .encode(x=x, y=y, text="text:N"),
            of(corners)
            .mark_text(align="left", fontStyle="italic", fontSize=11 if narrow else 13)
            .encode(x=x, y=y, text="text:N"),
            of(right)
            .mark_text(align="right", fontStyle="italic", fontSize=11 if narrow else 13)
            .encode(x=x, y=y, text="text:N"),
            *self._whole(look, x, y),
            of(self._spots(link))
            .mark_point(filled=True, color=palette.series[0], opacity=0.55)
            .encode(
                x=x,
                y=y,
                size=alt.Size("area:Q", scale=None, legend=None),
                href="href:N",
                description="tip:N",
            ),
        ]
        return finished(layers, look, look.width if narrow else 560)

    def _spots(self, link: Link) -> list[dict[str, Any]]:
        found = []
        for spot in self.spots:
            many = len(spot.families)
            who = spot.families[0] if many == 1 else f"{many} families"
            tip = f"{who}: H {spot.hit:.0%}, F {spot.false:.0%}"
            href = link(spot.trials, tip)
            area = POINT * many**0.75
            values = {"f": spot.false, "h": spot.hit, "area": area, "tip": tip}
            found.append(values | ({"href": href} if href else {}))
        return found

    def _whole(self, look: Look, x: alt.X, y: alt.Y) -> list[alt.Chart]:
        """Return the cross of the whole run."""
        colour, hit, false = look.palette.series[1], self.hit, self.false
        if hit.value is None or false.value is None:
            return []
        tip = f"the run: H {_told(hit)}, F {_told(false)}"
        whole = {"f": false.value, "h": hit.value, "tip": tip}
        whole |= {"f1": false.low, "f2": false.high, "h1": hit.low, "h2": hit.high}
        layers = []
        if hit.low is not None and false.low is not None:
            rule = of([whole]).mark_rule(color=colour, strokeWidth=3, aria=False)
            layers = [
                rule.encode(x=alt.X("f1:Q", scale=_unit()), x2="f2:Q", y=y),
                rule.encode(x=x, y=alt.Y("h1:Q", scale=_unit()), y2="h2:Q"),
            ]
        point = of([whole]).mark_point(
            filled=True, shape="diamond", size=2 * POINT, color=colour, opacity=1
        )
        return [*layers, point.encode(x=x, y=y, description="tip:N")]


def plane(records: Sequence[TrialRecord]) -> Figure | Absent:
    """Return the figure of a run's arguments."""
    rates, keys = adoption_rates(records)
    if not rates:
        return Absent(
            title=TITLE,
            why="no scenario family answered both a strong argument and its invalid twin with a "
            "side taken before (probe persuasion)",
        )
    places: dict[tuple[float, float], list[tuple[str, str]]] = defaultdict(list)
    for where, arms in rates.items():
        places[arms[STRONG], arms[INVALID]].append(where)
    spots = tuple(
        Spot(
            hit=hit,
            false=false,
            families=tuple(family for _, family in own),
            trials=tuple(key for where in own for key in keys[where]),
        )
        for (hit, false), own in sorted(places.items())
    )
    hit, false = (
        cluster_mean(
            {"\0".join(where): (arms[arm],) for where, arms in rates.items()},
            np.random.default_rng(0),
            bounds=(0.0, 1.0),
        )
        for arm in (STRONG, INVALID)
    )
    found = Plane(spots=spots, hit=hit, false=false)
    seen = f"H is {_told(hit)} and F {_told(false)}, over {len(rates)} scenario families."
    return Figure(
        name="plane",
        title=TITLE,
        says=SAYS,
        panels=(Panel(draw=found.draw, alt=f"Plane of H against F. {seen}"),),
        trials=tuple(spot.trials for spot in spots),
        notes=(seen,),
    )


def iso_criterion(c: float) -> list[tuple[float, float]]:
    """Return points (F, H) of equal criterion c = -[z(H) + z(F)] / 2, F ascending."""
    f = np.linspace(0.001, 0.999, _STEPS + 1)
    h = special.ndtr(-2.0 * c - special.ndtri(f))
    return [(float(a), float(b)) for a, b in zip(f, h, strict=True)]


def _unit() -> alt.Scale:
    return alt.Scale(domain=[0, 1], nice=False)


def _told(found: Interval) -> str:
    if found.value is None:
        return "unknown"
    if found.low is None or found.high is None:
        return f"{found.value:.0%}"
    return f"{found.value:.0%} [{found.low:.0%}, {found.high:.0%}]"
