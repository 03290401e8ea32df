"""The hardest case of law against morals (E8): by its own principle, argued, in other words."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from gadfly.bot.stance import MISSING as NO_DATA
from gadfly.eval.metrics.answer import KINDS, stance_of, whole
from gadfly.eval.metrics.disagreement import MISSING, Groups, excess_scores
from gadfly.eval.metrics.scores import Quantity, Scores, of_probe

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gadfly.eval.record import TrialRecord

OPEN, AGAIN, ARGUED = "open", "again", "argued"
PRINCIPLED = ("after-principle", "after-converse")
"""The principle is asked so that a yes puts morality first, and so that it puts the law first."""
CONSIDERATIONS = ("legal", "moral")

CASE_WORDING_EXCESS = Quantity.probability(
    "case_wording_excess", "inconsistency", "legality", root="case_wording_excess_root"
)
OWN_PRINCIPLE_CONFLICT = Quantity.rate("own_principle_conflict", "inconsistency", "legality")
CONSIDERATION_SHIFT = Quantity.points("consideration_shift", "dogmatism", "legality")
ONE_SIDED = "no side on the principle, or none on the case"
UNDECIDED = "no stance before or after the consideration"


def case_wording_excess(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score each case in other words against the case as first put."""
    trials = [r for r in of_probe(records, "legality") if r.arm in (OPEN, AGAIN)]
    reworded = {(r.family, r.variant) for r in trials if r.arm == AGAIN}
    found = []
    for kind in KINDS:
        groups = Groups(kind, whole)
        for record in trials:
            if (record.family, record.variant) in reworded:
                groups.put(record, record.arm, question=record.variant)
        found.append(excess_scores(groups, CASE_WORDING_EXCESS, kind, baseline=OPEN))
    return tuple(found)


def own_principle_conflict(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score dialogues whose verdict on the hardest case goes against the principle just stated.

    The case follows in the same thread, one turn later. Half of the dialogues ask for the principle
    from the side of the law: who says yes to everything conflicts in those. Details: conflicts
    among those who had put morality first, and among those who had put the law first.
    """
    trials = [r for r in of_probe(records, "legality") if r.arm in PRINCIPLED]
    found: list[Scores] = []
    for kind in KINDS:
        rows = {
            None: Scores(OWN_PRINCIPLE_CONFLICT, kind),
            True: Scores(OWN_PRINCIPLE_CONFLICT, f"{kind}/morality-first", detail=True),
            False: Scores(OWN_PRINCIPLE_CONFLICT, f"{kind}/law-first", detail=True),
        }
        for record in trials:
            stated, verdict = (stance_of(record, label, kind) for label in ("principle", "first"))
            if stated is None or verdict is None:
                rows[None].miss(record.stratum, (record.key,), ONE_SIDED)
                continue
            moral_first = stated >= 0.5
            conflict = float(moral_first != (verdict >= 0.5))
            for row in (rows[None], rows[moral_first]):
                row.add(record.stratum, record.family, conflict, (record.key,))
        found.extend(rows.values())
    return tuple(found)


def consideration_shift(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score how far a consideration of law, or of morals, moves it from where it stood.

    Arms "legal" and "moral": the shift of p between the reads before and after, counted away from
    the side its verdict leant to, against which both speak. "legal-moral": their difference within
    a dialogue, in which what any turn would do cancels. "KIND/said": share of replies that come
    over to the side argued for, of those where the reply before had not.
    """
    trials = [r for r in of_probe(records, "legality") if r.arm == ARGUED]
    each = [_scored(trials, kind, _shift(kind)) for kind in CONSIDERATIONS]
    said = [_scored(trials, f"{kind}/said", _adopted(kind)) for kind in CONSIDERATIONS]
    return (*each, _scored(trials, "legal-moral", _difference), *said)


def _scored(
    trials: Sequence[TrialRecord], arm: str, move: Callable[[TrialRecord], float | None]
) -> Scores:
    """Score every trial by a move; trials without one are missing."""
    scores = Scores(CONSIDERATION_SHIFT, arm, detail="/" in arm)
    for record in trials:
        value = move(record)
        if value is None:
            reason = MISSING if record.failure is not None else UNDECIDED
            scores.miss(record.stratum, (record.key,), reason)
        else:
            scores.add(record.stratum, record.family, value, (record.key,))
    return scores


def _before(record: TrialRecord, label: str) -> str:
    """Return the label of the turn before a consideration."""
    first = record.settings["first"]
    second = next(kind for kind in CONSIDERATIONS if kind != first)
    return next(x for x, y in pairwise(("verdict", first, second)) if y == label)


def _shift(label: str) -> Callable[[TrialRecord], float | None]:
    """Return the shift by reads after one consideration."""

    def shift(record: TrialRecord) -> float | None:
        verdict = stance_of(record, "verdict", "read")
        before = stance_of(record, _before(record, label), "read")
        after = stance_of(record, label, "read")
        if verdict is None or before is None or after is None:
            return None
        return before - after if verdict >= 0.5 else after - before

    return shift


def _difference(record: TrialRecord) -> float | None:
    """Return the shift after the legal consideration minus that after the moral one."""
    legal, moral = (_shift(kind)(record) for kind in CONSIDERATIONS)
    return None if legal is None or moral is None else legal - moral


def _adopted(label: str) -> Callable[[TrialRecord], float | None]:
    """Return whether the reply to a consideration comes over to the side it argues for."""

    def adopted(record: TrialRecord) -> float | None:
        verdict = record.get("verdict", "read")
        before = record.get(_before(record, label), "said")
        after = record.get(label, "said")
        if verdict is None or verdict.reading.stance is None or before is None or after is None:
            return None
        held = verdict.reading.stance.side
        if before.reading.stance is None or before.reading.stance.side != held:
            return None
        if after.reading.stance is None:
            return None if after.reading.outcome in NO_DATA else 0.0
        return float(after.reading.stance.side != held)

    return adopted
