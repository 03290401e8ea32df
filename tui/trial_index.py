"""The trials of a run by rule and by words: what is slow of it is worked out once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.eval.meters import ordered
from gadfly.eval.transcript import summary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.eval.meters import Meter, Order
    from gadfly.eval.record import TrialRecord

Row = tuple["TrialRecord", str]
"""A trial, and the text it is found by."""
QUICK = 5_000
"""So many trials are put in order before anybody notices."""
_FIELDS = ("probe", "arm", "family")
"""What a filter can name, as in `probe:persuasion`."""


class TrialIndex:
    """Trials in every order asked for so far, and the text each is found by."""

    def __init__(self, records: Sequence[TrialRecord]) -> None:
        """Note the texts of all trials; blocking, some microseconds each."""
        self._records = records
        self._texts = {record.key: text_of(record) for record in records}
        self._ranked: dict[tuple[Order, str, int], tuple[TrialRecord, ...]] = {}
        self._rows: dict[tuple[Order, str, int], list[Row]] = {}

    def is_ranked(self, order: Order, by: Meter, seed: int) -> bool:
        """Whether `found` answers at once in this order."""
        return len(self._records) <= QUICK or (order, by.name, seed) in self._ranked

    def rank(self, order: Order, by: Meter, seed: int) -> tuple[TrialRecord, ...]:
        """Return all trials in an order; blocking the first time."""
        name = (order, by.name, seed)
        if name not in self._ranked:
            ranked = ordered(self._records, order, by=by, seed=seed)
            self._ranked[name] = ranked
            self._rows[name] = [(record, self._texts[record.key]) for record in ranked]
        return self._ranked[name]

    def found(self, query: str, order: Order, by: Meter, seed: int) -> tuple[TrialRecord, ...]:
        """Return the trials that match a filter, in an order (`meters.ordered`)."""
        all_ = self.rank(order, by, seed)
        words = query.lower().split()
        if not words:
            return all_
        return tuple([record for record, _ in _having(self._rows[order, by.name, seed], words)])


def text_of(record: TrialRecord) -> str:
    """Return what a trial is found by, in lower case."""
    return " ".join(
        (
            record.key,
            record.probe,
            record.arm,
            record.family,
            record.variant,
            record.stratum,
            record.stopped,
            summary(record),
            *record.tags,
        )
    ).lower()


def has_all(record: TrialRecord, words: Sequence[str], text: str) -> bool:
    """Tell whether a trial has every word of a filter: in its text, or in the field named."""
    return bool(_having([(record, text)], words))


def _having(rows: list[Row], words: Sequence[str]) -> list[Row]:
    """Return the rows that have every word; word by word, because a list is gone through fast."""
    for word in words:
        name, colon, value = word.partition(":")
        if colon and name in _FIELDS:
            rows = [row for row in rows if value in getattr(row[0], name).lower()]
        elif word == "failed":
            rows = [row for row in rows if row[0].failure is not None]
        else:
            rows = [row for row in rows if word in row[1]]
    return rows
