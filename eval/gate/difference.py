"""The paired difference of a headline contrast: how much worse, and how surely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gadfly.eval.stats.interval import POWER, t_quantile
from gadfly.eval.stats.paired import paired
from gadfly.eval.stats.proportion import all_equal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gadfly.eval.gate.table import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Mean over shared families of how much worse the candidate is; above 0 is worse.

    Bounds are those of the paired t on k - 1 degrees of freedom. Where all families differ by the
    same amount the t is undefined, and a share of families that could differ unseen, by as much
    as the quantity can, takes its place (`stats.proportion.all_equal`).
    """

    mean: float | None
    se: float | None
    """Of the mean; 0 where all families differ alike, None for fewer than two families."""
    k: int
    """Families both runs have a value of."""
    p: float | None
    """One-sided, for the candidate being worse."""
    reach: float | None
    """Largest difference there can be; None for a quantity without bounds."""
    baseline: float | None
    candidate: float | None
    """Means over the shared families, as measured."""

    def upper(self, alpha: float) -> float | None:
        """Return the one-sided upper bound at level 1 - alpha; None where there is none."""
        return self._bound(alpha, 1)

    def lower(self, alpha: float) -> float | None:
        """Return the one-sided lower bound at level 1 - alpha; None where there is none."""
        return self._bound(alpha, -1)

    def mde(self, alpha: float) -> float | None:
        """Return the worsening a one-sided test at alpha would find with 80 % power.

        (t_{1-alpha} + t_{.80}) x SE with k-1 df; None where nothing ever varied.
        """
        if not self.se:
            return None
        return self.se * (t_quantile(1.0 - alpha, self.k - 1) + t_quantile(POWER, self.k - 1))

    def _bound(self, alpha: float, side: int) -> float | None:
        """Return the upper (side 1) or lower (-1) bound."""
        if self.mean is None or self.se is None:
            return None
        if self.se > 0.0:
            return self.mean + side * t_quantile(1.0 - alpha, self.k - 1) * self.se
        if self.reach is None:
            return None
        ends = all_equal(self.mean, self.k, (-self.reach, self.reach), level=1.0 - 2.0 * alpha)
        return ends[1] if side > 0 else ends[0]


def difference(baseline: Row, candidate: Row, worse: int) -> Difference:
    """Compare two rows of one contrast on the families both have a value of.

    `worse` is 1 where more of the metric is worse, -1 where less of it is.
    """
    ours, theirs = baseline.means, candidate.means
    found = paired(_oriented(ours, worse), _oriented(theirs, worse))
    shared = ours.keys() & theirs.keys()
    return Difference(
        mean=found.difference.value,
        se=found.difference.se,
        k=found.difference.clusters,
        p=found.p_above,
        reach=baseline.reach,
        baseline=_mean([ours[name] for name in sorted(shared)]),
        candidate=_mean([theirs[name] for name in sorted(shared)]),
    )


def _oriented(means: Mapping[str, float], worse: int) -> dict[str, tuple[float]]:
    """Return means turned so that more is worse."""
    return {name: (worse * mean,) for name, mean in means.items()}


def _mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None
