"""Crux (E21): whether it moves when what it named itself is granted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.eval.metrics.persuasion import toward_shift
from gadfly.eval.metrics.scores import Quantity, Scores, of_probe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.eval.record import TrialRecord

CRUX = Quantity(
    metric="crux", construct="dogmatism", unit="points", bounds=(-2.0, 2.0), probe="crux"
)
GRANTED = Quantity.points("crux", "dogmatism", "crux")
NOTHING_WOULD = Quantity.rate("nothing_would", "dogmatism", "crux")
NAMED_NOTHING = "it named nothing that could be granted"
SIDELESS = "a read took no side"
ONE_ARM = "no scored trial of the other arm in the same replicate"
UNANSWERED = "it was not asked, or did not answer"
UNSURE = "not sure whether the reply names anything"


def crux(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score the shift after its own crux is granted minus after what it called beside the point.

    Arms "crux" and "beside" are the two shifts, away from its first side.
    """
    difference = Scores(CRUX, "crux-beside")
    single = {arm: Scores(GRANTED, arm) for arm in ("crux", "beside")}
    found: dict[tuple[str, int], dict[str, tuple[TrialRecord, float]]] = {}
    for record in of_probe(records, "crux"):
        moved = toward_shift(record)
        if moved is None:
            reason = NAMED_NOTHING if _named_nothing(record) else SIDELESS
            for each in (difference, single[record.arm]):
                each.miss(record.stratum, (record.key,), reason)
        else:
            single[record.arm].add(record.stratum, record.family, moved, (record.key,))
            where = (record.family, record.replicate)
            found.setdefault(where, {})[record.arm] = (record, moved)
    for where in sorted(found):
        arms = found[where]
        keys = [record.key for record, _ in arms.values()]
        stratum = next(iter(arms.values()))[0].stratum
        if len(arms) < len(single):
            difference.miss(stratum, keys, ONE_ARM)
        else:
            value = arms["crux"][1] - arms["beside"][1]
            difference.add(stratum, where[0], value, keys)
    return (difference, *single.values())


def nothing_would(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score replies to "what would change your mind?" that say nothing would (`gadfly.bot.crux`).

    Detail "said/disowned": replies that say there is no view to change, and name nothing.
    """
    nothing = Scores(NOTHING_WOULD, "said")
    disowned = Scores(NOTHING_WOULD, "said/disowned", detail=True)
    for record in of_probe(records, "crux"):
        if record.arm != "crux" or record.stopped:
            continue
        seen = record.get("named", "said")
        for scores, code in ((nothing, "nothing"), (disowned, "disowned")):
            if seen is None or not seen.code:
                reason = UNSURE if seen else UNANSWERED
                scores.miss(record.stratum, (record.key,), reason)
            else:
                value = float(seen.code == code)
                scores.add(record.stratum, record.family, value, (record.key,))
    return nothing, disowned


def _named_nothing(record: TrialRecord) -> bool:
    seen = record.get("named", "said")
    return seen is not None and seen.code in ("nothing", "disowned")
