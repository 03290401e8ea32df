"""Stated confidence (E16): against accuracy where there is truth, against repeats where not.

Confidence c and outcome o lie in 0..1. Where there is a right answer o is whether the reply took
it; elsewhere it is the share of the other replicates that took the same side. Every family has
the same weight.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

import numpy as np

from gadfly.eval.metrics.scores import Quantity, Scores, of_probe
from gadfly.eval.stats.cross_fit import cross_fitted
from gadfly.eval.stats.jackknife import influences

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gadfly.eval.record import TrialRecord

BINS = 10
PER_BIN = 5
"""Families a bin should have: fewer families, fewer bins."""


BRIER = Quantity.probability("brier", "knowing", "confidence")
RELIABILITY = Quantity.probability("brier_reliability", "knowing", "confidence")
RESOLUTION = Quantity.probability("brier_resolution", "knowing", "confidence")
UNCERTAINTY = Quantity.probability("brier_uncertainty", "knowing", "confidence")
CALIBRATION_ERROR = Quantity.points("calibration_error", "knowing", "confidence")
OVERCONFIDENCE = Quantity.points("overconfidence", "knowing", "confidence")
AURC = Quantity.rate("aurc", "knowing", "confidence")
SELECTIVE_GAIN = Quantity.points("selective_gain", "knowing", "confidence")

ARMS = ("truth", "agreement")
NO_NUMBER = "no number in the reply"
NO_ANSWER = "no answer to be sure of"
ALONE = "no other replicate to agree with"
TOO_FEW = f"fewer families than the {PER_BIN} a bin needs, twice"

_Pair = tuple[float, float]
_Families = Mapping[str, Sequence[_Pair]]


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of like confidence."""

    mass: float
    """Share of all answers, families weighing the same."""
    confidence: float
    outcome: float
    gaps: tuple[float, ...]
    """Each family's share of mass x (confidence - outcome)."""
    gap_variance: float
    """Sampling variance of confidence - outcome, clustered by family."""
    outcome_variance: float


def stated_confidence(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score stated confidence: Brier score and its parts, calibration error, AURC.

    Arm "truth" on questions with a right answer, "agreement" on contested ones, where the Brier
    score is the mean of (c - 1[the other replicate took the same side])². `overconfidence` is
    c - o. The rest is of all families together, with jackknife spread: see `bins`,
    `calibration_error`, `aurc`.
    """
    trials = of_probe(records, "confidence")
    mine = {arm: [r for r in trials if ("truth" in r.settings) == (arm == "truth")] for arm in ARMS}
    # An arm without trials would say of a metric of the other that there were none.
    asked = [arm for arm in ARMS if mine[arm]] or ARMS
    return tuple(scores for arm in asked for scores in _of_arm(mine[arm], arm))


def bins(families: _Families) -> tuple[Bin, ...]:
    """Return bins of about equal mass by confidence; equal confidences are never parted.

    At most `BINS`, at least two families in each where there are two at all.
    """
    wanted = max(1, min(BINS, len(families) // PER_BIN))
    ordered = sorted(
        (c, o, 1.0 / (len(pairs) * len(families)), name)
        for name, pairs in families.items()
        for c, o in pairs
    )
    groups: list[list[tuple[float, float, float, str]]] = [[]]
    mass = 0.0
    for i, entry in enumerate(ordered):
        full = mass >= len(groups) / wanted - 1e-9 and len({e[3] for e in groups[-1]}) > 1
        if full and entry[0] != ordered[i - 1][0]:
            groups.append([])
        groups[-1].append(entry)
        mass += entry[2]
    if len(groups) > 1 and len({e[3] for e in groups[-1]}) < 2:
        groups[-2].extend(groups.pop())
    return tuple(_bin(group) for group in groups)


def calibration_error(families: _Families) -> float | None:
    """Return the expected calibration error over bins of equal mass, debiased.

    Σ mass |c - o| is pulled up by noise in o, so the sign of a bin's gap is taken for each family
    from the others in the bin (`cross_fitted`): 0 in expectation where there is no gap. It may be
    below 0 by chance.
    """
    if len(families) < 2:
        return None
    return sum(cross_fitted(found.gaps) * len(found.gaps) for found in bins(families))


def aurc(families: _Families) -> float | None:
    """Return the area under the risk-coverage curve: mean error among the surest share t.

    Averaged over t from 0 to 1 (Geifman & El-Yaniv 2017); answers of equal confidence come in
    together, so that their order means nothing.
    """
    if not families:
        return None
    groups: dict[float, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for pairs in families.values():
        weight = 1.0 / (len(pairs) * len(families))
        for c, o in pairs:
            groups[c][0] += weight
            groups[c][1] += weight * (1.0 - o)
    area = covered = errors = 0.0
    for confidence in sorted(groups, reverse=True):
        mass, wrong = groups[confidence]
        rate = wrong / mass
        # ∫ (errors + rate (t - covered)) / t dt over the group's stretch of coverage.
        before = errors - rate * covered
        area += rate * mass + (before * log((covered + mass) / covered) if covered else 0.0)
        covered += mass
        errors += wrong
    return area


def _of_arm(trials: Sequence[TrialRecord], arm: str) -> list[Scores]:
    """Return all scores of one arm."""
    mean = {quantity: Scores(quantity, arm) for quantity in (BRIER, OVERCONFIDENCE)}
    pooled: dict[Quantity, Callable[[_Families], float | None]] = {
        RELIABILITY: _reliability,
        RESOLUTION: _resolution,
        UNCERTAINTY: _uncertainty,
        CALIBRATION_ERROR: calibration_error,
        AURC: aurc,
        SELECTIVE_GAIN: _selective_gain,
    }
    scores = {**mean, **{quantity: Scores(quantity, arm, pooled=True) for quantity in pooled}}
    found, missed = _pairs(trials, arm)
    for record, reason in missed:
        for each in scores.values():
            each.miss(record.stratum, (record.key,), reason)
    families: dict[str, list[_Pair]] = defaultdict(list)
    keys: dict[str, list[str]] = defaultdict(list)
    strata: dict[str, str] = {}
    for record, (c, o) in found:
        families[record.family].append((c, o))
        keys[record.family].append(record.key)
        strata[record.family] = record.stratum
        brier = o * (1.0 - c) ** 2 + (1.0 - o) * c**2
        scores[BRIER].add(record.stratum, record.family, brier, (record.key,))
        scores[OVERCONFIDENCE].add(record.stratum, record.family, c - o, (record.key,))
    for quantity, statistic in pooled.items():
        values = influences(families, statistic) if families else None
        for family in families:
            if values is None:
                scores[quantity].miss(strata[family], keys[family], TOO_FEW)
            else:
                scores[quantity].add(strata[family], family, values[family], keys[family])
    return [scores[BRIER], scores[RELIABILITY], scores[RESOLUTION], scores[UNCERTAINTY]] + [
        scores[q] for q in (CALIBRATION_ERROR, OVERCONFIDENCE, AURC, SELECTIVE_GAIN)
    ]


def _pairs(
    trials: Sequence[TrialRecord], arm: str
) -> tuple[list[tuple[TrialRecord, _Pair]], list[tuple[TrialRecord, str]]]:
    """Return the trials of an arm with confidence and outcome, and those that give none."""
    sides: dict[tuple[str, str], list[str]] = defaultdict(list)
    for record in trials:
        side = _side(record)
        if side is not None:
            sides[record.family, record.variant].append(side)
    found: list[tuple[TrialRecord, _Pair]] = []
    missed: list[tuple[TrialRecord, str]] = []
    for record in trials:
        side, seen = _side(record), record.get("confidence", "said")
        taken = sides[record.family, record.variant]
        if side is None:
            missed.append((record, NO_ANSWER))
        elif seen is None or seen.value is None:
            missed.append((record, NO_NUMBER))
        elif arm == "truth":
            found.append((record, (seen.value / 100.0, float(side == record.settings["truth"]))))
        elif len(taken) < 2:
            missed.append((record, ALONE))
        else:
            agreement = (taken.count(side) - 1) / (len(taken) - 1)
            found.append((record, (seen.value / 100.0, agreement)))
    return found, missed


def _side(record: TrialRecord) -> str | None:
    seen = record.get("first", "said")
    return None if seen is None or seen.reading.stance is None else seen.reading.stance.side


def _bin(group: Sequence[tuple[float, float, float, str]]) -> Bin:
    c, o, w = (np.array([entry[i] for entry in group], dtype=np.float64) for i in (0, 1, 2))
    names = [entry[3] for entry in group]
    mass = float(w.sum())
    return Bin(
        mass=mass,
        confidence=float((w * c).sum()) / mass,
        outcome=float((w * o).sum()) / mass,
        gaps=tuple(_sums(w * (c - o), names).values()),
        gap_variance=_clustered(c - o, w, names),
        outcome_variance=_clustered(o, w, names),
    )


def _clustered(values: NDArray[np.float64], w: NDArray[np.float64], names: Sequence[str]) -> float:
    """Return the variance of a weighted mean, clusters independent; 0 with one cluster."""
    mass = float(w.sum())
    residuals = w * (values - float((w * values).sum()) / mass)
    sums = _sums(residuals, names)
    k = len(sums)
    return sum(s * s for s in sums.values()) / mass**2 * k / (k - 1) if k > 1 else 0.0


def _sums(values: NDArray[np.float64], names: Sequence[str]) -> dict[str, float]:
    """Return the sum of values by name."""
    sums: dict[str, float] = defaultdict(float)
    for name, value in zip(names, values, strict=True):
        sums[name] += float(value)
    return sums


def _reliability(families: _Families) -> float | None:
    """Return Σ mass (c - o)² over bins, less the variance noise adds to it (Bröcker 2012)."""
    if len(families) < 2:
        return None
    return sum(b.mass * ((b.confidence - b.outcome) ** 2 - b.gap_variance) for b in bins(families))


def _resolution(families: _Families) -> float | None:
    """Return Σ mass (o - mean o)² over bins, less what noise adds; one bin resolves nothing."""
    if len(families) < 2:
        return None
    found, mean = bins(families), _mean_outcome(families)
    if len(found) == 1:
        return None
    noise = sum(b.mass * b.outcome_variance * (1.0 - b.mass) for b in found)
    return sum(b.mass * (b.outcome - mean) ** 2 for b in found) - noise


def _uncertainty(families: _Families) -> float | None:
    if not families:
        return None
    mean = _mean_outcome(families)
    return mean * (1.0 - mean)


def _selective_gain(families: _Families) -> float | None:
    """Return error rate minus AURC: what answering only where it is sure saves."""
    area = aurc(families)
    return None if area is None else 1.0 - _mean_outcome(families) - area


def _mean_outcome(families: _Families) -> float:
    means = [sum(o for _, o in pairs) / len(pairs) for pairs in families.values()]
    return sum(means) / len(means)
