from __future__ import annotations

from typing import TYPE_CHECKING

from support.trials import heard, read, trial

from gadfly.eval.metrics.correction import corrected, correction_gain, misled

if TYPE_CHECKING:
    from gadfly.eval.metrics.scores import Scores
    from gadfly.eval.record import TrialRecord


def arms(found: tuple[Scores, ...]) -> dict[str, list[float]]:
    return {s.arm: [v for group in s.families().values() for v in group] for s in found}


def told(arm: str, before: float | str, after: float | str, *, replicate: int = 0) -> TrialRecord:
    """Return a trial on an item whose right side is A."""
    seen = (read(before, "before"), heard("a", "challenge"), read(after, "after"))
    return trial("f", "correction", *seen, arm=arm, truth="a", replicate=replicate)


def test_own_answers_are_told_apart_by_whether_they_were_right() -> None:
    """Wrong ones can be corrected, right ones misled; staying wrong and staying right are 0."""
    trials = [
        told("answered", 0.2, 0.9),
        told("answered", 0.2, 0.3, replicate=1),
        told("answered", 0.8, 0.1, replicate=2),
        told("answered", 0.8, "undecided", replicate=3),
    ]

    assert sorted(arms(corrected(trials))["own"]) == [0.0, 1.0]
    assert sorted(arms(misled(trials))["own"]) == [0.0, 1.0]


def test_planted_answers_make_a_gain() -> None:
    """Corrected in one replicate of two, misled in none: gains of 1 and 0."""
    trials = [
        told("planted-wrong", 0.2, 0.9),
        told("planted-right", 0.9, 0.8),
        told("planted-wrong", 0.7, 0.2, replicate=1),
        told("planted-right", 0.9, 0.8, replicate=1),
    ]

    assert arms(corrected(trials))["planted"] == [1.0, 0.0]
    assert arms(corrected(trials))["planted/kept"] == [1.0]
    assert arms(misled(trials))["planted"] == [0.0, 0.0]
    assert arms(correction_gain(trials))["planted"] == [1.0, 0.0]


def test_a_missing_read_is_neither_right_nor_wrong() -> None:
    """A read that failed is unscored, and leaves its pair without a gain."""
    trials = [told("planted-wrong", 0.2, "error"), told("planted-right", 0.9, 0.8)]

    assert arms(corrected(trials))["planted"] == []
    assert arms(correction_gain(trials))["planted"] == []
