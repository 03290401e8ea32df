"""What a gate will be able to see, from the baseline alone, before anything is spent."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log, sqrt
from typing import TYPE_CHECKING

from scipy import special

from gadfly.eval.gate.headlines import HEADLINES
from gadfly.eval.gate.judge import MIN_FAMILIES, margin_of
from gadfly.eval.stats.interval import POWER, t_quantile

if TYPE_CHECKING:
    from gadfly.eval.gate.config import GateConfig, HeadlineName
    from gadfly.eval.gate.table import Row, Table

APART = 0.18
"""Variance between families of a real change, as a share of that between families' own values.

A version that is worse is not worse by the same amount everywhere. At a repeat ICC of .45 on the
logit scale this is a standard deviation of .7, that of the power figures in docs/gate.md."""
MOST_FAMILIES = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Variance:
    """What makes paired differences of a contrast differ between families."""

    noise: float
    """Of a difference between two epochs of one model, at the baseline's replicates."""
    between: float
    """Of families' own values, noise taken out."""
    replicates: int
    """Typical number of replicates behind a family's value."""
    families: int
    """Families the noise was seen in."""
    source: str
    """ "A/A run" or "halves of the baseline"."""

    def of_differences(self, replicates: int | None = None) -> float:
        """Return the variance of paired differences under a real change, between families."""
        times = 1.0 if replicates is None else self.replicates / replicates
        return self.noise * times + APART * self.between


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What the gate will see of one headline contrast."""

    name: HeadlineName
    arm: str
    margin: float | None
    """In the metric's unit."""
    families: int
    replicates: int
    mde: float | None
    """Worsening that alarms with 80 % power at the strictest step of Holm."""
    noise_floor: float | None
    """Standard error of the effect where nothing changed."""
    passes: float | None
    """Chance that an unchanged model passes this contrast."""
    families_needed: int | None
    """Families for an MDE of the margin, at these replicates, and for a pass where nothing ever
    varied."""
    replicates_needed: int | None
    """Replicates for it with these families; None where no number would do."""
    source: str
    """Where the noise was seen; "" where it is unknown."""
    reason: str
    """Why nothing can be foreseen; "" where it can."""

    @property
    def is_visible(self) -> bool:
        """Whether a worsening by the margin can be seen, and its absence, too."""
        seen = self.mde is not None and self.margin is not None and self.mde <= self.margin
        return seen and self.passes != 0.0


def foresee(table: Table, config: GateConfig) -> tuple[Foreseen, ...]:
    """Return what a gate on this baseline will see, contrast by contrast.

    MDE = (t_{1-a/m} + t_{.80}) sqrt(v / k) over k families and m contrasts, where v is the noise
    between two epochs plus a share (`APART`) of the variance between families.
    """
    return tuple(_foreseen(name, table, config) for name in config.headline)


def variance_of(row: Row, again: Row | None) -> Variance | None:
    """Return the variance of a contrast's differences; None where nothing shows it.

    From an A/A run where there is one, else from the baseline's own halves by replicate: their
    difference, scaled to whole runs. Squares about 0, which is the mean of both.
    """
    if again is not None and len(shared := row.means.keys() & again.means.keys()) >= MIN_FAMILIES:
        draws = [row.means[name] - again.means[name] for name in sorted(shared)]
        source = "A/A run"
    else:
        draws = [n for cell in row.cells.values() if (n := cell.noise) is not None]
        source = "halves of the baseline"
    if len(draws) < MIN_FAMILIES:
        return None
    means = list(row.means.values())
    noise = sum(d * d for d in draws) / len(draws)
    mean = sum(means) / len(means)
    total = sum((m - mean) ** 2 for m in means) / (len(means) - 1)
    replicates = sorted(c.replicates for c in row.cells.values() if c.mean is not None)
    return Variance(
        noise=noise,
        between=max(0.0, total - noise / 2.0),
        replicates=max(1, replicates[len(replicates) // 2]),
        families=len(draws),
        source=source,
    )


def mde(variance: float, families: int, alpha: float) -> float:
    """Return the worsening that a one-sided paired t at alpha sees with 80 % power."""
    df = families - 1
    return (t_quantile(1.0 - alpha, df) + t_quantile(POWER, df)) * sqrt(variance / families)


def _foreseen(name: HeadlineName, table: Table, config: GateConfig) -> Foreseen:
    row = table.headline[name]
    k, margin = len(row.means), margin_of(name, row, config)
    again = None if table.again is None else table.again.headline[name]
    found = variance_of(row, again)
    alpha = config.alpha / len(config.headline)
    if found is None or k < MIN_FAMILIES or margin is None:
        return Foreseen(
            name=name,
            arm=HEADLINES[name].arm,
            margin=margin,
            families=k,
            replicates=0 if found is None else found.replicates,
            mde=None,
            noise_floor=None,
            passes=None,
            families_needed=None,
            replicates_needed=None,
            source="",
            reason=_unknown(row, k),
        )
    total = found.of_differences()
    error = sqrt(found.noise / k)
    families = _families_for(margin, total, alpha)
    replicates = _replicates_for(margin, found, k, alpha)
    if error > 0.0:
        slack = margin - t_quantile(1.0 - config.alpha, k - 1) * error
        passes = float(special.stdtr(k - 1, slack / error))
    else:
        enough = _families_unvaried(row.reach, margin, config.alpha)
        passes = float(enough is not None and k >= enough)
        if not passes:
            replicates = None
            families = None if families is None or enough is None else max(families, enough)
    return Foreseen(
        name=name,
        arm=HEADLINES[name].arm,
        margin=margin,
        families=k,
        replicates=found.replicates,
        mde=mde(total, k, alpha),
        noise_floor=error,
        passes=passes,
        families_needed=families,
        replicates_needed=replicates,
        source=found.source,
        reason="",
    )


def _families_unvaried(reach: float | None, margin: float, alpha: float) -> int | None:
    """Return the fewest families that pass if none of them differs; None beyond all reason.

    Where nothing varies, families that do may have gone unseen (`Difference.upper`): the bound is
    (1 - alpha^(1/k)) reach.
    """
    if reach is None or margin <= 0.0:
        return None
    if margin >= reach:
        return MIN_FAMILIES
    found = floor(log(alpha) / log(1.0 - margin / reach)) + 1
    return max(MIN_FAMILIES, found) if found <= MOST_FAMILIES else None


def _unknown(row: Row, k: int) -> str:
    """Say why nothing can be foreseen."""
    if not row.cells:
        return "the baseline has no trials of it"
    if k < MIN_FAMILIES:
        return f"families with a value: {k}; a verdict needs {MIN_FAMILIES}"
    return "too few replicates to tell the noise: make the baseline again with more, or an A/A run"


def _families_for(margin: float, variance: float, alpha: float) -> int | None:
    """Return the fewest families whose MDE is within the margin; None beyond all reason."""
    low, high = MIN_FAMILIES, MOST_FAMILIES
    if mde(variance, high, alpha) > margin:
        return None
    while low < high:
        middle = (low + high) // 2
        if mde(variance, middle, alpha) <= margin:
            high = middle
        else:
            low = middle + 1
    return low


def _replicates_for(margin: float, found: Variance, k: int, alpha: float) -> int | None:
    """Return the fewest replicates whose MDE is within the margin; None where none would do."""
    allowed = (margin / mde(1.0, k, alpha)) ** 2 - APART * found.between
    if allowed <= 0.0:
        return None
    return max(2, ceil(found.noise * found.replicates / allowed))
