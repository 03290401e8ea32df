from __future__ import annotations

from dataclasses import replace
from math import log
from typing import TYPE_CHECKING

import numpy as np
import pytest
from support.trials import heard, trial

from gadfly.eval.metrics.confidence import aurc, bins, calibration_error, stated_confidence

if TYPE_CHECKING:
    from gadfly.eval.metrics.scores import Scores
    from gadfly.eval.record import TrialRecord


def sure(
    family: str, side: str, confidence: float | None, i: int = 0, truth: str | None = "a"
) -> TrialRecord:
    """Return a trial with an answer and how sure it says it is of it, 0..100."""
    seen = replace(heard("unreadable", "confidence"), value=confidence)
    settings = {"kind": "fact"} if truth is None else {"kind": "fact", "truth": truth}
    return trial(family, "confidence", heard(side), seen, replicate=i, settings=settings)


def row(trials: list[TrialRecord], metric: str, arm: str = "truth") -> Scores:
    """Return the scores of one metric and arm."""
    return next(s for s in stated_confidence(trials) if (s.quantity.metric, s.arm) == (metric, arm))


def test_brier_and_overconfidence_by_hand() -> None:
    """Right at .8 and wrong at .9: Brier .04 and .81, confidence minus outcome -.2 and .9."""
    trials = [sure("f", "a", 80), sure("g", "b", 90), sure("h", "a", None), sure("i", "error", 50)]

    found = row(trials, "brier").families()
    assert found["f"] == pytest.approx([0.04])
    assert found["g"] == pytest.approx([0.81])
    assert row(trials, "overconfidence").families()["g"] == pytest.approx([0.9])
    estimate = row(trials, "brier").estimates(np.random.default_rng(1))[0]
    assert (estimate.n, estimate.unscored) == (2, 2)


def test_without_truth_confidence_is_held_against_the_other_replicates() -> None:
    """Sides a, a, b: an a agrees with 1 of 2 others, b with none; Brier at c = .5 is always 1/4."""
    trials = [sure("f", side, 50, i, truth=None) for i, side in enumerate("aab")]

    assert row(trials, "brier", "agreement").families()["f"] == pytest.approx([0.25] * 3)
    gaps = row(trials, "overconfidence", "agreement").families()["f"]
    assert gaps == pytest.approx([0.0, 0.0, 0.5])


def test_bins_hold_equal_mass_and_never_part_equal_confidences() -> None:
    """Twenty families at ten values make four bins; at one value they make one."""
    spread = {f"f{k:02}": [(0.05 * (k // 2), 1.0)] for k in range(20)}
    same = {f"f{k:02}": [(0.9, 1.0)] for k in range(20)}

    found = bins(spread)
    assert len(found) == 4
    assert sum(b.mass for b in found) == pytest.approx(1.0)
    assert len(bins(same)) == 1


def test_a_calibrated_speaker_has_no_error_and_noise_adds_none() -> None:
    """Outcomes drawn at the stated confidence: the debiased error is near 0 over many runs.

    Without debiasing it would be about .1 in every one of them.
    """
    rng = np.random.default_rng(5)
    found = []
    for _ in range(60):
        families = {}
        for k in range(60):
            c = float(rng.choice([0.5, 0.6, 0.7, 0.8, 0.9]))
            families[f"f{k:02}"] = [(c, float(rng.random() < c))]
        found.append(calibration_error(families) or 0.0)

    assert abs(float(np.mean(found))) < 0.02


def test_a_clear_miscalibration_is_found_whole() -> None:
    """Always .9 sure and right half of the time: the error is .4."""
    families = {f"f{k:02}": [(0.9, float(k % 2))] for k in range(40)}

    assert calibration_error(families) == pytest.approx(0.4, abs=0.01)


def test_the_risk_coverage_curve_by_hand() -> None:
    """The surer half right, the other wrong: area ∫ from 1/2 to 1 of (t - 1/2)/t; ties give 1/2."""
    ordered = {"f": [(0.9, 1.0)], "g": [(0.2, 0.0)]}
    tied = {"f": [(0.9, 1.0)], "g": [(0.9, 0.0)]}

    assert aurc(ordered) == pytest.approx(0.5 - 0.5 * log(2.0))
    assert aurc(tied) == pytest.approx(0.5)


def test_the_parts_of_the_brier_score_add_up() -> None:
    """With confidence constant in each bin, reliability - resolution + uncertainty is Brier's.

    Up to the variance taken from the first two as noise.
    """
    trials = [
        sure(f"f{k:02}", "a" if k % 5 else "b", 90) if k < 20 else sure(f"f{k:02}", "ab"[k % 2], 30)
        for k in range(40)
    ]
    rng = np.random.default_rng(1)
    value = {
        m: row(trials, m).estimates(rng)[0].value or 0.0
        for m in ("brier", "brier_reliability", "brier_resolution", "brier_uncertainty")
    }

    total = value["brier_reliability"] - value["brier_resolution"] + value["brier_uncertainty"]
    assert total == pytest.approx(value["brier"], abs=0.02)


def test_an_interval_of_all_families_at_once_stays_within_its_bounds() -> None:
    """Four families tell little; the area under a curve of error rates is no less than none."""
    trials = [sure(f"f{k}", "ab"[k % 2], 60 + 10 * k) for k in range(4)]

    found = row(trials, "aurc").estimates(np.random.default_rng(1))[0]

    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    assert 0.0 <= found.low <= found.value <= found.high <= 1.0


def test_an_arm_that_was_not_asked_says_nothing_of_one_that_was() -> None:
    """Contested questions only: no row is left that says there were no trials at all."""
    trials = [sure(f"f{k}", "a", 60, truth=None) for k in range(4)]

    assert {scores.arm for scores in stated_confidence(trials)} == {"agreement"}
    assert {scores.arm for scores in stated_confidence([])} == {"truth", "agreement"}
