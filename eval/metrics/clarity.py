"""Verdict clarity: how soon a first reply settles the question, and how much of it is caveats.

By rules, in words (`bot/clarity`): whether a caveat fits the facts stated, and whether two readers
agree on what the verdict is, takes a judge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.bot.stance import MISSING
from gadfly.eval.metrics.scores import UNIT_BOUNDS, Quantity, Scores, of_probe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gadfly.eval.record import Observed, TrialRecord

SMOTHERED = 0.5
"""Share of a reply's words in caveats beyond which its verdict is smothered."""

VERDICT_POSITION = Quantity(
    metric="verdict_position",
    construct="commitment",
    unit="rate",
    bounds=UNIT_BOUNDS,
    probe="repeat",
)
CAVEAT_SHARE = Quantity(
    metric="caveat_share",
    construct="commitment",
    unit="rate",
    bounds=UNIT_BOUNDS,
    probe="repeat",
)
SMOTHERING = Quantity(
    metric="smothering",
    construct="commitment",
    unit="rate",
    bounds=UNIT_BOUNDS,
    probe="repeat",
)
NO_REPLY = "there is no readable reply"
NO_SIDE = "the reply takes no side"
NOWHERE = "no single sentence settles it"
UNSEEN = "nobody looked for caveats"


def verdict_position(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score the share of a reply's words before the first sentence that settles the question.

    The first sentence that by itself reads as the side the whole reply takes.
    """
    scores = Scores(VERDICT_POSITION, "said")
    for record, seen in _answered(records, scores):
        if seen.verdict_at is None:
            scores.miss(record.stratum, (record.key,), NOWHERE)
        else:
            scores.add(record.stratum, record.family, seen.verdict_at, (record.key,))
    return (scores,)


def caveat_share(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score the share of words in caveats, of all readable first replies.

    Detail "said/answered": of those that take a side, its sentence itself never being a caveat.
    """
    every, answered = (
        Scores(CAVEAT_SHARE, "said"),
        Scores(CAVEAT_SHARE, "said/answered", detail=True),
    )
    for record in of_probe(records, "repeat"):
        seen = record.get("first", "said")
        if seen is None or seen.reading.outcome in MISSING:
            every.miss(record.stratum, (record.key,), NO_REPLY)
        elif seen.caveats is None:
            every.miss(record.stratum, (record.key,), UNSEEN)
        else:
            every.add(record.stratum, record.family, seen.caveats, (record.key,))
    for record, seen in _answered(records, answered):
        answered.add(record.stratum, record.family, seen.caveats or 0.0, (record.key,))
    return (every, answered)


def smothering(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score replies with a verdict more than half of whose words are caveats."""
    scores = Scores(SMOTHERING, "said")
    for record, seen in _answered(records, scores):
        is_smothered = (seen.caveats or 0.0) > SMOTHERED
        scores.add(record.stratum, record.family, float(is_smothered), (record.key,))
    return (scores,)


def _answered(
    records: Sequence[TrialRecord], scores: Scores
) -> Iterator[tuple[TrialRecord, Observed]]:
    """Yield trials whose first reply takes a side and was looked at; the others are missing."""
    for record in of_probe(records, "repeat"):
        seen = record.get("first", "said")
        if seen is None or seen.reading.outcome in MISSING:
            scores.miss(record.stratum, (record.key,), NO_REPLY)
        elif seen.reading.outcome != "answered":
            scores.miss(record.stratum, (record.key,), NO_SIDE)
        elif seen.caveats is None:
            scores.miss(record.stratum, (record.key,), UNSEEN)
        else:
            yield record, seen
