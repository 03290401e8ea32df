"""Readout fidelity: whether one-token reads may stand in for sampled answers (`--readout auto`).

Decided once per run, on a calibration slice on which both readouts were taken; the figures are
printed whatever the choice.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.bot.stance import Reading

MIN_MASS = 0.9
MIN_SHARE_MASS = 0.9
MAX_GAP = 0.05
SLOPE_RANGE = (0.8, 1.25)
MIN_COMPARED = 10
"""Fewer items with a stance in both readouts cannot carry a slope."""

_SLACK = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One calibration item, read both ways."""

    label_mass: float | None
    """None counts as mass 0."""
    p_logprob: float | None
    p_sampled: float | None
    a: int = 0
    """Decisive draws behind `p_sampled`, for A and for B."""
    b: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fidelity:
    """How well the logprob readout agrees with the sampled one, and what follows."""

    choice: Literal["logprob", "sampled"]
    items: int
    """Items given."""
    compared: int
    """Items with a stance in both readouts; the figures below are over these."""
    share_mass: float | None
    """Share of all items with label mass >= .9; None without items."""
    mean_gap: float | None
    """Mean |p_logprob - p_sampled|."""
    gap_beyond_noise: float | None
    """Mean gap minus the mean gap that sampling alone would leave."""
    slope: float | None
    """Of p_sampled on p_logprob; None where p_logprob does not vary."""
    reason: str
    """One sentence: why this choice."""


def item(logprob: Reading, sampled: Reading) -> Item:
    """Build a calibration item from the two readings of one question."""
    one, many = logprob.stance, sampled.stance
    return Item(
        label_mass=logprob.label_mass,
        p_logprob=None if one is None else one.p,
        p_sampled=None if many is None else many.p,
        a=0 if many is None else round(many.a),
        b=0 if many is None else round(many.b),
    )


def sampling_gap(p: float, n: int) -> float:
    """Return E|X/n - p| for X ~ Binomial(n, p): the gap that n draws leave at perfect fidelity.

    Summed exactly over the n + 1 counts. Draws are taken as alike; where cells differ in p the
    true noise is smaller, so the allowance is on the generous side.

    >>> sampling_gap(0.5, 1)
    0.5
    >>> sampling_gap(0.5, 2)
    0.25
    >>> sampling_gap(1.0, 12)
    0.0
    """
    return sum(math.comb(n, k) * p**k * (1.0 - p) ** (n - k) * abs(k / n - p) for k in range(n + 1))


def slope(points: Sequence[tuple[float, float]]) -> float | None:
    """Return the least-squares slope of y on x; None where x does not vary.

    Plain least squares is unbiased here because x (p_logprob) is computed, not sampled: all the
    noise is in y. An errors-in-variables slope would correct for noise that is not there.

    >>> slope([(0.0, 0.1), (0.5, 0.5), (1.0, 0.9)])
    0.8
    """
    n = len(points)
    if n == 0:
        return None
    mean_x = sum(x for x, _ in points) / n
    mean_y = sum(y for _, y in points) / n
    sxx = sum((x - mean_x) ** 2 for x, _ in points)
    if sxx < 1e-12:
        return None
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / sxx


def decide(items: Sequence[Item]) -> Fidelity:
    """Choose logprob if every criterion holds, else sampled.

    Criteria: label mass >= .9 on >= 90 % of the items (a missing mass is one below); at least
    `MIN_COMPARED` items with a stance both ways; mean |p_logprob - p_sampled| less the mean
    `sampling_gap` <= .05; slope of p_sampled on p_logprob in [.8, 1.25].
    """
    pairs = [
        (i.p_logprob, i.p_sampled, i.a + i.b)
        for i in items
        if i.p_logprob is not None and i.p_sampled is not None and i.a + i.b > 0
    ]
    share = mean_gap = beyond = None
    if items:
        heavy = sum(i.label_mass is not None and i.label_mass >= MIN_MASS for i in items)
        share = heavy / len(items)
    if pairs:
        mean_gap = sum(abs(x - y) for x, y, _ in pairs) / len(pairs)
        beyond = mean_gap - sum(sampling_gap(x, n) for x, _, n in pairs) / len(pairs)
    line = slope([(x, y) for x, y, _ in pairs])
    failed = _failed(share, len(pairs), beyond, line)
    return Fidelity(
        choice="sampled" if failed else "logprob",
        items=len(items),
        compared=len(pairs),
        share_mass=share,
        mean_gap=mean_gap,
        gap_beyond_noise=beyond,
        slope=line,
        reason=failed or "label mass, gap and slope are all within their bounds",
    )


def _failed(share: float | None, compared: int, beyond: float | None, line: float | None) -> str:
    """Name the first criterion that does not hold, with its figure; empty when all hold."""
    low, high = SLOPE_RANGE
    if share is None:
        return "there are no calibration items"
    if share < MIN_SHARE_MASS - _SLACK:
        return f"label mass reaches {MIN_MASS} on only {share:.0%} of the items"
    if compared < MIN_COMPARED:
        return f"only {compared} items have a stance both ways, {MIN_COMPARED} are needed"
    if beyond is not None and beyond > MAX_GAP + _SLACK:
        return f"the two differ by {beyond:.3f} beyond sampling noise, more than {MAX_GAP}"
    if line is None:
        return "the logprob stance does not vary over the items, so no slope can be had"
    if not low - _SLACK <= line <= high + _SLACK:
        return f"the slope of sampled on logprob is {line:.2f}, outside {low} to {high}"
    return ""
