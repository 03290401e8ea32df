from __future__ import annotations

from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.trials import replicated

from gadfly.eval.metrics.answer import whole
from gadfly.eval.metrics.disagreement import Tally, excess_scores, gather, shift_scores
from gadfly.eval.metrics.surface import WORDING_EXCESS

SHARES = st.tuples(*[st.floats(0.01, 1.0)] * 3).map(
    lambda v: (v[0] / sum(v), v[1] / sum(v), v[2] / sum(v))
)


def tally(answers: list[tuple[float, float, float]]) -> Tally:
    made = Tally()
    for i, answer in enumerate(answers):
        made.put(answer, str(i))
    return made


def differ(f: tuple[float, ...], g: tuple[float, ...]) -> float:
    return 1.0 - sum(a * b for a, b in zip(f, g, strict=True))


class TestTally:
    def test_one_hot_answers_give_the_published_formula(self) -> None:
        """Counts 3, 2, 1 of six: 1 - (3x2 + 2x1 + 0)/(6x5) = 22/30."""
        a, b, n = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)

        assert tally([a, a, a, b, b, n]).within() == pytest.approx(22 / 30, abs=1e-12)

    @given(st.lists(SHARES, min_size=2, max_size=6))
    def test_within_is_the_mean_over_pairs_of_different_answers(
        self, answers: list[tuple[float, float, float]]
    ) -> None:
        """The sums give what going over all pairs gives."""
        pairs = list(combinations(answers, 2))
        expected = sum(differ(f, g) for f, g in pairs) / len(pairs)

        assert tally(answers).within() == pytest.approx(expected, abs=1e-9)

    @given(st.lists(SHARES, min_size=1, max_size=5), st.lists(SHARES, min_size=1, max_size=5))
    def test_against_is_the_mean_over_all_pairs_of_both(
        self, first: list[tuple[float, float, float]], second: list[tuple[float, float, float]]
    ) -> None:
        """Between two prompts every answer meets every answer."""
        pairs = list(product(first, second))
        expected = sum(differ(f, g) for f, g in pairs) / len(pairs)

        assert tally(first).against(tally(second)) == pytest.approx(expected, abs=1e-9)


class TestExcess:
    def test_opposite_wordings_disagree_wholly(self) -> None:
        """Always A under one wording and always B under the other is an excess of 1."""
        trials = replicated("f", "wording", "aaa") + replicated(
            "f", "wording", "bbb", variant="wording:1"
        )

        scores = excess_scores(gather(trials, "said", whole), WORDING_EXCESS, "said")

        assert scores.families() == {"f": [1.0]}

    def test_noise_is_not_wording(self) -> None:
        """The same half-and-half answers under both wordings give no positive excess."""
        # Within: 4 of 6 pairs differ. Between: half. 1/2 - 2/3 = -1/6: noise, not an effect.
        trials = replicated("f", "wording", "aabb") + replicated(
            "f", "wording", "abab", variant="wording:1"
        )

        scores = excess_scores(gather(trials, "said", whole), WORDING_EXCESS, "said")

        assert scores.families()["f"] == pytest.approx([-1 / 6], abs=1e-12)

    def test_three_wordings_are_compared_pair_by_pair(self) -> None:
        """Wordings a, a, b: of three pairs two disagree wholly."""
        trials = [
            record
            for variant, replies in (("original", "aa"), ("wording:1", "aa"), ("wording:2", "bb"))
            for record in replicated("f", "wording", replies, variant=variant)
        ]

        scores = excess_scores(gather(trials, "said", whole), WORDING_EXCESS, "said")

        assert scores.families()["f"] == pytest.approx([2 / 3], abs=1e-12)

    def test_one_replicate_leaves_the_excess_unscored(self) -> None:
        """Without a second replicate the noise within a wording is unknown."""
        trials = replicated("f", "wording", "a") + replicated(
            "f", "wording", "b", variant="wording:1"
        )

        scores = excess_scores(gather(trials, "said", whole), WORDING_EXCESS, "said")

        assert scores.families() == {}

    def test_a_baseline_restricts_the_pairs(self) -> None:
        """Against the original only, two variants that differ from each other do not meet."""
        trials = [
            record
            for variant, replies in (("original", "aa"), ("x", "aa"), ("y", "bb"))
            for record in replicated("f", "idle", replies, variant=variant)
        ]
        groups = gather(trials, "said", whole)

        scores = excess_scores(groups, WORDING_EXCESS, "said", baseline="original")

        assert scores.families() == {"f": [0.5]}


def test_shift_without_a_baseline_is_unscored() -> None:
    """A variant whose original was never answered has nothing to be shifted from."""
    trials = replicated("f", "framing", "ab", variant="cover:novel")
    groups = gather(trials, "said", whole)

    scores = shift_scores(
        groups, WORDING_EXCESS, "said", of="cover:novel".__eq__, baseline="original"
    )

    assert scores.families() == {}
