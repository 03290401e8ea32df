"""Stances over turns without any argument: dialogue by dialogue, and how many still hold."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np

from gadfly.eval.metrics.answer import stance_of
from gadfly.eval.metrics.maintenance import ARMS, departure, depths
from gadfly.eval.metrics.scores import of_probe
from gadfly.eval.page.figure import Absent, Figure, Panel
from gadfly.eval.page.look import DASHES, POINT, SHAPES, finished, of
from gadfly.eval.stats.cluster import cluster_mean
from gadfly.eval.stats.survival import product_limit, pseudo_values

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gadfly.eval.page.figure import Link
    from gadfly.eval.page.look import Look, Spec
    from gadfly.eval.record import TrialRecord
    from gadfly.eval.stats.survival import Span

HELD, MOVED = "Who still holds", "Stances over turns"
NONE = "no stance was followed over turns without an argument (probe maintenance)"
HELD_SAYS = (
    "The share of dialogues that are still on their first side after so many turns in which "
    "nobody argued: off-topic talk (neutral), or talk of a matter beside it (adjacent). Who left "
    "it once counts as gone. The share is known at the marks, where stances were read; a step "
    "down is drawn at the look that found it, and a dialogue whose look was not readable counts "
    "as long as it was seen (censored: a small upright stroke, the Kaplan-Meier estimate). Bars "
    "are 95 % intervals over families."
)
MOVED_SAYS = (
    "Each thin line is one dialogue: how strongly it was read, off the record, to hold the side it "
    "started on, 1 being wholly and 0 wholly the other side. Below the middle line it has changed "
    "sides. The thick line is the mean of scenario families. Thin lines are drawn at random "
    "with a fixed seed where there are many."
)
LINES = 40
"""Dialogues drawn in one panel."""
_HEIGHT = 300
_APART = 0.08
"""Of arms, in turns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a look after so many turns found in one arm."""

    arm: int
    turn: int
    share: float
    low: float | None
    high: float | None
    at_risk: int
    left: tuple[str, ...] = ()
    censored: tuple[str, ...] = ()
    """Dialogues seen for the last time here, though there were later looks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survival:
    """What the figure of who still holds is drawn from."""

    looks: tuple[Seen, ...]
    arms: tuple[str, ...]

    def draw(self, look: Look, link: Link) -> Spec:
        """Return the drawing."""
        rows = [self._values(seen, link) for seen in self.looks]
        # Arms stand a little beside one another, not on top.
        beside = alt.X(
            "beside:Q",
            axis=alt.Axis(title="turns without an argument", tickMinStep=1, format="d", grid=False),
            scale=alt.Scale(domain=[-0.2, max(s.turn for s in self.looks) + 0.4], nice=False),
        )
        y = alt.Y("share:Q", scale=_unit(), axis=alt.Axis(title="still on its side", format="%"))
        order = [*range(len(self.arms))]
        names = "['" + "','".join(self.arms) + "'][datum.value]"
        legend = alt.Legend(title=None, labelExpr=names)
        colours = list(look.palette.series[: len(order)])
        colour = alt.Color("arm:N", scale=alt.Scale(domain=order, range=colours), legend=legend)
        shape = alt.Shape(
            "arm:N", scale=alt.Scale(domain=order, range=list(SHAPES[: len(order)])), legend=legend
        )
        dash = alt.StrokeDash(
            "arm:N",
            scale=alt.Scale(domain=order, range=[list(d) for d in DASHES[: len(order)]]),
            legend=None,
        )
        base = of(rows)
        layers = [
            base.mark_line(interpolate="step-after", strokeWidth=2, aria=False).encode(
                x=beside, y=y, color=colour, strokeDash=dash
            ),
            of([r for r in rows if r["low"] is not None])
            .mark_rule(strokeWidth=1.5, aria=False)
            .encode(x=beside, y=alt.Y("low:Q", scale=_unit()), y2="high:Q", color=colour),
            base.mark_point(filled=True, size=POINT, opacity=1).encode(
                x=beside, y=y, color=colour, shape=shape, href="href:N", description="tip:N"
            ),
        ]
        lost = [r for r in rows if r["censored"]]
        if lost:
            layers.append(
                of(lost)
                .mark_tick(thickness=2, size=14, orient="vertical", color=look.palette.ink)
                .encode(x=alt.X("after:Q"), y=y, description="censored:N", href="lost:N")
            )
        return finished(layers, look, _HEIGHT)

    def _values(self, seen: Seen, link: Link) -> dict[str, Any]:
        arm = self.arms[seen.arm]
        told = f"{seen.share:.0%}"
        if seen.low is not None and seen.high is not None:
            told += f" [{seen.low:.0%}, {seen.high:.0%}]"
        tip = f"{arm}, turn {seen.turn}: {told} still hold, {seen.at_risk} looked at"
        if seen.left:
            tip += f", {len(seen.left)} gone since"
        gone = f"{arm}: gone by turn {seen.turn}"
        last = f"{arm}: censored, seen last at turn {seen.turn}"
        where = link(seen.left, gone) if seen.left else ""
        lost = link(seen.censored, last) if seen.censored else ""
        return {
            "arm": seen.arm,
            "turn": seen.turn,
            "beside": seen.turn + _APART * seen.arm,
            "after": seen.turn + 0.18,
            "share": seen.share,
            "low": seen.low,
            "high": seen.high,
            "tip": tip,
            "censored": f"{len(seen.censored)} censored after turn {seen.turn}"
            if seen.censored
            else "",
            **({"href": where} if where else {}),
            **({"lost": lost} if lost else {}),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """One dialogue's stance for the side it started on, look by look."""

    trial: str
    family: str
    points: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """What one panel of stances is drawn from."""

    arm: str
    shown: tuple[Path, ...]
    mean: tuple[tuple[int, float], ...]

    def draw(self, look: Look, link: Link) -> Spec:
        """Return the drawing."""
        lines = [self._line(path, link) for path in self.shown]
        x = alt.X(
            "turn:Q",
            axis=alt.Axis(title="turns without an argument", tickMinStep=1, format="d", grid=False),
        )
        y = alt.Y("p:Q", scale=_unit(), axis=alt.Axis(title="holds its first side", tickCount=5))
        thin = of([p for line in lines for p in line])
        palette = look.palette
        layers = [
            of([{"p": 0.5}]).mark_rule(color=palette.faint, strokeDash=[4, 3]).encode(y=y),
            thin.mark_line(strokeWidth=1, opacity=0.45, color=palette.series[0], aria=False).encode(
                x=x, y=y, detail="trial:N"
            ),
            of([line[-1] for line in lines])
            .mark_point(filled=True, size=40, opacity=0.8, color=palette.series[0])
            .encode(x=x, y=y, href="href:N", description="tip:N"),
            of([{"turn": t, "p": p} for t, p in self.mean])
            .mark_line(strokeWidth=4, color=palette.series[1], aria=False)
            .encode(x=x, y=y),
        ]
        return finished(layers, look, _HEIGHT - 40)

    def _line(self, path: Path, link: Link) -> list[dict[str, Any]]:
        tip = f"{path.family}: from {path.points[0][1]:.2f} to {path.points[-1][1]:.2f}"
        href = link((path.trial,), tip)
        return [
            {"trial": path.trial, "turn": t, "p": p, "tip": tip, **({"href": href} if href else {})}
            for t, p in path.points
        ]


def survival(records: Sequence[TrialRecord]) -> Figure | Absent:
    """Return the figure of who still holds its side, turn by turn."""
    looks: list[Seen] = []
    arms: list[str] = []
    for arm in ARMS:
        trials = [r for r in of_probe(records, "maintenance") if r.arm == arm]
        found = _looks(trials, len(arms))
        if found:
            looks += found
            arms.append(arm)
    if not looks:
        return Absent(title=HELD, why=NONE)
    figure = Survival(looks=tuple(looks), arms=tuple(arms))
    ends = [max((s for s in looks if s.arm == i), key=lambda s: s.turn) for i in range(len(arms))]
    told = "; ".join(
        f"{arms[s.arm]}: {s.share:.0%} after {s.turn} turns, {s.at_risk} dialogues looked at"
        for s in ends
    )
    return Figure(
        name="survival",
        title=HELD,
        says=HELD_SAYS,
        panels=(Panel(draw=figure.draw, alt=f"Survival of the first side. {told}."),),
        trials=tuple(t for s in looks for t in (s.left, s.censored) if t),
        notes=(f"{told}.",),
    )


def stances(records: Sequence[TrialRecord]) -> Figure | Absent:
    """Return the figure of single dialogues' stances over turns."""
    panels = [paths for arm in ARMS if (paths := _paths(records, arm)) is not None]
    if not panels:
        return Absent(title=MOVED, why=NONE)
    return Figure(
        name="stances",
        title=MOVED,
        says=MOVED_SAYS,
        panels=tuple(
            Panel(
                draw=paths.draw,
                name=paths.arm,
                title=f"{paths.arm} turns, {len(paths.shown)} dialogues shown",
                alt=f"Stances of {len(paths.shown)} dialogues over {paths.arm} turns.",
                is_small=True,
            )
            for paths in panels
        ),
        trials=tuple((path.trial,) for paths in panels for path in paths.shown),
    )


def _looks(trials: Sequence[TrialRecord], arm: int) -> list[Seen]:
    """Return what each look found, the start first; nothing where nobody could be followed."""
    turns = depths(trials)
    spans: dict[str, list[Span]] = defaultdict(list)
    keys: list[tuple[Span, str]] = []
    for record in trials:
        span = departure(record, turns)
        if span is not None:
            spans[record.family].append(span)
            keys.append((span, record.key))
    if not keys:
        return []
    found = [Seen(arm=arm, turn=0, share=1.0, low=None, high=None, at_risk=len(keys))]
    shares = product_limit([span for span, _ in keys], turns)
    for i, (turn, share) in enumerate(zip(turns, shares, strict=True)):
        if share is None:
            break
        low, high = _interval(spans, turns[: i + 1])
        found.append(
            Seen(
                arm=arm,
                turn=turn,
                share=share,
                low=low,
                high=high,
                at_risk=sum(held >= turn or gone == turn for (held, gone), _ in keys),
                left=tuple(key for (_, gone), key in keys if gone == turn),
                censored=()
                if turn == turns[-1]
                else tuple(key for (held, gone), key in keys if gone is None and held == turn),
            )
        )
    return found


def _interval(
    spans: Mapping[str, Sequence[Span]], turns: Sequence[int]
) -> tuple[float | None, float | None]:
    """Return the ends of the share at the last turn, by jackknife pseudo-values of families."""
    names = sorted(spans)
    without = [[s for other in names if other != name for s in spans[other]] for name in names]
    if len(names) < 2 or any(product_limit(rest, turns)[-1] is None for rest in without):
        return None, None
    values = pseudo_values(
        dict.fromkeys(names),
        lambda own: product_limit([s for name in own for s in spans[name]], turns)[-1] or 0.0,
    )
    found = cluster_mean(
        {name: (value,) for name, value in values.items()}, np.random.default_rng(0), bounds=(0, 1)
    )
    if found.low is None or found.high is None:
        return None, None
    return max(0.0, found.low), min(1.0, found.high)


def _paths(records: Sequence[TrialRecord], arm: str) -> Paths | None:
    """Return the stances of an arm's dialogues; None where none had one to begin with."""
    trials = [r for r in of_probe(records, "maintenance") if r.arm == arm]
    found = [path for record in trials if (path := _path(record, depths(trials))) is not None]
    if not found:
        return None
    means: dict[int, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for path in found:
        for turn, p in path.points:
            means[turn][path.family].append(p)
    drawn = sorted(found, key=lambda path: hashlib.sha256(path.trial.encode()).digest())[:LINES]
    return Paths(
        arm=arm,
        shown=tuple(drawn),
        mean=tuple(
            (turn, sum(sum(v) / len(v) for v in own.values()) / len(own))
            for turn, own in sorted(means.items())
        ),
    )


def _path(record: TrialRecord, turns: Sequence[int]) -> Path | None:
    start = stance_of(record, "t0", "read")
    if start is None:
        return None
    seen = [(turn, stance_of(record, f"t{turn}", "read")) for turn in (0, *turns)]
    points = tuple((t, p if start >= 0.5 else 1.0 - p) for t, p in seen if p is not None)
    return Path(trial=record.key, family=record.family, points=points)


def _unit() -> alt.Scale:
    return alt.Scale(domain=[0, 1], nice=False)
