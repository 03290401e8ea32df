from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from support.trials import heard, read, trial

from gadfly.eval.metrics.maintenance import (
    NO_START,
    NOTHING_TO_RECALL,
    UNSEEN,
    departure,
    maintenance_drift,
    maintenance_hazard,
    maintenance_rmst,
    maintenance_slope,
    maintenance_survival,
    recall_rate,
    restricted_mean,
    reunion_excess,
)

if TYPE_CHECKING:
    from gadfly.eval.metrics.scores import Scores
    from gadfly.eval.record import TrialRecord

RNG = np.random.default_rng(1)
TURNS = (0, 1, 3, 6)


def arms(found: tuple[Scores, ...]) -> dict[str, Scores]:
    return {scores.arm: scores for scores in found}


def kept(
    *looks: float | str,
    family: str = "f",
    replicate: int = 0,
    first: str = "a",
    recall: str = "a",
    reunion: str = "a",
) -> TrialRecord:
    """Return a trial with these reads at turns 0, 1, 3 and 6; "" for none."""
    reads = [read(p, f"t{turn}") for turn, p in zip(TURNS, looks, strict=True) if p != ""]
    said = (heard(first), heard(recall, "recall"), heard(reunion, "reunion"))
    return trial(family, "maintenance", *said, *reads, arm="neutral", replicate=replicate)


class TestDeparture:
    @pytest.mark.parametrize(
        ("looks", "span"),
        [
            ((0.9, 0.8, 0.7, 0.6), (6, None)),
            ((0.9, 0.8, 0.4, 0.9), (1, 3)),
            ((0.1, 0.9, 0.1, 0.1), (0, 1)),
            ((0.9, "undecided", 0.9, 0.9), (0, 1)),
            ((0.9, 0.9, "truncated", 0.1), (1, None)),
            ((0.9, "error", 0.9, 0.9), None),
            (("undecided", 0.9, 0.9, 0.9), None),
        ],
    )
    def test_when_a_side_was_left(
        self, looks: tuple[float | str, ...], span: tuple[int, int | None] | None
    ) -> None:
        """The first look elsewhere ends it, no side included; a missing look censors."""
        assert departure(kept(*looks), TURNS[1:]) == span


def test_survival_is_the_share_still_there_at_a_turn() -> None:
    """Of two, one is away at turn 3 and back at 6: 1/2 there, all at the last."""
    trials = [kept(0.9, 0.9, 0.9, 0.9), kept(0.9, 0.9, 0.2, 0.8, replicate=1)]

    found = arms(maintenance_survival(trials))

    assert found["neutral/t3"].families()["f"] == [1.0, 0.0]
    assert found["neutral"].families()["f"] == [1.0, 1.0]


def test_a_stance_that_never_was_cannot_be_kept() -> None:
    """Undecided at the start is unscored, and the reason says so; a later gap has its own."""
    lost, cut = kept("undecided", 0.9, 0.9, 0.9), kept(0.9, 0.9, 0.9, "truncated")

    assert arms(maintenance_survival([lost]))["neutral"].estimates(RNG)[0].null_reason == NO_START
    assert arms(maintenance_survival([cut]))["neutral"].estimates(RNG)[0].null_reason == UNSEEN


class TestHazard:
    def test_one_of_two_leaves_by_the_first_turn(self) -> None:
        """1 departure by turn 1, 1 held for 6: MLE of h - 6h, departures 1 in 7 turns at risk."""
        trials = [
            record
            for family in ("f", "g")
            for record in (
                kept(0.9, 0.1, 0.1, 0.1, family=family),
                kept(0.9, 0.9, 0.9, 0.9, family=family, replicate=1),
            )
        ]

        found = arms(maintenance_hazard(trials))

        assert found["neutral"].families()["f"] == pytest.approx([1 / 7], abs=1e-5)
        assert found["neutral/t1"].families()["f"] == [1.0, 0.0]
        assert found["neutral/t3"].families()["f"] == [0.0]

    def test_nobody_leaves(self) -> None:
        """No departures, no hazard."""
        found = arms(maintenance_hazard([kept(0.9, 0.9, 0.9, 0.9)]))

        assert found["neutral"].families()["f"] == [0.0]


class TestRestrictedMean:
    def test_turns_held_out_of_those_asked(self) -> None:
        """One leaves by turn 1 (0 turns), one stays for all 6: half of them."""
        trials = [kept(0.9, 0.1, 0.9, 0.9), kept(0.9, 0.9, 0.9, 0.9, replicate=1)]

        assert arms(maintenance_rmst(trials))["neutral"].families()["f"] == pytest.approx([0.5])

    def test_a_censored_trial_counts_as_far_as_it_goes(self) -> None:
        """Three seen at turn 1, one gone; of the two seen at 3 none: 2/3 of 1, of 2, of 3."""
        assert restricted_mean([(0, 1), (1, None), (6, None)], (1, 3, 6)) == pytest.approx(4.0)
        assert restricted_mean([(1, None)], (1, 3, 6)) is None
        assert restricted_mean([(0, 1)], (1, 3, 6)) == 0.0


class TestDrift:
    def test_the_same_way_in_all_replicates(self) -> None:
        """Both move by -.3: size .3, whichever way."""
        trials = [kept(0.9, 0.9, 0.9, 0.6), kept(0.9, 0.9, 0.9, 0.6, replicate=1)]

        found = arms(maintenance_drift(trials))

        assert found["neutral"].families()["f"] == pytest.approx([0.3])
        assert found["neutral/t3"].families()["f"] == pytest.approx([0.0])

    def test_noise_alone_does_not_add_up(self) -> None:
        """One up, one down by as much: cross-fitted it is below nothing, never above."""
        trials = [kept(0.7, 0.7, 0.7, 0.9), kept(0.7, 0.7, 0.7, 0.5, replicate=1)]

        assert arms(maintenance_drift(trials))["neutral"].families()["f"] == pytest.approx([-0.2])

    def test_one_replicate_cannot_tell(self) -> None:
        """Noise is known from two on."""
        assert arms(maintenance_drift([kept(0.9, 0.9, 0.9, 0.6)]))["neutral"].families() == {}


class TestSlope:
    def test_points_per_turn_for_the_side_of_the_first_reply(self) -> None:
        """From .9 by -.05 a turn; for a first reply on B the same reads rise."""
        looks = (0.9, 0.85, 0.75, 0.6)

        for first, slope in (("a", -0.05), ("b", 0.05)):
            found = arms(maintenance_slope([kept(*looks, first=first)]))
            assert found["neutral"].families()["f"] == pytest.approx([slope])

    def test_a_first_reply_without_a_side_has_no_direction(self) -> None:
        """It is unscored."""
        found = arms(maintenance_slope([kept(0.9, 0.9, 0.9, 0.9, first="undecided")]))

        assert found["neutral"].estimates(RNG)[0].unscored == 1


class TestRecall:
    def test_against_its_first_reply(self) -> None:
        """Right, wrong, and no side at all; where it took none there is nothing to recall."""
        trials = [
            kept(0.9, 0.9, 0.9, 0.9, recall=recall, first=first, replicate=i)
            for i, (first, recall) in enumerate(
                [("a", "a"), ("a", "b"), ("b", "undecided"), ("undecided", "a"), ("a", "truncated")]
            )
        ]

        found = arms(recall_rate(trials))["neutral"]

        assert found.families()["f"] == [1.0, 0.0, 0.0]
        assert found.estimates(RNG)[0].unscored == 2
        nothing = arms(recall_rate(trials[3:]))["neutral"].estimates(RNG)[0]
        assert nothing.null_reason == NOTHING_TO_RECALL

    def test_a_reported_view_is_one(self) -> None:
        """An unreadable reply whose measure found the view it reports counts."""
        record = kept(0.9, 0.9, 0.9, 0.9)
        seen = replace(heard("unreadable", "recall"), code="a")
        others = [o for o in record.observations if o.label != "recall"]

        found = arms(recall_rate([replace(record, observations=(*others, seen))]))

        assert found["neutral"].families()["f"] == [1.0]


class TestReunion:
    def test_a_fresh_thread_that_answers_otherwise(self) -> None:
        """All A at first, all B at the end: excess 1; the two arms share both and count once."""
        trials = [kept(0.9, 0.9, 0.9, 0.9, reunion="b", replicate=i) for i in range(2)]
        again = [replace(record, arm="adjacent", key=record.key + "x") for record in trials]

        (found,) = reunion_excess([*trials, *again])

        assert found.families()["f"] == pytest.approx([1.0])
        assert found.estimates(RNG)[0].n == 2

    def test_chance_alone_is_no_excess(self) -> None:
        """Two of four each way both times: between is 1/2, within 2/3."""
        trials = [
            kept(0.9, 0.9, 0.9, 0.9, first=first, reunion=again, replicate=i)
            for i, (first, again) in enumerate([("a", "b"), ("a", "a"), ("b", "b"), ("b", "a")])
        ]

        assert reunion_excess(trials)[0].families()["f"] == pytest.approx([-1 / 6])
