"""The direct question right after its cover story, in one thread (E3).

The first answer of each order is given in a fresh thread, so a story-first trial and a direct-first
trial together hold all four answers: each question alone and after the other one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gadfly.eval.metrics.answer import KINDS, clash, whole
from gadfly.eval.metrics.disagreement import (
    MISSING,
    UNREPEATED,
    Groups,
    Tally,
    excess_scores,
)
from gadfly.eval.metrics.scores import Quantity, Scores, of_probe

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gadfly.eval.metrics.answer import Kind, Vector
    from gadfly.eval.record import TrialRecord

PROBE = "story-then-direct"
STORY_FIRST, DIRECT_FIRST = "story-first", "direct-first"
LABELS = {STORY_FIRST: ("story", "direct"), DIRECT_FIRST: ("direct", "story")}
"""Labels of the first and the second answer, by arm."""
OTHER = {STORY_FIRST: DIRECT_FIRST, DIRECT_FIRST: STORY_FIRST}
COVERS = ("classic", "novel")
FRESH, AFTER = "fresh", "after"


STORY_DISAGREEMENT = Quantity.points("story_disagreement", "inconsistency", PROBE)
THREAD_DISAGREEMENT = Quantity.points("thread_disagreement", "inconsistency", PROBE)
"""As the one above a difference of two disagreements: below 0 it means something."""
THREAD_EXCESS = Quantity.probability(
    "thread_excess", "inconsistency", PROBE, root="thread_excess_root"
)


@dataclass(slots=True)
class _Order:
    """The answers of one order of one story and its question."""

    first: Tally = field(default_factory=Tally)
    """First answers: those of a fresh thread."""
    clashes: list[float] = field(default_factory=list)
    """Disagreement of the two answers of one thread, thread by thread."""
    threads: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


Question = tuple[str, str, str]
"""Stratum, family, variant."""


def story_disagreement(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score the disagreement with the answer given one turn before, beyond the repeat floor.

    Mean over threads of the disagreement of the two answers, minus the mean of that among fresh
    replicates of either question. 0: it disagrees with itself one turn on as much as replicates
    do; below 0: it keeps to what it just said; above 0: the story made a difference.
    """
    return _scores(records, STORY_DISAGREEMENT, _beyond_repeats)


def thread_disagreement(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score the same disagreement minus that of the two questions asked in fresh threads.

    Below 0: with the first answer on record the two agree better than they would apart.
    """
    return _scores(records, THREAD_DISAGREEMENT, _beyond_fresh)


def thread_excess(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score the direct question after its story against the same in a fresh thread.

    Detail "KIND/direct-first": the story after the direct question against the story alone.
    """
    trials = of_probe(records, PROBE)
    found: list[Scores] = []
    for kind in KINDS:
        for arm, name in ((STORY_FIRST, kind), (DIRECT_FIRST, f"{kind}/{DIRECT_FIRST}")):
            groups = Groups(kind, whole)
            label = LABELS[arm][1]
            for record in trials:
                where = AFTER if record.arm == arm else FRESH
                groups.put(record, where, label=label, question=record.variant)
            found.append(excess_scores(groups, THREAD_EXCESS, name, baseline=FRESH))
    return tuple(found)


def _scores(
    records: Sequence[TrialRecord],
    quantity: Quantity,
    value: Callable[[_Order, _Order], float],
) -> tuple[Scores, ...]:
    """Score story-first threads, also by kind of story; as a detail direct-first ones."""
    trials = of_probe(records, PROBE)
    found: list[Scores] = []
    for kind in KINDS:
        orders = _orders(trials, kind)
        found.append(_scored(orders, quantity, kind, STORY_FIRST, value))
        for cover in COVERS:
            chosen = {w: got for w, got in orders.items() if _is_cover(w[2], cover)}
            found.append(_scored(chosen, quantity, f"{kind}/{cover}", STORY_FIRST, value))
        found.append(_scored(orders, quantity, f"{kind}/{DIRECT_FIRST}", DIRECT_FIRST, value))
    return tuple(found)


def _scored(
    orders: dict[Question, dict[str, _Order]],
    quantity: Quantity,
    name: str,
    arm: str,
    value: Callable[[_Order, _Order], float],
) -> Scores:
    """Score one order, question by question."""
    scores = Scores(quantity, name, detail="/" in name)
    for (stratum, family, _), by_arm in sorted(orders.items()):
        own, alone = by_arm[arm], by_arm[OTHER[arm]]
        scores.miss(stratum, own.missing, MISSING)
        keys = [*own.threads, *own.first.trials, *alone.first.trials]
        if own.clashes and own.first.n >= 2 and alone.first.n >= 2:
            scores.add(stratum, family, value(own, alone), keys)
        else:
            scores.miss(stratum, keys, UNREPEATED)
    return scores


def _beyond_repeats(own: _Order, alone: _Order) -> float:
    floor = (own.first.within() + alone.first.within()) / 2
    return sum(own.clashes) / len(own.clashes) - floor


def _beyond_fresh(own: _Order, alone: _Order) -> float:
    return sum(own.clashes) / len(own.clashes) - own.first.against(alone.first)


def _orders(trials: Sequence[TrialRecord], kind: Kind) -> dict[Question, dict[str, _Order]]:
    """Collect answers and clashes by question and order."""
    found: dict[Question, dict[str, _Order]] = defaultdict(
        lambda: {arm: _Order() for arm in LABELS}
    )
    for record in trials:
        order = found[record.stratum, record.family, record.variant][record.arm]
        first, second = (_vector(record, label, kind) for label in LABELS[record.arm])
        if first is not None:
            order.first.put(first, record.key)
        if first is None or second is None:
            order.missing.append(record.key)
        else:
            order.clashes.append(clash(first, second))
            order.threads.append(record.key)
    return found


def _vector(record: TrialRecord, label: str, kind: Kind) -> Vector | None:
    seen = record.get(label, kind)
    return None if seen is None else whole(seen.reading)


def _is_cover(variant: str, cover: str) -> bool:
    name = f"cover:{cover}"
    return variant == name or variant.startswith(f"{name}-")
