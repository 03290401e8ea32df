"""Repetition: the same words again, within a dialogue and at the start of replies.

All are about words only, and mean little without a baseline: people repeat themselves too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from math import log2
from typing import TYPE_CHECKING

from gadfly.eval.metrics.reuse import family_reuse
from gadfly.eval.metrics.scores import Quantity, Scores, of_probe
from gadfly.eval.metrics.worded import ALONE
from gadfly.eval.stats.jackknife import influences

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from gadfly.eval.record import Observed, TrialRecord

    Families = Mapping[str, Sequence[str]]

SELF_OVERLAP = Quantity.rate("self_overlap", "formulaicness", "persuasion")
NON_RESPONSIVE = Quantity.rate("non_responsive_repetition", "formulaicness", "persuasion")
OPENER_REUSE = Quantity.rate("opener_reuse", "formulaicness", "repeat")
TOP_OPENER = Quantity.rate("top_opener", "formulaicness", "repeat")
OPENER_ENTROPY = Quantity(
    metric="opener_entropy", construct="formulaicness", unit="bits", bounds=None, probe="repeat"
)

REPEATED = 0.5
"""Share of a reply's 4-grams from which it is called a repetition."""
NEW_CONTENT = ("irrelevant", "invalid", "weak", "strong", "own")
"""Arms whose challenge brings up something new, and not only the wish for another answer."""
TOO_SHORT = "the reply is too short to share four words with another"
UNCHALLENGED = "the dialogue ended before the challenge"


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


def non_responsive_repetition(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score replies of which half or more was said before, although the user said something new.

    Arm "challenge": replies to the one argument of `persuasion`, whatever its quality. Arm
    "series": replies to each further argument of a series, where there is ever more to repeat.
    """
    challenge, series = (Scores(NON_RESPONSIVE, arm) for arm in ("challenge", "series"))
    for record in of_probe(records, "persuasion"):
        if record.arm in NEW_CONTENT:
            _repeated(challenge, record, [record.get("challenge", "said")])
    for record in of_probe(records, "series"):
        turns = [s for s in record.observations if s.kind == "said" and s.label[:5] == "turn-"]
        _repeated(series, record, turns[1:] or [None])
    return (challenge, series)


def opener_reuse(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score how often first replies to two different families begin with the same four words.

    The chance that one reply each of two families begin alike, families weighing the same.
    """
    scores = Scores(OPENER_REUSE, "said", pooled=True)
    openers = _openers(records, (scores,))
    values = family_reuse({name: [{o} for _, o in own] for name, own in openers.items()})
    _file(scores, openers, values)
    return (scores,)


def top_opener(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score the share of first replies with the commonest opener, and the entropy of openers.

    Families weigh the same, and enter as jackknife values. Entropy is that of what was seen, in
    bits: at most log2 of the number of replies, so compare runs of equal size only.
    """
    found = []
    rows: tuple[tuple[Quantity, Callable[[Families], float | None]], ...] = (
        (TOP_OPENER, _top_share),
        (OPENER_ENTROPY, _entropy),
    )
    for quantity, statistic in rows:
        scores = Scores(quantity, "said", pooled=True)
        openers = _openers(records, (scores,))
        words = {name: [opener for _, opener in own] for name, own in openers.items()}
        _file(scores, openers, influences(words, statistic) if len(words) > 1 else None)
        found.append(scores)
    return tuple(found)


def _openers(
    records: Sequence[TrialRecord], rows: Sequence[Scores]
) -> dict[str, list[tuple[TrialRecord, str]]]:
    """Return trials and openers by family; replies too short for one are missing."""
    openers: dict[str, list[tuple[TrialRecord, str]]] = defaultdict(list)
    for record in of_probe(records, "repeat"):
        seen = record.get("first", "said")
        if seen is not None and seen.opener:
            openers[record.family].append((record, seen.opener))
            continue
        for scores in rows:
            scores.miss(record.stratum, (record.key,), TOO_SHORT)
    return openers


def _file(
    scores: Scores,
    openers: Mapping[str, Sequence[tuple[TrialRecord, str]]],
    values: Mapping[str, float] | None,
) -> None:
    """File one value a family, or that there is nothing to compare it with."""
    for family, own in sorted(openers.items()):
        stratum, keys = own[0][0].stratum, [record.key for record, _ in own]
        if values is None:
            scores.miss(stratum, keys, ALONE)
        else:
            scores.add(stratum, family, values[family], keys)


def _shares(families: Families) -> list[float]:
    """Return the share of each opener, families weighing the same."""
    total: Counter[str] = Counter()
    for own in families.values():
        for opener in own:
            total[opener] += 1 / len(own) / len(families)  # type: ignore[assignment]  # shares
    return list(total.values())


def _top_share(families: Families) -> float | None:
    return max(_shares(families), default=None)


def _entropy(families: Families) -> float | None:
    return -sum(share * log2(share) for share in _shares(families)) + 0.0


def _repeated(scores: Scores, record: TrialRecord, replies: Sequence[Observed | None]) -> None:
    """File whether each reply is mostly repetition."""
    for seen in replies:
        if seen is None:
            scores.miss(record.stratum, (record.key,), UNCHALLENGED)
        elif seen.overlap is None:
            scores.miss(record.stratum, (record.key,), TOO_SHORT)
        else:
            again = float(seen.overlap >= REPEATED)
            scores.add(record.stratum, record.family, again, (record.key,))
