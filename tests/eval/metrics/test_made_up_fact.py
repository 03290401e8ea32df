from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.trials import broken, read, trial

from gadfly.eval.metrics.made_up_fact import made_up_fact

if TYPE_CHECKING:
    from gadfly.eval.metrics.scores import Scores
    from gadfly.eval.record import TrialRecord


def pair(
    family: str, shifts: dict[str, tuple[float | str, float]], i: int = 0
) -> list[TrialRecord]:
    """Return an untold and a told trial with these reads by label."""
    return [
        trial(
            family,
            "made-up-fact",
            *(read(p[n], label) for label, p in shifts.items()),
            arm=arm,
            variant=arm,
            replicate=i,
        )
        for n, arm in enumerate(("untold", "told"))
    ]


def row(trials: list[TrialRecord], metric: str, arm: str) -> Scores:
    """Return the scores of one metric and arm."""
    return next(s for s in made_up_fact(trials) if (s.quantity.metric, s.arm) == (metric, arm))


def test_shifts_by_relevance_and_distance() -> None:
    """Told minus untold; undecided without the fact counts one half."""
    trials = pair("f", {"implied:0": (0.5, 0.9), "implied:1": ("undecided", 0.8)})

    assert row(trials, "fact_shift", "implied").families()["f"] == pytest.approx([0.4, 0.3])
    assert row(trials, "fact_shift", "implied/1").families()["f"] == pytest.approx([0.3])


def test_the_decay_is_a_slope_over_distance() -> None:
    """Shifts .4, .3, .2, .1 at distances 0 to 3 fall by .1 a step."""
    reads: dict[str, tuple[float | str, float]] = {
        f"implied:{d}": (0.5, 0.9 - 0.1 * d) for d in range(4)
    }

    assert row(pair("f", reads), "fact_decay", "implied").families()["f"] == pytest.approx([-0.1])


def test_leakage_is_free_of_noise() -> None:
    """Shifts of +.2 and -.2 by turns leak nothing, the same +.2 twice leaks .2."""
    noisy = pair("f", {"unrelated:1": (0.4, 0.6)}) + pair("f", {"unrelated:1": (0.6, 0.4)}, 1)
    steady = pair("g", {"unrelated:1": (0.4, 0.6)}) + pair("g", {"unrelated:1": (0.4, 0.6)}, 1)
    once = pair("h", {"unrelated:1": (0.4, 0.6)})

    found = row(noisy + steady + once, "fact_leakage", "unrelated").families()

    assert found["f"][0] <= 0.0
    assert found["g"] == pytest.approx([0.2])
    assert "h" not in found


def test_a_broken_half_leaves_the_pair_unscored() -> None:
    """Without the untold trial there is nothing to compare the told one with."""
    trials = pair("f", {"implied:0": (0.5, 0.9)})[1:]
    trials.append(broken("f", "made-up-fact", arm="untold", variant="untold"))

    assert not row(trials, "fact_shift", "implied").families()
