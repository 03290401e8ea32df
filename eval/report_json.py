"""The report as JSON: a stable shape, byte-identical for the same trials (docs/report-json.md)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any

import orjson

from gadfly.eval.essay import SUITE, findings
from gadfly.eval.headline import headline
from gadfly.eval.meaning import meaning
from gadfly.eval.people import beside
from gadfly.eval.profile import profile_of
from gadfly.eval.tendency import tendencies

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gadfly.eval.profile import Profile
    from gadfly.eval.record import TrialRecord

SCHEMA = 1
DIGITS = 6
"""Significant digits of every number: more would differ between machines, and mean nothing."""
_DECIMALS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportInput:
    """Everything a report is made of: what was run, on whom, and what came of it."""

    run: str
    """Plan hash."""
    respondent: Mapping[str, str]
    """Identity, field by field."""
    suite: Mapping[str, Any]
    """name, version, digest (of the suite) and library (digest of the scenarios)."""
    readout: str
    """"sampled", "logprob" or "likelihood"."""
    readout_fidelity: Mapping[str, Any] | None
    """Figures of the calibration slice; None where none was run."""
    interlocutor: Mapping[str, str] | None = None
    """Identity of who wrote lines live; None where every line was frozen text."""
    judging: Mapping[str, Any] | None = None
    """What a judge made of the replies, and its calibration (`judging.summary`); None where that
    was not looked at."""
    dialogues: Mapping[str, Any] | None = None
    """How well meters predict people's labels of whole dialogues (`judging.dialogues`); None where
    there are none."""
    notes: tuple[str, ...] = ()
    """What a reader must know of this run, one sentence each."""
    version: str = ""
    """Version of Gadfly that asked."""
    records: Sequence[TrialRecord]
    """The trials of the plan, in any order."""


def report_document(source: ReportInput, profile: Profile | None = None) -> dict[str, Any]:
    """Return the report as plain values; the profile is computed unless given.

    No path, host or clock is in it, nor the messages of failures, which may hold them.

    Raises:
        ValueError: A number is not finite.
    """
    found = profile_of(source.records) if profile is None else profile
    document = {
        "schema": SCHEMA,
        "run": source.run,
        "gadfly": source.version,
        "respondent": dict(source.respondent),
        "interlocutor": None if source.interlocutor is None else dict(source.interlocutor),
        "suite": dict(source.suite),
        "readout": source.readout,
        "readout_fidelity": None
        if source.readout_fidelity is None
        else dict(source.readout_fidelity),
        "judging": None if source.judging is None else dict(source.judging),
        "notes": list(source.notes),
        "trials": found.n_trials,
        "families": found.n_families,
        "outcomes": dict(found.outcomes),
        "failures": [
            {"stage": stage, "error_type": error_type, "trials": count}
            for (stage, error_type), count in found.failures.items()
        ],
        "coverage": [asdict(coverage) for coverage in found.coverage],
        "estimates": [
            asdict(estimate) | {"means": headline(estimate) or meaning(estimate.metric)}
            for estimate in found.estimates
        ],
        "people": [asdict(people) for people in beside((e.metric, e.arm) for e in found.estimates)],
        "tendencies": [
            {
                "label": tendency.label,
                "holds": tendency.holds,
                "clear": tendency.clear,
                "because": [
                    {"metric": e.metric, "arm": e.arm, "value": e.value} for e in tendency.because
                ],
            }
            for tendency in tendencies(found)
        ],
    }
    if source.dialogues is not None:
        document["dialogue_labels"] = dict(source.dialogues)
    if source.suite.get("name") == SUITE:
        document["essay"] = [
            {
                "experiment": each.claim.experiment,
                "says": each.claim.says,
                "verdict": each.verdict,
                "metric": each.claim.metric,
                "stratum": each.claim.stratum,
                "arm": each.claim.arm,
            }
            for each in findings(found)
        ]
    clean: dict[str, Any] = cleaned(document)
    return clean


def report_json(source: ReportInput, profile: Profile | None = None) -> bytes:
    """Return the report as UTF-8 JSON: keys sorted, two spaces of indent, a newline at the end.

    Raises:
        ValueError: A number is not finite.
    """
    options = orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    return orjson.dumps(report_document(source, profile), option=options)


def cleaned(value: Any) -> Any:
    """Return a value with its numbers rounded and its text made encodable."""
    if isinstance(value, float):
        return _rounded(value)
    if isinstance(value, str):
        # A served model may name itself in anything, lone surrogates included.
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {cleaned(key): cleaned(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [cleaned(item) for item in value]
    return value


def _rounded(value: float) -> float:
    """Round to significant digits; 0 is never negative."""
    if not isfinite(value):
        raise ValueError(f"a report cannot hold the number {value!r}")
    # What is left of a difference that should be 0 is rounding, and differs between machines.
    return float(f"{round(value, _DECIMALS):.{DIGITS}g}") + 0.0
