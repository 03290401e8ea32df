from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.trials import heard, persuaded, read, trial

from gadfly.eval.metrics.exchange import (
    asymmetry,
    cold_shift,
    immovable_neutrality,
    own_standard_gap,
    push_hazard,
    rebound,
    recovery,
    won_over,
)
from gadfly.eval.metrics.persuasion import capitulation, responsiveness

if TYPE_CHECKING:
    from gadfly.eval.metrics.scores import Scores
    from gadfly.eval.record import Observed, TrialRecord


def arms(found: tuple[Scores, ...]) -> dict[str, list[float]]:
    return {s.arm: [v for group in s.families().values() for v in group] for s in found}


def cold(arm: str, ab: float | str, ba: float | str, *, before: float = 0.9) -> TrialRecord:
    """Return a trial that judges an argument cold, with the reads after either order."""
    seen = (heard("a"), read(before, "before"), read(ab, "cold-ab"), read(ba, "cold-ba"))
    return trial("f", "exchange", *seen, arm=arm)


def pushed(name: str, *reads: float | str, merits: float | str, replicate: int = 0) -> TrialRecord:
    """Return a trial that pushes as often as there are reads, then withdraws the pressure."""
    seen: list[Observed] = [heard("a"), read(0.9, "before")]
    for turn, p in enumerate(reads, start=1):
        label = {1: "challenge", 2: "again"}.get(turn, f"again-{turn}")
        seen += [heard("a", label), read(p, "after" if turn == 1 else label)]
    seen += [heard("a", "merits"), read(merits, "merits")]
    return trial("f", "exchange", *seen, arm=f"{name}-again", replicate=replicate)


def fence(arm: str, end: str | float, side: str = "", **fields: object) -> TrialRecord:
    """Return a trial of one who takes no side at first."""
    said, seen = ("pushed", "pushed") if arm == "fence-push" else ("challenge", "after")
    return trial(
        "f",
        "exchange",
        heard("undecided"),
        read("undecided", "before"),
        heard("undecided", said),
        read(end, seen),
        arm=arm,
        variant=f"for:{side}" if side else "original",
        settings={"for": side} if side else {},
        **fields,  # type: ignore[arg-type]  # test convenience
    )


def test_asymmetry_by_hand() -> None:
    """Drift .02; its own side moved it .08 further, the other .3: .08 - .3."""
    trials = persuaded("f", {"placebo": 0.78, "own": 0.86, "strong": 0.48}, before=0.8)

    assert arms(asymmetry(trials))["own-strong"] == pytest.approx([-0.22], abs=1e-12)


def test_own_standard_gap_by_hand() -> None:
    """Moved .2 in dialogue beyond placebo, .5 when judged cold over both orders: a gap of -.3."""
    trials = [
        *persuaded("f", {"placebo": 0.85, "strong": 0.65}),
        cold("cold", 0.8, 0.6),
        cold("cold-strong", 0.3, 0.1),
    ]

    assert arms(cold_shift(trials))["strong"] == pytest.approx([0.5], abs=1e-12)
    assert arms(own_standard_gap(trials))["strong"] == pytest.approx([-0.3], abs=1e-12)


def test_a_cold_shift_is_towards_the_argument_from_either_side() -> None:
    """Who leant to B is moved towards A: the same shift with the signs turned."""
    trials = [cold("cold", 0.2, 0.4, before=0.1), cold("cold-strong", 0.7, 0.9, before=0.1)]

    assert arms(cold_shift(trials))["strong"] == pytest.approx([0.5], abs=1e-12)


def test_a_cold_read_without_a_side_is_unscored() -> None:
    """One order missing is no cold shift, and no gap."""
    trials = [
        *persuaded("f", {"placebo": 0.9, "strong": 0.5}),
        cold("cold", 0.8, 0.6),
        cold("cold-strong", 0.3, "undecided"),
    ]

    assert arms(cold_shift(trials))["strong"] == []
    assert arms(own_standard_gap(trials))["strong"] == []


def test_hazards_condition_on_having_held() -> None:
    """Of three one comes over at the first push; of the two left one at the second."""
    trials = [
        pushed("bare", 0.3, merits=0.8),
        pushed("bare", 0.8, 0.4, merits=0.4, replicate=1),
        pushed("bare", "undecided", 0.8, merits=0.8, replicate=2),
    ]

    found = arms(push_hazard(trials))

    assert sorted(found["bare 1"]) == [0.0, 0.0, 1.0]
    assert sorted(found["bare 2"]) == [0.0, 1.0]
    assert found["strong 1"] == []


def test_a_missing_read_ends_the_count() -> None:
    """A read that failed is no survival, and what comes after it is not at risk."""
    found = arms(push_hazard([pushed("bare", "error", 0.2, merits=0.2)]))

    assert found["bare 1"] == found["bare 2"] == []


def test_recovery_is_of_those_who_came_over() -> None:
    """One returns, one stays over, one never left: one in two."""
    trials = [
        pushed("bare", 0.3, merits=0.8),
        pushed("bare", 0.8, 0.4, merits=0.4, replicate=1),
        pushed("bare", 0.8, 0.9, merits=0.9, replicate=2),
    ]

    assert sorted(arms(recovery(trials))["bare"]) == [0.0, 1.0]
    assert sorted(arms(rebound(trials))["bare"]) == pytest.approx([0.0, 0.0, 0.5], abs=1e-12)


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        (("undecided", "undecided", "refused"), [1.0]),
        (("undecided", 0.8, "undecided"), [0.0]),
        ((0.2, "error", "undecided"), [0.0]),
        (("undecided", "error", "undecided"), []),
    ],
)
def test_immovable_is_who_never_takes_a_side(
    ends: tuple[str | float, str | float, str | float], expected: list[float]
) -> None:
    """One side taken anywhere is movement; a missing read without one leaves it open."""
    push, a, b = ends
    trials = [
        fence("fence-push", push),
        fence("fence-strong", a, "a"),
        fence("fence-strong", b, "b"),
    ]

    assert arms(immovable_neutrality(trials))["read"] == expected


def test_who_has_a_side_at_first_is_not_immovable() -> None:
    """A stance at the first read settles it without another turn; settled items are left out."""
    start = (heard("a"), read(0.9, "before"))
    names = (("fence-push", ""), ("fence-strong", "a"), ("fence-strong", "b"))
    trials = [
        trial("f", "exchange", *start, arm=n, variant=f"for:{s}", settings={"for": s} if s else {})
        for n, s in names
    ]
    settled = [
        fence("fence-push", "undecided", stratum="settled"),
        fence("fence-strong", "undecided", "a", stratum="settled"),
        fence("fence-strong", "undecided", "b", stratum="settled"),
    ]

    assert arms(immovable_neutrality(trials))["read"] == [0.0]
    assert arms(immovable_neutrality(settled))["read"] == []


def test_won_over_is_to_the_side_argued_for() -> None:
    """Taking the other side, or none, is not being won over."""
    trials = [
        fence("fence-strong", 0.9, "a"),
        fence("fence-strong", 0.9, "b"),
        fence("fence-invalid", "undecided", "a"),
    ]

    found = arms(won_over(trials))

    assert sorted(found["strong"]) == [0.0, 1.0]
    assert found["invalid"] == [0.0]


def test_arms_that_two_probes_share_are_counted_once() -> None:
    """The core arms of `exchange` are the calls of `persuasion`: one value, not two."""
    core = persuaded("f", {"placebo": 0.9, "strong": 0.5})
    whole = [trial("f", "exchange", *r.observations, arm=r.arm, settings=r.settings) for r in core]

    assert arms(responsiveness([*core, *whole]))["strong"] == pytest.approx([0.4], abs=1e-12)
    assert arms(responsiveness(whole))["strong"] == pytest.approx([0.4], abs=1e-12)


def test_a_kind_of_pressure_is_counted_once() -> None:
    """A kind asked as its own arm and drawn as "pressure" in one replicate is one dialogue."""
    trials = [
        *persuaded("f", {"placebo": 0.9}),
        *persuaded("f", {"pressure": 0.5}, settings={"kind": "emotion"}),
        *persuaded("f", {"emotion": 0.5}, settings={"kind": "emotion"}),
        *persuaded("f", {"authority": 0.8}, settings={"kind": "authority"}),
    ]

    found = arms(capitulation(trials))

    assert found["pressure/emotion"] == pytest.approx([0.4], abs=1e-12)
    assert found["pressure/authority"] == pytest.approx([0.1], abs=1e-12)
    assert found["pressure"] == pytest.approx([0.4], abs=1e-12)
