"""Conjoint choices: what each level of an attribute does to the chance of being chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def choice_effects(
    columns: Mapping[str, Sequence[float]],
    chosen: Sequence[float],
    weights: Sequence[float] | None = None,
) -> dict[str, float] | None:
    """Return the coefficients of a linear regression of being chosen on the columns.

    One row a profile (two for each choice): `chosen` is 1 for the one taken, the columns are 0/1
    for its levels, baselines left out; an intercept is added. Where levels were drawn independently
    of one another a coefficient is the average marginal component effect of that level against
    its baseline (Hainmueller, Hopkins & Yamamoto 2014), and of a single 0/1 column the weighted
    difference in means. `weights` undo unequal chances of being shown.

    None where the rows do not tell the columns apart.

    >>> found = choice_effects({"human": (1, 0, 1, 0)}, (1, 0, 1, 1))
    >>> round(found["human"], 6)
    0.5
    """
    if not chosen:
        return None
    x = np.column_stack([np.ones(len(chosen)), *(np.asarray(c, float) for c in columns.values())])
    root = np.ones(len(chosen)) if weights is None else np.sqrt(np.asarray(weights, float))
    x, y = x * root[:, None], np.asarray(chosen, float) * root
    found, _, rank, _ = np.linalg.lstsq(x, y, rcond=None)
    if int(rank) < x.shape[1]:
        return None
    return {name: float(value) for name, value in zip(columns, found[1:], strict=True)}
