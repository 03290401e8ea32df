"""The page of a comparison: what `gadfly compare A B --html` writes."""

from __future__ import annotations

import shlex
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from gadfly.bot.foreign import plain
from gadfly.eval.gate.headlines import HEADLINES, POOLED
from gadfly.eval.headline import number
from gadfly.eval.judging.looks import Looks
from gadfly.eval.meaning import meaning
from gadfly.eval.page.building import drawn, filled
from gadfly.eval.page.chosen import Chosen, Links, show_command
from gadfly.eval.page.estimates import SCALES
from gadfly.eval.page.figure import Figure, Panel, ranged
from gadfly.eval.page.forest import Forest, Row, Rule
from gadfly.eval.page.said import transcript

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gadfly.eval.gate.config import HeadlineName
    from gadfly.eval.gate.result import ContrastResult, GateResult
    from gadfly.eval.page.said import Transcript
    from gadfly.eval.record import TrialRecord
    from gadfly.eval.store import Store

EXPLORED = 24
"""Exploratory contrasts drawn, those with the least p; all are in the table."""
FAMILIES = 3
"""Families shown that changed most, to the worse and to the better."""
TRIALS = 2
"""Trials shown of each of them, on either side."""
HEADLINE_SAYS = (
    "How much worse the candidate is in each headline contrast, as a multiple of the margin that "
    "was fixed for it: 0 is no change, right of 1 is worse by more than was allowed, left of 0 is "
    "better. Bars are 95 % intervals over families asked of both. Marks lead to dialogues of the "
    "families that changed most."
)
EXPLORED_SAYS = (
    "Candidate minus baseline for every other metric, those with the least p first: a list to look "
    "through, not a verdict. Of many contrasts some stand out by chance."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSide:
    """One side's run folder, for its transcripts."""

    name: str
    """"baseline" or "candidate"."""
    run: str
    """What `gadfly show` is to be given."""
    records: tuple[TrialRecord, ...]
    store: Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Everything the page of a comparison shows but the transcripts' words."""

    result: GateResult
    figures: tuple[Figure, ...]
    wanted: Mapping[str, str]
    """Names of trials in the page ("baseline-KEY"), and why they are there."""


def comparison_of(result: GateResult, sides: Sequence[RunSide]) -> Comparison:
    """Compute what the page of a comparison shows; transcripts need both sides' run folders."""
    behind = _changed(sides) if len(sides) == 2 else {}
    rows = [
        _against_margin(c, behind) for c in result.headline if c.effect is not None and c.margin
    ]
    figures = []
    if rows:
        forest = Forest(
            rows=rows,
            axis="worse by, in margins",
            rules=(Rule(at=0.0, label="no change"), Rule(at=1.0, label="margin")),
        )
        figures.append(_figure("headlines", "Headline contrasts", HEADLINE_SAYS, [("", forest)]))
    explored = [c for c in result.exploratory if c.effect is not None][:EXPLORED]
    if explored:
        scales = dict.fromkeys(SCALES[c.unit][0] for c in explored)
        forests = [
            (
                title.split(" ")[0].strip("%").lower() or "percent",
                Forest(
                    rows=[_difference(c) for c in explored if SCALES[c.unit][0] == title],
                    axis=f"difference, {'percentage points' if title == '%' else title}",
                    rules=(Rule(at=0.0, label="no difference"),),
                ),
            )
            for title in scales
        ]
        figures.append(_figure("exploratory", "Everything else", EXPLORED_SAYS, forests))
    return Comparison(
        result=result,
        figures=tuple(figures),
        wanted={
            key: f"{name.replace('_', ' ')}: a family that changed much"
            for name, keys in behind.items()
            for key in keys
        },
    )


def comparison_page(found: Comparison, sides: Sequence[RunSide]) -> tuple[str, int]:
    """Return the page of a comparison as HTML, and how many transcripts are in it.

    Raises:
        StoreError: A store is damaged.
    """
    result = found.result
    runs = {side.name: side.run for side in sides}
    records = {_name(side, record): record for side in sides for record in side.records}

    def command(key: str) -> str:
        side, _, trial = key.partition("-")
        return show_command(runs[side], trial)

    total = len(records)
    chosen = Chosen(why=found.wanted, trials=total)
    links = Links(records=records, chosen=chosen, command=command)
    said = [each for side in sides for each in _transcripts(side, found.wanted, records)]
    figures = [drawn(figure, links) for figure in found.figures]
    doubt = "" if result.confirmed == "not needed" else f" ({result.confirmed})"
    names = [plain(side.respondent) for side in (result.baseline, result.candidate)]
    rule = (
        f"{len(said)} of {total:,} transcripts of both runs are here: of each headline contrast, "
        f"{TRIALS} trials of the {FAMILIES} families that changed most either way, on both sides."
        if said
        else "There are none: it takes the run folders of both sides, not exported files."
    )
    return (
        filled(
            "comparison",
            title=f"Gadfly comparison: {names[0]} and {names[1]}",
            names=names,
            verdict=result.verdict,
            verdict_told=f"{result.verdict}{doubt}",
            reason=result.reason,
            facts=list(_facts(result)),
            figures=figures,
            rows=[_cells(c) for c in result.contrasts],
            told=[f"{_spelled(c)}: {c.reason}" for c in result.headline if c.reason],
            groups=list(links.groups.values()),
            transcripts=said,
            rule=rule,
            others="",
            shows=[f"gadfly show {shlex.quote(plain(side.run))}" for side in sides],
        ),
        len(said),
    )


def _changed(sides: Sequence[RunSide]) -> dict[HeadlineName, tuple[str, ...]]:
    """Return, by headline contrast, names of trials of the families that changed most."""
    found: dict[HeadlineName, tuple[str, ...]] = {}
    for name, headline in HEADLINES.items():
        values: list[dict[str, list[float]]] = []
        keys: list[dict[str, list[str]]] = []
        for side in sides:
            own: dict[str, list[float]] = defaultdict(list)
            trials: dict[str, list[str]] = defaultdict(list)
            for scores in headline.scorer(side.records):
                if scores.detail or headline.arm not in (POOLED, scores.arm):
                    continue
                for family, value, behind in scores.found_in:
                    own[family].append(value)
                    trials[family] += [f"{side.name}-{key}" for key in behind[:1]]
            values.append(own)
            keys.append(trials)
        change = {
            family: headline.worse * (_mean(values[1][family]) - _mean(values[0][family]))
            for family in values[0].keys() & values[1].keys()
        }
        rising = sorted(change, key=lambda family: (change[family], family))
        most = dict.fromkeys([*rising[::-1][:FAMILIES], *rising[:FAMILIES]])
        found[name] = tuple(key for family in most for of in keys for key in of[family][:TRIALS])
    return found


def _transcripts(
    side: RunSide, wanted: Mapping[str, str], records: Mapping[str, TrialRecord]
) -> Iterator[Transcript]:
    looks = Looks.of(side.store)
    for name, why in wanted.items():
        if not name.startswith(f"{side.name}-"):
            continue
        record = records[name]
        command = show_command(side.run, record.key)
        found = transcript(side.store, record, looks, why=why, command=command)
        yield replace(found, key=name, probe=f"{side.name}, {found.probe}")


def _against_margin(c: ContrastResult, behind: Mapping[HeadlineName, Sequence[str]]) -> Row:
    """Return a headline contrast as a multiple of its margin."""
    margin, effect = c.margin or 1.0, c.effect or 0.0
    keys = next((keys for name, keys in behind.items() if name == c.metric), ())
    return Row(
        label=f"{_spelled(c)}: {c.verdict or 'inconclusive'}",
        value=effect / margin,
        low=None if c.low is None else c.low / margin,
        high=None if c.high is None else c.high / margin,
        told=f"worse by {ranged(effect, c.low, c.high, c.unit)}, margin {number(margin, c.unit)}",
        trials=tuple(keys),
    )


def _difference(c: ContrastResult) -> Row:
    """Return an exploratory contrast in its own unit."""
    times = SCALES[c.unit][1]
    effect = c.effect or 0.0
    return Row(
        label=_spelled(c),
        value=times * effect,
        low=None if c.low is None else times * c.low,
        high=None if c.high is None else times * c.high,
        told=f"{ranged(effect, c.low, c.high, c.unit)}",
    )


def _figure(name: str, title: str, says: str, forests: Sequence[tuple[str, Forest]]) -> Figure:
    return Figure(
        name=name,
        title=title,
        says=says,
        panels=tuple(
            Panel(
                draw=forest.draw,
                name=panel,
                alt="; ".join(f"{row.label}: {row.told}" for row in forest.rows),
            )
            for panel, forest in forests
        ),
        trials=tuple(row.trials for _, forest in forests for row in forest.rows),
    )


def _facts(result: GateResult) -> Iterator[tuple[str, str]]:
    for name, side in (("baseline", result.baseline), ("candidate", result.candidate)):
        yield name, f"{plain(side.respondent)}, epoch {side.epoch}, of {plain(side.created)}"
    yield "plan", plain(result.baseline.run)
    for look in result.looks:
        left = f"{len(look.undecided)} undecided" if look.undecided else "all decided"
        yield "look", f"{look.families} families: {left}"
    for note in result.notes:
        yield "note", plain(note, None)


def _cells(c: ContrastResult) -> dict[str, Any]:
    """Return a contrast as a row of the table of all."""
    interval = "-"
    if c.low is not None and c.high is not None:
        interval = f"{number(c.low, c.unit)}, {number(c.high, c.unit)}"
    return {
        "name": _spelled(c),
        "means": meaning(c.metric),
        "verdict": (c.verdict or "inconclusive") if c.headline else "",
        "baseline": number(c.baseline, c.unit),
        "candidate": number(c.candidate, c.unit),
        "effect": number(c.effect, c.unit),
        "interval": interval,
        "p": "-" if c.p_adjusted is None else f"{c.p_adjusted:.3f}",
        "families": c.clusters,
    }


def _spelled(c: ContrastResult) -> str:
    return plain(c.name.replace("_", " "))


def _name(side: RunSide, record: TrialRecord) -> str:
    """Return what names a trial in the page: both sides have the same keys."""
    return f"{side.name}-{record.key}"


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
