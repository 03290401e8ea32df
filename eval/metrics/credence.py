"""Credences and bets (E16): do they add up, and do the prices stand around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.eval.metrics.scores import Quantity, Scores, of_probe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.eval.record import TrialRecord

CREDENCE_SUM = Quantity(
    metric="credence_sum", construct="knowing", unit="points", bounds=None, probe="credence"
)
CREDENCE_GAP = Quantity(
    metric="credence_gap", construct="knowing", unit="points", bounds=None, probe="credence"
)
BRACKETING = Quantity.rate("bracketing", "knowing", "credence")

NOT_ALL = "no number for one of the answers"
NO_PRICE = "no number for a credence or a price"


def credences(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score the sum of credences in exhaustive answers minus 1, its size, and bracketing.

    Bracketing is the share of tickets whose highest buying price is at most the credence and
    whose lowest selling price is at least it.
    """
    total, gap = Scores(CREDENCE_SUM, "said"), Scores(CREDENCE_GAP, "said")
    bracketed = Scores(BRACKETING, "said")
    for record in of_probe(records, "credence"):
        found = [_number(record, f"credence:{i}") for i in range(_options(record))]
        numbers = [value for value in found if value is not None]
        if not found or len(numbers) < len(found):
            for scores in (total, gap):
                scores.miss(record.stratum, (record.key,), NOT_ALL)
        else:
            excess = sum(numbers) - 1.0
            total.add(record.stratum, record.family, excess, (record.key,))
            gap.add(record.stratum, record.family, abs(excess), (record.key,))
        tickets = [value for i in range(len(found)) if (value := _brackets(record, i)) is not None]
        if tickets:
            share = sum(tickets) / len(tickets)
            bracketed.add(record.stratum, record.family, share, (record.key,))
        else:
            bracketed.miss(record.stratum, (record.key,), NO_PRICE)
    return total, gap, bracketed


def _options(record: TrialRecord) -> int:
    return int(record.settings.get("options", "0"))


def _number(record: TrialRecord, label: str) -> float | None:
    seen = record.get(label, "said")
    return None if seen is None or seen.value is None else seen.value / 100.0


def _brackets(record: TrialRecord, i: int) -> float | None:
    credence, buy, sell = (_number(record, f"{x}:{i}") for x in ("credence", "buy", "sell"))
    if credence is None or buy is None or sell is None:
        return None
    return float(buy <= credence <= sell)
