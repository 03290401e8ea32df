"""What a report says of judging, as plain values: the JSON report has it as it is."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from gadfly.eval.judging.calibrate import corrected, figures
from gadfly.eval.judging.verdicts import reader_id
from gadfly.eval.stats.agreement import kappa

if TYPE_CHECKING:
    from gadfly.eval.judging.calibrate import Calibration
    from gadfly.eval.judging.verdicts import Judged
    from gadfly.eval.stats.interval import Interval

OTHER_READER = "made for another judge, other prompts or other rules"


def summary(
    judged: Judged, calibration: Calibration | None, *, run: str, epoch: int
) -> dict[str, Any]:
    """Return judge, doubts, self-agreement, calibration and corrected rates (docs/report-json.md).

    A calibration of another way of reading is named and not used.
    """
    judging = judged.judging
    fits = calibration is not None and calibration.reader == reader_id(judging)
    agreed = kappa(judged.looks) if judged.looks else None
    return {
        "judge": None if judging is None else asdict(judging.judge),
        "prompt": None if judging is None else judging.prompt,
        "epoch": None if judging is None else judging.epoch,
        "judge_is_subject": judging is not None and judging.is_subject,
        "unsure": judged.unsure,
        "judged": judged.judged,
        "split": judged.split,
        "self_agreement": None if agreed is None else interval_document(agreed),
        "calibration": calibration_document(calibration) if calibration and fits else None,
        "calibration_unused": OTHER_READER if calibration and not fits else None,
        "corrected": [
            {
                "outcome": each.outcome,
                "stratum": each.stratum,
                "apparent": interval_document(each.apparent),
                "rogan_gladen": interval_document(each.rogan_gladen),
                "prediction_powered": interval_document(each.prediction_powered),
            }
            for each in corrected(judged.records, calibration, run=run, epoch=epoch)
        ]
        if calibration and fits
        else [],
    }


def calibration_document(calibration: Calibration) -> dict[str, Any]:
    """Return the figures of a calibration as plain values."""
    found = figures(calibration)
    return {
        "labelled": len(calibration.items),
        "unread": calibration.unread,
        "unclear": calibration.unclear,
        "disputed": calibration.disputed,
        "missing": calibration.missing,
        "accuracy": interval_document(found.accuracy),
        "kappa": interval_document(found.kappa),
        "judge_kappa": interval_document(found.judge_kappa),
        "between_people": interval_document(calibration.between_people),
        "unreliable": calibration.is_unreliable,
        "confusion": [
            {"gold": of, "read": read, "n": n} for (of, read), n in sorted(found.counts.items())
        ],
        "classes": [
            {
                "label": each.label,
                "n": each.n,
                "sensitivity": interval_document(each.sensitivity),
                "specificity": interval_document(each.specificity),
            }
            for each in found.classes
        ],
    }


def interval_document(found: Interval) -> dict[str, Any]:
    """Return an interval as plain values, named as in an estimate."""
    return {
        "value": found.value,
        "low": found.low,
        "high": found.high,
        "level": found.level,
        "method": found.method,
        "n": found.n,
        "clusters": found.clusters,
        "null_reason": found.reason,
    }
