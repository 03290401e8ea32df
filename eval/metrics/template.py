"""Templates across scenarios: the same skeleton and stock phrases whatever the question.

From the first words of first replies, so many for all: a longer text repeats more, and dividing by
its length does not undo that.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from gadfly.bot.skeleton import skeletons
from gadfly.bot.stock import stock_count
from gadfly.eval.metrics.reuse import family_reuse
from gadfly.eval.metrics.scores import Quantity, Scores
from gadfly.eval.metrics.worded import ALONE, NO_WORDS, PROBE, worded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.eval.record import Exchange, TrialRecord

SKELETON_WORDS = 60
"""First words of a reply whose skeleton is compared."""
STOCK_WORDS = 200
"""First words of a reply searched for stock constructions."""

SKELETON_REUSE = Quantity(
    metric="skeleton_reuse",
    construct="formulaicness",
    unit="per_1000",
    bounds=(0.0, 1000.0),
    probe=PROBE,
)
STOCK_PHRASES = Quantity(
    metric="stock_phrases",
    construct="formulaicness",
    unit="per_1000",
    bounds=(0.0, 1000.0),
    probe=PROBE,
)
NO_SKELETON = "the reply is too short to have a skeleton"


def skeleton_reuse(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score how many of 1,000 skeleton n-grams of a reply a reply to another family has.

    One reply each, of the first 60 words; what stands in the prompt is cut out. Shorter replies
    count as they are, and have fewer n-grams to be found again.
    """
    scores = Scores(SKELETON_REUSE, "said", pooled=True)
    trials: dict[str, list[TrialRecord]] = defaultdict(list)
    replies: dict[str, list[frozenset[tuple[str, ...]]]] = defaultdict(list)
    for record, exchange in worded(records):
        found = skeletons_of(exchange) if exchange is not None else None
        if found:
            trials[record.family].append(record)
            replies[record.family].append(found)
        else:
            why = NO_WORDS if exchange is None else NO_SKELETON
            scores.miss(record.stratum, (record.key,), why)
    values = family_reuse(replies)
    for family, own in sorted(trials.items()):
        keys = [record.key for record in own]
        if values is None:
            scores.miss(own[0].stratum, keys, ALONE)
        else:
            scores.add(own[0].stratum, family, 1000 * values[family], keys)
    return (scores,)


def stock_phrases(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score stock constructions per 1,000 words, over the first 200 words of each reply.

    Those that the prompt has too are not counted.
    """
    scores = Scores(STOCK_PHRASES, "said")
    for record, exchange in worded(records):
        if exchange is None:
            scores.miss(record.stratum, (record.key,), NO_WORDS)
        else:
            scores.add(record.stratum, record.family, stock_rate(exchange), (record.key,))
    return (scores,)


def skeletons_of(exchange: Exchange) -> frozenset[tuple[str, ...]]:
    """Return the skeleton n-grams of a reply that are compared."""
    return skeletons(exchange.reply, exchange.asked, n_words=SKELETON_WORDS)


def stock_rate(exchange: Exchange) -> float:
    """Return the stock constructions of a reply per 1,000 words, line breaks kept."""
    lines: list[str] = []
    left = STOCK_WORDS
    for line in exchange.reply.splitlines():
        lines.append(" ".join(line.split()[: max(0, left)]))
        left -= len(line.split())
    n = STOCK_WORDS - max(0, left)
    return 1000 * stock_count("\n".join(lines), exchange.asked) / n if n else 0.0
