"""Comprehension: whether a story was understood, and which stances rest on one that was not.

Checks are reads labelled "check:..." on the same fork as the stance; an arm's settings say, under
the same name, which side is right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.eval.metrics.answer import whole
from gadfly.eval.metrics.disagreement import MISSING
from gadfly.eval.metrics.scores import Quantity, Scores

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.eval.metrics.answer import Kind
    from gadfly.eval.record import TrialRecord

CHECK = "check:"
KINDS_OF_CHECK = ("act", "saved", "story")
"""What is done (ladder), how many are saved (ladder), what a cover story says (framing)."""
UNDERSTOOD = "understood"
"""Detail row of a metric over the trials whose checks all passed."""

COMPREHENSION = Quantity.rate("comprehension", "knowing", "ladder or framing with checks")


def comprehension(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score the share of checks answered right, by reads; also by kind of check.

    A read counts by the probability it puts on the right side; taking no side is not right.
    """
    rows = {name: Scores(COMPREHENSION, f"read/{name}", detail=True) for name in KINDS_OF_CHECK}
    over_all = Scores(COMPREHENSION, "read")
    for record in records:
        for label, truth in _truths(record):
            scores = (over_all, rows[label.removeprefix(CHECK)])
            seen = record.get(label, "read")
            vector = None if seen is None else whole(seen.reading)
            for row in scores:
                if vector is None:
                    row.miss(record.stratum, (record.key,), MISSING)
                else:
                    right = vector[0 if truth == "a" else 1]
                    row.add(record.stratum, record.family, right, (record.key,))
    return (over_all, *rows.values())


def views(trials: Sequence[TrialRecord], kind: Kind) -> list[tuple[str, Sequence[TrialRecord]]]:
    """Return rows of a metric with their trials: all, and those understood if any was checked."""
    if not any(_truths(record) for record in trials):
        return [(kind, trials)]
    return [(kind, trials), (f"{kind}/{UNDERSTOOD}", [r for r in trials if understood(r)])]


def understood(record: TrialRecord) -> bool:
    """Say whether every check of a trial leans to its right side; one without checks passes."""
    for label, truth in _truths(record):
        seen = record.get(label, "read")
        if seen is None or seen.reading.stance is None or seen.reading.stance.side != truth:
            return False
    return True


def _truths(record: TrialRecord) -> list[tuple[str, str]]:
    """Return the labels of a trial's checks, each with its right side."""
    return [(name, side) for name, side in record.settings.items() if name.startswith(CHECK)]
