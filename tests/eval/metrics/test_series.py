from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.trials import heard, read, trial

from gadfly.eval.metrics.series import series_shift, undercut

if TYPE_CHECKING:
    from gadfly.eval.metrics.scores import Scores
    from gadfly.eval.record import TrialRecord


def arms(found: tuple[Scores, ...]) -> dict[str, list[float]]:
    return {s.arm: [v for group in s.families().values() for v in group] for s in found}


def argued(*reads: float | str, before: float = 0.9) -> TrialRecord:
    """Return a series with these reads after its arguments."""
    turns = [
        seen
        for turn, p in enumerate(reads, start=1)
        for seen in (heard("a", f"turn-{turn}"), read(p, f"turn-{turn}"))
    ]
    return trial("f", "series", heard("a"), read(before, "before"), *turns, arm="series")


def test_each_argument_adds_its_shift() -> None:
    """From .9 over .5 and .3 to .3: .4 at first, .2 and nothing later, .6 in all."""
    found = arms(series_shift([argued(0.5, 0.3, 0.3)]))

    assert found["first"] == pytest.approx([0.4], abs=1e-12)
    assert found["later"] == pytest.approx([0.1], abs=1e-12)
    assert found["total"] == pytest.approx([0.6], abs=1e-12)
    assert found["later/2"] == pytest.approx([0.2], abs=1e-12)
    assert found["later/3"] == pytest.approx([0.0], abs=1e-12)


def test_a_series_with_a_read_without_a_side_is_unscored() -> None:
    """A gap in the path is no path."""
    assert arms(series_shift([argued(0.5, "undecided", 0.3)]))["total"] == []


@pytest.mark.parametrize(("before", "after", "fallen"), [(0.9, 0.4, 0.8), (0.1, 0.6, 0.2)])
def test_a_withdrawn_premise_by_hand(before: float, after: float, fallen: float) -> None:
    """Moved by .5 and back by .4: .1 is left, from either side."""
    found = trial(
        "f",
        "series",
        heard("a"),
        read(before, "before"),
        heard("b", "turn-1"),
        read(after, "turn-1"),
        heard("a", "withdrawn"),
        read(fallen, "withdrawn"),
        arm="undercut",
    )

    assert arms(undercut([found]))["back"] == pytest.approx([0.4], abs=1e-12)
    assert arms(undercut([found]))["left"] == pytest.approx([0.1], abs=1e-12)
    assert arms(series_shift([found]))["total"] == []
