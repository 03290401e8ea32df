"""Ladders of severity: acceptance rung by rung, the curve fitted to it, and where it tips."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np

from gadfly.eval.metrics.answer import KINDS
from gadfly.eval.metrics.ladder import fitted, ladder_curve, ladders_of, plainly
from gadfly.eval.page.figure import Absent, Figure, Panel, ranged
from gadfly.eval.page.forest import Forest, Row
from gadfly.eval.page.look import DASHES, SHAPES, finished, of
from gadfly.eval.stats.psychometric import slopes_of, threshold_interval

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.eval.metrics.answer import Kind
    from gadfly.eval.metrics.ladder import Walk
    from gadfly.eval.page.figure import Link
    from gadfly.eval.page.look import Look, Spec
    from gadfly.eval.record import TrialRecord
    from gadfly.eval.stats.psychometric import Curve

TITLE = "Ladders of severity"
SAYS = (
    "How mild an act must be before it is accepted. To the right acts get milder, rung by rung; up "
    "is the share of answers that accept the act. Marks are what was observed, curves what was "
    "fitted to it, one for each number of lives at stake. The bar across the middle is where the "
    "curve tips, with its 95 % interval. A curve that rises early accepts much; one that jumps is "
    "sure of itself; marks far from a rising curve are answers out of order."
)
FAMILIES = 24
"""Families with a panel of their own."""
_POINTS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """One family's answers at one benefit, and what was fitted to them."""

    walk: Walk
    curve: Curve
    low: float
    high: float
    """Interval of the threshold of this ladder alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """The ladders of one family."""

    name: str
    ladders: tuple[Ladder, ...]
    rungs: tuple[int, int]
    """First and last severity asked of any family."""

    def draw(self, look: Look, link: Link) -> Spec:
        """Return the drawing."""
        first, last = self.rungs
        x = alt.X(
            "x:Q",
            scale=alt.Scale(domain=[first - 0.6, last + 0.6], nice=False),
            axis=alt.Axis(title="rung (milder →)", tickMinStep=1, format="d", grid=False),
        )
        y = alt.Y(
            "y:Q",
            scale=alt.Scale(domain=[-0.04, 1.04], nice=False),
            axis=alt.Axis(title="accepts", format="%", values=[0, 0.5, 1]),
        )
        colour, shape, dash = self._keys(look)
        layers = [
            of([p for i in range(len(self.ladders)) for p in self._curve(i)])
            .mark_line(strokeWidth=2, aria=False)
            .encode(x=x, y=y, color=colour, strokeDash=dash),
            of([self._threshold(i) for i in range(len(self.ladders))])
            .mark_rule(strokeWidth=5, opacity=0.5)
            .encode(x=alt.X("low:Q"), x2="high:Q", y=y, color=colour, description="tip:N"),
            of([p for i in range(len(self.ladders)) for p in self._points(i, link)])
            .mark_point(filled=True, size=70, opacity=1)
            .encode(x=x, y=y, color=colour, shape=shape, href="href:N", description="tip:N"),
        ]
        return finished(layers, look, 250)

    def _keys(self, look: Look) -> tuple[alt.Color, alt.Shape, alt.StrokeDash]:
        """Return what tells the ladders of a family apart, by colour, shape and dash."""
        order = [*range(len(self.ladders))]
        names = "[" + ",".join(f"'{_lives(w.walk.benefit)}'" for w in self.ladders) + "]"
        legend = alt.Legend(
            title="lives at stake", labelExpr=f"{names}[datum.value]", orient="bottom", columns=6
        )
        k = len(look.palette.series)
        colours = [look.palette.series[i % k] for i in order]
        shapes = [SHAPES[i % len(SHAPES)] for i in order]
        dashes = [list(DASHES[i % len(DASHES)]) for i in order]
        return (
            alt.Color("ladder:N", scale=alt.Scale(domain=order, range=colours), legend=legend),
            alt.Shape("ladder:N", scale=alt.Scale(domain=order, range=shapes), legend=legend),
            alt.StrokeDash("ladder:N", scale=alt.Scale(domain=order, range=dashes), legend=None),
        )

    def _curve(self, i: int) -> list[dict[str, Any]]:
        first, last = self.rungs
        at = np.linspace(first - 0.5, last + 0.5, _POINTS)
        return [{"ladder": i, "x": float(x), "y": self.ladders[i].curve.at(float(x))} for x in at]

    def _threshold(self, i: int) -> dict[str, Any]:
        ladder = self.ladders[i]
        told = f"{ladder.curve.threshold:.1f} [{ladder.low:.1f}, {ladder.high:.1f}]"
        tip = f"lives at stake {_lives(ladder.walk.benefit)}: tips at rung {told}"
        # Beside one another, not on top.
        y = 0.5 + 0.05 * (i - (len(self.ladders) - 1) / 2)
        return {"ladder": i, "low": ladder.low, "high": ladder.high, "y": y, "tip": tip}

    def _points(self, i: int, link: Link) -> list[dict[str, Any]]:
        walk = self.ladders[i].walk
        found = []
        for rung, tally in sorted(walk.rungs.items()):
            where = f"{self.name}, lives at stake {_lives(walk.benefit)}, rung {rung}"
            tip = f"{where}: accepts {tally.p:.0%} of {tally.n}"
            href = link(tally.trials, tip)
            values = {"ladder": i, "x": rung, "y": tally.p, "tip": tip}
            found.append(values | ({"href": href} if href else {}))
        return found


def ladders(records: Sequence[TrialRecord]) -> Figure | Absent:
    """Return the figure of a run's ladders."""
    trials = plainly(records)
    kind = next((k for k in KINDS if _fits(trials, k)), None)
    if kind is None:
        return Absent(
            title=TITLE, why="no ladder of severity was answered on two rungs (probe ladder)"
        )
    found = _fits(trials, kind)
    shown = found[:FAMILIES]
    notes = [f"Answers as {'given on the record' if kind == 'said' else 'read off the record'}."]
    if len(found) > len(shown):
        notes.append(f"{len(found) - len(shown)} more families have ladders; see the table of all.")
    overall = _thresholds(records, kind, found)
    panels = [Panel(draw=overall.draw, name="thresholds", alt="Thresholds, with their intervals.")]
    panels += [
        Panel(
            draw=family.draw,
            name=str(i),
            title=family.name,
            alt=f"Acceptance by rung of {family.name}, with fitted curves.",
            is_small=True,
        )
        for i, family in enumerate(shown, start=1)
    ]
    behind = [
        tuple(tally.trials)
        for family in shown
        for ladder in family.ladders
        for _, tally in sorted(ladder.walk.rungs.items())
    ]
    return Figure(
        name="ladders",
        title=TITLE,
        says=SAYS,
        panels=tuple(panels),
        trials=tuple(behind),
        notes=tuple(notes),
    )


def _fits(trials: Sequence[TrialRecord], kind: Kind) -> list[Family]:
    """Return the families with a ladder fitted, in name order."""
    fits, evidence = fitted(ladders_of(trials, kind))
    slopes = slopes_of([one for name in sorted(evidence) for one in evidence[name]])
    own: dict[str, list[Ladder]] = defaultdict(list)
    for walk, curve in fits:
        if curve is not None:
            low, high = threshold_interval(*walk.points(), slopes=slopes)
            low, high = min(low, curve.threshold), max(high, curve.threshold)
            own[walk.family].append(Ladder(walk=walk, curve=curve, low=low, high=high))
    asked = [rung for each in own.values() for ladder in each for rung in ladder.walk.rungs]
    if not asked:
        return []
    rungs = (min(asked), max(asked))
    return [Family(name=name, ladders=tuple(own[name]), rungs=rungs) for name in sorted(own)]


def _thresholds(records: Sequence[TrialRecord], kind: Kind, found: Sequence[Family]) -> Forest:
    """Return the thresholds over families: of all ladders, and by lives at stake."""
    rng = np.random.default_rng(0)
    behind: dict[str, list[str]] = defaultdict(list)
    for family in found:
        for ladder in family.ladders:
            for arm in (kind, f"{kind}/b{ladder.walk.benefit}"):
                behind[arm].extend(ladder.walk.trials)
    rows = []
    for scores in ladder_curve(records):
        if scores.quantity.metric != "ladder_threshold" or scores.arm not in behind:
            continue
        e = scores.estimates(rng)[0]
        if e.value is None:
            continue
        at = scores.arm.partition("/b")[2]
        rows.append(
            Row(
                label=f"lives at stake: {_lives(int(at))}" if at else "all ladders",
                value=e.value,
                low=e.low,
                high=e.high,
                told=f"rung {ranged(e.value, e.low, e.high, e.unit)}",
                trials=tuple(behind[scores.arm]),
            )
        )
    return Forest(rows=rows, axis="rung from which acts are accepted (milder →)")


def _lives(benefit: int) -> str:
    return f"{benefit:,}"
