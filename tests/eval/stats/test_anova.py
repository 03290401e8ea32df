"""The one-way F, against scipy."""

from __future__ import annotations

import pytest
from scipy import stats

from gadfly.eval.stats.anova import one_way_f


def test_f_matches_scipy() -> None:
    """The same F as the standard library of statistics, unequal groups too."""
    groups = [[1.0, 2.0, 4.0], [3.0, 5.0], [2.0, 2.0, 3.0, 9.0]]

    assert one_way_f(groups) == pytest.approx(float(stats.f_oneway(*groups).statistic))
    with pytest.raises(ValueError, match="no variance"):
        one_way_f([[1.0, 1.0], [2.0, 2.0]])
    with pytest.raises(ValueError, match="two or more groups"):
        one_way_f([[1.0, 2.0]])
