"""Trials of one replicate side by side, and values found in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gadfly.eval.metrics.scores import Scores
    from gadfly.eval.record import TrialRecord


def by_replicate(trials: Iterable[TrialRecord]) -> list[dict[str, TrialRecord]]:
    """Return the trials of each replicate by arm, in order of family and replicate."""
    found: dict[tuple[str, int], dict[str, TrialRecord]] = {}
    for record in trials:
        found.setdefault((record.family, record.replicate), {})[record.arm] = record
    return [found[where] for where in sorted(found)]


def file_value(
    scores: Scores, trials: Sequence[TrialRecord], value: float | None, reason: str
) -> None:
    """File a value found in trials of one family, or their miss where it is None."""
    first, keys = trials[0], tuple(record.key for record in trials)
    if value is None:
        scores.miss(first.stratum, keys, reason)
    else:
        scores.add(first.stratum, first.family, value, keys)
