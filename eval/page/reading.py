"""How far the readings can be trusted: the calibration of the judge against people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import altair as alt

from gadfly.eval.page.figure import Absent, Figure, Panel
from gadfly.eval.page.forest import Forest, Row
from gadfly.eval.page.look import finished, of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gadfly.eval.page.figure import Link
    from gadfly.eval.page.look import Look, Spec

TITLE = "Readings against people's labels"
SAYS = (
    "The same replies, labelled by people and read by rules and judge. Down: what people say a "
    "reply is; across: how it was read. All replies should stand on the diagonal. Beside it, class "
    "by class: how many replies of a class were found (sensitivity), and how many of the others "
    "were kept out of it (specificity), with 95 % intervals."
)
CELL = 46


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusion:
    """Counts of replies by what people call them and what they were read as."""

    cells: tuple[tuple[str, str, int], ...]
    """People's label, reading, replies."""

    def draw(self, look: Look, link: Link) -> Spec:
        """Return the drawing; its cells lead nowhere, since labels belong to replies."""
        labelled: dict[str, int] = {}
        for gold, _, n in self.cells:
            labelled[gold] = labelled.get(gold, 0) + n
        rows: list[dict[str, Any]] = [
            {
                "gold": g,
                "read": r,
                "n": n,
                "share": 0.7 * n / labelled[g],
                "tip": f"{g} read as {r}: {n}",
            }
            for g, r, n in self.cells
        ]
        names = list(dict.fromkeys(name for g, r, _ in self.cells for name in (g, r)))
        x = alt.X("read:N", sort=names, axis=alt.Axis(title="read as", labelAngle=-40))
        y = alt.Y("gold:N", sort=names, axis=alt.Axis(title="people say"))
        base = of(rows)
        cells = base.mark_rect(stroke=look.palette.grid, color=look.palette.series[0]).encode(
            x=x,
            y=y,
            fillOpacity=alt.FillOpacity("share:Q", scale=None, legend=None),
            description="tip:N",
        )
        counts = base.mark_text(aria=False).encode(x=x, y=y, text="n:Q")
        return finished([cells, counts], look, CELL * len(labelled) + 90)


def calibration(judging: Mapping[str, Any] | None) -> Figure | Absent:
    """Return the figure of a run's calibration, as `judging` of the report has it."""
    found = None if judging is None else judging["calibration"]
    if not found or not found["confusion"]:
        unused = None if judging is None else judging["calibration_unused"]
        why = (
            f"there is a calibration, {unused}"
            if unused
            else "nobody has labelled its replies: until then readings are uncalibrated "
            "(gadfly annotate, then gadfly judge calibrate)"
        )
        return Absent(title=TITLE, why=why)
    confusion = Confusion(
        cells=tuple((each["gold"], each["read"], each["n"]) for each in found["confusion"])
    )
    panels = [
        Panel(
            draw=confusion.draw,
            name="confusion",
            alt="; ".join(f"{g} read as {r}: {n}" for g, r, n in confusion.cells),
            is_small=True,
        )
    ]
    rows = list(_classes(found["classes"]))
    if rows:
        forest = Forest(
            rows=rows, axis="%", series=("sensitivity", "specificity"), domain=(0.0, 100.0)
        )
        words = "; ".join(f"{row.label}: {row.told}" for row in rows)
        panels.append(Panel(draw=forest.draw, name="classes", alt=words, is_small=True))
    told = [
        f"{name} {_told(found[key])}"
        for name, key in (
            ("accuracy", "accuracy"),
            ("kappa of readings and people", "kappa"),
            ("kappa of the judge alone and people", "judge_kappa"),
            ("kappa between people", "between_people"),
        )
        if found[key] and found[key]["value"] is not None
    ]
    notes = [f"{found['labelled']} replies labelled: {', '.join(told)}."]
    if found["unreliable"]:
        notes.append("By these labels the readings are not reliable: no verdict stands on them.")
    return Figure(
        name="calibration",
        title=TITLE,
        says=SAYS,
        panels=tuple(panels),
        trials=(),
        notes=tuple(notes),
    )


def _classes(classes: Sequence[Mapping[str, Any]]) -> list[Row]:
    rows = []
    for each in classes:
        for i, name in enumerate(("sensitivity", "specificity")):
            found = each[name]
            if found["value"] is None:
                continue
            low, high = (
                None if found[end] is None else 100 * found[end] for end in ("low", "high")
            )
            rows.append(
                Row(
                    label=f"{each['label']}, {name}",
                    value=100 * found["value"],
                    low=low,
                    high=high,
                    told=_told(found, percent=True),
                    series=i,
                )
            )
    return rows


def _told(found: Mapping[str, Any], *, percent: bool = False) -> str:
    form = ".0%" if percent else ".2f"
    if found["low"] is None:
        return f"{found['value']:{form}}"
    return f"{found['value']:{form}} [{found['low']:{form}}, {found['high']:{form}}]"
