from __future__ import annotations

import numpy as np
import pytest

from gadfly.eval.stats.variance import Components, components


def made(
    seed: int, sds: tuple[float, float, float, float], shape: tuple[int, int, int], loss: float
) -> dict[str, dict[str, list[float]]]:
    """Return values of a two-way design with these standard deviations, some lost at random."""
    rng = np.random.default_rng(seed)
    rows, columns, repeats = shape
    row, column = rng.normal(0, sds[0], rows), rng.normal(0, sds[1], columns)
    cell = rng.normal(0, sds[2], (rows, columns))
    return {
        f"r{i}": {
            f"c{j}": [
                float(0.5 + row[i] + column[j] + cell[i, j] + rng.normal(0, sds[3]))
                for _ in range(repeats)
                if rng.uniform() >= loss
            ]
            for j in range(columns)
        }
        for i in range(rows)
    }


def test_a_balanced_table_by_hand() -> None:
    """Two rows, two columns, two repeats: mean squares 8, 2, 0 and 1/2 give 2, .5, -.25, .5.

    Row means 0 and 2 about 1: 4 x 2 = 8. Column means .5 and 1.5: 4 x .5 = 2. No interaction: 0.
    Repeats differ by 1 in each cell: 4 x .5 / 4 = .5. Row (8 - 0) / 4 = 2, column (2 - 0) / 4 = .5,
    interaction (0 - .5) / 2 = -.25, residual .5.
    """
    table = {
        "low": {"one": [-1.0, 0.0], "two": [0.0, 1.0]},
        "high": {"one": [1.0, 2.0], "two": [2.0, 3.0]},
    }

    found = components(table)

    assert found is not None
    got = (found.row, found.column, found.interaction, found.residual)
    assert got == pytest.approx((2.0, 0.5, -0.25, 0.5), abs=1e-12)


@pytest.mark.parametrize("loss", [0.0, 0.3])
def test_components_are_recovered(loss: float) -> None:
    """The mean over 40 tables of 20 x 6 x 3 is within noise of the truth, with cells lost too."""
    sds = (0.4, 0.2, 0.3, 0.5)
    runs = [components(made(seed, sds, (20, 6, 3), loss)) for seed in range(40)]

    for i, name in enumerate(("row", "column", "interaction", "residual")):
        values = np.array([getattr(run, name) for run in runs])
        error = values.std(ddof=1) / len(values) ** 0.5
        assert abs(values.mean() - sds[i] ** 2) < 3.3 * error, name
        assert error < 0.2 * sds[i] ** 2, name


@pytest.mark.parametrize(
    "table",
    [
        {},
        {"r": {"c": [0.0, 1.0], "d": [1.0, 1.0]}},
        {"r": {"c": [0.0], "d": [1.0]}, "s": {"c": [1.0], "d": [1.0]}},
        {"r": {"c": [0.0, 1.0]}, "s": {"c": [1.0, 0.0]}},
    ],
)
def test_what_cannot_be_told_apart_is_not(table: dict[str, dict[str, list[float]]]) -> None:
    """One row, no repeats, or one column: no components."""
    assert components(table) is None


def test_more_columns_and_repeats_make_a_mean_more_dependable() -> None:
    """.4 of signal against .1 + .2 + .3: .4 for one answer, .4 / (.4 + .15 + .05) for 2 x 3."""
    found = Components(row=0.4, column=0.1, interaction=0.2, residual=0.3)

    assert found.dependability() == pytest.approx(0.4)
    assert found.dependability(2, 3) == pytest.approx(0.4 / 0.6)
    assert Components(row=0, column=0, interaction=0, residual=0).dependability() is None
