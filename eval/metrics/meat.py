"""Meat (E10): whether it takes a side when asked to, grants a point, and chooses the same again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.bot.concession import GRANTS
from gadfly.bot.stance import MISSING
from gadfly.eval.metrics.answer import stance_of, whole
from gadfly.eval.metrics.disagreement import Groups, excess_scores, repeat_scores
from gadfly.eval.metrics.scores import Quantity, Scores, of_probe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.eval.record import TrialRecord

DIALOGUE = "dialogue"
FRESH = "forced-fresh"
AFTER = {
    "after-question": "forced-after",
    "after-other": "forced-other",
    "after-dialogue": DIALOGUE,
}
"""Arm in which the forced choice came after something, by the row it is reported in."""
MOVED = 0.1
"""Shift of p towards an argument, from which a point counts as granted without a word."""
PUSHED = ("pushed",)
THROUGHOUT = ("first", "pushed", "against", "for")

STONEWALLING = Quantity.rate("stonewalling", "dogmatism", "meat")
GRANTED_POINT = Quantity.rate("granted_point", "dogmatism", "meat")
FORCED_REPEAT = Quantity.probability("forced_repeat", "inconsistency", "meat")
FORCED_EXCESS = Quantity.probability(
    "forced_excess", "inconsistency", "meat", root="forced_excess_root"
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


def granted_point(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score dialogues in which a strong argument against its side is granted.

    In words ("against/said"), or by a read that moves towards it by `MOVED` or more
    ("against/moved"); either will do in the row "against". A reply that is missing and a read
    that did not move settle nothing.
    """
    rows = tuple(
        Scores(GRANTED_POINT, arm, detail="/" in arm)
        for arm in ("against", "against/said", "against/moved")
    )
    for record in of_probe(records, "meat"):
        if record.arm != DIALOGUE:
            continue
        said, moved = _says_so(record), _moves(record)
        known = [grants for grants in (said, moved) if grants is not None]
        either = max(known) if len(known) == 2 or 1.0 in known else None
        for row, value in zip(rows, (either, said, moved), strict=True):
            if value is None:
                row.miss(record.stratum, (record.key,), UNREAD)
            else:
                row.add(record.stratum, record.family, value, (record.key,))
    return rows


def forced_repeat(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score the disagreement of forced choices with each other over runs, asked fresh."""
    groups = Groups("said", whole)
    for record in of_probe(records, "meat"):
        if record.arm == FRESH:
            groups.put(record, FRESH, label="forced")
    return (repeat_scores(groups, FORCED_REPEAT, "fresh"),)


def forced_excess(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score forced choices after something else against the same choice asked fresh.

    After the open question alone, or after questions about other things, nothing new has been
    said, and 0 is consistency; after the whole dialogue there were arguments either way, which may
    have moved it.
    """
    trials = of_probe(records, "meat")
    found = []
    for row, arm in AFTER.items():
        groups = Groups("said", whole)
        for record in trials:
            if record.arm in (FRESH, arm):
                groups.put(record, record.arm, label="forced")
        found.append(excess_scores(groups, FORCED_EXCESS, row, baseline=FRESH))
    return tuple(found)


def _says_so(record: TrialRecord) -> float | None:
    """Return 1 where the reply grants the point in words, None where there is no reply."""
    seen = record.get("against", "said")
    if seen is None or seen.reading.outcome in ("error", "truncated"):
        return None
    return float(seen.code == GRANTS)


def _moves(record: TrialRecord) -> float | None:
    """Return 1 where the read moved towards the argument; None where a read is missing.

    The argument was for B where no side was leant to before it; a read that takes no side has
    not moved to one.
    """
    before, after = record.get("before", "read"), record.get("against", "read")
    if before is None or after is None or after.reading.outcome in MISSING:
        return None
    p, q = stance_of(record, "before", "read"), stance_of(record, "against", "read")
    if q is None:
        return 0.0
    start = 0.5 if p is None else p
    toward = start - q if start >= 0.5 else q - start
    return float(toward >= MOVED)


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
