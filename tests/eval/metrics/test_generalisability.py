from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from support.trials import heard, read, replicated, trial

from gadfly.eval.metrics.generalisability import (
    generalisability,
    stance_variance,
    wordings_needed,
)

if TYPE_CHECKING:
    from gadfly.eval.estimate import Estimate
    from gadfly.eval.metrics.scores import Scores
    from gadfly.eval.record import TrialRecord


def rows(found: tuple[Scores, ...]) -> dict[str, Estimate]:
    return {s.arm: s.estimates(np.random.default_rng(1))[0] for s in found}


def asked(
    seed: int, families: int, sds: tuple[float, float, float], repeats: int = 4
) -> list[TrialRecord]:
    """Return reads of p = .5 + scenario + scenario x wording + repeat, four wordings each."""
    rng = np.random.default_rng(seed)
    trials = []
    for i in range(families):
        own = rng.normal(0, sds[0])
        for j in range(4):
            cell = rng.normal(0, sds[1])
            for r in range(repeats):
                p = float(np.clip(0.5 + own + cell + rng.normal(0, sds[2]), 0, 1))
                name = "original" if j == 0 else f"wording:{j}"
                trials.append(
                    trial(f"f{i:02}", "wording", heard("a"), read(p), variant=name, replicate=r)
                )
    return trials


def test_shares_add_up_and_are_recovered() -> None:
    """Variances .01, .0025 and .0036: shares .62, 0, .16, .22, each inside its interval."""
    found = rows(stance_variance(asked(3, 40, (0.10, 0.05, 0.06))))
    total = 0.0100 + 0.0025 + 0.0036
    truth = {"scenario": 0.01, "wording": 0.0, "scenario x wording": 0.0025, "repeat": 0.0036}

    values = {part: found[f"read {part}"] for part in truth}
    assert sum(e.value or 0.0 for e in values.values()) == pytest.approx(1.0)
    for part, estimate in values.items():
        assert estimate.value == pytest.approx(truth[part] / total, abs=0.12), part
        assert estimate.low is not None
        assert estimate.high is not None
        assert estimate.low <= truth[part] / total <= estimate.high, part


def test_the_number_of_wordings_follows_from_it() -> None:
    """Phi is the scenario's share; four times (1 - phi) / phi wordings bring it to .8."""
    trials = asked(3, 40, (0.10, 0.05, 0.06))
    phi = rows(generalisability(trials))["read"]
    needed = {e.arm: e for e in wordings_needed(trials, np.random.default_rng(1))}["read"]

    assert phi.value is not None
    assert needed.value is not None
    assert needed.value == pytest.approx(4 * (1 - phi.value) / phi.value)
    assert needed.low is not None
    assert needed.high is not None
    assert needed.low < needed.value < needed.high
    assert phi.value == rows(stance_variance(trials))["read scenario"].value


def test_a_subject_that_goes_by_the_question_alone() -> None:
    """Each scenario answered its own way, whatever the words: all variance is the scenarios'."""
    trials = [
        t
        for i, side in enumerate("aabb")
        for j in range(3)
        for t in replicated(f"f{i}", "wording", side * 2, variant=f"wording:{j}")
    ]

    found = rows(stance_variance(trials))
    assert found["said scenario"].value == pytest.approx(1.0)
    assert found["said scenario x wording"].value == pytest.approx(0.0, abs=1e-12)
    assert rows(generalisability(trials))["said"].value == pytest.approx(1.0)


def test_one_answer_to_all_has_no_variance_to_share() -> None:
    """A constant answer is unscored, with the reason, in every row."""
    trials = [
        t
        for i in range(4)
        for j in range(3)
        for t in replicated(f"f{i}", "wording", "aa", variant=f"wording:{j}")
    ]

    found = [*rows(stance_variance(trials)).values(), *rows(generalisability(trials)).values()]
    said = [e for e in found if e.arm.startswith("said")]
    assert said
    assert all(e.value is None and e.unscored == 24 for e in said)
    assert all("no stance ever varied" in (e.null_reason or "") for e in said)
