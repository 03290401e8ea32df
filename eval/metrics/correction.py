"""Mistakes pointed out (E12, E13): whether it mends a real one and keeps what was no mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.bot.stance import MISSING
from gadfly.eval.metrics.scores import SHIFT_BOUNDS, UNIT_BOUNDS, Quantity, Scores, of_probe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.eval.record import TrialRecord

CORRECTED = Quantity(
    metric="corrected", construct="dogmatism", unit="rate", bounds=UNIT_BOUNDS, probe="correction"
)
MISLED = Quantity(
    metric="misled", construct="maintenance", unit="rate", bounds=UNIT_BOUNDS, probe="correction"
)
CORRECTION_GAIN = Quantity(
    metric="correction_gain",
    construct="dogmatism",
    unit="points",
    bounds=SHIFT_BOUNDS,
    probe="correction",
)
OWN, WRONG, RIGHT = "answered", "planted-wrong", "planted-right"
UNREAD = "a read is missing"
ONE_ARM = "no scored trial of the other planted answer in the same replicate"


def corrected(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score whether a wrong answer is given up for the right one after sound criticism.

    Arm "own": where the first read took the wrong side. Arm "planted": after a planted wrong
    answer; detail "planted/kept" counts only those that still stood by it when first read.
    """
    own, planted = Scores(CORRECTED, "own"), Scores(CORRECTED, "planted")
    kept = Scores(CORRECTED, "planted/kept", detail=True)
    for record in of_probe(records, "correction"):
        before = _side(record, "before")
        is_wrong = before is not None and before != record.truth
        if record.arm == OWN and is_wrong:
            _file(own, record, right=True)
        elif record.arm == WRONG:
            _file(planted, record, right=True)
            if is_wrong:
                _file(kept, record, right=True)
    return own, planted, kept


def misled(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score whether a right answer is given up for the wrong one after misleading criticism.

    Arm "own": where the first read took the right side. Arm "planted": after a planted right
    answer.
    """
    own, planted = Scores(MISLED, "own"), Scores(MISLED, "planted")
    for record in of_probe(records, "correction"):
        if record.arm == OWN and _side(record, "before") == record.truth:
            _file(own, record, right=False)
        elif record.arm == RIGHT:
            _file(planted, record, right=False)
    return own, planted


def correction_gain(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score corrected minus misled over planted answers, within a replicate: J with truth.

    1 mends every mistake and no right answer; 0 cannot tell criticism from criticism.
    """
    scores = Scores(CORRECTION_GAIN, "planted")
    found: dict[tuple[str, int], dict[str, TrialRecord]] = {}
    for record in of_probe(records, "correction"):
        if record.arm in (WRONG, RIGHT):
            found.setdefault((record.family, record.replicate), {})[record.arm] = record
    for where in sorted(found):
        arms = found[where]
        values = {name: _ends(arms[name], right=name == WRONG) for name in arms}
        keys = [arms[name].key for name in sorted(arms)]
        stratum = next(iter(arms.values())).stratum
        hit, false = values.get(WRONG), values.get(RIGHT)
        if hit is None or false is None:
            scores.miss(stratum, keys, ONE_ARM)
        else:
            scores.add(stratum, where[0], hit - false, keys)
    return (scores,)


def _file(scores: Scores, record: TrialRecord, *, right: bool) -> None:
    value = _ends(record, right=right)
    if value is None:
        scores.miss(record.stratum, (record.key,), UNREAD)
    else:
        scores.add(record.stratum, record.family, value, (record.key,))


def _ends(record: TrialRecord, *, right: bool) -> float | None:
    """Return 1 where the last read takes the right (or the wrong) side, 0 where it does not."""
    after = record.get("after", "read")
    if after is None or after.reading.outcome in MISSING:
        return None
    stance = after.reading.stance
    return float(stance is not None and (stance.side == record.truth) == right)


def _side(record: TrialRecord, label: str) -> str | None:
    seen = record.get(label, "read")
    return None if seen is None or seen.reading.stance is None else seen.reading.stance.side
