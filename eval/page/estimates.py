"""Figures of a profile's estimates: the headlines, perturbations, shares of variance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gadfly.eval.headline import headline, is_headline
from gadfly.eval.metrics.generalisability import PARTS
from gadfly.eval.page.figure import Absent, Figure, Panel, ranged
from gadfly.eval.page.forest import Forest, Row, Rule
from gadfly.eval.people import PEOPLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gadfly.eval.estimate import Construct, Estimate, Unit
    from gadfly.eval.page.ends import Ends
    from gadfly.eval.profile import Profile

    Behind = Mapping[tuple[str, str], Ends]

POINTS, PER_CENT = "percentage points (0: no difference)", "%"
SCALES: Mapping[Unit, tuple[str, float]] = {
    "points": (POINTS, 100.0),
    "rate": (PER_CENT, 100.0),
    "probability": (PER_CENT, 100.0),
    "rungs": ("rungs", 1.0),
    "z": ("standard deviations (z)", 1.0),
    "turns": ("turns", 1.0),
    "steps": ("steps", 1.0),
    "ratio": ("ratio", 1.0),
    "bits": ("bits", 1.0),
    "nats": ("nats", 1.0),
    "log10": ("powers of ten", 1.0),
    "per_1000": ("per 1,000", 1.0),
}
"""By unit: title of the scale, and what values are multiplied by. Units with one title share it."""
VARIED, SHARES = "What changes its answers that should not", "Where its answers vary"
VARIED_SAYS = (
    "How much more two answers differ when something is changed that ought not to matter, than two "
    "answers to the very same prompt do: at 0 the change does nothing beyond chance. The dashed "
    "lines show, for scale, how often two answers to the same prompt differ by themselves. Circles "
    "are replies as given, squares are stances read off the record."
)
SHARES_SAYS = (
    "Of all the variance of an answer to one wording of a question: how much is due to what the "
    "question is about (scenario), to its words, to words that matter for some scenarios only, and "
    "to asking again. All of it should be the scenario. Shares add up to 100 %; one just below 0 "
    "is noise around nothing."
)
KINDS = ("said", "read")
_SPOKEN = ("replies as given", "stances read off the record")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A headline: what it says, and everything needed to doubt it."""

    estimate: Estimate
    sentence: str
    anchor: str


def findings(profile: Profile, construct: Construct) -> tuple[Finding, ...]:
    """Return the headlines of a construct that this run has, in the order of reports."""
    return tuple(
        Finding(estimate=e, sentence=headline(e), anchor=f"h-{_slug(f'{e.metric} {e.arm}')}")
        for e in profile.estimates
        if e.construct == construct and headline(e)
    )


def glance(found: Sequence[Finding], construct: Construct, behind: Behind) -> Figure:
    """Return the figure of a construct's headlines, a panel for each scale."""
    panels, trials = [], []
    for title in dict.fromkeys(SCALES[f.estimate.unit][0] for f in found):
        own = [f.estimate for f in found if SCALES[f.estimate.unit][0] == title]
        forest = Forest(
            rows=[_row(e, behind) for e in own],
            axis=title,
            rules=(Rule(at=0.0, label="no difference"),) if title == POINTS else (),
            domain=(0.0, 100.0) if title == PER_CENT and _fits(own) else None,
        )
        trials += [row.trials for row in forest.rows]
        panels.append(
            Panel(
                draw=forest.draw,
                name=_slug(title.split("(")[0]) or "percent",
                alt="; ".join(f"{row.label}: {row.told}" for row in forest.rows),
            )
        )
    return Figure(
        name=f"glance-{construct}",
        title=construct.capitalize(),
        says="",
        panels=tuple(panels),
        trials=tuple(trials),
    )


def perturbations(profile: Profile, behind: Behind) -> Figure | Absent:
    """Return the figure of what each perturbation adds to the disagreement of repeats."""
    rows = [
        e
        for e in profile.estimates
        if e.metric.endswith("_excess")
        and e.stratum == "all"
        and e.value is not None
        and "/" not in e.arm
    ]
    if not rows:
        return Absent(
            title=VARIED,
            why="nothing was asked in two ways often enough (probes wording, idle, framing, "
            "options and others)",
        )
    floors = [
        (kind, e)
        for kind in KINDS
        if (e := profile.get("repeat_floor", arm=kind)) is not None and e.value is not None
    ]
    forest = Forest(
        rows=[_row(e, behind, series=_spoken(e.arm)) for e in rows],
        axis="added disagreement, in percentage points",
        series=_SPOKEN,
        rules=(
            Rule(at=0.0, label="no more than repeats"),
            *(Rule(at=100 * (e.value or 0.0), label=f"repeat floor, {kind}") for kind, e in floors),
        ),
    )
    notes = tuple(
        f"Asked the very same again, two {'replies' if kind == 'said' else 'reads'} differ "
        f"{ranged(e.value or 0.0, e.low, e.high, 'rate')} of the time."
        for kind, e in floors
    )
    return Figure(
        name="perturbations",
        title=VARIED,
        says=VARIED_SAYS,
        panels=(
            Panel(
                draw=forest.draw,
                alt="Added disagreement by perturbation, listed in the table of all figures.",
            ),
        ),
        trials=tuple(row.trials for row in forest.rows),
        notes=notes or ("The run has no repeats of one prompt to show beside it.",),
    )


def shares(profile: Profile, behind: Behind) -> Figure | Absent:
    """Return the figure of the shares of stance variance."""
    rows = [
        (kind, part, e)
        for part in PARTS
        for kind in KINDS
        if (e := profile.get("stance_variance", arm=f"{kind} {part}")) is not None
        and e.value is not None
    ]
    if not rows:
        why = profile.get("stance_variance", arm="said scenario")
        reason = "" if why is None else f": {why.null_reason}"
        return Absent(title=SHARES, why=f"the variance of answers could not be split up{reason}")
    forest = Forest(
        rows=[
            _row(e, behind, series=KINDS.index(kind), label=part.replace(" x ", " × "))
            for kind, part, e in rows
        ],
        axis="share of the variance, %",
        series=_SPOKEN,
        rules=(Rule(at=0.0, label="nothing"),),
    )
    return Figure(
        name="variance",
        title=SHARES,
        says=SHARES_SAYS,
        panels=(
            Panel(
                draw=forest.draw,
                alt="; ".join(f"{row.label}: {row.told}" for row in forest.rows),
            ),
        ),
        trials=tuple(row.trials for row in forest.rows),
    )


def _row(e: Estimate, behind: Behind, *, series: int = 0, label: str = "") -> Row:
    times = SCALES[e.unit][1]
    people = PEOPLE.get((e.metric, e.arm))
    ends = behind.get((e.metric, e.arm))
    has_band = e.unit == "points" and e.mde is not None and is_headline(e.metric, e.arm)
    return Row(
        label=label or f"{e.metric.replace('_', ' ')}, {e.arm}".rstrip(", "),
        value=times * (e.value or 0.0),
        low=None if e.low is None else times * e.low,
        high=None if e.high is None else times * e.high,
        told=ranged(e.value or 0.0, e.low, e.high, e.unit),
        trials=() if ends is None else ends.trials,
        series=series,
        people=None if people is None or people.but else times * people.value,
        mde=times * e.mde if has_band and e.mde is not None else None,
    )


def _fits(rows: Sequence[Estimate]) -> bool:
    """Say whether all of a panel of shares lies between 0 and 100 %."""
    seen = [v for e in rows for v in (e.value, e.low, e.high) if v is not None]
    return all(0.0 <= v <= 1.0 for v in seen)


def _spoken(arm: str) -> int:
    """Return the series of an arm: replies, or reads."""
    return 1 if arm.startswith("read") else 0


def _slug(text: str) -> str:
    """Return text as it may stand in an anchor or the name of a file."""
    kept = "".join(c if c.isascii() and c.isalnum() else "-" for c in text.lower())
    return "-".join(filter(None, kept.split("-")))
