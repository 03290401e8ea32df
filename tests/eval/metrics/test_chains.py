from __future__ import annotations

from dataclasses import replace
from math import exp, hypot, log
from typing import TYPE_CHECKING

import numpy as np
import pytest
from support.trials import heard, trial

from gadfly.eval.metrics.chains import chains
from gadfly.eval.stats.proportion import effective_n, jeffreys

if TYPE_CHECKING:
    from gadfly.eval.metrics.scores import Scores
    from gadfly.eval.record import TrialRecord


def walked(
    family: str, form: str, n: int, value: float | None, code: str, i: int = 0
) -> TrialRecord:
    """Return a chain trial with its grade."""
    seen = replace(heard("unreadable", "states"), value=value, code=code)
    return trial(
        family,
        "chains",
        seen,
        arm=form,
        variant=f"n:{n}",
        settings={"n": str(n)},
        replicate=i,
        stratum="objective",
    )


def row(trials: list[TrialRecord], metric: str, arm: str) -> Scores:
    """Return the scores of one metric and arm."""
    return next(s for s in chains(trials) if (s.quantity.metric, s.arm) == (metric, arm))


def final(family: str, n: int, codes: str) -> list[TrialRecord]:
    """Return end-only trials, x exact, w wrong, ? unread."""
    words = {"x": ("exact", 1.0), "w": ("wrong", 0.0), "?": ("", None)}
    return [walked(family, "final", n, words[c][1], words[c][0], i) for i, c in enumerate(codes)]


def test_the_exact_rate_against_independent_steps() -> None:
    """p1 = .75 and .5625 at n = 2: the ratio is 1, the steps are as if independent."""
    trials = [
        *final("f", 1, "xxxw"),
        *final("g", 1, "xxxw"),
        *final("f", 2, "xxxxxxxxxwwwwwww"),
        *final("g", 2, "xxxxxxxxxwwwwwww?"),
    ]

    exact = row(trials, "chain_exact", "final n=2").estimates(np.random.default_rng(1))[0]
    ratio = row(trials, "chain_exact_ratio", "final n=2").estimates(np.random.default_rng(1))[0]

    assert exact.value == pytest.approx(0.5625)
    assert exact.unscored == 1
    assert ratio.value == pytest.approx(1.0)


def test_graded_steps_against_independent_steps() -> None:
    """p1 = .5: p1 + p1² = .75 steps are expected at n = 2; 1.5 found is twice that."""
    trials = []
    for family in ("f", "g"):
        trials += [
            walked(family, "steps", 1, float(i), "exact" if i else "wrong", i) for i in (0, 1)
        ]
        trials += [
            walked(family, "steps", 2, 1.0 + i, "exact" if i else "wrong", i) for i in (0, 1)
        ]

    assert row(trials, "chain_steps", "steps n=2").families()["f"] == [1.0, 2.0]
    ratio = row(trials, "chain_steps_ratio", "steps n=2").estimates(np.random.default_rng(1))[0]
    assert ratio.value == pytest.approx(2.0)


def test_single_steps_that_all_came_out_right_are_not_taken_for_certain() -> None:
    """24 right single steps leave room for a p1 below 1, which its eighth power magnifies."""
    trials = [t for k in range(24) for t in final(f"f{k:02}", 1, "x")]
    trials += [t for k in range(24) for t in final(f"f{k:02}", 8, "x" if k % 4 else "w")]

    found = row(trials, "chain_exact_ratio", "final n=8").estimates(np.random.default_rng(1))[0]

    least = jeffreys(1.0, 24.0)[0]
    _, high = jeffreys(0.75, effective_n([[float(k % 4 > 0)] for k in range(24)]))
    assert found.value == pytest.approx(0.75)
    assert found.method == "mover"
    assert found.low is not None
    assert found.high is not None
    assert found.low < 0.6
    assert found.high == pytest.approx(0.75 * exp(hypot(log(high / 0.75), -8 * log(least))))


def test_without_a_single_right_step_there_is_no_ratio() -> None:
    """p1 = 0 leaves nothing to compare with, and says so."""
    trials = [*final("f", 1, "ww"), *final("f", 2, "ww"), *final("g", 1, "w"), *final("g", 2, "w")]

    ratio = row(trials, "chain_exact_ratio", "final n=2").estimates(np.random.default_rng(1))[0]

    assert ratio.value is None
    assert "never right" in (ratio.null_reason or "")
