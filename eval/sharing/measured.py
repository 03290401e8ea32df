"""What a single trial measures, and what all of them come to, in the plain values of Inspect."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import orjson

from gadfly.eval.meters import METERS
from gadfly.eval.metrics.published import COMPARABLES
from gadfly.eval.profile import profile_of
from gadfly.eval.record import Exchange
from gadfly.eval.stored import read_trial, trial_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gadfly.eval.estimate import Estimate
    from gadfly.eval.record import TrialRecord


def measurements(record: TrialRecord) -> dict[str, float | None]:
    """Return what one trial measures: its last stance, p(A), and the meters of `eval.meters`.

    None where the trial has nothing to measure.
    """
    stances = [o.reading.stance.p for o in record.observations if o.reading.stance is not None]
    last = {"stance": stances[-1] if stances else None}
    return last | {meter.name: meter.of(record) for meter in METERS}


def trial_document(record: TrialRecord, *, words: bool = True) -> dict[str, Any]:
    """Return a trial as plain values; with the words that metrics of wording need, if wanted."""
    document: dict[str, Any] = orjson.loads(trial_bytes(record))
    document["exchanges"] = {
        str(i): [seen.exchange.asked, seen.exchange.reply]
        for i, seen in enumerate(record.observations)
        if words and seen.exchange is not None
    }
    return document


def trial_of(document: Mapping[str, Any]) -> TrialRecord:
    """Return a trial from its plain values.

    Raises:
        StoreError: They are those of no trial.
    """
    fields = dict(document)
    worded = fields.pop("exchanges", {})
    record = read_trial(orjson.dumps(fields))
    seen = tuple(
        replace(o, exchange=Exchange(asked=worded[str(i)][0], reply=worded[str(i)][1]))
        if str(i) in worded
        else o
        for i, o in enumerate(record.observations)
    )
    return replace(record, observations=seen)


def metric_values(records: Iterable[TrialRecord]) -> dict[str, float]:
    """Return the rows of the report over some trials by name, each with its interval.

    `capitulation bare` has its value under that name, its bounds as `capitulation bare low` and
    `… high` where there are any.
    """
    found: dict[str, float] = {}
    for row in profile_of(tuple(records)).estimates:
        if not _shown(row):
            continue
        name = f"{row.metric} {row.arm}".rstrip()
        for end, value in (("", row.value), (" low", row.low), (" high", row.high)):
            if value is not None:
                found[name + end] = value
    return found


def _shown(row: Estimate) -> bool:
    return row.stratum == "all" and "/" not in row.arm and row.metric not in COMPARABLES
