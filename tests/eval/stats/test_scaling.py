"""Curves over size: planted ones are recovered, or said not to be told apart."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gadfly.eval.stats.scaling import FAMILIES, Series, compare

SIZES = tuple(float(x) for x in np.geomspace(1e8, 1e11, 10))


def series(values: list[float], se: float = 0.01, sizes: tuple[float, ...] = SIZES) -> Series:
    rng = np.random.default_rng(7)
    noisy = [v + se * float(rng.standard_normal()) for v in values]
    return compare(sizes, noisy, [se] * len(values))


def test_a_logarithm_and_a_step_are_recovered() -> None:
    """Planted in the logarithm of size, it is found there; and so is a step, as logistic."""
    z = np.log(np.asarray(SIZES) / SIZES[0])

    assert series(list(0.2 + 0.08 * z)).verdict == "log"
    assert series([0.1] * 5 + [0.8] * 5).verdict == "logistic"


def test_a_line_is_likeliest_where_it_is_one() -> None:
    """It weighs most, all curves but the ones that hold it are ruled out, and it is a trend."""
    sizes = tuple(float(x) for x in np.linspace(1e9, 1e10, 10))
    found = series([0.1 + 0.08 * x / 1e9 for x in sizes], sizes=sizes)
    weights = {f.family: f.weight for f in found.fits}

    assert found.best is not None
    assert found.best.family == "linear"
    assert max(weights["constant"], weights["log"], weights["exponential"]) < 0.01


def test_with_large_errors_it_cannot_tell() -> None:
    """The same logarithm behind large errors is left undecided, and no weight is made up."""
    z = np.log(np.asarray(SIZES) / SIZES[0])
    found = series(list(0.2 + 0.02 * z), se=0.1)

    assert found.verdict == "cannot tell"
    assert sum(f.weight for f in found.fits) == pytest.approx(1.0)
    assert {f.family for f in found.fits} == set(FAMILIES)


def test_a_flat_series_is_likeliest_constant() -> None:
    """No trend: "constant" weighs most, and the fit is good."""
    found = series([0.5] * 10)

    assert found.best is not None
    assert found.best.family == "constant"
    assert (found.misfit or 0.0) > 0.01


def test_few_sizes_leave_families_out_or_everything() -> None:
    """Six sizes have no room for four parameters, three for no comparison at all."""
    six = compare(SIZES[:6], [0.1, 0.2, 0.3, 0.4, 0.5, 0.6], [0.02] * 6)
    five = compare(SIZES[:5], [0.1, 0.2, 0.3, 0.4, 0.5], [0.02] * 5)
    three = compare((*SIZES[:3], SIZES[0]), [0.1, 0.2, 0.3, 0.1], [0.02] * 4)

    assert six.left_out == ()
    assert five.left_out == ("logistic",)
    assert three.verdict == "cannot tell"
    assert "of 3 sizes" in three.reason


def test_models_that_differ_by_more_than_their_errors_fit_nothing() -> None:
    """A zigzag far beyond the errors: the best curve's misfit is as good as impossible."""
    found = compare(SIZES, [0.2, 0.8] * 5, [0.01] * 10)

    assert found.misfit is not None
    assert found.misfit < 1e-6


@settings(max_examples=20, deadline=None)
@given(
    unit=st.floats(1e-9, 1e9),
    slope=st.floats(-0.1, 0.1),
    seed=st.integers(0, 1_000),
)
def test_no_verdict_depends_on_the_unit_of_size(unit: float, slope: float, seed: int) -> None:
    """Parameters or billions of them: the same weights."""
    rng = np.random.default_rng(seed)
    sizes = np.geomspace(1.0, 300.0, 8)
    values = 0.5 + slope * np.log(sizes) + 0.03 * rng.standard_normal(8)
    one = compare(list(sizes), list(values), [0.03] * 8)
    two = compare(list(sizes * unit), list(values), [0.03] * 8)

    first = {f.family: f.weight for f in one.fits}
    second = {f.family: f.weight for f in two.fits}
    assert first == pytest.approx(second, abs=1e-3)


def test_a_curve_goes_through_what_it_was_fitted_to() -> None:
    """Each family's curve at the sizes leaves just the sum of squares it says."""
    values = [0.1, 0.15, 0.3, 0.42, 0.5, 0.61, 0.66, 0.7, 0.72, 0.73]
    found = compare(SIZES, values, [0.02] * 10)

    for fit in found.fits:
        left = sum(((v - c) / 0.02) ** 2 for v, c in zip(values, fit.at(SIZES), strict=True))
        assert left == pytest.approx(fit.chi_square, rel=1e-6)


def test_what_is_no_size_or_error_is_refused() -> None:
    """A size of 0 has no logarithm, an error of 0 no weight."""
    with pytest.raises(ValueError, match="above 0"):
        compare([0.0, 1, 2, 3], [1, 1, 1, 1], [1, 1, 1, 1])
    with pytest.raises(ValueError, match="above 0"):
        compare([1, 1, 2, 3], [1, 1, 1, 1], [0, 1, 1, 1])
