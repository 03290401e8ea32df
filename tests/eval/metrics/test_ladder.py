from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from support.trials import heard, read, trial

from gadfly.eval.metrics.ladder import (
    ladder_curve,
    ladder_nonmonotone,
    ladder_settled_accept,
    ladder_threshold_shift,
    ladder_word_shift,
)

if TYPE_CHECKING:
    from gadfly.eval.estimate import Estimate
    from gadfly.eval.metrics.scores import Scores
    from gadfly.eval.record import TrialRecord


def rung(
    severity: int,
    came_to: str,
    *,
    family: str = "f",
    benefit: int = 10,
    form: str = "plain",
    settled: str = "",
    i: int = 0,
    p: float | None = None,
) -> TrialRecord:
    seen = [heard(came_to)] + ([] if p is None else [read(p)])
    return trial(
        family,
        "ladder",
        *seen,
        variant=f"rung:s{severity}b{benefit}/{form}",
        replicate=i,
        settings={
            "severity": str(severity),
            "benefit": str(benefit),
            "form": form,
            "settled": settled,
        },
    )


def stair(family: str, first_accepted: int, rungs: int = 6, **fields: int) -> list[TrialRecord]:
    """Return a family that accepts from one severity on."""
    return [
        rung(s, "a" if s >= first_accepted else "b", family=family, **fields)  # type: ignore[arg-type]  # only integer fields are passed
        for s in range(1, rungs + 1)
    ]


def replace_form(record: TrialRecord) -> TrialRecord:
    """Return a plain rung's trial as one that names the act harm."""
    settings = {**record.settings, "form": "harm"}
    variant = record.variant.replace("/plain", "/harm")
    key = record.key.replace("/plain", "/harm")
    return replace(record, key=key, variant=variant, settings=settings)


def rows(found: tuple[Scores, ...]) -> dict[tuple[str, str], Estimate]:
    rng = np.random.default_rng(1)
    return {(s.quantity.metric, s.arm): s.estimates(rng)[0] for s in found}


class TestCurve:
    def test_a_step_lies_between_two_rungs(self) -> None:
        """Accepting from 4 on is a threshold of 3.5, give or take half a rung; no slope."""
        trials = [*stair("f", 4), *stair("g", 4), *stair("h", 5), *stair("i", 3)]

        found = rows(ladder_curve(trials))
        threshold, slope = found["ladder_threshold", "said"], found["ladder_slope", "said"]

        # Thresholds 3.5, 3.5, 4.5, 2.5: mean 3.5, SE sqrt((0+0+1+1)/3/4), t(3); +- .5 censored.
        half = 3.182446305284263 * (2 / 3 / 4) ** 0.5
        assert threshold.value == pytest.approx(3.5, abs=1e-12)
        assert threshold.high == pytest.approx(3.5 + half + 0.5, abs=1e-9)
        assert (threshold.method, threshold.unit) == ("t + censored", "rungs")
        assert slope.value is None
        assert slope.null_reason == "acceptance is a step, whose slope is unknown"

    def test_a_population_threshold_is_recovered_from_graded_reads(self) -> None:
        """Reads along logistic curves with mean threshold 3.4 give it back within .1."""
        trials = [
            rung(s, "a", family=f"f{k}", p=float(1 / (1 + np.exp(-1.2 * (s - a)))), i=i)
            for k, a in enumerate((2.9, 3.4, 3.9))
            for s in range(1, 7)
            for i in range(10)
        ]

        found = rows(ladder_curve(trials))

        assert found["ladder_threshold", "read"].value == pytest.approx(3.4, abs=0.1)
        assert found["ladder_slope", "read"].value == pytest.approx(1.2, abs=0.25)

    def test_each_benefit_has_a_threshold(self) -> None:
        """Greater benefit, lower threshold: one detail row a benefit."""
        trials = [*stair("f", 5), *stair("f", 2, benefit=1000)]

        found = rows(ladder_curve(trials))

        assert found["ladder_threshold", "said/b10"].value == 4.5
        assert found["ladder_threshold", "said/b1000"].value == 1.5
        assert found["ladder_threshold", "said"].value == 3.0

    def test_equal_steps_keep_some_doubt(self) -> None:
        """Families with the same step have an interval by the unseen share, and the censoring."""
        found = rows(ladder_curve([*stair("f", 4), *stair("g", 4)]))["ladder_threshold", "said"]

        assert found.method == "all-equal + censored"
        assert found.low is not None
        assert found.low < 3.0

    def test_one_decided_rung_is_no_ladder(self) -> None:
        """Fewer than two decided rungs are unscored, and undecided ones are missing."""
        found = rows(ladder_curve([rung(1, "b"), rung(2, "undecided")]))["ladder_threshold", "said"]

        assert (found.value, found.unscored) == (None, 2)


class TestThresholdShift:
    def test_two_steps_shift_between_bounds(self) -> None:
        """Plain from 3 on, harm from 5 on: 2 rungs, and anything from 1 to 3."""
        trials = [*stair("f", 3), *(replace_form(r) for r in stair("f", 5))]

        scores = ladder_threshold_shift(trials)[0]
        two = rows((scores,))["ladder_threshold_shift", "said"]

        assert scores.families()["f"] == [2.0]
        assert two.n == 12

        more = [*trials, *stair("g", 2), *(replace_form(r) for r in stair("g", 4))]
        wide = rows(ladder_threshold_shift(more))["ladder_threshold_shift", "said"]
        assert wide.method.endswith("+ censored")
        assert wide.value == 2.0
        assert wide.low is not None
        assert wide.high is not None
        assert wide.low <= 1.0
        assert wide.high >= 3.0

    def test_a_graded_shift_is_recovered(self) -> None:
        """Reads along curves a rung apart differ by a rung."""
        trials = [
            rung(
                *(s, "a"),
                family=f"f{k}",
                form=form,
                p=float(1 / (1 + np.exp(-1.2 * (s - a - (form == "harm"))))),
                i=i,
            )
            for k, a in enumerate((2.4, 2.9, 3.4))
            for form in ("plain", "harm")
            for s in range(1, 7)
            for i in range(10)
        ]

        found = rows(ladder_threshold_shift(trials))["ladder_threshold_shift", "read"]

        assert found.value == pytest.approx(1.0, abs=0.1)

    def test_one_form_alone_has_no_shift(self) -> None:
        """Without its harm form a ladder is unscored."""
        found = rows(ladder_threshold_shift(stair("f", 3)))["ladder_threshold_shift", "said"]

        assert (found.value, found.unscored) == (None, 6)


def test_nonmonotone_distance_by_hand() -> None:
    """Accept, reject, accept, accept: the first two pool at 1/2, mean distance 1/4."""
    trials = [rung(s, side) for s, side in enumerate("abaa", 1)]

    found = ladder_nonmonotone(trials)

    assert found[0].families()["f"] == pytest.approx([0.25], abs=1e-12)
    assert found[1].families() == {}


def test_a_word_can_veto() -> None:
    """Accepting the act and rejecting the same act named harm is a shift of -1."""
    trials = [
        rung(5, "a"),
        rung(5, "b", form="harm"),
        rung(6, "a"),
        rung(6, "undecided", form="harm"),
    ]

    said = ladder_word_shift(trials)[0]

    assert said.families()["f"] == [-1.0]
    assert said.estimates(np.random.default_rng(1))[0].unscored == 2


def test_silence_on_a_settled_rung_is_wrong_and_error_is_missing() -> None:
    """Of accept, reject, undecided on settled-accept rungs one is right; the error is unscored."""
    trials = [
        rung(6, "a", settled="a"),
        rung(6, "b", settled="a", i=1),
        rung(6, "undecided", settled="a", i=2, form="harm"),
        rung(6, "error", settled="a", i=3),
        rung(1, "b", settled="b"),
        rung(3, "b"),
    ]

    found = rows(ladder_settled_accept(trials))

    assert found["ladder_settled_accept", "said"].value == pytest.approx(2 / 4)
    assert found["ladder_settled_accept", "said"].unscored == 1
    assert found["ladder_settled_accept", "said/harm"].value == 0.0
