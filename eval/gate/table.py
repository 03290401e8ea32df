"""Tables: what a run says, family by family, without a word of what was said.

A table is all a comparison needs of a run. It is made of the run's trials, and can be kept as one
file of a few MB.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field, replace
from math import sqrt
from typing import TYPE_CHECKING

from gadfly.eval.gate.headlines import HEADLINES, POOLED
from gadfly.eval.metrics import all_scorers
from gadfly.eval.metrics.published import COMPARABLES
from gadfly.eval.profile import profile_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gadfly.bot.stance import Outcome
    from gadfly.eval.estimate import Construct, Unit
    from gadfly.eval.gate.config import HeadlineName
    from gadfly.eval.manifest import Manifest
    from gadfly.eval.metrics.scores import Scores
    from gadfly.eval.record import TrialRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a run says of one contrast in one family."""

    mean: float | None
    """None where none of the family's trials gave a value."""
    scored: int
    """Trials behind the mean."""
    lost: int
    """Trials that belonged here and gave nothing."""
    replicates: int = 0
    """Headline: different replicates among those scored."""
    halves: tuple[float, float] | None = None
    """Headline: the mean by even and by odd replicates, where each half has one."""

    @property
    def noise(self) -> float | None:
        """How far this mean may be from that of another epoch: one draw of it, mean 0.

        The difference of the halves, scaled to that of two whole runs: variances of means go
        with one over the replicates. None without halves.
        """
        if self.halves is None:
            return None
        m = self.replicates
        even, odd = (m + 1) // 2, m // 2
        scale = (2.0 / m) / (1.0 / even + 1.0 / odd)
        return (self.halves[0] - self.halves[1]) * sqrt(scale)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One contrast: a metric's arm in all families it was asked of."""

    metric: str
    arm: str
    unit: Unit
    construct: Construct
    bounds: tuple[float, float] | None
    cells: Mapping[str, Cell]
    """By family, in name order."""
    sd: float | None = None
    """Headline: standard deviation of single values, whatever their family."""

    @property
    def name(self) -> str:
        """Metric and arm."""
        return f"{self.metric} {self.arm}".rstrip()

    @property
    def means(self) -> dict[str, float]:
        """Mean by family, for those that have one."""
        return {name: cell.mean for name, cell in self.cells.items() if cell.mean is not None}

    @property
    def reach(self) -> float | None:
        """Largest difference between two runs there can be; None for a quantity without bounds."""
        return None if self.bounds is None else self.bounds[1] - self.bounds[0]

    @property
    def scored(self) -> int:
        """Trials behind a value."""
        return sum(cell.scored for cell in self.cells.values())

    @property
    def missing(self) -> float:
        """Share of the trials that belonged here and gave no value; 1 where there is no trial."""
        asked = self.scored + sum(cell.lost for cell in self.cells.values())
        return 1.0 - self.scored / asked if asked else 1.0

    def only(self, families: Iterable[str]) -> Row:
        """Return the row of some families."""
        wanted = frozenset(families)
        return replace(self, cells={n: c for n, c in self.cells.items() if n in wanted})


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """All contrasts of a run, with what it was and what became of its trials."""

    manifest: Manifest
    created: str
    """Day it was made, ISO 8601."""
    reader: str
    """Id of how replies were read (`judging.verdicts.reader_id`)."""
    headline: Mapping[HeadlineName, Row]
    """All six, in the order of reports; one without trials has no cells."""
    others: tuple[Row, ...]
    """Every other metric that is a mean over families, but for details and comparables."""
    outcomes: Mapping[Outcome, int]
    """What replies came to; a trial that broke is one error more."""
    trials: int
    planned: int
    families: tuple[str, ...]
    """Everything that was asked of, in name order."""
    reserve: tuple[str, ...] = ()
    """Families kept back for the second look at an alarm (`confirm.split`)."""
    again: Table | None = field(default=None)
    """The same model in another epoch: the noise floor."""

    def only(self, families: Iterable[str]) -> Table:
        """Return the table of some families; counts of outcomes and trials stay the run's."""
        wanted = frozenset(families)
        return replace(
            self,
            headline={name: row.only(wanted) for name, row in self.headline.items()},
            others=tuple(row.only(wanted) for row in self.others),
            families=tuple(name for name in self.families if name in wanted),
            again=None if self.again is None else self.again.only(wanted),
        )

    def alike(self, seed: str = "") -> list[list[str]]:
        """Return the families in groups that feed the same headline contrasts.

        Inside a group in the order of a seeded hash: a function of names, not of results.
        """
        groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for family in self.families:
            feeds = tuple(name for name, row in self.headline.items() if family in row.cells)
            groups[feeds].append(family)
        return [
            sorted(groups[feeds], key=lambda name: _hash(f"{seed}\0{name}"))
            for feeds in sorted(groups)
        ]


def table_of(
    records: Sequence[TrialRecord],
    *,
    manifest: Manifest,
    created: str,
    reader: str,
    planned: int | None = None,
) -> Table:
    """Return the table of a run's trials, in whatever order they come.

    `planned` says how many trials there should be; as many as there are where it is left out.
    """
    trials = sorted(records, key=lambda record: record.key)
    profile = profile_of(trials, metrics=())
    return Table(
        manifest=manifest,
        created=created,
        reader=reader,
        headline=headline_rows(trials),
        others=other_rows(trials),
        outcomes=profile.outcomes,
        trials=len(trials),
        planned=len(trials) if planned is None else planned,
        families=tuple(sorted({record.family for record in trials})),
    )


def headline_rows(records: Sequence[TrialRecord]) -> dict[HeadlineName, Row]:
    """Return the rows of the six headline contrasts."""
    family = {record.key: record.family for record in records}
    replicate = {record.key: record.replicate for record in records}
    even, odd = ([r for r in records if r.replicate % 2 == i] for i in (0, 1))
    rows: dict[HeadlineName, Row] = {}
    for name, headline in HEADLINES.items():
        whole, *halves = (
            _arms(headline.scorer(part), headline.arm) for part in (records, even, odd)
        )
        row = _row(whole, family, arm=headline.arm)
        replicates = defaultdict(set)
        for scores in whole:
            for key in scores.found():
                replicates[family[key]].add(replicate[key])
        first, second = (_means(half) for half in halves)
        cells = {
            where: replace(
                cell,
                replicates=len(replicates[where]),
                halves=(first[where], second[where])
                if where in first and where in second
                else None,
            )
            for where, cell in row.cells.items()
        }
        values = [v for group in _values(whole).values() for v in group]
        rows[name] = replace(row, cells=cells, sd=_sd(values))
    return rows


def other_rows(records: Sequence[TrialRecord]) -> tuple[Row, ...]:
    """Return the rows of every metric without a verdict."""
    chosen = {(name, headline.arm) for name, headline in HEADLINES.items()}
    return tuple(row for row in rows_of(records) if (row.metric, row.arm) not in chosen)


def rows_of(records: Sequence[TrialRecord]) -> tuple[Row, ...]:
    """Return the rows of every metric, but for details and published comparables."""
    family = {record.key: record.family for record in records}
    return tuple(
        _row([scores], family, arm=scores.arm)
        for scorer in all_scorers()
        for scores in scorer(records)
        if not scores.detail and scores.quantity.metric not in COMPARABLES and scores.families()
    )


def _arms(found: Sequence[Scores], arm: str) -> list[Scores]:
    """Return the scores of an arm, or of all arms that are no details."""
    return [s for s in found if not s.detail and arm in (POOLED, s.arm)]


def _values(found: Sequence[Scores]) -> dict[str, list[float]]:
    """Return values by family, all scores together."""
    values: dict[str, list[float]] = defaultdict(list)
    for scores in found:
        for family, own in scores.families().items():
            values[family].extend(own)
    return values


def _means(found: Sequence[Scores]) -> dict[str, float]:
    """Return means by family."""
    return {name: sum(own) / len(own) for name, own in _values(found).items() if own}


def _row(found: Sequence[Scores], family: Mapping[str, str], *, arm: str) -> Row:
    """Return scores as a row; `family` says where a trial belongs."""
    means = _means(found)
    scored = {key for scores in found for key in scores.found()}
    lost = {key for scores in found for key in scores.lost()} - scored
    hits, misses = (_count(keys, family) for keys in (scored, lost))
    quantity = found[0].quantity
    return Row(
        metric=quantity.metric,
        arm=arm,
        unit=quantity.unit,
        construct=quantity.construct,
        bounds=quantity.bounds,
        cells={
            name: Cell(mean=means.get(name), scored=hits.get(name, 0), lost=misses.get(name, 0))
            for name in sorted(means.keys() | hits.keys() | misses.keys())
        },
    )


def _count(keys: Iterable[str], family: Mapping[str, str]) -> dict[str, int]:
    """Count trials by family."""
    counts: dict[str, int] = defaultdict(int)
    for key in keys:
        counts[family[key]] += 1
    return counts


def _sd(values: Sequence[float]) -> float | None:
    """Return the standard deviation of values; None for fewer than two."""
    if len(values) < 2:
        return None
    mean = sum(values) / len(values)
    return sqrt(sum((v - mean) ** 2 for v in values) / (len(values) - 1))


def _hash(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=8).digest()
