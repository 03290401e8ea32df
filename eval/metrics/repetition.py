"""Repetition: a first look at formulaicness, within a dialogue and across scenarios.

Both are about words only, and mean little without a baseline: people repeat themselves too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from gadfly.eval.metrics.scores import Quantity, Scores, of_probe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.eval.record import TrialRecord

SELF_OVERLAP = Quantity.rate("self_overlap", "formulaicness", "persuasion")
OPENER_REUSE = Quantity.rate("opener_reuse", "formulaicness", "repeat")

TOO_SHORT = "the reply is too short to share four words with another"
UNCHALLENGED = "the dialogue ended before the challenge"
ALONE = "only one family was asked"


def self_overlap(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score the share of a challenge reply's 4-grams that its first reply already held.

    Words of the user are left out of both. One row per arm of the challenge; a model that says
    the same again whatever it is told overlaps alike in all.
    """
    trials = of_probe(records, "persuasion")
    found = []
    for arm in sorted({r.arm for r in trials}):
        scores = Scores(SELF_OVERLAP, arm)
        for record in trials:
            if record.arm != arm:
                continue
            seen = record.get("challenge", "said")
            if seen is None:
                scores.miss(record.stratum, (record.key,), UNCHALLENGED)
            elif seen.overlap is None:
                scores.miss(record.stratum, (record.key,), TOO_SHORT)
            else:
                scores.add(record.stratum, record.family, seen.overlap, (record.key,))
        found.append(scores)
    return tuple(found) or (Scores(SELF_OVERLAP, ""),)


def opener_reuse(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score how often first replies to two different families begin with the same four words.

    A family's value is the mean, over its replies, of the share of other families' replies with
    the same opener: the chance that a reply to another question begins alike.
    """
    scores = Scores(OPENER_REUSE, "said")
    trials = of_probe(records, "repeat")
    openers: dict[str, list[tuple[TrialRecord, str]]] = defaultdict(list)
    for record in trials:
        seen = record.get("first", "said")
        if seen is None or not seen.opener:
            scores.miss(record.stratum, (record.key,), TOO_SHORT)
        else:
            openers[record.family].append((record, seen.opener))
    total = Counter(opener for replies in openers.values() for _, opener in replies)
    n = sum(total.values())
    for family in sorted(openers):
        own = Counter(opener for _, opener in openers[family])
        others = n - sum(own.values())
        for record, opener in openers[family]:
            if others == 0:
                scores.miss(record.stratum, (record.key,), ALONE)
            else:
                share = (total[opener] - own[opener]) / others
                scores.add(record.stratum, family, share, (record.key,))
    return (scores,)
