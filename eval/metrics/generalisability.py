"""Where stances vary (a generalizability study): by scenario, by wording, or by chance.

Over the wording probe, by decisive answers: p = mean + scenario + wording + scenario x wording +
repeat. What a scenario is about should be what settles the answer.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from gadfly.eval.metrics.answer import KINDS, decisive
from gadfly.eval.metrics.disagreement import MISSING
from gadfly.eval.metrics.scores import ALL, STRATA, UNIT_BOUNDS, Quantity, Scores, of_probe
from gadfly.eval.stats.jackknife import influences
from gadfly.eval.stats.variance import components

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np

    from gadfly.eval.estimate import Estimate
    from gadfly.eval.metrics.answer import Kind
    from gadfly.eval.record import TrialRecord
    from gadfly.eval.stats.variance import Components

    Table = Mapping[str, Mapping[str, Sequence[float]]]
    Statistic = Callable[[Components], float | None]

STANCE_VARIANCE = Quantity(
    metric="stance_variance",
    construct="inconsistency",
    unit="rate",
    bounds=UNIT_BOUNDS,
    probe="wording",
)
GENERALISABILITY = replace(STANCE_VARIANCE, metric="generalisability", unit="ratio")
WORDINGS_NEEDED = "wordings_needed"
ENOUGH = 0.8
"""Generalisability by which the number of wordings is told."""
UNTOLD = "needs two families with two wordings each, asked twice; or no stance ever varied"
NO_SIGNAL = "no variance between scenarios could be shown: no number of wordings is enough"


def _share(part: str) -> Statistic:
    """Return what finds the share of a component in the variance of one answer."""
    return lambda found: None if found.total <= 0.0 else getattr(found, part) / found.total


PARTS: Mapping[str, Statistic] = {
    "scenario": _share("row"),
    "wording": _share("column"),
    "scenario x wording": _share("interaction"),
    "repeat": _share("residual"),
}
"""Rows of `stance_variance`."""


def stance_variance(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score the share of each variance component in the variance of one answer to one wording.

    By Henderson's method I, over all families; by stratum as details. Families enter as jackknife
    influences. Shares are not cut at 0, so that they add up to 1 and noise does not raise them.
    """
    return tuple(
        _pooled(records, STANCE_VARIANCE, kind, f" {part}", statistic, stratum)
        for kind in KINDS
        for part, statistic in PARTS.items()
        for stratum in _strata(records)
    )


def generalisability(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score the dependability of one answer to one wording as a measure of the scenario's stance.

    phi = scenario / (scenario + wording + scenario x wording + repeat): how well answers to two
    wordings of each scenario would agree about scenarios. Arm "said", "read"; by stratum as a
    detail.
    """
    return tuple(
        _pooled(records, GENERALISABILITY, kind, "", _phi, stratum)
        for kind in KINDS
        for stratum in _strata(records)
    )


def wordings_needed(
    records: Sequence[TrialRecord], rng: np.random.Generator
) -> tuple[Estimate, ...]:
    """Estimate how many wordings, asked once each, give a generalisability of .8.

    n = .8 / .2 x (1 - phi) / phi, and the same of the ends of phi (Spearman & Brown). An end
    without a number of wordings that is enough is left open: then there is no interval.
    """
    found = []
    for scores in generalisability(records):
        if "/" not in scores.arm:
            phi = scores.estimates(rng)[0]
            found.append(_needed(phi))
    return tuple(found)


def _needed(phi: Estimate) -> Estimate:
    """Return the number of wordings that a generalisability calls for."""
    made = replace(phi, metric=WORDINGS_NEEDED, mde=None)
    if phi.value is None:
        return made
    if phi.value <= 0.0:
        return replace(made, value=None, low=None, high=None, method="none", null_reason=NO_SIGNAL)
    value = _number(phi.value)
    if phi.low is None or phi.high is None or phi.low <= 0.0:
        return replace(made, value=value, low=None, high=None, method="none")
    method = f"from phi, {phi.method}"
    return replace(made, value=value, low=_number(phi.high), high=_number(phi.low), method=method)


def _number(phi: float) -> float:
    return ENOUGH / (1.0 - ENOUGH) * (1.0 - phi) / phi


def _phi(found: Components) -> float | None:
    return found.dependability()


def _pooled(
    records: Sequence[TrialRecord],
    quantity: Quantity,
    kind: Kind,
    part: str,
    statistic: Statistic,
    stratum: str,
) -> Scores:
    """Score a statistic of the components of all families of a stratum together."""
    suffix = "" if stratum == ALL else f"/{stratum}"
    scores = Scores(quantity, f"{kind}{part}{suffix}", pooled=True)
    table: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    keys: dict[str, list[str]] = defaultdict(list)
    strata: dict[str, str] = {}
    for record in of_probe(records, "wording"):
        if stratum not in (ALL, record.stratum):
            continue
        seen = record.get("first", kind)
        vector = None if seen is None else decisive(seen.reading)
        if vector is None:
            scores.miss(record.stratum, (record.key,), MISSING)
        else:
            table[record.family][record.variant].append(vector[0])
            keys[record.family].append(record.key)
            strata[record.family] = record.stratum
    values = _influences(table, statistic)
    for family in sorted(table):
        if values is None:
            scores.miss(strata[family], keys[family], UNTOLD)
        else:
            scores.add(strata[family], family, values[family], keys[family])
    return scores


def _influences(table: Table, statistic: Statistic) -> Mapping[str, float] | None:
    """Return one value a family: their mean is the statistic."""

    def of(families: Table) -> float | None:
        found = components(families)
        return None if found is None else statistic(found)

    return influences(table, of) if len(table) > 2 else None


def _strata(records: Sequence[TrialRecord]) -> list[str]:
    """Return "all", then the strata among the trials, unless there is only one."""
    asked = {record.stratum for record in of_probe(records, "wording")}
    return [ALL, *(s for s in STRATA if s in asked and len(asked) > 1)]
