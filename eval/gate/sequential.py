"""The gate that may stop early: a look after each batch of families, at the price of one test.

Part of alpha is spent on looks, the rest on the fixed test at the end of the budget; each half of
a verdict may come from either, so that errors add up to alpha at most (Bonferroni). Looks rest on
a test supermartingale: for standardised differences x with mean 0, exp(c sum(x) - n c^2 / 2) is
above 1/a at *any* n with probability a at most (Ville 1939; Robbins 1970; Howard, Ramdas,
McAuliffe & Sekhon 2020, the sub-Gaussian case). The sum of n standardised differences is taken as
sqrt(n) z, where z is the normal quantile of the paired t. So looks assume what the fixed test
does, cluster means near normal, and are held to it by simulation (`benchmarks/gate.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt
from typing import TYPE_CHECKING

from scipy import special

from gadfly.eval.gate.comparable import check_comparable, side_of
from gadfly.eval.gate.exploratory import exploratory
from gadfly.eval.gate.judge import MIN_FAMILIES, against_itself, contrasts_of, decided, overall
from gadfly.eval.gate.result import GateResult, Look
from gadfly.eval.stats.interval import t_quantile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.eval.gate.config import GateConfig, HeadlineName
    from gadfly.eval.gate.difference import Difference
    from gadfly.eval.gate.table import Table

ON_LOOKS = 0.5
"""Share of alpha spent on looks; the fixed test at the end has the rest."""
TUNED_TO = 0.5
"""Share of the families at which looks see most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """What a verdict on one contrast rests on after some looks (`judge.Evidence`)."""

    seen: tuple[Difference, ...]
    """The paired difference at each look, in order."""
    tilt: float
    """c of the supermartingale, fixed before the first look."""
    is_last: bool
    """Whether all families are in: the fixed test may then be used."""

    @property
    def p(self) -> float | None:
        """One-sided p that holds at any look: the smallest so far, over the share spent."""
        found = [self._p(d) / ON_LOOKS for d in self.seen]
        if self.is_last and self.seen[-1].p is not None:
            found.append(self.seen[-1].p / (1.0 - ON_LOOKS))
        return min(1.0, *found)

    def lower(self, alpha: float) -> float | None:
        """Return the largest lower bound so far, at level 1 - alpha at all looks at once."""
        found = [b for d in self.seen if (b := self._bound(d, alpha * ON_LOOKS, -1)) is not None]
        if self.is_last and (last := self.seen[-1].lower(alpha * (1.0 - ON_LOOKS))) is not None:
            found.append(last)
        return max(found, default=None)

    def upper(self, alpha: float) -> float | None:
        """Return the smallest upper bound so far, at level 1 - alpha at all looks at once."""
        found = [b for d in self.seen if (b := self._bound(d, alpha * ON_LOOKS, 1)) is not None]
        if self.is_last and (last := self.seen[-1].upper(alpha * (1.0 - ON_LOOKS))) is not None:
            found.append(last)
        return min(found, default=None)

    def _p(self, d: Difference) -> float:
        """Return one over the supermartingale at a look.

        Where all differences are equal so far: the sign-flip p, whose inverse doubles with every
        family worse, as a fair bet on signs does.
        """
        if d.mean is None or d.p is None or d.k < MIN_FAMILIES:
            return 1.0
        if not d.se:
            return d.p
        z = float(special.ndtri(special.stdtr(d.k - 1, d.mean / d.se)))
        grown = self.tilt * z * sqrt(d.k) - self.tilt**2 * d.k / 2.0
        return exp(-grown) if grown > 0.0 else 1.0

    def _bound(self, d: Difference, alpha: float, side: int) -> float | None:
        """Return the bound at a look: the mean at which the supermartingale reaches 1/alpha.

        Where all differences are equal so far the fixed bound holds at any look: not to have seen
        one that differs by then is one event, however often one looks.
        """
        if d.mean is None or d.k < MIN_FAMILIES:
            return None
        if not d.se:
            return d.upper(alpha) if side > 0 else d.lower(alpha)
        z = (log(1.0 / alpha) / self.tilt + self.tilt * d.k / 2.0) / sqrt(d.k)
        return d.mean + side * t_quantile(float(special.ndtr(z)), d.k - 1) * d.se


def order_of(table: Table, seed: str) -> tuple[str, ...]:
    """Return the order in which families are asked: by a seeded hash, each contrast's evenly.

    A contrast that few families feed has its share of them in any stretch of the order.
    """
    placed = [
        ((i + 0.5) / len(group), name)
        for group in table.alike(seed)
        for i, name in enumerate(group)
    ]
    return tuple(name for _, name in sorted(placed))


def sizes(families: int, batch: int) -> tuple[int, ...]:
    """Return how many families are in at each look; the last look has all."""
    return (*range(batch, families, batch), families)


def look(
    baseline: Table,
    candidate: Table,
    config: GateConfig,
    order: Sequence[str],
    done: int,
    *,
    planned: Table | None = None,
) -> GateResult:
    """Judge what there is after `done` families of the order, at every look until then.

    Returns the result of the first look at which every contrast is settled or one is a
    regression (`stop` is then true), else that of the last. What came before decides nothing
    anew: the same tables give the same result, however the work was cut up. `planned` is a table
    that says beforehand how many families a contrast will have, where the baseline's is not whole
    yet.

    Raises:
        ConfigError: As `judge.judge`.
    """
    notes = check_comparable(baseline, candidate)
    trail: dict[HeadlineName, tuple[Difference, ...]] = dict.fromkeys(config.headline, ())
    looks: list[Look] = []
    for size in [size for size in sizes(len(order), config.batch) if size <= done]:
        ours, theirs = (table.only(order[:size]) for table in (baseline, candidate))
        found = contrasts_of(ours, theirs, config)
        trail = {c.name: (*trail[c.name], c.found) for c in found}
        is_last = size == len(order)
        evidence = [
            Looks(
                seen=trail[name],
                tilt=tilt(len((planned or baseline).headline[name].means), config.alpha),
                is_last=is_last,
            )
            for name in config.headline
        ]
        headline = decided(found, evidence, config)
        verdict, reason = overall(headline)
        open_ = tuple(c.name for c in headline if c.verdict == "inconclusive")
        looks.append(Look(families=size, undecided=open_))
        if verdict != "inconclusive":
            break
    if not looks:
        raise ValueError("expected a batch of families to look at")
    return GateResult(
        verdict=verdict,
        reason=reason,
        baseline=side_of(baseline),
        candidate=side_of(candidate),
        contrasts=(*headline, *exploratory(ours.others, theirs.others)),
        confirmed="unconfirmed" if verdict == "regression" else "not needed",
        notes=(*notes, *against_itself(baseline, config)),
        looks=tuple(looks),
        stop=verdict != "inconclusive" or is_last,
    )


def tilt(families: int, alpha: float) -> float:
    """Return c: the one that sees most at `TUNED_TO` of so many families, sqrt(2 ln(1/a) / n)."""
    return sqrt(2.0 * log(1.0 / (alpha * ON_LOOKS)) / max(1.0, families * TUNED_TO))
