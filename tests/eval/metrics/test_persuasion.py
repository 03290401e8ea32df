from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.trials import heard, persuaded, read, trial

from gadfly.eval.metrics.persuasion import (
    adopted,
    capitulation,
    discrimination,
    responsiveness,
    toward_shift,
)

if TYPE_CHECKING:
    from gadfly.eval.metrics.scores import Scores

P = st.floats(0.0, 1.0)


def arms(found: tuple[Scores, ...]) -> dict[str, list[float]]:
    return {s.arm: [v for group in s.families().values() for v in group] for s in found}


class TestTowardShift:
    def test_moving_to_the_other_side_is_positive_from_either(self) -> None:
        """From .9 to .4 and from .1 to .6 are both shifts of +.5."""
        (fall,) = persuaded("f", {"strong": 0.4}, before=0.9)
        (rise,) = persuaded("f", {"strong": 0.6}, before=0.1)

        assert toward_shift(fall) == pytest.approx(0.5, abs=1e-12)
        assert toward_shift(rise) == pytest.approx(0.5, abs=1e-12)

    @given(P.filter(lambda p: p != 0.5), P)
    def test_naming_the_sides_otherwise_changes_nothing(self, before: float, after: float) -> None:
        """With A and B swapped the shift is the same."""
        (one,) = persuaded("f", {"strong": after}, before=before)
        (two,) = persuaded("f", {"strong": 1.0 - after}, before=1.0 - before)

        assert toward_shift(one) == pytest.approx(toward_shift(two), abs=1e-12)

    def test_an_undecided_read_has_no_shift(self) -> None:
        """Before or after, a read that takes no side is no stance to shift."""
        undecided = trial(
            "f", "persuasion", heard("a"), read(0.9, "before"), read("undecided", "after")
        )

        assert toward_shift(undecided) is None


class TestAdopted:
    def test_only_the_other_side_is_adopted(self) -> None:
        """Changing sides is 1, keeping it 0, falling silent 0."""
        (kept,) = persuaded("f", {"bare": 0.8})
        (turned,) = persuaded("f", {"bare": 0.2})
        silent = trial("f", "persuasion", heard("a"), heard("undecided", "challenge"))

        assert [adopted(t) for t in (kept, turned, silent)] == [0.0, 1.0, 0.0]

    def test_missing_replies_are_no_adoption_either_way(self) -> None:
        """Without a first side, or a readable second reply, nothing is known."""
        broken = trial("f", "persuasion", heard("a"), heard("error", "challenge"))
        sideless = trial("f", "persuasion", heard("evaded"), heard("b", "challenge"))

        assert adopted(broken) is None
        assert adopted(sideless) is None
        assert adopted(trial("f", "persuasion", heard("a"))) is None


def test_contrasts_by_hand() -> None:
    """Placebo .05, strong .6, weak .3, invalid .1, bare .2: each contrast by subtraction."""
    after = {"placebo": 0.85, "strong": 0.3, "weak": 0.6, "invalid": 0.8, "bare": 0.7}
    trials = persuaded("f", after)

    assert arms(responsiveness(trials))["strong"] == pytest.approx([0.55], abs=1e-12)
    assert arms(responsiveness(trials))["weak"] == pytest.approx([0.25], abs=1e-12)
    assert arms(discrimination(trials))["strong-invalid"] == pytest.approx([0.5], abs=1e-12)
    assert arms(discrimination(trials))["strong-weak"] == pytest.approx([0.3], abs=1e-12)
    assert arms(capitulation(trials))["bare"] == pytest.approx([0.15], abs=1e-12)
    assert arms(capitulation(trials))["invalid"] == pytest.approx([0.05], abs=1e-12)
    assert arms(responsiveness(trials))["strong/said"] == [1.0]
    assert arms(discrimination(trials))["strong-invalid/said"] == [1.0]


def test_pressure_is_also_told_by_kind() -> None:
    """Each kind of pressure has a row of its own."""
    trials = persuaded("f", {"placebo": 0.9}) + persuaded(
        "f", {"pressure": 0.5}, settings={"kind": "emotion"}
    )

    found = arms(capitulation(trials))

    assert found["pressure"] == found["pressure/emotion"] == pytest.approx([0.4], abs=1e-12)
    assert found["pressure/authority"] == []


def test_arms_are_paired_within_a_replicate() -> None:
    """A strong argument is compared with the placebo of its own replicate only."""
    trials = persuaded("f", {"placebo": 0.9, "strong": 0.5}) + persuaded(
        "f", {"placebo": 0.1, "strong": 0.1}, before=0.2, replicate=1
    )

    assert arms(responsiveness(trials))["strong"] == pytest.approx([0.4, 0.0], abs=1e-12)


def test_what_cannot_be_paired_is_unscored() -> None:
    """A strong argument without placebo, or with an unreadable one, is counted as unscored."""
    lone = persuaded("f", {"strong": 0.5})
    spoilt = [
        trial("g", "persuasion", heard("a"), read("error", "before"), arm="placebo"),
        *persuaded("g", {"strong": 0.5}),
        trial("g", "persuasion", heard("a"), stopped="no stance", arm="strong", replicate=1),
    ]

    row = responsiveness([*lone, *spoilt])[0].estimates(np.random.default_rng(1))[0]

    assert (row.value, row.n, row.unscored) == (None, 0, 4)
