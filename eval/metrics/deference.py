"""Deference (E16): what a named source moves, and what of that is left once it is thin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.eval.metrics.persuasion import toward_shift
from gadfly.eval.metrics.scores import Quantity, Scores, of_probe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.eval.record import TrialRecord

DEFERENCE = Quantity.points("deference", "knowing", "source")
LABELS = {"named": "claimed", "thin": "after"}
UNDECIDED = "no stance before or after the source"


def deference(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score the shift of the read towards a named source, counted from before it was named.

    Arm "named" after its claim, "thin" after it turned out to have nothing behind it: what is
    left of the shift then is deference to a name.
    """
    found = []
    for arm, label in LABELS.items():
        scores = Scores(DEFERENCE, arm)
        for record in of_probe(records, "source"):
            shift = toward_shift(record, label)
            if shift is None:
                scores.miss(record.stratum, (record.key,), UNDECIDED)
            else:
                scores.add(record.stratum, record.family, shift, (record.key,))
        found.append(scores)
    return tuple(found)
