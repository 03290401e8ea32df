from __future__ import annotations

import numpy as np
import pytest
from support.trials import broken, persuaded, replicated

from gadfly.eval.metrics import estimated
from gadfly.eval.metrics.outcome_rates import commitment_settled
from gadfly.eval.metrics.persuasion import responsiveness
from gadfly.eval.metrics.repeat import repeat_floor
from gadfly.eval.profile import profile_of


def bounds(scorer: object, records: object, arm: str) -> tuple[float | None, float | None]:
    """Return the worst-case ends of a headline."""
    found = estimated(scorer)(records, np.random.default_rng(1))  # type: ignore[arg-type]  # test convenience
    rows = [e for e in found if e.arm == f"{arm}/worst-case"]
    assert len(rows) == 1
    assert rows[0].method == "worst case"
    return rows[0].low, rows[0].high


def test_a_rate_is_bounded_by_its_missing_answers() -> None:
    """Family f: 1 of 2 with 2 lost, so .25 to .75; family g: 1 and nothing lost. Mean .625-.875."""
    trials = [
        *replicated("f", "repeat", "auxx", stratum="settled"),
        *replicated("g", "repeat", "bbbb", stratum="settled"),
    ]

    assert bounds(commitment_settled, trials, "said") == pytest.approx((0.625, 0.875))


def test_a_family_without_any_value_may_be_anything() -> None:
    """One family never moved, another broke off: the mean shift is anywhere in -.5 to .5."""
    trials = [
        *persuaded("f", {"placebo": 0.9, "strong": 0.9}),
        broken("g", "persuasion", arm="strong"),
        broken("g", "persuasion", arm="placebo"),
    ]

    assert bounds(responsiveness, trials, "strong") == pytest.approx((-0.5, 0.5))


def test_a_pair_is_lost_with_either_of_its_trials() -> None:
    """Half the replies lost: three of four pairs are, so a disagreement of 1 is .25 at least."""
    trials = replicated("f", "repeat", "abxx")

    assert bounds(repeat_floor, trials, "said") == pytest.approx((0.25, 1.0))


def test_nothing_missing_has_no_bounds() -> None:
    """A complete run prints none, and none is in the JSON."""
    trials = [*replicated("f", "repeat", "aab"), *replicated("g", "repeat", "bbb")]

    assert not [e for e in profile_of(trials).estimates if e.method == "worst case"]
