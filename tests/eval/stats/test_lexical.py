"""Lexical counts, against the plain definition."""

from __future__ import annotations

import pytest

from gadfly.eval.stats.lexical import moving_type_token_ratio, per_thousand


def test_moving_ratio_equals_the_mean_over_windows() -> None:
    """The running count is the plain definition."""
    tokens = list("abracadabracabbage")
    windows = [tokens[i : i + 5] for i in range(len(tokens) - 4)]
    plain = sum(len(set(window)) / 5 for window in windows) / len(windows)

    assert moving_type_token_ratio(tokens, 5) == pytest.approx(plain)
    assert moving_type_token_ratio(tokens, 99) == pytest.approx(len(set(tokens)) / len(tokens))
    assert moving_type_token_ratio([], 5) is None
    assert per_thousand([], {"a"}) is None
