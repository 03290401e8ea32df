"""What came first: options listed first (E9), and questions asked before (E4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.eval.metrics.answer import KINDS, whole
from gadfly.eval.metrics.disagreement import MISSING, Groups, excess_scores, gather
from gadfly.eval.metrics.scores import Quantity, Scores, of_probe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.bot.stance import Reading
    from gadfly.eval.metrics.answer import Kind
    from gadfly.eval.record import TrialRecord

FRESH = "fresh"
WALKS = ("upward", "downward")
FORMS = ("plain", "harm", "obligatory")
"""Question types of the ladder's walks."""

OPTION_ORDER_EXCESS = Quantity.probability(
    "option_order_excess", "inconsistency", "options", root="option_order_excess_root"
)
ORDER_BIAS = Quantity(
    metric="order_bias",
    construct="inconsistency",
    unit="points",
    bounds=(-0.5, 0.5),
    probe="options",
)
ORDER_EXCESS = Quantity.probability(
    "order_excess", "inconsistency", "order", root="order_excess_root"
)
ONE_ORDER = "answered under one option order only"


def option_order_excess(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score forced choices with the options swapped against each other (replies only)."""
    groups = gather(of_probe(records, "options"), "said", whole)
    return (excess_scores(groups, OPTION_ORDER_EXCESS, "said"),)


def order_bias(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score P(the option listed first) - 1/2, in replies and in the cells of reads.

    Each order weighs the same, so a lean to one side cancels; above 0 the first is favoured.
    """
    return _said_bias(of_probe(records, "options")), _read_bias(records)


def order_excess(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score each rung met on the way up or down the ladder against the same rung asked fresh.

    Over all question types, in detail by direction; then by type: the act plainly described,
    named harm, and asked as a duty.
    """
    trials = of_probe(records, "order")
    found: list[Scores] = []
    for kind in KINDS:
        found.extend(_by_walk(trials, kind, kind))
        for form in FORMS:
            own = [r for r in trials if r.settings.get("form", "plain") == form]
            found.extend(_by_walk(own, kind, f"{kind} {form}")[:1])
    return tuple(found)


def _by_walk(trials: Sequence[TrialRecord], kind: Kind, row: str) -> list[Scores]:
    """Score all walks against fresh threads, then each of them as a detail."""
    groups = Groups(kind, whole)
    for record in trials:
        for label in _rungs(record):
            groups.put(record, record.arm, label=label, question=f"{record.variant} {label}")
    return [
        excess_scores(groups, ORDER_EXCESS, row, baseline=FRESH),
        *(
            excess_scores(groups, ORDER_EXCESS, f"{row}/{walk}", baseline=FRESH, chosen=walk.__eq__)
            for walk in WALKS
        ),
    ]


def _rungs(record: TrialRecord) -> list[str]:
    """Return the rungs a trial was asked; one that broke off before any missed the first."""
    asked = {seen.label for seen in record.observations if seen.label[1:].isdecimal()}
    return sorted(asked) or ["s1"]


def _said_bias(trials: Sequence[TrialRecord]) -> Scores:
    """Score forced-choice replies by whether they took the option listed first."""
    scores = Scores(ORDER_BIAS, "said")
    first: dict[tuple[str, str], dict[str, list[tuple[str, float]]]] = {}
    for record in trials:
        seen = record.get("first", "said")
        if seen is None or seen.reading.stance is None:
            scores.miss(record.stratum, (record.key,), MISSING)
            continue
        listed = record.settings["first"]
        took = 1.0 if seen.reading.stance.side == listed else 0.0
        family = first.setdefault((record.stratum, record.family), {})
        family.setdefault(listed, []).append((record.key, took))
    for (stratum, name), orders in sorted(first.items()):
        keys = [key for answers in orders.values() for key, _ in answers]
        if len(orders) < 2:
            scores.miss(stratum, keys, ONE_ORDER)
            continue
        means = [sum(took for _, took in orders[o]) / len(orders[o]) for o in sorted(orders)]
        scores.add(stratum, name, sum(means) / 2 - 0.5, keys)
    return scores


def _read_bias(records: Sequence[TrialRecord]) -> Scores:
    """Score every read with listed options by its cells, one value a trial."""
    scores = Scores(ORDER_BIAS, "read")
    for record in records:
        found, listed = [], False
        for seen in record.observations:
            if seen.kind == "read":
                listed = listed or any(cell.order != "none" for cell in seen.reading.cells)
                bias = _cell_bias(seen.reading)
                if bias is not None:
                    found.append(bias)
        if found:
            scores.add(record.stratum, record.family, sum(found) / len(found), (record.key,))
        elif listed:
            scores.miss(record.stratum, (record.key,), ONE_ORDER)
    return scores


def _cell_bias(reading: Reading) -> float | None:
    """Return half of p(A listed first) - p(A listed second); None unless both were decisive."""
    means = []
    for order in ("ab", "ba"):
        ps = [cell.p for cell in reading.cells if cell.order == order and cell.p is not None]
        if not ps:
            return None
        means.append(sum(ps) / len(ps))
    return (means[0] - means[1]) / 2
