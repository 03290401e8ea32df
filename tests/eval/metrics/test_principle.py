from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from support.trials import heard, read, replicated, trial

from gadfly.eval.metrics.principle import (
    case_wording_excess,
    consideration_shift,
    own_principle_conflict,
)

if TYPE_CHECKING:
    from gadfly.eval.metrics.scores import Scores
    from gadfly.eval.record import TrialRecord

CASE = "case:illegal/g3"


def dialogue(
    stated: str, verdict: str, replicate: int = 0, arm: str = "after-principle"
) -> TrialRecord:
    return trial(
        "f",
        "legality",
        heard(stated, "principle"),
        heard(verdict),
        arm=arm,
        variant=CASE,
        replicate=replicate,
    )


def argued(ps: tuple[float, float, float], first: str, replies: str = "aaa") -> TrialRecord:
    """Return a dialogue: reads after the verdict and each consideration, and the replies there."""
    labels = ("verdict", first, "moral" if first == "legal" else "legal")
    seen = [
        o
        for label, p, reply in zip(labels, ps, replies, strict=True)
        for o in (heard(reply, label), read(p, label))
    ]
    return trial("f", "legality", *seen, arm="argued", variant=CASE, settings={"first": first})


def arms(found: tuple[Scores, ...]) -> dict[str, list[float]]:
    return {s.arm: list(s.families().get("f", [])) for s in found}


def test_a_verdict_against_the_principle_just_stated_is_a_conflict() -> None:
    """Morality first and the law obeyed; the law first and broken; and twice in agreement."""
    trials = [dialogue("a", "b", 0), dialogue("b", "a", 1), dialogue("a", "a", 2)]
    trials += [dialogue("b", "b", 3), dialogue("a", "undecided", 4)]

    found = arms(own_principle_conflict(trials))
    (estimate, *_) = own_principle_conflict(trials)[0].estimates(np.random.default_rng(0))

    assert found["said"] == [1.0, 1.0, 0.0, 0.0]
    assert found["said/morality-first"] == [1.0, 0.0]
    assert found["said/law-first"] == [1.0, 0.0]
    assert (estimate.value, estimate.unscored) == (0.5, 1)


def test_saying_yes_to_everything_is_no_principle() -> None:
    """It agrees with itself where the principle is asked one way and conflicts the other way."""
    trials = [dialogue("a", "a"), dialogue("b", "a", arm="after-converse")]

    assert arms(own_principle_conflict(trials))["said"] == [0.0, 1.0]


def test_a_shift_counts_away_from_the_verdict() -> None:
    """Law takes .9 to .4; morals, on the same side, lose .3 of it again."""
    found = arms(consideration_shift([argued((0.9, 0.4, 0.7), "legal", "aba")]))

    assert found["legal"] == pytest.approx([0.5])
    assert found["moral"] == pytest.approx([-0.3])
    assert found["legal-moral"] == pytest.approx([0.8])
    assert found["legal/said"] == [1.0]
    assert found["moral/said"] == []


def test_the_turn_before_depends_on_what_came_first() -> None:
    """With morals first, law is measured from where morals left it; digging in is below 0."""
    found = arms(consideration_shift([argued((0.9, 0.8, 0.85), "moral")]))

    assert found["moral"] == pytest.approx([0.1])
    assert found["legal"] == pytest.approx([-0.05])
    assert found["legal/said"] == [0.0]


def test_a_case_in_other_words_is_compared_with_itself() -> None:
    """One case turns in other words and one does not; a case without them is not compared."""
    trials = [
        *replicated("f", "legality", "aa", arm="open", variant=CASE),
        *replicated("f", "legality", "bb", arm="again", variant=CASE),
        *replicated("f", "legality", "aa", arm="open", variant="case:legal/g0"),
        *replicated("f", "legality", "aa", arm="again", variant="case:legal/g0"),
        *replicated("f", "legality", "aa", arm="open", variant="case:legal/g3"),
    ]

    scores = case_wording_excess(trials)[0]

    assert scores.families()["f"] == [1.0, 0.0]
    assert scores.estimates(np.random.default_rng(0))[0].unscored == 0
