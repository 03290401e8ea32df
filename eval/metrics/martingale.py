"""The martingale slope: can a change of stance be foretold from the stance?

A rational update cannot: whoever knew which way it would go would be there already. As published
the noise of the read makes a slope of its own; two wordings, taken as two reads, are free of it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gadfly.eval.metrics.persuasion import PLACEBO, STRONG, exchange_trials
from gadfly.eval.metrics.replicate import by_replicate
from gadfly.eval.metrics.scores import Quantity, Scores

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from gadfly.eval.record import Observed, TrialRecord

    Two = tuple[float, float]
    Where = tuple[str, str]

MARTINGALE = Quantity(
    metric="martingale_slope", construct="dogmatism", unit="ratio", bounds=None, probe="exchange"
)
OWN = "own"
ONE_WORDING = "a read before or after lacks one of its wordings"
NO_SPREAD = "fewer than three families, or stances that do not differ"

_LEAST_SPREAD = 1e-4
"""Variance of stances below which no slope is taken: a standard deviation of a point."""
_FEWEST = 3


def martingale_slope(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score the slope of the change of p on p before it; 0 for an update that cannot be foretold.

    "balanced": the change over two arms of a replicate, a strong argument for its side and one
    against. "placebo": over a neutral turn, where a slope is what noise leaves. The noise of a
    read enters stance and change alike and pulls the slope below 0; so the two wordings of a read
    are taken as two reads: one gives the stance, the other the change and the spread, and the
    other way round. "ARM/one-read" is without that, as published.
    """
    found = []
    streams = {"balanced": _balanced(records), PLACEBO: _single(records, PLACEBO)}
    for name, (updates, missed) in streams.items():
        for arm, parts in ((name, _two_reads), (f"{name}/one-read", _one_read)):
            scores = Scores(MARTINGALE, arm, detail=True)
            for record in missed:
                scores.miss(record.stratum, (record.key,), ONE_WORDING)
            _slope(scores, updates, parts)
            found.append(scores)
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Update:
    """A stance and its change, as each of the two wordings has them."""

    stratum: str
    family: str
    before: Two
    change: Two
    trials: tuple[str, ...]


_Updates = tuple[list[_Update], list["TrialRecord"]]
"""The updates, and trials that should have given one."""


def _balanced(records: Sequence[TrialRecord]) -> _Updates:
    """Return the mean change over an argument for its side and one against, by replicate."""
    updates: list[_Update] = []
    missed: list[TrialRecord] = []
    for arms in by_replicate(exchange_trials(records)):
        if {OWN, STRONG} <= arms.keys():
            own, strong = arms[OWN], arms[STRONG]
            _put(updates, missed, (own, strong))
    return updates, missed


def _single(records: Sequence[TrialRecord], arm: str) -> _Updates:
    """Return the changes in one arm."""
    updates: list[_Update] = []
    missed: list[TrialRecord] = []
    for record in exchange_trials(records):
        if record.arm == arm:
            _put(updates, missed, (record,))
    return updates, missed


def _put(
    updates: list[_Update], missed: list[TrialRecord], trials: tuple[TrialRecord, ...]
) -> None:
    """Add the mean update of trials that share their first read, or their miss."""
    first = trials[0]
    before = _wordings(first.get("before", "read"))
    afters = [_wordings(record.get("after", "read")) for record in trials]
    known = [after for after in afters if after is not None]
    if before is None or len(known) < len(trials):
        missed.extend(trials)
        return
    change = [sum(after[w] for after in known) / len(known) - before[w] for w in (0, 1)]
    updates.append(
        _Update(
            stratum=first.stratum,
            family=first.family,
            before=before,
            change=(change[0], change[1]),
            trials=tuple(record.key for record in trials),
        )
    )


def _wordings(seen: Observed | None) -> Two | None:
    """Return the stance by each of a read's two wordings, orders averaged; None if one is gone."""
    if seen is None:
        return None
    found: list[float] = []
    for wording in (0, 1):
        cells = [cell.p for cell in seen.reading.cells if cell.wording == wording]
        ps = [p for p in cells if p is not None]
        if not ps or len(ps) < len(cells):
            return None
        found.append(sum(ps) / len(ps))
    return found[0], found[1]


def _two_reads(before: Two, change: Two) -> Two:
    """Return covariance with the change and spread, each across the two reads."""
    covariance = (before[1] * change[0] + before[0] * change[1]) / 2
    return covariance, before[0] * before[1]


def _one_read(before: Two, change: Two) -> Two:
    """Return covariance and spread of the mean of both reads."""
    mean = sum(before) / 2
    return mean * sum(change) / 2, mean * mean


def _slope(scores: Scores, updates: Sequence[_Update], parts: Callable[[Two, Two], Two]) -> None:
    """File each family's linearised share of the slope: their mean is it, their spread its error.

    Slope = mean covariance / mean spread over families; a family's value is the slope plus
    (covariance - slope x spread) / mean spread (the delta method).
    """
    families: dict[tuple[str, str], list[_Update]] = defaultdict(list)
    for update in updates:
        families[update.stratum, update.family].append(update)
    keys = {where: [k for u in own for k in u.trials] for where, own in families.items()}
    centre, shift = _centre(families)
    found: dict[tuple[str, str], Two] = {}
    for where, own in families.items():
        pairs = [
            parts(
                (u.before[0] - centre[0], u.before[1] - centre[1]),
                (u.change[0] - shift[0], u.change[1] - shift[1]),
            )
            for u in own
        ]
        found[where] = (_mean([c for c, _ in pairs]), _mean([s for _, s in pairs]))
    spread = _mean([s for _, s in found.values()])
    if len(found) < _FEWEST or spread < _LEAST_SPREAD:
        for where in sorted(found):
            scores.miss(where[0], keys[where], NO_SPREAD)
        return
    slope = _mean([c for c, _ in found.values()]) / spread
    for where in sorted(found):
        covariance, own_spread = found[where]
        value = slope + (covariance - slope * own_spread) / spread
        scores.add(where[0], where[1], value, keys[where])


def _centre(families: Mapping[tuple[str, str], Sequence[_Update]]) -> tuple[Two, Two]:
    """Return the means of family means of stance and change, by wording."""
    columns: list[list[float]] = [[], [], [], []]
    for own in families.values():
        for column, values in zip(
            columns, zip(*((*u.before, *u.change) for u in own), strict=True), strict=True
        ):
            column.append(_mean(values))
    first, second, moved, shifted = (_mean(column) for column in columns)
    return (first, second), (moved, shifted)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
