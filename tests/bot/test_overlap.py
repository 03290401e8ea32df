from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gadfly.bot.overlap import grams, head, rouge_l, self_overlap, words

TEXTS = st.lists(st.sampled_from(["red", "green", "blue", "black", "white"]), max_size=20).map(
    " ".join
)


def test_words_drops_case_punctuation_and_markup() -> None:
    """Words are compared without case, punctuation or emphasis, and keep their apostrophes."""
    assert words("**Don’t** pull_it -- I said: DON'T!") == [
        "don't",
        "pull",
        "it",
        "i",
        "said",
        "don't",
    ]


def test_grams_of_a_short_text_is_empty() -> None:
    """A text with fewer words than n has no n-gram."""
    assert grams("one two three", 4) == []


def test_share_counts_each_occurrence() -> None:
    """Of the five 4-grams of the text two stand in the earlier one: 2/5."""
    text = "a b c d e f g h"
    assert self_overlap(text, ["z a b c d e z"]) == pytest.approx(2 / 5, abs=1e-12)


def test_share_is_taken_over_all_earlier_texts() -> None:
    """N-grams are looked up in every earlier text, and never across the seam between two."""
    assert self_overlap("a b c d e", ["a b c d", "b c d e"]) == 1.0
    assert self_overlap("a b c d", ["a b", "c d"]) == 0.0


def test_quoted_grams_leave_both_counts() -> None:
    """Words taken up from the user count neither as new nor as repeated."""
    text = "you said that pigs can fly but I still doubt it"
    earlier = ["you said that pigs can fly"]
    # 8 four-grams, of which the first three are earlier ones and quoted: 0 of 5 remain.
    assert self_overlap(text, earlier) == pytest.approx(3 / 8, abs=1e-12)
    assert self_overlap(text, earlier, ["You said that pigs can fly!"]) == 0.0


def test_nothing_to_compare_gives_no_number() -> None:
    """Without an earlier text, or without an n-gram left, there is no overlap to report."""
    assert self_overlap("a b c d e", []) is None
    assert self_overlap("a b", ["a b c d"]) is None
    assert self_overlap("a b c d", ["a b c d"], ["a b c d"]) is None


def test_n_below_one_is_refused() -> None:
    """An n-gram of no words is a mistake of the caller."""
    with pytest.raises(ValueError, match="n >= 1"):
        self_overlap("a", ["a"], n=0)


@given(TEXTS, TEXTS)
def test_overlap_is_a_share_and_full_for_repetition(text: str, more: str) -> None:
    """The overlap lies in [0, 1], and is 1 for a text said before among others."""
    share = self_overlap(text, [more])
    assert share is None or 0.0 <= share <= 1.0
    assert self_overlap(text, [more, text]) in (None, 1.0)


def test_the_head_leaves_out_what_the_prompt_says() -> None:
    """Runs of four words that the prompt has are no words of one's own; shorter ones are."""
    text = "You ask if pigs can fly at night. Pigs can walk."

    assert head(text, "Tell me: if pigs can fly at night, why?", n_words=3) == [
        "you",
        "ask",
        "pigs",
    ]
    assert head("a b c", "a b c", n_words=9) == ["a", "b", "c"]


def test_rouge_l_is_f1_over_the_longest_common_subsequence() -> None:
    """The longest of "abcde" and "axcey" is "ace", of three letters: 2 x 3 / 10."""
    assert rouge_l([*"abcde"], [*"axcey"]) == pytest.approx(0.6)
    assert rouge_l(["a"], ["a"]) == 1.0
    assert rouge_l([], ["a"]) == 0.0
