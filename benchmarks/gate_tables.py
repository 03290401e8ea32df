"""Made-up runs for the benchmark of the gate: tables of models whose answers we know the odds of.

Rates of families are beta with an ICC of .45 between repeats, as published repeats of one question
have (.23 to .57). A change moves every family's log-odds, by an amount that differs between
families (SD .7 logit), and by so much that the mean over all families moves as planted.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from gadfly.eval.gate.headlines import HEADLINES
from gadfly.eval.gate.table import Cell, Row, Table
from gadfly.eval.manifest import Manifest, ReadoutRecord, SuiteRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from gadfly.eval.estimate import Construct, Unit
    from gadfly.eval.gate.config import HeadlineName

    Floats = NDArray[np.float64]

ICC = 0.45
APART = 0.7
"""Logits: SD of a change between families."""
LOST = 0.02
"""Share of trials that give no value, at random."""
OVERLAP_SD = 0.12
"""Of a single reply's overlap with the one before."""
_POOL = 100_000

UNITS: Mapping[HeadlineName, tuple[Unit, Construct, tuple[float, float]]] = {
    "responsiveness": ("points", "dogmatism", (-1.0, 1.0)),
    "capitulation": ("points", "maintenance", (-1.0, 1.0)),
    "wording_excess": ("probability", "inconsistency", (0.0, 1.0)),
    "commitment_settled": ("rate", "commitment", (0.0, 1.0)),
    "self_overlap": ("rate", "formulaicness", (0.0, 1.0)),
    "persona_fidelity": ("rate", "maintenance", (0.0, 1.0)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """Families and answers per family of each contrast."""

    families: Mapping[HeadlineName, int]
    answers: Mapping[HeadlineName, int]
    """Per family, arm and wording."""


def even(families: int, *, one_rate: int, subtracted: int) -> Size:
    """Return a plan with every family in every contrast."""
    answers: dict[HeadlineName, int] = dict.fromkeys(HEADLINES, one_rate)
    answers |= {"responsiveness": subtracted, "capitulation": subtracted}
    return Size(families=dict.fromkeys(HEADLINES, families), answers=answers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A model's odds in every family; `worse` moves a contrast, in its own unit."""

    strong: float = 0.40
    """Share of replies that move for a strong argument, placebo's included."""
    bare: float = 0.25
    placebo: float = 0.05
    agree: float = 0.50
    """Share of replies on the first statement's side."""
    wording: float = 0.30
    """Logits: SD of what another wording does to a family."""
    settled: float = 0.85
    overlap: float = 0.25
    persona: float = 0.80
    worse: Mapping[HeadlineName, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The odds of a baseline and of a candidate in the same families."""

    size: Size
    baseline: Mapping[str, Floats]
    candidate: Mapping[str, Floats]


def world(size: Size, model: Model, rng: np.random.Generator) -> World:
    """Draw the families both models are asked of."""
    n, worse = size.families, model.worse
    ours = {
        "strong": _beta(model.strong, n["responsiveness"], rng),
        "bare": _beta(model.bare, n["capitulation"], rng),
        "placebo": _beta(model.placebo, n["responsiveness"], rng),
        "agree": _beta(model.agree, n["wording_excess"], rng),
        "reworded": rng.normal(0.0, model.wording, n["wording_excess"]),
        "settled": _beta(model.settled, n["commitment_settled"], rng),
        "overlap": rng.normal(model.overlap, OVERLAP_SD * np.sqrt(ICC), n["self_overlap"]),
        "persona": _beta(model.persona, n["persona_fidelity"], rng),
    }
    theirs = dict(ours)
    for name, what, sign, mean in (
        ("responsiveness", "strong", -1, model.strong),
        ("capitulation", "bare", 1, model.bare),
        ("commitment_settled", "settled", -1, model.settled),
        ("persona_fidelity", "persona", -1, model.persona),
    ):
        effect = worse.get(name, 0.0)  # type: ignore[call-overload]  # names are headline names
        if effect:
            theirs[what] = _moved(ours[what], mean, sign * effect, rng)
    if effect := worse.get("wording_excess", 0.0):
        theirs["reworded"] = ours["reworded"] * _wider(model.agree, model.wording, effect)
    if effect := worse.get("self_overlap", 0.0):
        theirs["overlap"] = ours["overlap"] + rng.normal(effect, effect / 2.0, n["self_overlap"])
    return World(size=size, baseline=ours, candidate=theirs)


def table(world: World, side: str, epoch: int, rng: np.random.Generator) -> Table:
    """Draw one epoch of the "baseline" or the "candidate" of a world as a table."""
    odds = world.baseline if side == "baseline" else world.candidate
    size = world.size
    m, n = size.answers, size.families
    placebo = _answers(odds["placebo"], m["responsiveness"], rng)
    strong = _answers(odds["strong"], m["responsiveness"], rng)
    bare = _answers(odds["bare"], m["capitulation"], rng)
    shared = min(len(bare), len(placebo))
    noise = OVERLAP_SD * np.sqrt(1.0 - ICC)
    replies = (n["self_overlap"], m["self_overlap"])
    overlap = odds["overlap"][:, None] + rng.normal(0.0, noise, replies)
    means: dict[HeadlineName, Floats] = {
        "responsiveness": strong - placebo,
        "capitulation": bare[:shared] - placebo[:shared],
        "wording_excess": _excess(odds["agree"], odds["reworded"], m["wording_excess"], rng),
        "commitment_settled": _answers(odds["settled"], m["commitment_settled"], rng),
        "self_overlap": overlap.mean(axis=1),
        "persona_fidelity": _answers(odds["persona"], m["persona_fidelity"], rng),
    }
    return bare_table(
        {name: _row(name, means[name], m[name], rng) for name in HEADLINES}, epoch=epoch
    )


def bare_table(rows: Mapping[HeadlineName, Row], *, epoch: int) -> Table:
    """Return a table of headline rows and nothing else."""
    return Table(
        manifest=_manifest(epoch),
        created="2026-01-01",
        reader="rules",
        headline=rows,
        others=(),
        outcomes={},
        trials=1,
        planned=1,
        families=tuple(sorted({name for row in rows.values() for name in row.cells})),
    )


def _row(name: HeadlineName, means: Floats, answers: int, rng: np.random.Generator) -> Row:
    """Return a row of family means; some of the trials behind them are lost."""
    unit, construct, bounds = UNITS[name]
    lost = rng.binomial(answers, LOST, len(means))
    return Row(
        metric=name,
        arm=HEADLINES[name].arm,
        unit=unit,
        construct=construct,
        bounds=bounds,
        sd=OVERLAP_SD,
        cells={
            f"f{i:04}": Cell(
                mean=float(mean), scored=answers - int(gone), lost=int(gone), replicates=answers
            )
            for i, (mean, gone) in enumerate(zip(means, lost, strict=True))
        },
    )


def _beta(mean: float, n: int, rng: np.random.Generator) -> Floats:
    """Return rates of families whose answers have the ICC between repeats."""
    spread = 1.0 / ICC - 1.0
    return rng.beta(mean * spread, (1.0 - mean) * spread, n)


def _moved(rates: Floats, mean: float, by: float, rng: np.random.Generator) -> Floats:
    """Return rates moved on the logit scale, so that the mean over all families moves by `by`."""
    apart = rng.normal(0.0, APART, len(rates))
    return np.asarray(special.expit(_logit(rates) + _shift(mean, by) + apart), dtype=np.float64)


@functools.cache
def _shift(mean: float, by: float) -> float:
    """Return the logits by which families with that mean must move."""
    rng = np.random.default_rng(7)
    pool = _logit(_beta(mean, _POOL, rng)) + rng.normal(0.0, APART, _POOL)
    return _found(lambda shift: float(special.expit(pool + shift).mean()), mean + by, -20.0, 20.0)


@functools.cache
def _wider(agree: float, wording: float, by: float) -> float:
    """Return the factor on a wording's offsets at which the mean excess is higher by `by`."""
    rng = np.random.default_rng(9)
    pool, offsets = _logit(_beta(agree, _POOL, rng)), rng.normal(0.0, wording, _POOL)

    def excess(factor: float) -> float:
        apart = special.expit(pool) - special.expit(pool + factor * offsets)
        return float(np.square(apart).mean())

    return _found(excess, excess(1.0) + by, 1.0, 1000.0)


def _found(rising: Callable[[float], float], wanted: float, low: float, high: float) -> float:
    """Return where a rising function reaches a value, by halving."""
    for _ in range(50):
        middle = (low + high) / 2.0
        low, high = (middle, high) if rising(middle) < wanted else (low, middle)
    return low


def _logit(rates: Floats) -> Floats:
    return np.asarray(special.logit(np.clip(rates, 1e-6, 1.0 - 1e-6)), dtype=np.float64)


def _answers(rates: Floats, m: int, rng: np.random.Generator) -> Floats:
    """Return the share of yes among m answers a family."""
    return rng.binomial(m, rates) / m


def _excess(rates: Floats, offsets: Floats, m: int, rng: np.random.Generator) -> Floats:
    """Return the disagreement between two wordings beyond that within each, by its estimator."""
    other = special.expit(_logit(rates) + offsets)
    a, b = rng.binomial(m, rates), rng.binomial(m, other)
    between = (a * (m - b) + (m - a) * b) / m**2
    within = (a * (m - a) + b * (m - b)) / (m * (m - 1))
    return np.asarray(between - within, dtype=np.float64)


def _manifest(epoch: int) -> Manifest:
    return Manifest(
        plan="simulated",
        spec="simulated",
        respondent={"model": "simulated"},
        suite=SuiteRecord(name="simulated", version=1, digest="", library=""),
        readout=ReadoutRecord(name="logprob", requested="logprob", reason="", fidelity=None),
        temperature=0.7,
        top_p=1.0,
        reply_tokens=1,
        epoch=epoch,
        versions={},
    )
