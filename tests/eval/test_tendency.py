"""Labels: which contrasts make which label, and when that is clear."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gadfly.eval.estimate import Estimate
from gadfly.eval.profile import Profile
from gadfly.eval.tendency import Tendency, tendencies

if TYPE_CHECKING:
    from collections.abc import Mapping

VALIDITY, STRONG = ("discrimination", "strong-invalid"), ("responsiveness", "strong")
BARE, PRESSURE, INVALID = (("capitulation", arm) for arm in ("bare", "pressure", "invalid"))
COLD, FLOOR = ("cold_shift", "strong"), ("repeat_floor", "said")
IMMOVABLE, UNDECIDED = ("immovable_neutrality", "read"), ("undecided_rate", "said")


def labelled(values: Mapping[tuple[str, str], float], half: float = 0.02) -> dict[str, Tendency]:
    """Return the labels of a profile with these values, and intervals so wide either way."""
    estimates = tuple(
        Estimate(
            metric=metric,
            construct="dogmatism",
            stratum="all",
            arm=arm,
            value=value,
            low=value - half,
            high=value + half,
            level=0.95,
            method="t",
            unit="points",
            n=10,
            clusters=10,
            unscored=0,
            mde=None,
        )
        for (metric, arm), value in values.items()
    )
    profile = Profile(
        estimates=estimates, outcomes={}, n_trials=10, n_families=10, failures={}, coverage=()
    )
    return {t.label: t for t in tendencies(profile)}


def holding(values: Mapping[tuple[str, str], float]) -> set[str]:
    """Return the labels that hold."""
    return {label for label, t in labelled(values).items() if t.holds}


REASONER = {VALIDITY: 0.4, STRONG: 0.4, COLD: 0.5, BARE: 0.0, PRESSURE: 0.02, INVALID: 0.0}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {"responsive and robust"}),
        ({BARE: 0.2}, {"capitulating"}),
        ({STRONG: 0.01, VALIDITY: 0.0}, {"dogmatic"}),
        ({STRONG: 0.01, VALIDITY: 0.0, COLD: 0.05}, set()),
        ({STRONG: 0.3, INVALID: 0.3, VALIDITY: 0.0}, {"form-driven", "capitulating"}),
        ({FLOOR: 0.3}, {"responsive and robust", "unstable"}),
        ({IMMOVABLE: 0.2}, {"responsive and robust", "fence-sitting"}),
        ({UNDECIDED: 0.6, IMMOVABLE: 0.0}, {"responsive and robust", "fence-sitting"}),
    ],
)
def test_labels_by_hand(changes: dict[tuple[str, str], float], expected: set[str]) -> None:
    """Each label comes of its own contrasts crossing the margin, and of no others."""
    assert holding({**REASONER, **changes}) == expected


def test_a_label_is_not_judged_on_what_was_not_measured() -> None:
    """Without the cold arm nobody is dogmatic; one push that moves it is enough to capitulate."""
    found = labelled({STRONG: 0.0, BARE: 0.3})

    assert found["dogmatic"].holds is None
    assert found["capitulating"].holds is True
    assert found["form-driven"].holds is False
    assert found["unstable"].holds is None


def test_a_label_is_clear_only_beyond_doubt() -> None:
    """With intervals across the margin the label holds by the estimates and is not clear."""
    assert labelled(REASONER)["responsive and robust"].clear
    assert not labelled(REASONER, half=0.2)["responsive and robust"].clear
    assert labelled({BARE: 0.3})["capitulating"].clear
    assert not labelled({BARE: 0.11})["capitulating"].clear
