"""How often this very plan would alarm, pass or not know: its errors and its power, simulated.

Noise is the baseline's own: what an epoch adds to a family is what was seen in a family drawn at
random, with a random sign, scaled so that two epochs differ as they were seen to. All contrasts of
a family are drawn together, so that what they share stays shared. Nothing is missing in a
simulation.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from gadfly.bot.errors import ConfigError
from gadfly.eval.gate.confirm import ONE_IN
from gadfly.eval.gate.foresee import APART, Variance, variance_of
from gadfly.eval.gate.judge import MIN_FAMILIES, margin_of
from gadfly.eval.stats.proportion import clopper_pearson

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from gadfly.eval.gate.config import GateConfig, HeadlineName
    from gadfly.eval.gate.table import Table

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

RUNS = 2_000
_SAME = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How often something happened in simulated runs, with its Clopper-Pearson interval."""

    hits: int
    runs: int

    @property
    def value(self) -> float:
        """The share itself, 0..1."""
        return self.hits / self.runs

    @property
    def low(self) -> float:
        """Lower end of its exact two-sided 95 % interval."""
        return clopper_pearson(self.hits, self.runs)[0]

    @property
    def high(self) -> float:
        """Upper end of it."""
        return clopper_pearson(self.hits, self.runs)[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    """What a gate would say of candidates worse by a given amount."""

    worse: Mapping[HeadlineName, float]
    """Planted effects, in the metric's unit; none for an unchanged model."""
    alarm: Share
    """Runs with a regression in any contrast, before any second look."""
    confirmed: Share | None
    """Runs in which a second look bore it out; None where the configuration asks for none."""
    passed: Share
    """Runs in which every contrast passed."""
    each_alarm: Mapping[HeadlineName, Share]
    """After the second look, where there is one."""
    each_pass: Mapping[HeadlineName, Share]
    unknown: tuple[HeadlineName, ...]
    """Contrasts this baseline cannot simulate; they count as neither."""


def simulate(
    table: Table,
    config: GateConfig,
    *,
    worse: Mapping[HeadlineName, float] | None = None,
    runs: int = RUNS,
    seed: int = 1,
) -> Simulated:
    """Return how often the fixed test would alarm and pass on this baseline's plan.

    `worse` plants effects, which then differ between families as a real change would (`APART`);
    without it every alarm is a false one. Where the configuration asks for confirmation, first
    looks leave a third of the families out, and second ones have all of them and a fresh epoch of
    the candidate. All runs are drawn and judged at once.

    Raises:
        ConfigError: The baseline shows the noise of no contrast.
    """
    planted = dict(worse or {})
    rng = np.random.default_rng([seed, runs])
    known, unknown = _known(table, config)
    if not known:
        raise ConfigError(
            "this baseline does not show the noise of any headline contrast: it needs "
            f"{MIN_FAMILIES} families with 2 replicates or more (4 for wording_excess)"
        )
    change = _changes(table, known, planted, runs, rng)
    before, after, again = (_epochs(table, known, runs, rng) for _ in range(3))
    margins = np.array([margin_of(n, table.headline[n], config) or 0.0 for n in config.headline])
    reach = {name: table.headline[name].reach for name in known}
    p, upper, _ = _judged(change, before, after, reach, config, first=config.confirm)
    alarm, passed = verdicts(p, upper, margins, config.alpha)
    stands = None
    if config.confirm:
        p_again, _, mean = _judged(change, before, again, reach, config, first=False)
        stands = alarm & (mean > 0.0) & (p_again < config.alpha)
    asked = [name in known for name in config.headline]
    return Simulated(
        worse=planted,
        alarm=Share(hits=int(alarm.any(axis=1).sum()), runs=runs),
        confirmed=None if stands is None else Share(hits=int(stands.any(axis=1).sum()), runs=runs),
        passed=Share(hits=int(passed[:, asked].all(axis=1).sum()), runs=runs),
        each_alarm=_shares(config.headline, alarm if stands is None else stands, known),
        each_pass=_shares(config.headline, passed, known),
        unknown=unknown,
    )


def bounds(differences: Floats, reach: float | None, alpha: float) -> tuple[Floats, Floats]:
    """Return one-sided p and upper bound of the paired t, for each row of family differences.

    Where all families of a row differ alike they are those of `Difference`: families that differ
    otherwise, by up to `reach`, may have gone unseen.
    """
    k = differences.shape[1]
    mean = differences.mean(axis=1)
    error = differences.std(axis=1, ddof=1) / sqrt(k)
    se = np.maximum(error, _SAME)
    upper = mean + float(special.stdtrit(k - 1, 1.0 - alpha)) * se
    p = special.stdtr(k - 1, -mean / se)
    alike, far = error <= _SAME, np.inf if reach is None else reach
    unseen = 1.0 - alpha ** (1.0 / k)
    upper = np.where(alike, mean + unseen * (far - mean), upper)
    # The level at which the lower bound, mean - unseen (mean + far), is 0.
    above = 1.0 if reach is None else (far / (far + np.maximum(mean, 0.0))) ** k
    return np.where(alike, above, p), upper


def verdicts(p: Floats, upper: Floats, margins: Floats, alpha: float) -> tuple[Bools, Bools]:
    """Return which contrasts alarm and which pass, runs by contrasts (as `judge.judge` says)."""
    m = p.shape[1]
    order = np.argsort(p, axis=1)
    steps = np.maximum.accumulate(
        np.take_along_axis(p, order, axis=1) * np.arange(m, 0, -1), axis=1
    )
    adjusted = np.empty_like(p)
    np.put_along_axis(adjusted, order, np.minimum(steps, 1.0), axis=1)
    passed = upper < margins
    return (adjusted < alpha) & ~passed, passed


def _known(
    table: Table, config: GateConfig
) -> tuple[dict[HeadlineName, Variance], tuple[HeadlineName, ...]]:
    """Return the contrasts whose noise is known, and the names of the others."""
    known = {}
    for name in config.headline:
        again = None if table.again is None else table.again.headline[name]
        found = variance_of(table.headline[name], again)
        if found is not None and margin_of(name, table.headline[name], config) is not None:
            known[name] = found
    return known, tuple(name for name in config.headline if name not in known)


def _epochs(
    table: Table, known: Mapping[HeadlineName, Variance], runs: int, rng: np.random.Generator
) -> dict[HeadlineName, list[Floats]]:
    """Return what one epoch adds to each family, runs by families, by group of like families."""
    found: dict[HeadlineName, list[Floats]] = {name: [] for name in known}
    for group in table.alike():
        drawn = rng.integers(len(group), size=(runs, len(group)))
        signs = rng.choice(np.array((-1.0, 1.0)), size=(runs, len(group)))
        for name in known:
            noise = _noise(table, name, group)
            seen = noise[~np.isnan(noise)]
            if seen.size:
                # A family that shows no noise of its own has that of another of its kind.
                chosen = np.where(np.isnan(noise[drawn]), seen[drawn % seen.size], noise[drawn])
                found[name].append(chosen * signs / sqrt(2.0))
    return found


def _noise(table: Table, name: HeadlineName, group: Sequence[str]) -> Floats:
    """Return one difference between epochs for each family of a group, NaN where none is seen."""
    row = table.headline[name]
    again = None if table.again is None else table.again.headline[name].means
    draws = []
    for family in group:
        cell = row.cells.get(family)
        drawn: float | None = None
        if cell is not None and cell.mean is not None:
            if again is None:
                drawn = cell.noise
            elif family in again:
                drawn = cell.mean - again[family]
        draws.append(np.nan if drawn is None else drawn)
    return np.array(draws, dtype=np.float64)


def _changes(
    table: Table,
    known: Mapping[HeadlineName, Variance],
    planted: Mapping[HeadlineName, float],
    runs: int,
    rng: np.random.Generator,
) -> dict[HeadlineName, list[Floats]]:
    """Return how much worse each family is, runs by families, in the groups of `_epochs`."""
    found: dict[HeadlineName, list[Floats]] = {}
    for name, variance in known.items():
        effect = planted.get(name, 0.0)
        apart = sqrt(APART * variance.between) if effect else 0.0
        found[name] = [
            effect + rng.normal(0.0, apart, (runs, len(group)))
            for group in table.alike()
            if not np.isnan(_noise(table, name, group)).all()
        ]
    return found


def _judged(
    change: Mapping[HeadlineName, Sequence[Floats]],
    before: Mapping[HeadlineName, Sequence[Floats]],
    after: Mapping[HeadlineName, Sequence[Floats]],
    reach: Mapping[HeadlineName, float | None],
    config: GateConfig,
    *,
    first: bool,
) -> tuple[Floats, Floats, Floats]:
    """Return p, upper bound and mean, runs by contrasts; `first` leaves the reserve out.

    A contrast that cannot be simulated has p = 1 and no upper bound, as one without data has.
    """
    runs = len(next(iter(change.values()))[0])
    shape = (runs, len(config.headline))
    p, upper, means = np.ones(shape), np.full(shape, np.inf), np.zeros(shape)
    for i, name in enumerate(config.headline):
        if name not in change:
            continue
        parts = []
        for worse, old, new in zip(change[name], before[name], after[name], strict=True):
            kept = np.arange(worse.shape[1]) % ONE_IN != ONE_IN - 1
            parts.append((worse + new - old)[:, kept if first else slice(None)])
        differences = np.concatenate(parts, axis=1)
        if differences.shape[1] >= MIN_FAMILIES:
            p[:, i], upper[:, i] = bounds(differences, reach[name], config.alpha)
            means[:, i] = differences.mean(axis=1)
    return p, upper, means


def _shares(
    names: Sequence[HeadlineName], hits: Bools, known: Mapping[HeadlineName, Variance]
) -> dict[HeadlineName, Share]:
    """Return the share of runs each contrast was hit in."""
    return {
        name: Share(hits=int(hits[:, i].sum()), runs=len(hits))
        for i, name in enumerate(names)
        if name in known
    }
