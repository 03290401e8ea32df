"""A made-up fact (E17): what it moves, by how the consequence hangs on it, and how far off it is.

A read counts by the probability it gives the consequence, an answer without a side for one half:
without the fact there is nothing to go by, and saying so is right.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from gadfly.eval.metrics.answer import whole
from gadfly.eval.metrics.scores import Quantity, Scores, of_probe
from gadfly.eval.stats.cross_fit import cross_fitted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gadfly.eval.record import TrialRecord

PROBE = "made-up-fact"
FACT_SHIFT = Quantity.points("fact_shift", "knowing", PROBE)
FACT_LEAKAGE = Quantity.points("fact_leakage", "knowing", PROBE)
FACT_DECAY = Quantity.points("fact_decay", "knowing", PROBE)

RELEVANCES = ("implied", "likelier", "unrelated")
UNPAIRED = "no readable answer with and without the fact in the same replicate"
ONE_REPLICATE = "one replicate: the sign cannot be taken from another"
ONE_DISTANCE = "consequences at one distance only"

_Shifts = dict[str, list[float]]
"""Shifts by label ("implied:2"), one a replicate."""


def made_up_fact(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score shifts from untold to told, leakage into what is unrelated, decay over distance.

    `fact_shift` by arm, and in detail by distance ("implied/2"). `fact_leakage` is the mean
    |shift| of unrelated consequences, cross-fitted over replicates. `fact_decay` is the least
    squares slope of a family's mean shifts of implied consequences on their distance.
    """
    shifts, strata, keys, missed = _shifts(of_probe(records, PROBE))
    labels = sorted({label for found in shifts.values() for label in found})
    rows = [Scores(FACT_SHIFT, relevance) for relevance in RELEVANCES]
    details = {x: Scores(FACT_SHIFT, x.replace(":", "/"), detail=True) for x in labels}
    leakage, decay = Scores(FACT_LEAKAGE, "unrelated"), Scores(FACT_DECAY, "implied")
    for stratum, key in missed:
        for scores in (*rows, leakage, decay):
            scores.miss(stratum, (key,), UNPAIRED)
    for family in sorted(shifts):
        stratum, found = strata[family], shifts[family]
        for label, values in sorted(found.items()):
            for value in values:
                rows[RELEVANCES.index(_relevance(label))].add(stratum, family, value, keys[family])
                details[label].add(stratum, family, value, keys[family])
            if _relevance(label) == "unrelated":
                if len(values) < 2:
                    leakage.miss(stratum, keys[family], ONE_REPLICATE)
                else:
                    leakage.add(stratum, family, cross_fitted(values), keys[family])
        slope = _slope(found)
        if slope is None:
            decay.miss(stratum, keys[family], ONE_DISTANCE)
        else:
            decay.add(stratum, family, slope, keys[family])
    return (*rows, *details.values(), leakage, decay)


def _shifts(
    trials: Sequence[TrialRecord],
) -> tuple[
    Mapping[str, _Shifts],
    Mapping[str, str],
    Mapping[str, Sequence[str]],
    Sequence[tuple[str, str]],
]:
    """Return shifts, strata and trial keys by family, and (stratum, key) of trials unpaired."""
    pairs: dict[tuple[str, int], dict[str, TrialRecord]] = defaultdict(dict)
    for record in trials:
        pairs[record.family, record.replicate][record.arm] = record
    shifts: dict[str, _Shifts] = {}
    strata: dict[str, str] = {}
    keys: dict[str, list[str]] = defaultdict(list)
    missed: list[tuple[str, str]] = []
    for (family, _), arms in sorted(pairs.items()):
        told, untold = arms.get("told"), arms.get("untold")
        found = {} if told is None or untold is None else _paired(told, untold)
        if not found:
            missed.extend((record.stratum, record.key) for record in arms.values())
            continue
        strata[family] = next(iter(arms.values())).stratum
        keys[family].extend(record.key for record in arms.values())
        for label, value in found.items():
            shifts.setdefault(family, {}).setdefault(label, []).append(value)
    return shifts, strata, keys, missed


def _paired(told: TrialRecord, untold: TrialRecord) -> dict[str, float]:
    """Return told minus untold for every consequence both could be read on."""
    found: dict[str, float] = {}
    for seen in told.observations:
        other = untold.get(seen.label, "read")
        if seen.kind != "read" or other is None:
            continue
        with_fact, without = whole(seen.reading), whole(other.reading)
        if with_fact is not None and without is not None:
            found[seen.label] = _held(with_fact) - _held(without)
    return found


def _held(vector: tuple[float, float, float]) -> float:
    """Return the probability given to the consequence, no side counting one half."""
    return vector[0] + 0.5 * vector[2]


def _relevance(label: str) -> str:
    return label.partition(":")[0]


def _slope(found: _Shifts) -> float | None:
    """Return the least squares slope of mean implied shifts on distance."""
    points = [
        (float(label.partition(":")[2]), sum(values) / len(values))
        for label, values in found.items()
        if _relevance(label) == "implied"
    ]
    if len({x for x, _ in points}) < 2:
        return None
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / spread
