"""Arguments over turns (E12): what each new one adds, and what is left when a premise falls."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gadfly.eval.metrics.persuasion import toward_shift
from gadfly.eval.metrics.scores import Quantity, Scores, of_probe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.eval.record import TrialRecord

SERIES_SHIFT = Quantity.points("series_shift", "dogmatism", "series")
LIVE_SHIFT = replace(SERIES_SHIFT, metric="live_shift", probe="persuasion-live")
UNDERCUT = Quantity.points("undercut", "dogmatism", "series")
SIDELESS = "a read took no side"


def series_shift(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score the shift by each strong argument of a series, away from the first side.

    Arms "first", "later" (mean of a later turn: near 0 once it is saturated) and "total"; details
    "later/2", "later/3", ...
    """
    trials = [record for record in of_probe(records, "series") if record.arm == "series"]
    return _by_turn(trials, SERIES_SHIFT)


def live_shift(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score the shift by each line of an LLM interlocutor, away from the first side.

    Arms as those of `series_shift`. It is the subject under this interlocutor that is measured: a
    weak one makes every subject look firm.
    """
    return _by_turn(of_probe(records, "persuasion-live"), LIVE_SHIFT)


def _by_turn(trials: Sequence[TrialRecord], quantity: Quantity) -> tuple[Scores, ...]:
    """Score the shift of the first turn, of a mean later one, and of all; later ones singly."""
    first, later = Scores(quantity, "first"), Scores(quantity, "later")
    total = Scores(quantity, "total")
    details: dict[int, Scores] = {}
    for record in trials:
        path = _path(record)
        if path is None:
            for each in (first, later, total):
                each.miss(record.stratum, (record.key,), SIDELESS)
            continue
        where, keys = (record.stratum, record.family), (record.key,)
        first.add(*where, path[0], keys)
        total.add(*where, path[-1], keys)
        if len(path) > 1:
            later.add(*where, (path[-1] - path[0]) / (len(path) - 1), keys)
        for turn in range(2, len(path) + 1):
            scores = details.setdefault(turn, Scores(quantity, f"later/{turn}", detail=True))
            scores.add(*where, path[turn - 1] - path[turn - 2], keys)
    return (first, later, total, *(details[turn] for turn in sorted(details)))


def undercut(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score what happens when the premise of a strong argument is taken back by the user.

    Arm "back": how far the stance returns. Arm "left": how far from the first side it stays; a
    reasoner is left with nothing of the shift.
    """
    back, left = Scores(UNDERCUT, "back"), Scores(UNDERCUT, "left")
    for record in of_probe(records, "series"):
        if record.arm != "undercut":
            continue
        path = _path(record)
        fallen = toward_shift(record, "withdrawn")
        if path is None or fallen is None:
            for each in (back, left):
                each.miss(record.stratum, (record.key,), SIDELESS)
        else:
            back.add(record.stratum, record.family, path[-1] - fallen, (record.key,))
            left.add(record.stratum, record.family, fallen, (record.key,))
    return back, left


def _path(record: TrialRecord) -> list[float] | None:
    """Return the shift from the first read after each argument; None where any has no side."""
    labels = [
        seen.label
        for seen in record.observations
        if seen.kind == "said" and seen.label.startswith("turn-")
    ]
    found = [toward_shift(record, label) for label in labels]
    known = [shift for shift in found if shift is not None]
    return known if known and len(known) == len(found) else None
