"""Everything else two runs can be compared on: looked at, never decided by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.eval.gate.result import ContrastResult
from gadfly.eval.stats.multiplicity import benjamini_hochberg
from gadfly.eval.stats.paired import paired

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gadfly.eval.gate.table import Row
    from gadfly.eval.stats.paired import Paired

MIN_FAMILIES = 2
"""Fewer shared families carry no paired test."""
LEVEL = 0.95


def exploratory(
    baseline: Sequence[Row], candidate: Sequence[Row], *, level: float = LEVEL
) -> tuple[ContrastResult, ...]:
    """Compare every metric both runs have over at least two shared families.

    Paired t on family means, candidate minus baseline, two-sided, Benjamini-Hochberg over all.
    Smallest p first. Metrics whose difference is the same in every family (often: nothing ever
    differed) have p = 1 where it is 0.
    """
    theirs = {row.name: row for row in candidate}
    found: list[tuple[Row, Row, Paired, float]] = []
    for row in baseline:
        other = theirs.get(row.name)
        if other is None:
            continue
        result = paired(_lists(row.means), _lists(other.means), level=level)
        if result.p is not None and result.difference.clusters >= MIN_FAMILIES:
            found.append((row, other, result, result.p))
    adjusted = benjamini_hochberg([p for *_, p in found])
    results = [
        _result(row, other, result, p, q)
        for (row, other, result, p), q in zip(found, adjusted, strict=True)
    ]
    return tuple(sorted(results, key=lambda c: (c.p if c.p is not None else 1.0, c.name)))


def _result(row: Row, other: Row, result: Paired, p: float, q: float) -> ContrastResult:
    """Return one contrast."""
    found, shared = result.difference, sorted(result.differences)
    ours, theirs = row.means, other.means
    return ContrastResult(
        metric=row.metric,
        arm=row.arm,
        unit=row.unit,
        construct=row.construct,
        headline=False,
        verdict=None,
        effect=found.value,
        low=found.low,
        high=found.high,
        level=found.level,
        p=p,
        p_adjusted=q,
        mde=found.mde,
        n=sum(r.cells[name].scored for r in (row, other) for name in shared),
        clusters=found.clusters,
        baseline=sum(ours[name] for name in shared) / len(shared),
        candidate=sum(theirs[name] for name in shared) / len(shared),
        missing_baseline=row.missing,
        missing_candidate=other.missing,
    )


def _lists(means: Mapping[str, float]) -> dict[str, tuple[float]]:
    return {name: (mean,) for name, mean in means.items()}
