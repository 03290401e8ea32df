"""The format of the answer (E9): open, open and pushed, forced; direction and commitment apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.eval.metrics.answer import KINDS, committed, decisive
from gadfly.eval.metrics.disagreement import MISSING, UNOPPOSED, Groups, excess_scores
from gadfly.eval.metrics.scores import Quantity, Scores, of_probe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.eval.metrics.answer import Kind
    from gadfly.eval.metrics.disagreement import Question
    from gadfly.eval.record import TrialRecord

FORCED = "forced"
LABELS = {"open": "first", "pushed": "pushed"}
"""Which observation speaks for each unforced format."""

FORMAT_CONFLICT = Quantity.probability(
    "format_conflict", "inconsistency", "format", root="format_conflict_root"
)
FORMAT_COMMITMENT_GAP = Quantity.points("format_commitment_gap", "inconsistency", "format")


def format_conflict(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score sides taken unforced against sides taken when forced, decisive answers only.

    Forced answers are replies; unforced ones are replies or reads, by the arm.
    """
    trials = of_probe(records, "format")
    return tuple(
        excess_scores(_groups(trials, kind, fmt), FORMAT_CONFLICT, f"{kind} {fmt}", baseline=FORCED)
        for kind in KINDS
        for fmt in LABELS
    )


def format_commitment_gap(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score the share of forced replies that take a side minus that of unforced answers."""
    trials = of_probe(records, "format")
    return tuple(_gap(trials, kind, fmt) for kind in KINDS for fmt in LABELS)


def _groups(trials: Sequence[TrialRecord], kind: Kind, fmt: str) -> Groups:
    """Group the answers under one unforced format with the forced replies."""
    groups = Groups(kind, decisive)
    forced: dict[tuple[str, str, int], list[TrialRecord]] = {}
    for record in trials:
        if record.arm == fmt:
            groups.put(record, fmt, label=LABELS[fmt])
        elif record.arm == FORCED:
            where = (record.stratum, record.family, record.replicate)
            forced.setdefault(where, []).append(record)
    for (stratum, family, _), orders in forced.items():
        _put_forced(groups, (stratum, family, ""), orders)
    return groups


def _put_forced(groups: Groups, where: Question, orders: Sequence[TrialRecord]) -> None:
    """File the forced replies of one replicate as one answer, averaged over option orders.

    Orders first, then anything else: a replicate with an order missing has no answer.
    """
    seen = [record.get("first", "said") for record in orders]
    vectors = [None if s is None else decisive(s.reading) for s in seen]
    keys = [record.key for record in orders]
    whole = [vector for vector in vectors if vector is not None]
    if len(whole) < len(vectors):
        groups.missing[where][FORCED].extend(keys)
        return
    p = sum(vector[0] for vector in whole) / len(whole)
    groups.tallies[where][FORCED].put((p, 1.0 - p, 0.0), *keys)


def _gap(trials: Sequence[TrialRecord], kind: Kind, fmt: str) -> Scores:
    """Score one unforced format: mean commitment by family, forced minus unforced."""
    scores = Scores(FORMAT_COMMITMENT_GAP, f"{kind} {fmt}")
    shares: dict[tuple[str, str], dict[str, list[tuple[str, float]]]] = {}
    for record in trials:
        if record.arm not in (fmt, FORCED):
            continue
        forced = record.arm == FORCED
        seen = record.get("first" if forced else LABELS[fmt], "said" if forced else kind)
        share = None if seen is None else committed(seen.reading)
        if share is None:
            scores.miss(record.stratum, (record.key,), MISSING)
        else:
            arms = shares.setdefault((record.stratum, record.family), {})
            arms.setdefault(record.arm, []).append((record.key, share))
    for (stratum, family), arms in sorted(shares.items()):
        keys = [key for arm in sorted(arms) for key, _ in arms[arm]]
        if len(arms) < 2:
            scores.miss(stratum, keys, UNOPPOSED)
            continue
        means = {arm: sum(share for _, share in got) / len(got) for arm, got in arms.items()}
        scores.add(stratum, family, means[FORCED] - means[fmt], keys)
    return scores
