"""What replies came to: answered, undecided, evaded, refused, or missing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import altair as alt

from gadfly.bot.stance import MISSING, OUTCOMES
from gadfly.eval.metrics.scores import STRATA
from gadfly.eval.page.figure import Absent, Figure, Panel
from gadfly.eval.page.look import finished, of
from gadfly.eval.profile import distinct_replies

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.bot.stance import Outcome
    from gadfly.eval.page.figure import Link
    from gadfly.eval.page.look import Look, Spec
    from gadfly.eval.record import TrialRecord

TITLE = "What its replies came to"
SAYS = (
    "Each distinct reply on the record, counted once. Undecided, evaded and refused are answers of "
    "a kind, right or wrong by what was asked: to take no side on a settled question is an error, "
    "on a contested one it need not be. Hollow bars are missing data: replies that could not be "
    "read, were cut off, or never came."
)
_STEP = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Replies of one stratum by outcome, as the keys of the trials they stand in."""

    stratum: str
    trials: dict[Outcome, tuple[str, ...]]

    @property
    def total(self) -> int:
        """Number of replies."""
        return sum(map(len, self.trials.values()))

    def draw(self, look: Look, link: Link) -> Spec:
        """Return the drawing."""
        rows = [self._values(i, outcome, link) for i, outcome in enumerate(self.trials)]
        y = alt.Y("row:Q", scale=alt.Scale(domain=[len(rows) - 0.5, -0.5], nice=False), axis=None)
        x = alt.X(
            "share:Q",
            scale=alt.Scale(domain=[0, 1]),
            axis=alt.Axis(title=None, format="%", tickCount=4),
        )
        base = of(rows)
        colour = look.palette.series[0]
        layers = [
            base.mark_bar(
                orient="horizontal",
                size=11,
                yOffset=7,
                stroke=colour,
                strokeWidth=1.5,
                color=colour,
            ).encode(
                x=x,
                x2=alt.datum(0),
                y=y,
                fillOpacity=alt.FillOpacity("fill:Q", scale=None, legend=None),
                href="href:N",
                description="tip:N",
            ),
            base.mark_text(align="left", baseline="bottom", dy=-1, aria=False).encode(
                x=alt.value(0), y=y, text="label:N"
            ),
        ]
        return finished(layers, look, _STEP * len(rows) + 30)

    def _values(self, i: int, outcome: Outcome, link: Link) -> dict[str, Any]:
        n = len(self.trials[outcome])
        label = f"{outcome} {n:,} ({n / self.total:.0%})"
        href = link(self.trials[outcome], f"{self.stratum} questions: {label}")
        return {
            "row": i,
            "label": label,
            "share": n / self.total,
            "fill": 0.0 if outcome in MISSING else 0.85,
            "tip": f"{self.stratum}: {label}",
            **({"href": href} if href else {}),
        }


def outcomes(records: Sequence[TrialRecord]) -> Figure | Absent:
    """Return the figure of what became of all replies."""
    found: dict[str, dict[Outcome, list[str]]] = defaultdict(lambda: defaultdict(list))
    trials = sorted(records, key=lambda record: record.key)
    for record, seen in distinct_replies(trials):
        found[record.stratum][seen.came_to].append(record.key)
    for record in trials:
        if record.failure is not None:
            found[record.stratum]["error"].append(record.key)
    counts = [
        Counts(
            stratum=stratum,
            trials={o: tuple(found[stratum][o]) for o in OUTCOMES if found[stratum].get(o)},
        )
        for stratum in STRATA
        if stratum in found
    ]
    if not counts:
        return Absent(title=TITLE, why="there is no reply yet")
    return Figure(
        name="outcomes",
        title=TITLE,
        says=SAYS,
        panels=tuple(
            Panel(
                draw=each.draw,
                name=each.stratum,
                title=f"{each.stratum} questions, {each.total:,} replies",
                alt=", ".join(f"{o} {len(keys)}" for o, keys in each.trials.items()),
                is_small=True,
            )
            for each in counts
        ),
        trials=tuple(keys[:1] for each in counts for keys in each.trials.values()),
    )
