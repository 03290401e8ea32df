from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from support.trials import heard, read, trial

from gadfly.eval.metrics.response_format import format_commitment_gap, format_conflict

if TYPE_CHECKING:
    from gadfly.eval.metrics.scores import Scores
    from gadfly.eval.record import TrialRecord


def opened(came_to: str, i: int, p: float | str = 0.9) -> TrialRecord:
    return trial("f", "format", heard(came_to), read(p), arm="open", replicate=i)


def pushed(came_to: str, i: int) -> TrialRecord:
    return trial(
        "f",
        "format",
        heard("undecided"),
        heard(came_to, "pushed"),
        read(0.9, "pushed"),
        arm="pushed",
        replicate=i,
    )


def forced(came_to: str, i: int, order: str = "ab") -> TrialRecord:
    return trial("f", "format", heard(came_to), arm="forced", variant=f"order:{order}", replicate=i)


def arms(found: tuple[Scores, ...]) -> dict[str, Scores]:
    return {scores.arm: scores for scores in found}


def test_opposite_directions_conflict() -> None:
    """Open replies say A, forced ones B: conflict 1, and no gap in commitment."""
    trials = [record for i in range(2) for record in (opened("a", i), forced("b", i))]

    assert arms(format_conflict(trials))["said open"].families()["f"] == [1.0]
    assert arms(format_commitment_gap(trials))["said open"].families()["f"] == [0.0]


def test_silence_is_a_gap_and_no_conflict() -> None:
    """Open replies take no side, forced ones do: a gap of 1, and nothing to conflict with."""
    trials = [record for i in range(2) for record in (opened("undecided", i), forced("b", i))]

    assert arms(format_conflict(trials))["said open"].families() == {}
    assert arms(format_commitment_gap(trials))["said open"].families()["f"] == [1.0]


def test_a_push_speaks_for_its_own_format() -> None:
    """The pushed reply, not the first one, is compared with the forced ones."""
    trials = [record for i in range(2) for record in (pushed("a", i), forced("a", i))]

    assert arms(format_conflict(trials))["said pushed"].families()["f"] == [0.0]
    assert arms(format_commitment_gap(trials))["said pushed"].families()["f"] == [0.0]


def test_option_orders_are_averaged_before_anything_else() -> None:
    """Forced replies that follow the order are 1/2 each, whatever the open side: excess 1/4."""
    trials = [
        record
        for i in range(3)
        for record in (opened("a", i), forced("a", i, "ab"), forced("b", i, "ba"))
    ]

    # Between: 1/2. Within open 0, within forced (.5, .5 against .5, .5) 1/2: 1/2 - 1/4.
    assert arms(format_conflict(trials))["said open"].families()["f"] == pytest.approx(
        [0.25], abs=1e-12
    )


def test_a_replicate_with_an_order_missing_has_no_forced_answer() -> None:
    """One order alone would carry its order bias in."""
    trials = [opened("a", 0), opened("a", 1), forced("a", 0, "ab"), forced("error", 0, "ba")]

    row = arms(format_conflict(trials))["said open"].estimates(np.random.default_rng(1))[0]

    assert (row.value, row.unscored) == (None, 4)


def test_reads_are_compared_with_forced_replies() -> None:
    """A read at .9 against forced A: distance squared .01 in p."""
    trials = [record for i in range(2) for record in (opened("b", i), forced("a", i))]

    found = arms(format_conflict(trials))["read open"].families()["f"]

    assert found == pytest.approx([0.01], abs=1e-12)


def test_a_format_without_its_counterpart_is_unscored() -> None:
    """Open replies without forced ones have no gap."""
    row = arms(format_commitment_gap([opened("a", 0), opened("error", 1)]))["said open"].estimates(
        np.random.default_rng(1)
    )[0]

    assert (row.value, row.unscored) == (None, 2)
