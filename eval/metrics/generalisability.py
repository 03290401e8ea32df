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
    strata = _strata(records)
    found = []
    for kind in KINDS:
        designs = [_Design(records, kind, stratum) for stratum in strata]
        found += [
            design.scores(STANCE_VARIANCE, f" {part}", statistic)
            for part, statistic in PARTS.items()
            for design in designs
        ]
    return tuple(found)


def generalisability(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score the dependability of one answer to one wording as a measure of the scenario's stance.

    phi = scenario / (scenario + wording + scenario x wording + repeat): how well answers to two
    wordings of each scenario would agree about scenarios. Arm "said", "read"; by stratum as a
    detail.
    """
    return tuple(
        _Design(records, kind, stratum).scores(GENERALISABILITY, "", _phi)
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


class _Design:
    """The answers of a stratum by family and wording, and what they say without each family."""

    def __init__(self, records: Sequence[TrialRecord], kind: Kind, stratum: str) -> None:
        self.arm = kind
        self.suffix = "" if stratum == ALL else f"/{stratum}"
        self.table: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
        self.keys: dict[str, list[str]] = defaultdict(list)
        self.strata: dict[str, str] = {}
        self.missing: list[TrialRecord] = []
        self._components: dict[frozenset[str], Components | None] = {}
        for record in of_probe(records, "wording"):
            if stratum not in (ALL, record.stratum):
                continue
            seen = record.get("first", kind)
            vector = None if seen is None else decisive(seen.reading)
            if vector is None:
                self.missing.append(record)
            else:
                self.table[record.family][record.variant].append(vector[0])
                self.keys[record.family].append(record.key)
                self.strata[record.family] = record.stratum

    def scores(self, quantity: Quantity, part: str, statistic: Statistic) -> Scores:
        """Score a statistic of the components of all families together."""
        scores = Scores(quantity, f"{self.arm}{part}{self.suffix}", pooled=True)
        for record in self.missing:
            scores.miss(record.stratum, (record.key,), MISSING)

        def of(families: Table) -> float | None:
            found = self._of(families)
            return None if found is None else statistic(found)

        # One value a family: their mean is the statistic.
        values = influences(self.table, of) if len(self.table) > 2 else None
        for family in sorted(self.table):
            if values is None:
                scores.miss(self.strata[family], self.keys[family], UNTOLD)
            else:
                scores.add(self.strata[family], family, values[family], self.keys[family])
        return scores

    def _of(self, families: Table) -> Components | None:
        """Return the components over some of the families, found once for all statistics."""
        names = frozenset(families)
        if names not in self._components:
            self._components[names] = components(families)
        return self._components[names]


def _strata(records: Sequence[TrialRecord]) -> list[str]:
    """Return "all", then the strata among the trials, unless there is only one."""
    asked = {record.stratum for record in of_probe(records, "wording")}
    return [ALL, *(s for s in STRATA if s in asked and len(asked) > 1)]
