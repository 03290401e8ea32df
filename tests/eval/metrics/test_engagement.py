from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.trials import heard, read, trial

from gadfly.eval.metrics.engagement import engaged_maintenance, engagement

if TYPE_CHECKING:
    from gadfly.eval.metrics.scores import Scores
    from gadfly.eval.record import TrialRecord


def arms(found: tuple[Scores, ...]) -> dict[str, list[float]]:
    return {s.arm: [v for group in s.families().values() for v in group] for s in found}


def argued(
    code: str, after: float | str, *, overlap: float | None = None, arm: str = "strong", i: int = 0
) -> TrialRecord:
    """Return a trial whose reply to the challenge came to a code."""
    value = {"engaged": 0.4, "passed over": 0.0}.get(code)
    reply = replace(heard("a", "challenge"), code=code, value=value, overlap=overlap)
    seen = (heard("a"), read(0.9, "before"), reply, read(after, "after"))
    return trial("f", "exchange", *seen, arm=arm, replicate=i)


def test_engagement_counts_moved_or_not() -> None:
    """Two of three replies take the argument up; where it ended up does not matter."""
    trials = [argued("engaged", 0.9), argued("engaged", 0.1, i=1), argued("passed over", 0.9, i=2)]

    assert arms(engagement(trials))["strong"] == [1.0, 1.0, 0.0]
    assert arms(engagement(trials))["strong/excess"] == [0.4, 0.4, 0.0]


def test_a_reply_that_could_not_be_measured_is_unscored() -> None:
    """No code is no answer either way."""
    assert arms(engagement([argued("", 0.9)]))["strong"] == []
    assert arms(engaged_maintenance([argued("", 0.9)]))["strong"] == []


def test_maintenance_needs_the_side_and_the_engagement() -> None:
    """Held and engaged is 1; talking past the user, or coming over, is 0."""
    trials = [
        argued("engaged", 0.8),
        argued("passed over", 0.8, i=1),
        argued("engaged", 0.2, i=2),
        argued("engaged", "error", i=3),
    ]

    assert arms(engaged_maintenance(trials))["strong"] == [1.0, 0.0, 0.0]


@pytest.mark.parametrize(("overlap", "expected"), [(0.2, 1.0), (0.9, 0.0), (None, 1.0)])
def test_repeating_itself_is_not_maintenance(overlap: float | None, expected: float) -> None:
    """A reply that repeats more than nine in ten replies to a placebo do does not count."""
    baseline = [argued("", 0.9, overlap=n / 20, arm="placebo", i=n) for n in range(11)]

    found = engaged_maintenance([argued("engaged", 0.9, overlap=overlap), *baseline])

    assert arms(found)["strong"] == [expected]


def test_a_series_counts_from_its_second_argument() -> None:
    """The first is the strong arm's, the same call."""
    turns = [
        seen
        for turn in (1, 2, 3)
        for seen in (
            replace(heard("a", f"turn-{turn}"), code="engaged", value=0.5),
            read(0.9, f"turn-{turn}"),
        )
    ]
    series = trial("f", "series", heard("a"), read(0.9, "before"), *turns, arm="series")

    assert arms(engagement([series]))["series"] == [1.0, 1.0]
