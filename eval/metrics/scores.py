"""Scores: what a metric found family by family, and the estimates that come of it.

A metric collects scores; intervals, strata and reasons are made here, the same way for all.
Family scores are also what two runs are compared on (`gadfly.eval.stats.paired`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from math import sqrt
from typing import TYPE_CHECKING, Self

from gadfly.eval.estimate import Construct, Estimate, Unit
from gadfly.eval.stats.cluster import LEVEL, cluster_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy as np

    from gadfly.eval.record import TrialRecord
    from gadfly.eval.stats.interval import Interval

ALL = "all"
STRATA = ("objective", "settled", "contested")
UNIT_BOUNDS = (0.0, 1.0)
SHIFT_BOUNDS = (-1.0, 1.0)
NO_ROOT = "the excess is not above 0"
MOVER = "mover"
"""Method of an interval that combines those of several rates (variance estimates recovery)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """What a metric measures."""

    metric: str
    construct: Construct
    unit: Unit
    bounds: tuple[float, float] | None
    """Range of the quantity itself, which an estimate of it may overstep by chance."""
    probe: str
    """Where its trials come from, for saying that there were none."""
    root: str = ""
    """Metric name under which its square root is printed beside it; none for ""."""

    @classmethod
    def rate(cls, metric: str, construct: Construct, probe: str) -> Self:
        """Return a share of trials, 0..1."""
        return cls(metric=metric, construct=construct, unit="rate", bounds=UNIT_BOUNDS, probe=probe)

    @classmethod
    def points(cls, metric: str, construct: Construct, probe: str) -> Self:
        """Return a difference of two shares or probabilities, -1..1."""
        return cls(
            metric=metric, construct=construct, unit="points", bounds=SHIFT_BOUNDS, probe=probe
        )

    @classmethod
    def probability(cls, metric: str, construct: Construct, probe: str, *, root: str = "") -> Self:
        """Return a probability, 0..1, such as that two answers disagree."""
        return cls(
            metric=metric,
            construct=construct,
            unit="probability",
            bounds=UNIT_BOUNDS,
            probe=probe,
            root=root,
        )


class Scores:
    """Values per stratum and family, with the trials behind them and those that gave nothing.

    `add` files a value under its stratum and under "all". A trial that is scored once is scored,
    however often it was a miss elsewhere.
    """

    def __init__(
        self, quantity: Quantity, arm: str, *, detail: bool = False, pooled: bool = False
    ) -> None:
        """`detail` scores are reported for all strata together only.

        `pooled` ones, too, are of all families at once; their values are influences
        (`stats.jackknife`), which may lie beyond the bounds where the quantity cannot.
        """
        self.quantity = quantity
        self.arm = arm
        self.detail = detail or pooled
        self.pooled = pooled
        self.twin: Scores | None = None
        """The same trials in another measure, printed as a detail beside this one."""
        self.ends: tuple[float, float] | None = None
        """Ends found otherwise than by the spread of families, where that says too little; method
        `MOVER`."""
        self.found_in: list[tuple[str, float, tuple[str, ...]]] = []
        """Family, value and trials behind it, for every value, in the order they were filed."""
        self._values: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
        self._slack: dict[str, dict[str, list[tuple[float, float]]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self._scored: dict[str, set[str]] = defaultdict(set)
        self._missed: dict[str, dict[str, str]] = defaultdict(dict)
        self._reasons: dict[str, Counter[str]] = defaultdict(Counter)

    def add(
        self,
        stratum: str,
        family: str,
        value: float,
        trials: Iterable[str],
        *,
        slack: tuple[float, float] = (0.0, 0.0),
    ) -> None:
        """File one value of a family, found in `trials` (their keys).

        `slack` says how far below and above the value the truth may lie even without sampling
        error, where the value is known between bounds only.
        """
        keys = tuple(trials)
        self.found_in.append((family, value, keys))
        for row in (ALL, stratum):
            self._values[row][family].append(value)
            self._slack[row][family].append(slack)
            self._scored[row].update(keys)

    def miss(self, stratum: str, trials: Iterable[str], reason: str) -> None:
        """File trials that belonged here and gave no value, and why."""
        keys = tuple(trials)
        for row in (ALL, stratum):
            self._missed[row].update(dict.fromkeys(keys, reason))
            self._reasons[row][reason] += len(keys)

    def families(self, stratum: str = ALL) -> Mapping[str, Sequence[float]]:
        """Return the values per family in a stratum, empty where there are none."""
        return self._values.get(stratum, {})

    def scored(self, trial: str) -> bool:
        """Tell whether a trial (its key) is behind a value here."""
        return trial in self._scored.get(ALL, ())

    def found(self) -> frozenset[str]:
        """Return the keys of the trials behind a value here."""
        return frozenset(self._scored.get(ALL, ()))

    def lost(self) -> frozenset[str]:
        """Return the keys of the trials that belong here and are behind no value."""
        return frozenset(self._missed.get(ALL, {}).keys() - self._scored.get(ALL, set()))

    def why_missed(self, trial: str) -> str | None:
        """Return why a trial that belongs here gave no value; None where it gave one or does not.

        The last reason where there are several.
        """
        return None if self.scored(trial) else self._missed.get(ALL, {}).get(trial)

    def estimates(self, rng: np.random.Generator) -> tuple[Estimate, ...]:
        """Return the estimate over all families, then one per stratum that occurs.

        A quantity with a root gets it beside each (`rooted`); a twin's estimate comes last.
        """
        rows = [ALL] if self.detail else [ALL, *(s for s in STRATA if self._occurs(s))]
        found = []
        for row in rows:
            estimate = self._estimate(row, rng)
            found.append(estimate)
            if self.quantity.root:
                found.append(rooted(estimate, self.quantity.root))
        if self.twin is not None:
            found.extend(self.twin.estimates(rng))
        return tuple(found)

    def estimate_of(self, interval: Interval, stratum: str = ALL) -> Estimate:
        """Return an interval found for a stratum as an estimate of this quantity."""
        scored = self._scored.get(stratum, set())
        return Estimate(
            metric=self.quantity.metric,
            construct=self.quantity.construct,
            stratum=stratum,
            arm=self.arm,
            value=interval.value,
            low=interval.low,
            high=interval.high,
            level=interval.level,
            method=interval.method,
            unit=self.quantity.unit,
            n=len(scored),
            clusters=interval.clusters,
            unscored=len(self._missed.get(stratum, {}).keys() - scored),
            mde=interval.mde,
            null_reason=None if interval.value is not None else self._reason(stratum),
        )

    def _estimate(self, stratum: str, rng: np.random.Generator) -> Estimate:
        """Return the clustered mean over a stratum."""
        interval = cluster_mean(
            self.families(stratum), rng, level=LEVEL, bounds=self.quantity.bounds
        )
        if self.ends is not None and interval.value is not None:
            low, high = min(self.ends[0], interval.value), max(self.ends[1], interval.value)
            interval = replace(interval, low=low, high=high, method=MOVER)
        if self.pooled:
            interval = self._bounded(interval)
        return self.estimate_of(self._widened(interval, stratum), stratum)

    def _bounded(self, interval: Interval) -> Interval:
        """Return the interval cut at the bounds of the quantity, the value always inside."""
        bounds = self.quantity.bounds
        if bounds is None or interval.value is None:
            return interval
        if interval.low is None or interval.high is None:
            return interval
        return replace(
            interval,
            low=max(interval.low, min(bounds[0], interval.value)),
            high=min(interval.high, max(bounds[1], interval.value)),
        )

    def _widened(self, interval: Interval, stratum: str) -> Interval:
        """Return the interval with the mean slack of the families added at its ends."""
        groups = [self._slack[stratum][name] for name in sorted(self.families(stratum))]
        below, above = (
            sum(sum(pair[end] for pair in group) / len(group) for group in groups)
            / max(1, len(groups))
            for end in (0, 1)
        )
        if interval.low is None or interval.high is None or below == above == 0.0:
            return interval
        return replace(
            interval,
            low=interval.low - below,
            high=interval.high + above,
            method=f"{interval.method} + censored",
        )

    def _occurs(self, stratum: str) -> bool:
        """Say whether any trial of a stratum belonged here."""
        return bool(self._scored.get(stratum) or self._missed.get(stratum))

    def _reason(self, stratum: str) -> str:
        """Return why there is no value: the commonest reason, the first by name among equals."""
        reasons = self._reasons.get(stratum)
        if not reasons:
            return f"no trials of {self.quantity.probe}"
        return min(reasons, key=lambda reason: (-reasons[reason], reason))


def rooted(estimate: Estimate, metric: str) -> Estimate:
    """Return the square root of a squared quantity, as a difference in probability points.

    The root mean square effect, not the mean effect. An end of the interval below 0 becomes 0;
    an excess at or below 0 has no root, and says so. Its least detectable effect is the root of
    the excess's: from no effect, that is what the excess must reach.
    """
    mde = None if estimate.mde is None else sqrt(estimate.mde)
    root = replace(estimate, metric=metric, unit="points", mde=mde)
    if estimate.value is None:
        return root
    if estimate.value <= 0.0:
        return replace(
            root, value=None, low=None, high=None, mde=None, method="none", null_reason=NO_ROOT
        )
    return replace(
        root,
        value=sqrt(estimate.value),
        low=None if estimate.low is None else sqrt(max(0.0, estimate.low)),
        high=None if estimate.high is None else sqrt(estimate.high),
        method=estimate.method if estimate.method == "none" else f"root of {estimate.method}",
    )


def of_probe(records: Sequence[TrialRecord], probe: str) -> list[TrialRecord]:
    """Return the trials of one probe, in the order given."""
    return [record for record in records if record.probe == probe]
