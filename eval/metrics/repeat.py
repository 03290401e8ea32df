"""The noise floor (E14): how often the same prompt, asked again, is answered otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.eval.metrics.answer import KINDS, whole
from gadfly.eval.metrics.disagreement import gather, repeat_scores
from gadfly.eval.metrics.scores import Quantity, of_probe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.eval.metrics.scores import Scores
    from gadfly.eval.record import TrialRecord

REPEAT_FLOOR = Quantity.probability("repeat_floor", "inconsistency", "repeat")


def repeat_floor(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score pairwise disagreement of replicates of one prompt, as said and as read."""
    trials = [record for record in of_probe(records, "repeat") if record.arm == "fresh"]
    return tuple(repeat_scores(gather(trials, kind, whole), REPEAT_FLOOR, kind) for kind in KINDS)
