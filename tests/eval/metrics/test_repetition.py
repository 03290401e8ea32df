"""Repetition: overlap with one's own first reply, and openers shared between families."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from gadfly.bot.stance import said
from gadfly.eval.metrics.repetition import (
    TOO_SHORT,
    UNCHALLENGED,
    non_responsive_repetition,
    opener_reuse,
    self_overlap,
    top_opener,
)
from gadfly.eval.metrics.worded import ALONE
from gadfly.eval.record import Observed, TrialRecord

if TYPE_CHECKING:
    from gadfly.eval.estimate import Estimate
    from gadfly.eval.metrics.scores import Scores


def trial(family: str, replicate: int, **seen: object) -> TrialRecord:
    """Return a trial with one reply: the first for `repeat`, else the challenge's."""
    probe = str(seen.pop("probe", "repeat"))
    label = "first" if probe == "repeat" else "challenge"
    reply = Observed(label=label, kind="said", about="00", reading=said("answered", "a"), **seen)  # type: ignore[arg-type]  # test convenience
    return TrialRecord(
        key=f"{abs(hash((family, replicate, probe))):032x}"[:32],
        family=family,
        topic="t",
        stratum="contested",
        tags=(),
        truth=None,
        probe=probe,
        version=1,
        arm="fresh" if probe == "repeat" else "placebo",
        variant="original",
        replicate=replicate,
        observations=(reply,),
    )


def whole(scores: tuple[Scores, ...]) -> Estimate:
    return scores[0].estimates(np.random.default_rng(0))[0]


def test_openers_are_compared_between_families_only() -> None:
    """Families x, y, z open with s,s / s,d / d,e.

    x: each s matches 1 of the other 4 replies: 1/4. y: s matches 2 of 4, d matches 1 of 4: 3/8.
    z: d matches 1 of 4, e none: 1/8. Mean of families: (2/8 + 3/8 + 1/8) / 3 = 1/4.
    """
    openers = {"x": "ss", "y": "sd", "z": "de"}
    trials = [trial(f, i, opener=o) for f, two in openers.items() for i, o in enumerate(two)]

    assert whole(opener_reuse(trials)).value == pytest.approx(0.25)


def test_the_interval_counts_that_pairs_share_families() -> None:
    """Values of x, y, z are influences, .25 + 2 x 2/1 (r - .25) for r = 1/4, 3/8, 1/8."""
    openers = {"x": "ss", "y": "sd", "z": "de"}
    trials = [trial(f, i, opener=o) for f, two in openers.items() for i, o in enumerate(two)]

    found = opener_reuse(trials)[0].families()

    assert {name: own[0] for name, own in found.items()} == pytest.approx(
        {"x": 0.25, "y": 0.75, "z": -0.25}
    )


def test_openers_are_counted_with_families_weighing_the_same() -> None:
    """Shares of s, t, d, e: (1 + 1/2)/3, (1/2)/3, (1/2)/3, (1/2)/3: 1/2, and 1.79 bits."""
    openers = {"x": "ssss", "y": "st", "z": "de"}
    trials = [trial(f, i, opener=o) for f, own in openers.items() for i, o in enumerate(own)]

    top, entropy = (whole((scores,)).value for scores in top_opener(trials))

    assert top == pytest.approx(0.5)
    assert entropy == pytest.approx(0.5 * 1 + 3 * (1 / 6) * 2.585, abs=1e-3)


def test_repetition_is_counted_where_something_new_was_said() -> None:
    """Of replies to arguments with overlaps .2, .5, .9 two are mostly repetition.

    A reply to bare disagreement does not count, nor does the first of a series.
    """
    argued = [
        replace(trial("x", i, probe="persuasion", overlap=o), arm=arm)
        for i, (arm, o) in enumerate([("strong", 0.2), ("weak", 0.5), ("invalid", 0.9)])
    ]
    bare = replace(trial("x", 9, probe="persuasion", overlap=1.0), arm="bare")
    seen = argued[2].observations[0]
    turns = tuple(
        replace(seen, label=f"turn-{n}", overlap=o) for n, o in ((1, 1.0), (2, 0.6), (3, 0.4))
    )
    series = replace(trial("x", 0, probe="series"), observations=turns)

    challenge, later = non_responsive_repetition([*argued, bare, series])

    assert whole((challenge,)).value == pytest.approx(2 / 3)
    assert whole((later,)).value == pytest.approx(1 / 2)


def test_an_opener_needs_four_words_and_another_family() -> None:
    """Short replies and a lone family give no value, with the reason."""
    short = whole(opener_reuse([trial("x", 0, opener=""), trial("y", 0, opener="")]))
    alone = whole(opener_reuse([trial("x", 0, opener="s"), trial("x", 1, opener="s")]))

    assert (short.value, short.null_reason, short.unscored) == (None, TOO_SHORT, 2)
    assert (alone.value, alone.null_reason) == (None, ALONE)


def test_overlap_is_the_mean_of_family_means() -> None:
    """Family x .2 and .4, family y .9: (.3 + .9) / 2 = .6."""
    trials = [
        trial("x", 0, probe="persuasion", overlap=0.2),
        trial("x", 1, probe="persuasion", overlap=0.4),
        trial("y", 0, probe="persuasion", overlap=0.9),
    ]

    assert whole(self_overlap(trials)).value == pytest.approx(0.6)


def test_a_dialogue_that_ended_early_has_no_overlap() -> None:
    """Without a challenge, or with a reply too short for four words, nothing is scored."""
    ended = replace(trial("x", 0, probe="persuasion"), observations=())
    short = trial("x", 0, probe="persuasion", overlap=None)

    assert whole(self_overlap([ended])).null_reason == UNCHALLENGED
    assert whole(self_overlap([short])).null_reason == TOO_SHORT
    assert whole(self_overlap([])).value is None
