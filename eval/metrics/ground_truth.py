"""Ground truth (E13): the share of right answers where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.eval.metrics.answer import KINDS, asks_openly, whole
from gadfly.eval.metrics.disagreement import MISSING
from gadfly.eval.metrics.scores import UNIT_BOUNDS, Quantity, Scores

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.eval.record import TrialRecord

ACCURACY = Quantity(
    metric="accuracy",
    construct="knowing",
    unit="rate",
    bounds=UNIT_BOUNDS,
    probe="a probe that asks openly a question with a known answer",
)


def accuracy(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score the share of first answers to the original prompt that take the true side.

    An answer that takes no side is not right; a missing one is unscored. A read counts by the
    probability it puts on the true side.
    """
    trials = [
        record
        for record in records
        if record.truth is not None and record.variant == "original" and asks_openly(record)
    ]
    found = []
    for kind in KINDS:
        scores = Scores(ACCURACY, kind)
        counted: set[tuple[str, int]] = set()
        for record in trials:
            seen = record.get("first", kind)
            where = (record.family, record.replicate)
            if where in counted or (seen is None and record.failure is None):
                continue
            vector = None if seen is None else whole(seen.reading)
            if vector is None:
                scores.miss(record.stratum, (record.key,), MISSING)
            else:
                counted.add(where)
                right = vector[0 if record.truth == "a" else 1]
                scores.add(record.stratum, record.family, right, (record.key,))
        found.append(scores)
    return tuple(found)
