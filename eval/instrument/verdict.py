"""What the runs say of each cell of the matrix: recovered, of the declared sign, or zero."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt
from typing import TYPE_CHECKING, Literal

from scipy import special

from gadfly.eval.stats.interval import t_quantile
from gadfly.eval.stats.multiplicity import holm
from gadfly.eval.stats.rank import spearman

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gadfly.eval.instrument.declaration import Kind, Law, Own
    from gadfly.eval.instrument.measure import Values

Standing = Literal["pass", "open", "fail"]
"""`open`: shown neither way. A zero cell may lie within the margin or past it, an effect that is
there by definition on either side of none."""

MARGIN = 0.1
"""Share of its own trait's effect that a metric may be moved by a trait it is not to feel."""
SLOPE_OFF = 0.1
"""How far a slope may lie from 1 where the units match."""
RANK = 0.95
"""Least rank correlation with its own trait where they do not."""
ALPHA = 0.05
LOOKS = 4
"""A cell that is open gets a closer look, three times at most; each spends its part of `ALPHA`."""
_SAME = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """How a metric follows the trait it is meant for."""

    own: Own
    values: tuple[float | None, ...]
    """At each level; None where the metric found nothing."""
    slope: float | None
    """Least squares: per unit of the trait, or over what it should be where the units match."""
    r: float | None
    """Spearman's rank correlation with the trait, in the declared direction."""
    bias: float | None
    """Mean of the values minus what they should be, where the units match."""
    times: int = 1
    """Simulants it was judged by."""

    @property
    def effect(self) -> float | None:
        """What the metric moves by from its own trait's lowest level to the highest."""
        first, last = self.values[0], self.values[-1]
        return None if first is None or last is None else last - first

    @property
    def standing(self) -> Standing:
        """Whether the trait is recovered."""
        if self.slope is None or self.r is None:
            return "fail"
        if self.own.slope is None:
            return "pass" if self.r >= RANK else "fail"
        return "pass" if abs(self.slope - 1.0) <= SLOPE_OFF else "fail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What raising one trait did to one metric that is not meant for it."""

    row: str
    trait: str
    kind: Kind
    law: Law | None
    share: float | None
    """Effect over that of the metric's own trait; None where either could not be had."""
    error: float
    """Standard error of the share; 0 where not one value differed."""
    families: int
    p: float
    """Of the effect reaching the margin, Holm-adjusted over all zero cells of the look; 0 where
    not one value differed."""
    standing: Standing
    is_inert: bool = False
    """Whether not one value differed between the two simulants."""
    times: int = 1
    """Simulants it was judged by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A cell that did not pass."""

    row: str
    trait: str
    what: Recovery | Cell

    @property
    def standing(self) -> Standing:
        """Failed, or open."""
        return self.what.standing


def recovery(own: Own, found: Sequence[Values], times: int = 1) -> Recovery:
    """Compare what a metric found at its own trait's levels with the trait."""
    values = tuple(_mean(each) for each in found)
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return Recovery(own=own, values=values, slope=None, r=None, bias=None, times=times)
    levels = own.levels
    centre = sum(levels) / len(levels)
    spread = sum((x - centre) ** 2 for x in levels)
    slope = sum((x - centre) * v for x, v in zip(levels, known, strict=True)) / spread
    bias = None
    if own.slope is not None:
        expected = [own.start + own.slope * x for x in levels]
        bias = sum(v - e for v, e in zip(known, expected, strict=True)) / len(known)
        slope /= own.slope
    return Recovery(
        own=own, values=values, slope=slope, r=own.sign * spearman(levels, known), bias=bias,
        times=times,
    )  # fmt: skip


def cell(row: str, trait: str, law: Law | None, own: Recovery, pair: tuple[Values, Values]) -> Cell:
    """Judge a cell by the values of its metric before and after the trait is raised.

    The p of a zero cell is not adjusted yet (`adjusted`).
    """
    kind: Kind = "zero" if law is None else "by definition"
    blank = Cell(
        row=row, trait=trait, kind=kind, law=law, share=None, error=0.0, families=0, p=1.0,
        standing="fail",
    )  # fmt: skip
    effect = own.effect
    before, after = pair
    shared = sorted(before.keys() & after.keys())
    if not shared or not effect:
        return blank
    if before == after:
        # The same dice and not one other answer: there is no error to allow for.
        inert = replace(blank, share=0.0, families=len(shared), is_inert=True)
        return inert if law is not None else replace(inert, p=0.0, standing="pass")
    gaps = [_of(after[name]) - _of(before[name]) for name in shared]
    k = len(gaps)
    mean = sum(gaps) / k
    error = sqrt(sum((g - mean) ** 2 for g in gaps) / max(1, k - 1) / k)
    share = mean / effect
    known = replace(blank, share=share, error=error / abs(effect), families=k)
    if law is not None:
        return replace(known, standing=_signed(law.sign * mean, error, k))
    return replace(known, p=_equivalence(abs(share), known.error, k))


def _signed(toward: float, error: float, k: int) -> Standing:
    """Return what a mean effect in the declared direction says, by its interval."""
    reach = t_quantile(1.0 - ALPHA / LOOKS / 2, max(1, k - 1)) * error
    if toward - reach > _SAME:
        return "pass"
    return "fail" if toward + reach <= _SAME else "open"


def adjusted(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Return cells of one look, the p of zero cells adjusted by Holm, and judged by it."""
    zero = [c for c in cells if c.kind == "zero" and c.share is not None]
    found = dict(zip(((c.row, c.trait) for c in zero), holm([c.p for c in zero]), strict=True))
    return tuple(
        replace(c, p=found[c.row, c.trait], standing=_settled(found[c.row, c.trait], c))
        if (c.row, c.trait) in found
        else c
        for c in cells
    )


def _settled(p: float, found: Cell) -> Standing:
    """Return what an adjusted p says: failed is a cell whose whole interval is past the margin."""
    if p <= ALPHA / LOOKS:
        return "pass"
    df = max(1, found.families - 1)
    least = abs(found.share or 0.0) - t_quantile(1.0 - ALPHA / LOOKS / 2, df) * found.error
    return "fail" if least > MARGIN else "open"


def _equivalence(share: float, error: float, k: int) -> float:
    """Return the p of two one-sided tests of a share reaching the margin, t with k - 1 df.

    Families that all differ alike have no error: the sign-flip test decides, 2^-k.
    """
    if k < 2:
        return 1.0
    if error <= _SAME:
        return 0.5**k if share < MARGIN else 1.0
    return float(special.stdtr(k - 1, -(MARGIN - share) / error))


def _of(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _mean(found: Mapping[str, Sequence[float]]) -> float | None:
    return _of([_of(values) for values in found.values()]) if found else None
