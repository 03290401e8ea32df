from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from support.trials import heard, read, replicated, trial

from gadfly.eval.metrics.surface import (
    framing_excess,
    framing_shift,
    idle_excess,
    idle_largest,
    wording_excess,
)

if TYPE_CHECKING:
    from gadfly.eval.metrics.scores import Scores
    from gadfly.eval.record import TrialRecord


def arms(found: tuple[Scores, ...]) -> dict[str, Scores]:
    return {scores.arm: scores for scores in found}


def idle(family: str, replies: dict[str, str]) -> list[TrialRecord]:
    """Return idle trials, replies by "KIND NAME/POSITION" and by "original"."""
    trials = []
    for name, letters in replies.items():
        kind, _, phrase = name.rpartition(" ")
        variant = phrase if phrase == "original" else f"idle:{phrase}"
        settings = {"kind": kind} if kind else {}
        trials += replicated(family, "idle", letters, variant=variant, settings=settings)
    return trials


class TestWording:
    def test_replies_and_reads_are_scored_apart(self) -> None:
        """Replies that turn with the wording do not show in reads that stand."""
        trials = [
            trial("f", "wording", heard(side), read(0.9), variant=variant, replicate=i)
            for variant, side in (("original", "a"), ("wording:1", "b"))
            for i in range(2)
        ]

        found = arms(wording_excess(trials))

        assert found["said"].families()["f"] == pytest.approx([1.0], abs=1e-12)
        assert found["read"].families()["f"] == pytest.approx([0.0], abs=1e-12)


class TestIdle:
    def test_phrases_are_compared_with_the_bare_prompt(self) -> None:
        """One of two phrases turns every answer: the mean excess is 1/2, its kind's is 1."""
        trials = idle(
            "f", {"original": "aa", "brevity brief/after": "aa", "choose-one choose/after": "bb"}
        )

        found = arms(idle_excess(trials))

        assert found["said"].families()["f"] == [0.5]
        assert found["said/choose-one"].families()["f"] == [1.0]
        assert found["said/brevity"].families()["f"] == [0.0]
        assert found["said/choose/after"].families()["f"] == [1.0]
        assert found["said/idle"].families() == {}

    def test_the_largest_is_the_phrase_that_does_most(self) -> None:
        """The value is that of the worst phrase, its interval wider than that phrase's own."""
        trials = [
            record
            for i in range(12)
            for record in idle(
                f"f{i:02}",
                {
                    "original": "aaa",
                    "brevity brief/after": "aaa",
                    "idle sesame/after": "bbb" if i % 3 else "aaa",
                },
            )
        ]
        own = arms(idle_excess(trials))["said/sesame/after"].estimates(np.random.default_rng(1))[0]

        largest = idle_largest(trials, np.random.default_rng(1))[0]

        assert (largest.metric, largest.arm, largest.level) == ("idle_largest", "said", 0.95)
        assert largest.value == pytest.approx(2 / 3, abs=1e-12)
        assert largest.method.endswith(", largest of 2")
        assert own.low is not None
        assert largest.low is not None
        assert largest.low < own.low

    def test_few_families_do_not_pick_a_largest(self) -> None:
        """A phrase asked of one family is not in the running."""
        trials = idle("f", {"original": "aa", "idle sesame/after": "bb"})

        largest = idle_largest(trials, np.random.default_rng(1))[0]

        assert largest.value is None
        assert largest.null_reason == "no phrase was asked of 5 families"
        assert largest.unscored == 4


class TestFraming:
    def test_the_shift_is_signed_and_by_kind(self) -> None:
        """The novel story moves p from 1/2 to 1, the classic one to 0."""
        trials = [
            record
            for variant, replies in (
                ("original", "abab"),
                ("cover:novel", "aaaa"),
                ("cover:novel-2", "aaaa"),
                ("cover:classic", "bbbb"),
            )
            for record in replicated("f", "framing", replies, variant=variant)
        ]

        found = arms(framing_shift(trials))

        assert found["said/novel"].families()["f"] == [0.5, 0.5]
        assert found["said/classic"].families()["f"] == [-0.5]

    def test_undecided_replies_do_not_enter_the_shift_but_the_excess(self) -> None:
        """A story that silences it is an excess, and no shift: nothing was said either way."""
        trials = replicated("f", "framing", "aa") + replicated(
            "f", "framing", "uu", variant="cover:classic"
        )

        assert arms(framing_shift(trials))["said/classic"].families() == {}
        assert arms(framing_excess(trials))["said/classic"].families()["f"] == [1.0]
        assert arms(framing_excess(trials))["said/novel"].families() == {}


class TestIdleInsideAPersona:
    def test_prompts_with_a_persona_have_rows_of_their_own(self) -> None:
        """A phrase that turns answers inside a persona only shows there, and there only."""
        bare = idle("f", {"original": "aa", "brevity brief/after": "aa"})
        told = [
            trial
            for variant, letters in (("original", "aa"), ("idle:brief/after", "bb"))
            for trial in replicated(
                "f",
                "idle_persona",
                letters,
                arm="persona",
                variant=f"persona/{variant}",
                settings={"kind": "brevity"} if variant != "original" else {},
            )
        ]

        found = arms(idle_excess(bare + told))

        assert found["said"].families()["f"] == pytest.approx([0.0])
        assert found["said persona"].families()["f"] == pytest.approx([1.0])
        assert found["said persona/brevity"].families()["f"] == pytest.approx([1.0])
        assert found["said persona/brief/after"].families()["f"] == pytest.approx([1.0])

    def test_the_largest_effect_is_picked_among_its_own(self) -> None:
        """Arms of the largest effect are those of the mean."""
        rng = np.random.default_rng(1)

        assert [e.arm for e in idle_largest([], rng)] == [
            "said",
            "read",
            "said persona",
            "read persona",
        ]
