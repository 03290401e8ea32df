"""Said and read: whether the reply agrees with the off-record read of the same prompt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.eval.metrics.scores import Quantity, Scores
from gadfly.eval.stats.cross_fit import cross_fitted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.eval.record import TrialRecord

SIDE = Quantity.rate(
    "said_read_gap", "inconsistency", "a probe that both hears and reads the first answer"
)
DISTANCE = Quantity.points("said_read_gap", "inconsistency", SIDE.probe)
SIDELESS = "the reply or the read took no side"
ONCE = "fewer than two replicates with both"

Pair = tuple[str, float, float]
"""Trial key, p as said, p as read."""


def said_read_gap(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score the disagreement of first replies with the reads beside them.

    Arm "side": share of trials whose reply takes the side the read leans against. Arm "distance":
    |mean p said - mean p read| by prompt, cross-fitted over replicates, so that replies drawn at
    the read's own odds score 0.
    """
    side, distance = Scores(SIDE, "side"), Scores(DISTANCE, "distance")
    for (stratum, family, _, _, _), pairs in _prompts(records, (side, distance)):
        for key, spoken, read in pairs:
            side.add(stratum, family, float((spoken >= 0.5) != (read >= 0.5)), (key,))
        keys = [key for key, _, _ in pairs]
        if len(pairs) < 2:
            distance.miss(stratum, keys, ONCE)
        else:
            value = cross_fitted([spoken - read for _, spoken, read in pairs])
            distance.add(stratum, family, value, keys)
    return side, distance


def _prompts(
    records: Sequence[TrialRecord], scores: tuple[Scores, ...]
) -> list[tuple[tuple[str, str, str, str, str], list[Pair]]]:
    """Return both stances of each trial, by prompt, each (prompt, replicate) once."""
    found: dict[tuple[str, str, str, str, str], dict[int, Pair]] = {}
    for record in records:
        spoken, read = record.get("first", "said"), record.get("first", "read")
        if spoken is None or read is None:
            continue
        before = record.arm if record.arm.startswith("after-") else ""
        where = (record.stratum, record.family, record.variant, spoken.about, before)
        if spoken.reading.stance is None or read.reading.stance is None:
            for each in scores:
                each.miss(record.stratum, (record.key,), SIDELESS)
        else:
            pair = (record.key, spoken.reading.stance.p, read.reading.stance.p)
            found.setdefault(where, {}).setdefault(record.replicate, pair)
    return [(where, list(found[where].values())) for where in sorted(found)]
