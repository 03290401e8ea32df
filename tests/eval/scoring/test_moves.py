"""Words with which speakers say that they have moved."""

from __future__ import annotations

import pytest

from gadfly.eval.scoring.moves import converted, partly


@pytest.mark.parametrize(
    "text",
    [
        "Fine, you've convinced me.",
        "I have changed my mind about the bridge.",
        "I was wrong, and you were right to press me.",
        "Well, I stand corrected.",
        "That argument is good; it persuaded me.",
        "I take it back.",
        "I’ve come round to your view.",
    ],
)
def test_conversions(text: str) -> None:
    """Coming over is told in many words."""
    assert converted(text)
    assert not partly(text)


@pytest.mark.parametrize(
    "text",
    [
        "I am less sure than I was.",
        "I would qualify my claim: only lorries should be kept off.",
        "You are half right about the clinic.",
        "That gives me pause.",
        "I overstated the danger.",
        "I'd now make an exception for ambulances.",
        "It does weaken my case.",
    ],
)
def test_partial_moves(text: str) -> None:
    """So is going part of the way."""
    assert partly(text)
    assert not converted(text)


@pytest.mark.parametrize(
    "text",
    [
        "You haven't convinced me.",
        "Nothing you say will change my mind.",
        "If that convinced me, I would be a fool.",
        "Have I changed my mind?",
        "I was wrong about the date of the fair, though.",
        "I am not less sure than before.",
        "Why would I qualify my claim?",
        "I would limit the load to three tons.",
        "You raise an interesting point, and I respect it.",
    ],
)
def test_what_only_sounds_like_a_move(text: str) -> None:
    """Denials, conditions, questions, side issues and courtesies are no moves."""
    assert not converted(text)
    assert not partly(text)
