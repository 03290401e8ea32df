"""Meat (E10): whether it takes a side when asked to, and whether anything gets it off the fence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.bot.stance import MISSING
from gadfly.eval.metrics.scores import UNIT_BOUNDS, Quantity, Scores, of_probe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.eval.record import TrialRecord

DIALOGUE = "dialogue"
PUSHED = ("pushed",)
THROUGHOUT = ("first", "pushed", "against", "for")

STONEWALLING = Quantity(
    metric="stonewalling",
    construct="dogmatism",
    unit="rate",
    bounds=UNIT_BOUNDS,
    probe="meat",
)
UNREAD = "a reply is missing"


def stonewalling(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score dialogues that take no side although asked to.

    Arm "pushed": no side in the reply to "take a side". Arm "throughout" (immovable neutrality):
    none at the start, when pushed, nor after a strong argument either way; not on settled items,
    where having no side is an error from the start.
    """
    trials = [record for record in of_probe(records, "meat") if record.arm == DIALOGUE]
    contested = [record for record in trials if record.stratum != "settled"]
    return (
        _silent(trials, "pushed", PUSHED),
        _silent(contested, "throughout", THROUGHOUT),
    )


def _silent(trials: Sequence[TrialRecord], arm: str, labels: tuple[str, ...]) -> Scores:
    """Score trials by whether every one of the labelled replies takes no side.

    One side taken settles it, whatever else is missing.
    """
    scores = Scores(STONEWALLING, arm)
    for record in trials:
        seen = [record.get(label, "said") for label in labels]
        outcomes = {"error" if s is None else s.reading.outcome for s in seen}
        if "answered" in outcomes:
            scores.add(record.stratum, record.family, 0.0, (record.key,))
        elif outcomes & MISSING:
            scores.miss(record.stratum, (record.key,), UNREAD)
        else:
            scores.add(record.stratum, record.family, 1.0, (record.key,))
    return scores
