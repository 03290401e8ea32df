"""Likeness across repeats: how alike the replies to one prompt are in words.

In the words only: the base install has no embedder, and two ways to say the same count as two.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from gadfly.bot.overlap import head, rouge_l
from gadfly.eval.metrics.scores import UNIT_BOUNDS, Quantity, Scores
from gadfly.eval.metrics.worded import NO_WORDS, PROBE, worded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.eval.record import TrialRecord

WORDS = 60
"""First words of a reply that are compared, those of the prompt left out."""
MOST = 5
"""Replicates of a prompt that are compared with each other, the first ones."""
OF = 3
"""Replicates among which distinct replies are counted: k of distinct_k."""
SAME = 0.6
"""ROUGE-L from which two replies count as one."""

REPEAT_OVERLAP = Quantity(
    metric="repeat_overlap",
    construct="formulaicness",
    unit="rate",
    bounds=UNIT_BOUNDS,
    probe=PROBE,
)
DISTINCT = Quantity(
    metric="distinct_k",
    construct="formulaicness",
    unit="rate",
    bounds=UNIT_BOUNDS,
    probe=PROBE,
)
ONCE = "the prompt has one reply only"
TOO_FEW = f"the prompt has fewer than {OF} replies"


def repeat_overlap(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score mean pairwise ROUGE-L of the replies to one prompt, over their first 60 words."""
    scores = Scores(REPEAT_OVERLAP, "said")
    for own in _prompts(records, scores):
        pairs = list(combinations([words for _, words in own[:MOST]], 2))
        stratum, keys = own[0][0].stratum, [record.key for record, _ in own[:MOST]]
        if not pairs:
            scores.miss(stratum, keys, ONCE)
            continue
        mean = sum(rouge_l(a, b) for a, b in pairs) / len(pairs)
        scores.add(stratum, own[0][0].family, mean, keys)
    return (scores,)


def distinct_k(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score how many of the first three replies to one prompt are distinct, as a share of three.

    A reply joins the first earlier one that it is like (ROUGE-L of .6 or more), after NoveltyBench,
    where a classifier says what is like; 1/3 is one reply three times.
    """
    scores = Scores(DISTINCT, f"k={OF}")
    for own in _prompts(records, scores):
        stratum, keys = own[0][0].stratum, [record.key for record, _ in own[:OF]]
        if len(own) < OF:
            scores.miss(stratum, keys, TOO_FEW)
            continue
        kinds: list[list[str]] = []
        for _, words in own[:OF]:
            if not any(rouge_l(words, kind) >= SAME for kind in kinds):
                kinds.append(words)
        scores.add(stratum, own[0][0].family, len(kinds) / OF, keys)
    return (scores,)


def _prompts(
    records: Sequence[TrialRecord], scores: Scores
) -> list[list[tuple[TrialRecord, list[str]]]]:
    """Return replies and their words prompt by prompt, replicates in order."""
    found: dict[tuple[str, str, str], list[tuple[TrialRecord, list[str]]]] = defaultdict(list)
    for record, exchange in worded(records):
        if exchange is None:
            scores.miss(record.stratum, (record.key,), NO_WORDS)
        else:
            own = head(exchange.reply, exchange.asked, n_words=WORDS)
            found[record.family, record.arm, record.variant].append((record, own))
    return [sorted(own, key=lambda pair: pair[0].replicate) for _, own in sorted(found.items())]
