from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from support.trials import heard, read, trial

from gadfly.eval.metrics.story import story_disagreement, thread_disagreement, thread_excess

if TYPE_CHECKING:
    from gadfly.eval.metrics.scores import Scores
    from gadfly.eval.record import TrialRecord

WORDS = {"a": "a", "b": "b", "u": "undecided", "x": "error"}


def threads(arm: str, *pairs: str, variant: str = "cover:novel") -> list[TrialRecord]:
    """Return one trial a pair of letters: the first and the second answer of a thread."""
    labels = ("story", "direct") if arm == "story-first" else ("direct", "story")
    return [
        trial(
            "f",
            "story-then-direct",
            *(heard(WORDS[letter], label) for letter, label in zip(pair, labels, strict=True)),
            *(
                read(0.9 if letter == "a" else 0.1, label)
                for letter, label in zip(pair, labels, strict=True)
            ),
            arm=arm,
            variant=variant,
            replicate=i,
        )
        for i, pair in enumerate(pairs)
    ]


def arms(found: tuple[Scores, ...]) -> dict[str, list[float] | None]:
    """Return the values of the family by arm."""
    return {s.arm: list(s.families()["f"]) if s.families() else None for s in found}


def test_a_story_that_turns_the_answer_is_all_disagreement() -> None:
    """Story for, direct against, in threads and alone: 1 beyond repeats, 0 beyond fresh threads."""
    trials = threads("story-first", "ab", "ab") + threads("direct-first", "ba", "ba")

    assert arms(story_disagreement(trials))["said"] == [1.0]
    assert arms(thread_disagreement(trials))["said"] == [0.0]
    assert arms(thread_excess(trials))["said"] == [0.0]


def test_a_coin_that_sticks_to_what_it_said_lies_below_its_repeats() -> None:
    """Answers half and half, but alike within a thread: 0 - 2/3 by repeats, 0 - 1/2 by threads."""
    trials = threads("story-first", "aa", "aa", "bb", "bb")
    trials += threads("direct-first", "aa", "bb", "aa", "bb")

    assert arms(story_disagreement(trials))["said"] == pytest.approx([-2 / 3])
    assert arms(thread_disagreement(trials))["said"] == pytest.approx([-1 / 2])
    assert arms(story_disagreement(trials))["said/direct-first"] == pytest.approx([-2 / 3])


def test_the_thread_alone_may_turn_the_answer() -> None:
    """Direct against after the story and for it alone: the whole difference is the thread's."""
    trials = threads("story-first", "ab", "ab") + threads("direct-first", "aa", "aa")

    assert arms(thread_excess(trials))["said"] == [1.0]
    assert arms(thread_excess(trials))["said/direct-first"] == [0.0]
    assert arms(thread_disagreement(trials))["said"] == [1.0]


def test_reads_count_by_their_stance() -> None:
    """Reads at .9 and .1 disagree by .82, replicates of either by .18."""
    trials = threads("story-first", "ab", "ab") + threads("direct-first", "bb", "bb")

    assert arms(story_disagreement(trials))["read"] == pytest.approx([0.82 - 0.18])


def test_stories_are_told_apart_by_kind() -> None:
    """Each kind of story has its row, a second story of the kind in it."""
    trials = [
        *threads("story-first", "ab", "ab", variant="cover:classic"),
        *threads("direct-first", "bb", "bb", variant="cover:classic"),
        *threads("story-first", "aa", "aa", variant="cover:classic-2"),
        *threads("direct-first", "aa", "aa", variant="cover:classic-2"),
    ]

    found = arms(story_disagreement(trials))

    assert found["said/classic"] == [1.0, 0.0]
    assert found["said/novel"] is None


def test_missing_answers_and_single_replicates_are_unscored() -> None:
    """An unreadable second answer is missing, and one fresh replicate is no repeat floor."""
    cut = threads("story-first", "ax", "aa", "aa") + threads("direct-first", "aa", "aa")
    lone = threads("story-first", "ab") + threads("direct-first", "bb")

    said = story_disagreement(cut)[0]
    row = story_disagreement(lone)[0].estimates(np.random.default_rng(1))[0]

    assert list(said.families()["f"]) == [0.0]
    assert (row.value, row.unscored) == (None, 2)
