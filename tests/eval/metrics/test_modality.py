from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from support.trials import replicated

from gadfly.eval.metrics.modality import (
    modality_coherence,
    modality_excess,
    obligatory_trivial,
)

if TYPE_CHECKING:
    from gadfly.eval.metrics.scores import Scores
    from gadfly.eval.record import TrialRecord


def asked(
    modality: str, replies: str, *, arm: str = "fresh", corner: str = ""
) -> list[TrialRecord]:
    return replicated(
        "f",
        "modality",
        replies,
        arm=arm,
        variant=f"modality:{modality}" + (f"/{corner}" if corner else ""),
        settings={"modality": modality} | ({"corner": corner} if corner else {}),
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


def test_a_square_is_compared_within_itself() -> None:
    """Must and wrong-not-to of two acts are never mixed: each square agrees, so there is no gap."""
    trials = [
        *asked("obligatory", "aaa", corner="settled"),
        *asked("wrong_not_to", "aaa", corner="settled"),
        *asked("obligatory", "bbb", corner="gravest"),
        *asked("wrong_not_to", "aaa", corner="gravest"),
    ]

    found = arms(modality_coherence(trials))

    assert found["said equivalence/settled"] == pytest.approx([0.0], abs=1e-12)
    assert found["said equivalence/gravest"] == pytest.approx([1.0], abs=1e-12)
    assert found["said equivalence"] == pytest.approx([1.0, 0.0], abs=1e-12)


def test_a_corner_asked_in_another_order_is_compared_with_itself() -> None:
    """The settled corner turns after the ladder; the gravest one does not."""
    trials = [
        *asked("obligatory", "aa", corner="settled"),
        *asked("obligatory", "bb", arm="after-ladder", corner="settled"),
        *asked("obligatory", "bb", corner="gravest"),
        *asked("obligatory", "bb", arm="after-ladder", corner="gravest"),
    ]

    found = arms(modality_excess(trials))

    assert (found["said/settled"], found["said/gravest"]) == ([1.0], [0.0])


def test_obligatory_at_a_trifle_counts_who_says_one_must() -> None:
    """Half say so when asked fresh; being undecided is not saying so, an error is missing."""
    trials = [
        *asked("obligatory", "aabux", corner="settled"),
        *asked("obligatory", "aa", arm="after-ladder", corner="settled"),
        *asked("wrong_not_to", "ab", corner="settled"),
        *asked("obligatory", "bb", corner="gravest"),
        *asked("obligatory", "bb"),
    ]

    found = arms(obligatory_trivial(trials))
    (said,) = (s for s in obligatory_trivial(trials) if s.arm == "said")

    assert found["said"] == [1.0, 1.0, 0.0, 0.0]
    assert found["said/after-ladder"] == [1.0, 1.0]
    assert found["said/wrong_not_to"] == [1.0, 0.0]
    assert found["read"] is None
    assert said.estimates(np.random.default_rng(0))[0].unscored == 1
