"""The trials of a run by rule and by words: what is slow of it is worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress
from operator import attrgetter
from typing import TYPE_CHECKING

from gadfly.eval.meters import ordered
from gadfly.eval.transcript import summary

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from gadfly.eval.meters import Meter, Order
    from gadfly.eval.record import TrialRecord

QUICK = 5_000
"""So many trials are put in order before anybody notices."""
_FIELDS = ("probe", "arm", "family")
"""What a filter can name, as in `probe:persuasion`."""
_FAILED = "failed"


class TrialIndex:
    """Trials in every order asked for so far, and the text each is found by."""

    def __init__(self, records: Sequence[TrialRecord]) -> None:
        """Note the texts and fields of all trials; blocking, some microseconds each."""
        self._records = records
        self._texts = {record.key: text_of(record) for record in records}
        self._values = {name: set(map(attrgetter(name), records)) for name in _FIELDS}
        self._ranked: dict[tuple[Order, str, int], _Rows] = {}
        self._typed: list[_Step] = []

    def is_ranked(self, order: Order, by: Meter, seed: int) -> bool:
        """Whether `found` answers at once in this order."""
        return len(self._records) <= QUICK or (order, by.name, seed) in self._ranked

    def rank(self, order: Order, by: Meter, seed: int) -> None:
        """Put all trials in an order; blocking the first time."""
        name = (order, by.name, seed)
        if name not in self._ranked:
            records = ordered(self._records, order, by=by, seed=seed)
            texts = tuple([self._texts[record.key] for record in records])
            self._ranked[name] = _Rows(records=records, texts=texts)

    def found(self, query: str, order: Order, by: Meter, seed: int) -> tuple[TrialRecord, ...]:
        """Return the trials that match a filter, in an order (`meters.ordered`).

        What matched a filter is gone through again for a narrower one: a key more costs what is
        still found, a key less nothing.
        """
        self.rank(order, by, seed)
        all_ = self._ranked[order, by.name, seed]
        if not self._typed or self._typed[0].rows is not all_:
            self._typed = [_Step(terms=(), rows=all_)]
        terms = tuple([_Term.of(word) for word in query.lower().split()])
        while not all(any(t.implies(old) for t in terms) for old in self._typed[-1].terms):
            self._typed.pop()
        known = self._typed[-1]
        rows = known.rows
        for term in terms:
            if term not in known.terms:
                rows = self._having(rows, term)
        if terms != known.terms:
            self._typed.append(_Step(terms=terms, rows=rows))
        return rows.records

    def _having(self, rows: _Rows, term: _Term) -> _Rows:
        """Return the rows that have a term; a column is gone through at once, which is fast."""
        if term.field in self._values:
            values = self._values[term.field]
            wanted = {value for value in values if term.value in value.lower()}
            if len(wanted) == len(values):
                return rows
            return rows.where(map(wanted.__contains__, map(attrgetter(term.field), rows.records)))
        if term.field == _FAILED:
            return rows.where([record.failure is not None for record in rows.records])
        return rows.where([term.value in text for text in rows.texts])


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Term:
    """One word of a filter, in lower case."""

    field: str
    """Where it must be: a field, `failed` for trials that failed, "" for the text."""
    value: str

    @classmethod
    def of(cls, word: str) -> _Term:
        name, colon, value = word.partition(":")
        if colon and name in _FIELDS:
            return cls(field=name, value=value)
        return cls(field=_FAILED, value="") if word == _FAILED else cls(field="", value=word)

    def implies(self, other: _Term) -> bool:
        """Whether every trial that has this has the other."""
        return self.field == other.field and other.value in self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """Trials in an order, and beside each the text it is found by."""

    records: tuple[TrialRecord, ...]
    texts: tuple[str, ...]

    def where(self, had: Iterable[bool]) -> _Rows:
        """Return the rows at which `had` is true; themselves where it is everywhere."""
        kept = tuple(had)
        if all(kept):
            return self
        return _Rows(
            records=tuple(compress(self.records, kept)), texts=tuple(compress(self.texts, kept))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """What matched a filter on the way to the present one."""

    terms: Collection[_Term]
    rows: _Rows
