"""Variance components of a two-way design with repeats (generalizability theory).

y = mean + row + column + row x column + residual, all random: Henderson's method I (Henderson 1953;
Searle, Casella & McCulloch 1992, section 5.3) equates uncorrected sums of squares to what they are
expected to be. Closed form, unbiased for any numbers of repeats and with empty cells, and the
ordinary ANOVA estimators where the design is balanced.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_SINGULAR = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Components:
    """Variance components, each unbiased and therefore below 0 by chance where it is small."""

    row: float
    column: float
    interaction: float
    residual: float

    @property
    def total(self) -> float:
        """Variance of a single value."""
        return self.row + self.column + self.interaction + self.residual

    def dependability(self, columns: float = 1.0, repeats: float = 1.0) -> float | None:
        """Return the share of the variance of a row's mean that is the row's own (phi).

        The mean is over `columns` columns with `repeats` values each. Columns count against it
        whether they act on all rows alike or on each its own way (Brennan 2001). None where
        there is no variance at all.
        """
        noise = (self.column + self.interaction + self.residual / repeats) / columns
        return None if self.row + noise <= 0.0 else self.row / (self.row + noise)


def components(table: Mapping[str, Mapping[str, Sequence[float]]]) -> Components | None:
    """Return the components of values by row and column; None where they cannot be told apart.

    Cells may be empty and of different sizes; two rows, two columns that rows share and a cell
    with two values are needed.
    """
    cells = {
        (row, column): values
        for row, own in table.items()
        for column, values in own.items()
        if len(values)
    }
    counts = {where: float(len(values)) for where, values in cells.items()}
    sums = {where: float(sum(values)) for where, values in cells.items()}
    squares = sum(value * value for values in cells.values() for value in values)
    if not cells:
        return None
    groupings = (
        {where: "" for where in cells},
        {where: where[0] for where in cells},
        {where: where[1] for where in cells},
        {where: "\0".join(where) for where in cells},
    )
    total = sum(counts.values())
    equations, observed = [], []
    for groups in groupings:
        sizes, hits = _by(groups, counts), _by(groups, sums)
        observed.append(sum(hits[name] ** 2 / sizes[name] for name in sizes))
        equations.append(
            [
                total,
                *(_overlap(groups, factor, counts, sizes) for factor in groupings[1:]),
                float(len(sizes)),
            ]
        )
    observed.append(squares)
    equations.append([total] * 5)
    matrix = np.array(equations)
    if np.linalg.svd(matrix / total, compute_uv=False)[-1] < _SINGULAR:
        return None
    _, row, column, interaction, residual = np.linalg.solve(matrix, np.array(observed))
    return Components(
        row=float(row),
        column=float(column),
        interaction=float(interaction),
        residual=float(residual),
    )


def _by(
    groups: Mapping[tuple[str, str], str], values: Mapping[tuple[str, str], float]
) -> dict[str, float]:
    """Return the sum of cell values by group."""
    found: dict[str, float] = defaultdict(float)
    for where, value in values.items():
        found[groups[where]] += value
    return found


def _overlap(
    groups: Mapping[tuple[str, str], str],
    factor: Mapping[tuple[str, str], str],
    counts: Mapping[tuple[str, str], float],
    sizes: Mapping[str, float],
) -> float:
    """Return the weight of a factor's variance in the sum of squares of a grouping."""
    shared: dict[tuple[str, str], float] = defaultdict(float)
    for where, count in counts.items():
        shared[groups[where], factor[where]] += count
    return sum(count**2 / sizes[group] for (group, _), count in shared.items())
