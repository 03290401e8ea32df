"""Agreement and lexical counts, against values done by hand and against scipy."""

from __future__ import annotations

import pytest
from scipy import stats

from gadfly.eval.stats.agreement import cohen_kappa, one_way_f
from gadfly.eval.stats.lexical import moving_type_token_ratio, per_thousand


def test_kappa_by_hand() -> None:
    """Agreement .7 where chance gives .5 is .4; the same rating always is no evidence."""
    first = [1] * 5 + [0] * 5
    second = [1, 1, 1, 1, 0, 0, 0, 0, 1, 1]

    assert cohen_kappa(first, second) == pytest.approx((0.7 - 0.5) / 0.5)
    assert cohen_kappa([1, 1], [1, 1]) is None
    with pytest.raises(ValueError, match="found 2 and 1"):
        cohen_kappa([1, 0], [1])


def test_f_matches_scipy() -> None:
    """The same F as the standard library of statistics, unequal groups too."""
    groups = [[1.0, 2.0, 4.0], [3.0, 5.0], [2.0, 2.0, 3.0, 9.0]]

    assert one_way_f(groups) == pytest.approx(float(stats.f_oneway(*groups).statistic))
    with pytest.raises(ValueError, match="no variance"):
        one_way_f([[1.0, 1.0], [2.0, 2.0]])
    with pytest.raises(ValueError, match="two or more groups"):
        one_way_f([[1.0, 2.0]])


def test_moving_ratio_equals_the_mean_over_windows() -> None:
    """The running count is the plain definition."""
    tokens = list("abracadabracabbage")
    windows = [tokens[i : i + 5] for i in range(len(tokens) - 4)]
    plain = sum(len(set(window)) / 5 for window in windows) / len(windows)

    assert moving_type_token_ratio(tokens, 5) == pytest.approx(plain)
    assert moving_type_token_ratio(tokens, 99) == pytest.approx(len(set(tokens)) / len(tokens))
    assert moving_type_token_ratio([], 5) is None
    assert per_thousand([], {"a"}) is None
