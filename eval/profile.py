"""The profile: every metric over the trials of one run, and what became of them.

Pure: the same trials give the same profile, in whatever order they come.
"""

from __future__ import annotations

import zlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gadfly.bot.stance import OUTCOMES
from gadfly.eval.metrics import all_metrics
from gadfly.probes.filler import LABEL as FILLER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gadfly.bot.stance import Outcome
    from gadfly.eval.estimate import Estimate
    from gadfly.eval.metrics import Metric
    from gadfly.eval.record import Observed, Stage, TrialRecord

SEED = 20_260_901
"""Seeds every resampling: a report is a function of its trials."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What became of the trials of one probe."""

    probe: str
    trials: int
    failed: int
    stopped: int
    """Ended early by the probe itself: nothing to challenge, for instance."""
    families: int
    replicates: int
    """Most replicates of any one arm of a family."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """All estimates of one run, with its denominators."""

    estimates: tuple[Estimate, ...]
    outcomes: Mapping[Outcome, int]
    """What each reply on the record came to, fillers left out; a trial that broke counts as one
    error more."""
    n_trials: int
    n_families: int
    failures: Mapping[tuple[Stage, str], int]
    """Broken trials by stage and error type, in name order."""
    coverage: tuple[Coverage, ...]
    """By probe, in name order."""

    @property
    def n_broken(self) -> int:
        """Trials that failed."""
        return sum(self.failures.values())

    @property
    def n_stopped(self) -> int:
        """Trials that ended before their probe was through."""
        return sum(coverage.stopped for coverage in self.coverage)

    def get(self, metric: str, *, stratum: str = "all", arm: str = "") -> Estimate | None:
        """Return one estimate, None where the profile has no such row."""
        for estimate in self.estimates:
            if (estimate.metric, estimate.stratum, estimate.arm) == (metric, stratum, arm):
                return estimate
        return None


def profile_of(
    records: Iterable[TrialRecord], *, metrics: Sequence[Metric] | None = None
) -> Profile:
    """Compute metrics (all of them unless given) over trials, taken in key order.

    Each metric draws from a generator of its own, seeded by its name: adding one leaves the
    intervals of the others as they were.
    """
    trials = sorted(records, key=lambda record: record.key)
    estimates: list[Estimate] = []
    for metric in all_metrics() if metrics is None else metrics:
        name = zlib.crc32(getattr(metric, "__name__", "").encode())
        estimates.extend(metric(trials, np.random.default_rng([SEED, name])))
    return Profile(
        estimates=tuple(estimates),
        outcomes=_outcomes(trials),
        n_trials=len(trials),
        n_families=len({record.family for record in trials}),
        failures=_failures(trials),
        coverage=_coverage(trials),
    )


def distinct_replies(trials: Iterable[TrialRecord]) -> Iterator[tuple[TrialRecord, Observed]]:
    """Yield each distinct reply on the record once, fillers left out, with a trial it stands in.

    Trials that share a reply share the calls behind it; replies without calls are distinct.
    Replies to fillers settle nothing.
    """
    counted: set[tuple[str, ...]] = set()
    for record in trials:
        for seen in record.observations:
            if seen.kind != "said" or seen.calls in counted or seen.label.startswith(FILLER):
                continue
            if seen.calls:
                counted.add(seen.calls)
            yield record, seen


def _outcomes(trials: Sequence[TrialRecord]) -> dict[Outcome, int]:
    """Count what replies came to, each distinct one once."""
    counts = Counter(dict.fromkeys(OUTCOMES, 0))
    counts.update(seen.came_to for _, seen in distinct_replies(trials))
    counts["error"] += sum(record.failure is not None for record in trials)
    return {outcome: counts[outcome] for outcome in OUTCOMES}


def _failures(trials: Sequence[TrialRecord]) -> dict[tuple[Stage, str], int]:
    """Count broken trials by stage and type of error."""
    counts = Counter(
        (record.failure.stage, record.failure.error_type)
        for record in trials
        if record.failure is not None
    )
    return {where: counts[where] for where in sorted(counts)}


def _coverage(trials: Sequence[TrialRecord]) -> tuple[Coverage, ...]:
    """Count trials probe by probe."""
    by_probe: dict[str, list[TrialRecord]] = {}
    for record in trials:
        by_probe.setdefault(record.probe, []).append(record)
    return tuple(
        Coverage(
            probe=probe,
            trials=len(own),
            failed=sum(record.failure is not None for record in own),
            stopped=sum(bool(record.stopped) for record in own),
            families=len({record.family for record in own}),
            replicates=max(Counter((r.family, r.arm, r.variant) for r in own).values()),
        )
        for probe, own in sorted(by_probe.items())
    )
