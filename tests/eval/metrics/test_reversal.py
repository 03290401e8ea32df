from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from support.trials import heard, read, trial

from gadfly.eval.metrics.reversal import sign_changes, unacknowledged_reversal

if TYPE_CHECKING:
    from gadfly.eval.estimate import Estimate
    from gadfly.eval.metrics.scores import Scores
    from gadfly.eval.record import Observed, TrialRecord


def rows(found: tuple[Scores, ...]) -> dict[str, Estimate]:
    return {s.arm: s.estimates(np.random.default_rng(1))[0] for s in found}


def owned(side: str, label: str, *, owns: bool | None) -> Observed:
    return replace(heard(side, label), owns_change=owns)


def passing(family: str, *ps: float | str) -> TrialRecord:
    """Return a maintenance trial read at turns 0, 1, 3 and 6."""
    looks = [read(p, f"t{t}") for t, p in zip((0, 1, 3, 6), ps, strict=False)]
    return trial(family, "maintenance", heard("a"), *looks, arm="neutral")


class TestSignChanges:
    def test_changes_are_counted_per_ten_turns(self) -> None:
        """Over, back and over again in six turns: 3 x 10/6 = 5; held throughout: 0. Mean 2.5."""
        trials = [passing("f", 0.9, 0.1, 0.8, 0.2), passing("g", 0.9, 0.6, 0.7, 0.8)]

        found = rows(sign_changes(trials))["neutral"]

        assert found.value == pytest.approx(2.5)
        assert (found.n, found.unscored) == (2, 0)

    def test_a_look_without_a_side_is_stepped_over(self) -> None:
        """Undecided in between, then the other side: one change in the three turns told."""
        assert rows(sign_changes([passing("f", 0.9, "undecided", 0.2)]))[
            "neutral"
        ].value == pytest.approx(10 / 3)

    def test_one_look_tells_nothing(self) -> None:
        """Broken off after the first read: unscored."""
        found = rows(sign_changes([passing("f", 0.9)]))["neutral"]

        assert (found.value, found.unscored) == (None, 1)

    def test_a_replicate_pushed_again_counts_once(self) -> None:
        """Of a push and the same pushed again the longer trial counts: 1 change in 2 turns is 5."""
        once = trial("f", "exchange", read(0.9, "before"), read(0.2, "after"), arm="bare")
        again = trial(
            "f",
            "exchange",
            read(0.9, "before"),
            read(0.2, "after"),
            read(0.3, "again"),
            read(0.9, "merits"),
            arm="bare-again",
        )

        found = rows(sign_changes([once, again]))["bare"]

        assert (found.value, found.n) == (5.0, 1)


class TestUnacknowledged:
    def test_the_share_of_reversals_without_a_word(self) -> None:
        """After arguments: one owned, one not, one that held and so does not count: a half."""
        trials = [
            trial("f", "exchange", heard("a"), owned("b", "challenge", owns=True), arm="strong"),
            trial("g", "exchange", heard("a"), owned("b", "challenge", owns=False), arm="weak"),
            trial("h", "exchange", heard("a"), owned("a", "challenge", owns=False), arm="weak"),
            trial("f", "exchange", heard("a"), owned("b", "challenge", owns=False), arm="bare"),
        ]

        found = rows(unacknowledged_reversal(trials))

        assert (found["argued"].value, found["argued"].n) == (0.5, 2)
        assert found["unargued"].value == 1.0

    def test_going_back_is_a_reversal_too(self) -> None:
        """Over and back along a series: two reversals, the second one unowned."""
        replies = [
            heard("a"),
            owned("b", "turn-1", owns=True),
            heard("undecided", "turn-2"),
            owned("a", "turn-3", owns=False),
        ]

        found = unacknowledged_reversal([trial("f", "series", *replies, arm="series")])

        assert found[0].families()["f"] == [0.0, 1.0]

    def test_a_withdrawn_premise_is_a_reason_to_go_back(self) -> None:
        """What follows a withdrawal is no reversal to be owned."""
        replies = [
            heard("a"),
            owned("a", "turn-1", owns=False),
            owned("b", "withdrawn", owns=False),
        ]

        found = rows(unacknowledged_reversal([trial("f", "series", *replies, arm="undercut")]))

        assert found["argued"].null_reason == "no reply changed sides"

    def test_older_runs_are_unscored(self) -> None:
        """Where nothing was noted of the reply, nothing is claimed."""
        old = trial("f", "exchange", heard("a"), heard("b", "challenge"), arm="bare")

        found = rows(unacknowledged_reversal([old]))["unargued"]

        assert (found.value, found.unscored) == (None, 1)
