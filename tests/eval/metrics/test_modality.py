from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.trials import replicated

from gadfly.eval.metrics.modality import modality_coherence, modality_excess

if TYPE_CHECKING:
    from gadfly.eval.metrics.scores import Scores
    from gadfly.eval.record import TrialRecord


def asked(modality: str, replies: str, *, arm: str = "fresh") -> list[TrialRecord]:
    return replicated(
        "f",
        "modality",
        replies,
        arm=arm,
        variant=f"modality:{modality}",
        settings={"modality": modality},
    )


def arms(found: tuple[Scores, ...]) -> dict[str, list[float] | None]:
    return {s.arm: list(s.families()["f"]) if s.families() else None for s in found}


def test_a_modality_is_compared_with_itself_asked_fresh() -> None:
    """Obligatory turns after the ladder and not after permissible: 1/2 overall."""
    trials = [
        *asked("obligatory", "bb"),
        *asked("obligatory", "bb", arm="after-permissible"),
        *asked("obligatory", "aa", arm="after-ladder"),
    ]

    found = arms(modality_excess(trials))

    assert found["said"] == [0.5]
    assert found["said/after-ladder"] == [1.0]
    assert found["said/after-permissible"] == [0.0]
    assert found["said/after-obligatory"] is None


def test_must_and_wrong_not_to_should_agree() -> None:
    """Obligatory always, wrong not to never: a gap of 1; the implication holds."""
    trials = [
        *asked("obligatory", "aaa"),
        *asked("wrong_not_to", "bbb"),
        *asked("permissible", "aaa"),
    ]

    found = arms(modality_coherence(trials))

    assert found["said equivalence"] == pytest.approx([1.0], abs=1e-12)
    assert found["said implication"] == pytest.approx([0.0], abs=1e-12)


def test_obligatory_and_not_permissible_is_a_violation() -> None:
    """What must be done and may not be done counts; the other way round does not."""
    trials = [*asked("obligatory", "aa"), *asked("permissible", "bb")]
    reverse = [*asked("obligatory", "bb"), *asked("permissible", "aa")]

    assert arms(modality_coherence(trials))["said implication"] == [1.0]
    assert arms(modality_coherence(reverse))["said implication"] == [0.0]


def test_one_answer_each_is_too_little() -> None:
    """With one replicate noise and gap cannot be told apart."""
    trials = [*asked("obligatory", "a"), *asked("wrong_not_to", "b")]

    assert arms(modality_coherence(trials))["said equivalence"] is None
    assert arms(modality_coherence(trials[:1]))["said equivalence"] is None
