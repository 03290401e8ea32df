"""Templates across scenarios: shared skeletons, stock constructions, and what is no evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from support.trials import heard, trial, wrote

from gadfly.eval.metrics.template import (
    NO_SKELETON,
    STOCK_WORDS,
    skeleton_reuse,
    stock_phrases,
)
from gadfly.eval.metrics.worded import ALONE, NO_WORDS

if TYPE_CHECKING:
    from gadfly.eval.estimate import Estimate
    from gadfly.eval.metrics.scores import Scores

FRAME = "On the one hand, {0} is what we have; on the other hand, it is not all of {0}."
ELSE = "She would never have let them do that to her {0} without so much as a word."


def whole(scores: tuple[Scores, ...]) -> Estimate:
    return scores[0].estimates(np.random.default_rng(0))[0]


def test_one_frame_for_every_question_is_reuse() -> None:
    """The same frame with other matter counts whole; of three families two that share it: 1/3."""
    matters = {"x": FRAME.format("tax"), "y": FRAME.format("meat"), "z": ELSE.format("dog")}
    same = [trial(f, "repeat", wrote(matters["x"].replace("tax", f))) for f in ("x", "y", "z")]
    some = [trial(f, "repeat", wrote(text)) for f, text in matters.items()]

    assert whole(skeleton_reuse(same)).value == pytest.approx(1000.0)
    assert whole(skeleton_reuse(some)).value == pytest.approx(1000 / 3)


def test_a_frame_that_the_prompt_gives_is_not_the_replys() -> None:
    """What is left of a reply once the prompt is cut out has no skeleton."""
    trials = [trial(f, "repeat", wrote(FRAME.format(f), FRAME.format(f))) for f in ("x", "y")]

    assert whole(skeleton_reuse(trials)).null_reason == NO_SKELETON


def test_reuse_needs_two_families_and_words() -> None:
    """A lone family, or replies whose words are not at hand, give no value, with the reason."""
    alone = whole(skeleton_reuse([trial("x", "repeat", wrote(FRAME.format("tax")))]))
    wordless = [trial("x", "repeat", heard("a")), trial("y", "repeat", heard("a"))]

    assert (alone.value, alone.null_reason) == (None, ALONE)
    assert whole(skeleton_reuse(wordless)).null_reason == NO_WORDS
    assert whole(stock_phrases(wordless)).null_reason == NO_WORDS


def test_stock_constructions_are_counted_per_1000_words() -> None:
    """One in 10 words is 100, none in another family 0: 50."""
    one = "At the end of the day I would go home."
    trials = [trial("x", "repeat", wrote(one)), trial("y", "repeat", wrote("I would go."))]

    assert whole(stock_phrases(trials)).value == pytest.approx(50.0)


def test_a_longer_reply_has_no_more_stock() -> None:
    """Words beyond the first 200 are not looked at: truncated, not divided by."""
    start = "word " * STOCK_WORDS
    trials = [trial("x", "repeat", wrote(start + "at the end of the day"))]

    assert whole(stock_phrases(trials)).value == 0.0
