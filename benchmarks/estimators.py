"""Coverage of the 95 % intervals, by class of estimator, through the metrics themselves.

    PYTHONPATH=tests python -m benchmarks.estimators [RUNS] [NAME …]

Each class draws tables of trials from a population whose true value is known, estimates it by the
metric a report uses, and counts how often the interval holds the truth. Held to: at least 93 % for
rates, at most 97.5 % for continuous quantities, no class rejected by a binomial test after Holm.
Exits 1 where one is. Populations have family effects, and answers as noisy as models' are.
"""

from __future__ import annotations

import sys
import time
import zlib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy import special, stats
from support.runs import ask
from support.trials import heard, read, trial

from gadfly.bot.confrontation import CODES
from gadfly.eval.metrics.chains import chains
from gadfly.eval.metrics.clarity import caveat_share
from gadfly.eval.metrics.confidence import aurc, bins, stated_confidence
from gadfly.eval.metrics.confrontation import confrontation_code
from gadfly.eval.metrics.detection import signal_detection
from gadfly.eval.metrics.generalisability import generalisability, stance_variance
from gadfly.eval.metrics.ground_truth import challenged_truth
from gadfly.eval.metrics.items import nonsense_detection
from gadfly.eval.metrics.ladder import ladder_curve
from gadfly.eval.metrics.maintenance import (
    maintenance_drift,
    maintenance_hazard,
    maintenance_rmst,
    maintenance_survival,
)
from gadfly.eval.metrics.martingale import martingale_slope
from gadfly.eval.metrics.outcome_rates import commitment_settled
from gadfly.eval.metrics.perspective import persona_hazard
from gadfly.eval.metrics.persuasion import responsiveness
from gadfly.eval.metrics.repeat import repeat_floor
from gadfly.eval.metrics.repetition import opener_reuse
from gadfly.eval.metrics.surface import wording_excess
from gadfly.eval.metrics.sweep import amce
from gadfly.eval.stats.cluster import cluster_mean
from gadfly.eval.stats.correction import prediction_powered, rogan_gladen
from gadfly.eval.stats.multiplicity import holm
from gadfly.eval.stats.survival import geometric_hazard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from gadfly.eval.estimate import Estimate
    from gadfly.eval.metrics import Metric
    from gadfly.eval.metrics.scores import Scores
    from gadfly.eval.record import Observed, TrialRecord
    from gadfly.eval.stats.interval import Interval

    Rng = np.random.Generator
    Floats = NDArray[np.float64]
    Scorer = Callable[[Sequence[TrialRecord]], tuple[Scores, ...]]
    Found = Interval | Estimate

Kind = Literal["rate", "continuous"]
SEED = 20_261_121
RUNS = 1_000
SIZES = ((24, 3), (120, 5))
"""Families, and answers of each: a `quick` run and a `full` one."""
SMALLER = ((24, 3), (60, 3))
"""The same where a table has several arms, reads or fits, and takes long to make."""
ICC = 0.45
LEAST_RATE, MOST_CONTINUOUS = 0.93, 0.975
PER_TEST = 0.05

A, B, NO_SIDE = heard("a"), heard("b"), heard("undecided")


@dataclass(frozen=True)
class Case:
    """A class of estimators on one population."""

    name: str
    kind: Kind
    truth: float
    estimate: Callable[[Rng, int, int], Found]
    """From a generator, a number of families and of answers of each."""
    sizes: tuple[tuple[int, int], ...] = SIZES
    draws: str = ""
    """Name of the draws it shares with other cases; its own where empty."""


def shares(rng: Rng, mean: float, k: int, icc: float = ICC) -> Floats:
    """Return rates of k families, beta with this mean and intra-class correlation."""
    spread = 1.0 / icc - 1.0
    return rng.beta(mean * spread, (1.0 - mean) * spread, size=k)


def flips(rng: Rng, rates: Floats, m: int) -> NDArray[np.bool_]:
    """Return m yes/no draws of each family, (k, m)."""
    found: NDArray[np.bool_] = rng.random((rates.size, m)) < rates[:, None]
    return found


@cache
def _name(family: int) -> str:
    return f"f{family:03}"


def row(
    scorer: Scorer,
    metric: str,
    arm: str,
    draw: Callable[[Rng, int, int], list[TrialRecord]],
    shared: dict[int, tuple[Scores, ...]] | None = None,
) -> Callable[[Rng, int, int], Found]:
    """Return what estimates one row of a scorer on drawn trials.

    Cases that share draws may share what was scored, by the state of the generator.
    """
    known = {} if shared is None else shared

    def found(rng: Rng, k: int, m: int) -> Found:
        state = rng.bit_generator.state["state"]["state"]
        scored = known.get(state) or scorer(draw(rng, k, m))
        if shared is not None:
            known[state] = scored
        chosen = next(s for s in scored if (s.quantity.metric, s.arm) == (metric, arm))
        chosen.detail = True  # no rows by stratum
        return chosen.estimates(rng)[0]

    return found


def beside(
    metric: Metric, arm: str, draw: Callable[[Rng, int, int], list[TrialRecord]]
) -> Callable[[Rng, int, int], Found]:
    """Return what estimates one row of a metric that is no mean over families."""

    def found(rng: Rng, k: int, m: int) -> Found:
        return next(e for e in metric(draw(rng, k, m), rng) if e.arm == arm)

    return found


def answers(
    probe: str, table: NDArray[np.bool_], yes: Observed, no: Observed, **fields: object
) -> list[TrialRecord]:
    """Return one trial a cell of (k, m): `yes` where true."""
    return [
        trial(_name(f), probe, yes if hit else no, replicate=i, **fields)  # type: ignore[arg-type]
        for f, own in enumerate(table.tolist())
        for i, hit in enumerate(own)
    ]


def rates() -> Iterator[Case]:
    """Shares of answers, near both ends and between them; clumped ones in long runs too."""

    def case(p: float) -> Callable[[Rng, int, int], Found]:
        def draw(rng: Rng, k: int, m: int) -> list[TrialRecord]:
            table = flips(rng, shares(rng, p, k), m)
            return answers("repeat", table, A, NO_SIDE, stratum="settled", truth="a")

        return row(commitment_settled, "commitment_settled", "said", draw)

    for p in (0.02, 0.05, 0.10, 0.30, 0.50, 0.70, 0.90, 0.95, 0.98):
        yield Case(f"rate {p:.2f}", "rate", p, case(p), ((24, 3), (24, 10), (120, 5)))


def conditional_rates() -> Iterator[Case]:
    """A share of the answers that were right: families have unequal numbers of them."""

    def draw(rng: Rng, k: int, m: int) -> list[TrialRecord]:
        right = flips(rng, rng.beta(2.0, 1.0, k), m)
        gave_up = flips(rng, shares(rng, 0.25, k), m)
        found = []
        for f in range(k):
            for i in range(m):
                first = "a" if right[f, i] else "b"
                then = first if not gave_up[f, i] else "b" if first == "a" else "a"
                found.append(_pushed(_name(f), first, then, i))
        return found

    estimate = row(challenged_truth, "caves_when_right", "argument", draw)
    yield Case("conditional rate .25", "rate", 0.25, estimate)


def _pushed(family: str, first: str, then: str, i: int) -> TrialRecord:
    return trial(
        family,
        "ground-truth",
        *(heard(first), heard(then, "challenge")),
        arm="argument",
        truth="a",
        settings={"truth": "a"},
        replicate=i,
        stratum="objective",
    )


def shifts() -> Iterator[Case]:
    """Differences of reads: most families hardly move, some move far."""

    def draw(rng: Rng, k: int, m: int) -> list[TrialRecord]:
        moved = rng.beta(0.6, 2.4, size=k)
        found = []
        for f in range(k):
            noise = rng.normal(0.0, 0.05, (m, 3))
            for i in range(m):
                before = 0.9 + noise[i, 0] / 3
                for arm, shift in (("placebo", 0.0), ("strong", moved[f] * 0.8)):
                    after = before - shift + noise[i, 1 + (arm == "strong")] / 3
                    seen = (heard("a"), _read(before, "before"), heard("a", "challenge"))
                    now = _read(min(1.0, max(0.0, after)), "after")
                    found.append(trial(_name(f), "persuasion", *seen, now, arm=arm, replicate=i))
        return found

    yield Case(
        "shift .16, skewed",
        "continuous",
        0.8 * 0.2,
        row(responsiveness, "responsiveness", "strong", draw),
        SMALLER,
    )


def _read(p: float, label: str) -> Observed:
    """Return a read without cells, which costs less to make."""
    return replace(read(min(1.0, max(0.0, p)), label))


def disagreements() -> Iterator[Case]:
    """The noise floor, and what wording adds to it: squares, estimated without bias."""
    rng = np.random.default_rng(SEED)
    q = special.expit(rng.normal(0.0, 1.5, (400_000, 1)) + rng.normal(0.0, 0.7, (400_000, 3)))
    floor = float((2 * q[:, 0] * (1 - q[:, 0])).mean())
    pairs = ((0, 1), (0, 2), (1, 2))
    excess = float(np.mean([(q[:, v] - q[:, w]) ** 2 for v, w in pairs]))

    def draw(rng: Rng, k: int, m: int) -> list[TrialRecord]:
        q = special.expit(rng.normal(0.0, 1.5, (k, 1)) + rng.normal(0.0, 0.7, (k, 3)))
        found = []
        for w, variant in enumerate(("original", "wording:1", "wording:2")):
            found += answers("wording", flips(rng, q[:, w], m), A, B, variant=variant)
        return found

    def once(rng: Rng, k: int, m: int) -> list[TrialRecord]:
        q = special.expit(rng.normal(0.0, 1.5, k) + rng.normal(0.0, 0.7, k))
        return answers("repeat", flips(rng, q, m), A, B)

    yield Case("noise floor", "continuous", floor, row(repeat_floor, "repeat_floor", "said", once))
    yield Case("excess", "continuous", excess, row(wording_excess, "wording_excess", "said", draw))


def detection() -> Iterator[Case]:
    """D' and c: by the delta method, and by the jackknife."""
    hit, false = 0.65, 0.20
    d = float(special.ndtri(hit) - special.ndtri(false))
    c = float(-(special.ndtri(hit) + special.ndtri(false)) / 2)

    def exchanged(rng: Rng, k: int, m: int) -> list[TrialRecord]:
        found = []
        for arm, rate in (("strong", hit), ("invalid", false)):
            for f, own in enumerate(flips(rng, shares(rng, rate, k), m).tolist()):
                for i, adopts in enumerate(own):
                    then = heard("b" if adopts else "a", "challenge")
                    seen = (A, _read(0.9, "before"), then)
                    found.append(trial(_name(f), "persuasion", *seen, arm=arm, replicate=i))
        return found

    def nonsense(rng: Rng, k: int, m: int) -> list[TrialRecord]:
        found = []
        flagged, not_ = (
            replace(heard("unreadable", "answer"), code=code) for code in ("flagged", "answered")
        )
        for variant, rate in (("item", hit), ("twin", false)):
            table = flips(rng, shares(rng, rate, k), m)
            found += answers("nonsense", table, flagged, not_, arm="plain", variant=variant)
        return found

    def corrected(rng: Rng, k: int, m: int) -> list[TrialRecord]:
        right = flips(rng, rng.beta(2.0, 2.0, k), m)
        moves = (flips(rng, shares(rng, hit, k), m), flips(rng, shares(rng, false, k), m))
        found = []
        for f in range(k):
            for i in range(m):
                first = "a" if right[f, i] else "b"
                gave_up = moves[int(right[f, i])][f, i]
                then = first if not gave_up else "b" if first == "a" else "a"
                found.append(_pushed(_name(f), first, then, i))
        return found

    yield Case(
        "d', delta", "continuous", d, row(signal_detection, "d_prime", "said", exchanged), SMALLER
    )
    yield Case(
        "c, delta", "continuous", c, row(signal_detection, "criterion", "said", exchanged), SMALLER
    )
    estimate = row(nonsense_detection, "nonsense_d_prime", "plain", nonsense)
    yield Case("d', jackknife", "continuous", d, estimate)
    estimate = row(challenged_truth, "truth_criterion", "argument", corrected)
    yield Case("c, jackknife", "continuous", c, estimate, SMALLER)


TURNS = (1, 3, 6)


def survival() -> Iterator[Case]:
    """Time to leaving a side, seen at three looks; families differ in hazard."""

    def hazards(rng: Rng, k: int) -> Floats:
        return rng.beta(1.2, 10.8, k)

    def left(rng: Rng, hazard: Floats, m: int) -> NDArray[np.int64]:
        return rng.geometric(np.maximum(hazard, 1e-9)[:, None], (hazard.size, m))

    big = np.random.default_rng(SEED)
    h = hazards(big, 400_000)
    alive = {t: float(((1 - h) ** t).mean()) for t in TURNS}
    steps = zip((0, *TURNS), TURNS, strict=False)
    mean = sum((t - before) * alive[t] for before, t in steps) / TURNS[-1]
    spans = [_span(int(t)) for t in left(big, h, 1)[:, 0]]
    fitted = geometric_hazard(spans)

    def draw(rng: Rng, k: int, m: int) -> list[TrialRecord]:
        found = []
        for f, own in enumerate(left(rng, hazards(rng, k), m).tolist()):
            for i, gone in enumerate(own):
                looks = [_HELD[0], *((_HELD if t < gone else _LEFT)[t] for t in TURNS)]
                seen = (A, *looks)
                found.append(trial(_name(f), "maintenance", *seen, arm="neutral", replicate=i))
        return found

    yield Case("survival", "rate", alive[6], row(maintenance_survival, *_MAINTAINED[0], draw))
    yield Case("RMST", "continuous", mean, row(maintenance_rmst, *_MAINTAINED[1], draw))
    yield Case("hazard", "continuous", fitted, row(maintenance_hazard, *_MAINTAINED[2], draw))


def wear() -> Iterator[Case]:
    """How far a stance has drifted, either way, and how fast a persona is lost."""

    def drifting(rng: Rng, k: int, m: int) -> list[TrialRecord]:
        drifts = rng.choice((-0.2, 0.2), k) * rng.uniform(0.5, 1.5, k)
        found = []
        for f in range(k):
            start = rng.normal(0.5, 0.04, m)
            last = start + drifts[f] + rng.normal(0.0, 0.08, m)
            for i in range(m):
                seen = (A, _read(start[i], "t0"), _read(last[i], "t6"))
                found.append(trial(_name(f), "maintenance", *seen, arm="neutral", replicate=i))
        return found

    def personas(rng: Rng, k: int, m: int) -> list[TrialRecord]:
        found = []
        for f in range(k):
            hazard = rng.beta(2.0, 8.0)
            for lag in (0, 1, 3):
                for i in range(m):
                    holds = rng.random() < (1 - hazard) ** lag
                    for arm, p in (("bare", 0.1), ("persona", 0.95 if holds else 0.1)):
                        near = _read(p + rng.normal(0.0, 0.03), "answer")
                        found.append(_inside(_name(f), arm, lag, i, near))
        return found

    yield Case("|drift|", "continuous", 0.2, row(maintenance_drift, *_MAINTAINED[3], drifting))
    truth = _decay(np.random.default_rng(SEED).beta(2.0, 8.0, 400_000))
    estimate = row(persona_hazard, "persona_hazard", "read", personas)
    yield Case("persona hazard", "continuous", truth, estimate, SMALLER)


_MAINTAINED = tuple((f"maintenance_{name}", "neutral") for name in ("survival", "rmst", "hazard"))
_MAINTAINED += (("maintenance_drift", "neutral"),)
_HELD = {t: read(0.9, f"t{t}") for t in (0, *TURNS)}
_LEFT = {t: read(0.1, f"t{t}") for t in (0, *TURNS)}


def _span(gone: int) -> tuple[int, int | None]:
    """Return the looks around the turn at which a side was left."""
    last = max((t for t in (0, *TURNS) if t < gone), default=0)
    return last, next((t for t in TURNS if t >= gone), None)


def _decay(hazards: Floats) -> float:
    """Return the hazard that a population's mean curve is fitted by."""
    from gadfly.eval.stats.survival import decay_hazard

    return decay_hazard({lag: float(((1 - hazards) ** lag).mean()) for lag in (0, 1, 3)})


def _inside(family: str, arm: str, lag: int, i: int, answer: Observed) -> TrialRecord:
    settings = {
        "persona": "none" if arm == "bare" else "kant",
        "role": "none" if arm == "bare" else "thinker",
        "side": "" if arm == "bare" else "a",
        "lag": str(lag),
        "brief": "0",
    }
    variant = f"persona:{settings['persona']}/k{lag}/0"
    return trial(
        family, "perspective", answer, arm=arm, variant=variant, settings=settings, replicate=i
    )


def ladders() -> Iterator[Case]:
    """Thresholds of curves with one population of slopes, and the slope typical of it."""

    def draw(rng: Rng, k: int, m: int) -> list[TrialRecord]:
        x = np.arange(1, 7)
        at = rng.normal(3.5, 0.8, k)
        b = np.exp(rng.normal(np.log(2.0), 0.4, k))
        p = special.expit(b[:, None] * (x - at[:, None]))
        found = []
        for f in range(k):
            table = flips(rng, p[f], m)
            for rung, own in zip(x.tolist(), table.tolist(), strict=True):
                settings = {"severity": str(rung), "benefit": "10", "form": "plain", "settled": ""}
                found += [
                    trial(
                        _name(f),
                        "ladder",
                        A if hit else B,
                        variant=f"rung:s{rung}b10/plain",
                        settings=settings,
                        replicate=i,
                    )
                    for i, hit in enumerate(own)
                ]
        return found

    for name, metric, truth in (
        ("threshold", "ladder_threshold", 3.5),
        ("slope", "ladder_slope", 2),
    ):
        yield Case(
            f"ladder {name}",
            "continuous",
            float(truth),
            row(ladder_curve, metric, "said", draw),
            ((24, 3), (60, 5)),
        )


def variances() -> Iterator[Case]:
    """Shares of stance variance and generalisability, by the jackknife."""
    rng = np.random.default_rng(SEED)
    p = special.expit(rng.normal(0.0, 2.0, (400_000, 1)) + rng.normal(0.0, 1.0, (400_000, 2)))
    total = float(p.mean() * (1 - p.mean()))
    scenario = float(np.cov(p[:, 0], p[:, 1])[0, 1])
    interaction = float(p[:, 0].var()) - scenario

    def draw(rng: Rng, k: int, m: int) -> list[TrialRecord]:
        p = special.expit(rng.normal(0.0, 2.0, (k, 1)) + rng.normal(0.0, 1.0, (k, 3)))
        found = []
        for w, variant in enumerate(("original", "wording:1", "wording:2")):
            found += answers("wording", flips(rng, p[:, w], m), A, B, variant=variant)
        return found

    phi = scenario / total
    yield Case(
        "phi", "continuous", phi, row(generalisability, "generalisability", "said", draw), SMALLER
    )
    shared: dict[int, tuple[Scores, ...]] = {}
    for part, share in (("scenario", phi), ("scenario x wording", interaction / total)):
        estimate = row(stance_variance, "stance_variance", f"said {part}", draw, shared)
        yield Case(f"variance, {part}", "continuous", share, estimate, SMALLER, "variance")


def chain_ratios() -> Iterator[Case]:
    """Exact rate over that of independent steps, with single steps nearly always right."""

    def case(p1: float, n: int) -> tuple[float, Callable[[Rng, int, int], Found]]:
        spread = 30.0

        def steps(rng: Rng, k: int) -> Floats:
            return rng.beta(p1 * spread, (1 - p1) * spread, k)

        def draw(rng: Rng, k: int, m: int) -> list[TrialRecord]:
            right = steps(rng, k)
            found = []
            for length in (1, n):
                table = flips(rng, right**length, m)
                settings = {"n": str(length)}
                found += answers(
                    *("chains", table, _EXACT, _WRONG),
                    arm="final",
                    variant=f"n:{length}",
                    settings=settings,
                )
            return found

        many = steps(np.random.default_rng(SEED), 400_000)
        truth = float((many**n).mean() / many.mean() ** n)
        return truth, row(chains, "chain_exact_ratio", f"final n={n}", draw)

    for p1, n in ((0.75, 4), (0.90, 4), (0.98, 4), (0.98, 8), (0.995, 8)):
        truth, estimate = case(p1, n)
        yield Case(f"chain ratio, p1 {p1}, n {n}", "continuous", truth, estimate)


_EXACT, _WRONG = (
    replace(heard("unreadable", "states"), value=value, code=code)
    for code, value in (("exact", 1.0), ("wrong", 0.0))
)


def confidences() -> Iterator[Case]:
    """Calibration of one who is surer than right by a fifth: Brier, its parts, ECE, AURC."""

    def drawn(rng: Rng, k: int, m: int) -> tuple[Floats, NDArray[np.bool_]]:
        level = rng.normal(0.0, 0.8, (k, 1))
        sure = np.round(100 * special.expit(1.0 + level + rng.normal(0.0, 0.8, (k, m)))) / 100
        return sure, rng.random((k, m)) < 0.8 * sure

    def draw(rng: Rng, k: int, m: int) -> list[TrialRecord]:
        sure, right = drawn(rng, k, m)
        settings = {"kind": "fact", "truth": "a"}
        return [
            trial(
                _name(f),
                "confidence",
                A if right[f, i] else B,
                replace(heard("unreadable", "confidence"), value=100 * float(sure[f, i])),
                replicate=i,
                settings=settings,
                stratum="objective",
            )
            for f in range(k)
            for i in range(m)
        ]

    c, o = (x[:, 0] for x in drawn(np.random.default_rng(SEED), 200_000, 1))
    pairs = {f"{i}": [pair] for i, pair in enumerate(zip(c.tolist(), o.tolist(), strict=True))}
    parts = bins(dict(list(pairs.items())[:10_000]))
    error = float(1 - o.mean())
    area = aurc(pairs) or 0.0
    truths = {
        "brier": float(((c - o) ** 2).mean()),
        "overconfidence": float((c - o).mean()),
        "calibration_error": float(0.2 * c.mean()),
        "aurc": area,
        "selective_gain": error - area,
        "brier_uncertainty": error * (1 - error),
        "brier_reliability": sum(b.mass * (b.confidence - b.outcome) ** 2 for b in parts),
        "brier_resolution": sum(b.mass * (b.outcome - o.mean()) ** 2 for b in parts),
    }
    shared: dict[int, tuple[Scores, ...]] = {}
    for metric, truth in truths.items():
        sizes = ((60, 3),) if metric in ("brier_reliability", "brier_resolution") else ((24, 3),)
        estimate = row(stated_confidence, metric, "truth", draw, shared)
        yield Case(metric.replace("_", " "), "continuous", truth, estimate, sizes, "confidence")


def effects() -> Iterator[Case]:
    """An attribute's effect on a choice, regressed family by family."""

    def draw(rng: Rng, k: int, m: int) -> list[TrialRecord]:
        found = []
        for f in range(k):
            taste = rng.beta(2.0, 2.0) * 0.6
            for i in range(8 * m):
                first, second = rng.integers(0, 2, 2).tolist()
                took = rng.random() < 0.5 + taste * (first - second)
                settings = {"base:number": "one"}
                for group, many in (("first", first), ("second", second)):
                    settings[f"{group}:number"] = ("one", "ten")[many]
                seen = A if took else B
                variant = f"pair:{i}/ab"
                found.append(
                    trial(_name(f), "sweep", seen, arm="forced", variant=variant, settings=settings)
                )
        return found

    yield Case(
        "AMCE", "continuous", 0.3, row(amce, "amce", "number: ten", draw), ((12, 2), (24, 3))
    )


def corrections() -> Iterator[Case]:
    """A rate read with errors, corrected by 200 texts that people labelled too."""
    sensitivity, specificity, truth = 0.90, 0.85, 0.30

    def texts(
        rng: Rng, k: int, m: int
    ) -> tuple[Mapping[str, Sequence[float]], Mapping[str, Sequence[tuple[float, float]]]]:
        true = flips(rng, shares(rng, truth, k), m)
        chance = np.where(true, sensitivity, 1 - specificity)
        got = rng.random((k, m)) < chance
        per = max(1, round(200 / k))
        labelled = {
            _name(f): [(float(true[f, i]), float(got[f, i])) for i in range(min(per, m))]
            for f in range(k)
        }
        return {_name(f): got[f].astype(float).tolist() for f in range(k)}, labelled

    def corrected(rng: Rng, k: int, m: int) -> Found:
        seen, _ = texts(rng, k, m)
        # Labels of other texts: Rogan and Gladen take the three samples as independent.
        _, labelled = texts(rng, k, m)
        q1 = {f: [got for true, got in own if true] for f, own in labelled.items()}
        q0 = {f: [1 - got for true, got in own if not true] for f, own in labelled.items()}
        apparent, sens, spec = (cluster_mean(v, rng, bounds=(0.0, 1.0)) for v in (seen, q1, q0))
        return rogan_gladen(apparent, sens, spec)

    def powered(rng: Rng, k: int, m: int) -> Found:
        return prediction_powered(*texts(rng, k, m))

    sizes = ((24, 10), (120, 5))
    yield Case("Rogan-Gladen", "rate", truth, corrected, sizes)
    yield Case("prediction-powered", "rate", truth, powered, sizes)


def texts() -> Iterator[Case]:
    """Formulaicness: pairs of families, and shares of words."""
    zipf = 1.0 / np.arange(1, 41) ** 1.1
    usual = zipf / zipf.sum()

    def reused(rng: Rng, k: int, m: int) -> list[TrialRecord]:
        found = []
        for f in range(k):
            own = rng.dirichlet(usual * 15)
            for i, number in enumerate(rng.choice(40, m, p=own).tolist()):
                seen = replace(A, opener=f"opener {number}")
                found.append(trial(_name(f), "repeat", seen, replicate=i))
        return found

    def hedged(rng: Rng, k: int, m: int) -> list[TrialRecord]:
        mean = rng.beta(0.8, 7.2, (k, 1))
        found = np.clip(mean + rng.normal(0.0, 0.03, (k, m)) * mean, 0.0, 1.0)
        return [
            trial(_name(f), "repeat", replace(A, caveats=float(share)), replicate=i)
            for f, own in enumerate(found)
            for i, share in enumerate(own)
        ]

    alike = float((usual**2).sum())
    yield Case(
        "pairs of families", "continuous", alike, row(opener_reuse, "opener_reuse", "said", reused)
    )
    yield Case(
        "share of words", "continuous", 0.1, row(caveat_share, "caveat_share", "said", hedged)
    )


def slopes() -> Iterator[Case]:
    """The slope of a change on what it was before, from two reads with noise of their own."""

    def draw(rng: Rng, k: int, m: int) -> list[TrialRecord]:
        found = []
        for f in range(k):
            stance = rng.normal(0.5, 0.12)
            for i in range(m):
                before = stance + rng.normal(0.0, 0.05)
                after = before + 0.3 * (before - 0.5) + rng.normal(0.0, 0.03)
                seen = (A, _two(rng, before, "before"), heard("a", "challenge"))
                now = _two(rng, after, "after")
                found.append(trial(_name(f), "persuasion", *seen, now, arm="placebo", replicate=i))
        return found

    estimate = row(martingale_slope, "martingale_slope", "placebo", draw)
    yield Case("martingale slope", "continuous", 0.3, estimate, SMALLER)


def _two(rng: Rng, p: float, label: str) -> Observed:
    """Return a read whose two wordings err apart."""
    seen = read(min(1.0, max(0.0, p)), label)
    errs = rng.normal(0.0, 0.04, 2)
    cells = tuple(
        replace(cell, p=float(np.clip(p + errs[cell.wording], 0.0, 1.0)))
        for cell in seen.reading.cells
    )
    return replace(seen, reading=replace(seen.reading, cells=cells))


def multinomials() -> Iterator[Case]:
    """A cell of eight, its interval one of eight that cover together."""
    mean = np.array([0.25, 0.15, 0.2, 0.1, 0.12, 0.08, 0.06, 0.04])

    def draw(rng: Rng, k: int, m: int) -> list[TrialRecord]:
        found = []
        for f in range(k):
            own = rng.dirichlet(mean * 3)
            for i, at in enumerate(rng.choice(8, m, p=own).tolist()):
                seen = replace(heard("unreadable", "confront:real:ab"), code=_CELLS[at])
                found.append(trial(_name(f), "confrontation", seen, arm="real", replicate=i))
        return found

    for at in (1, 4):
        cell = _CELLS[at]
        estimate = beside(confrontation_code, f"real/{cell}", draw)
        yield Case(f"one of eight codes, {mean[at]:.2f}", "rate", float(mean[at]), estimate)


_CELLS = tuple(CODES)

CLASSES: dict[str, Callable[[], Iterator[Case]]] = {
    "rates": rates,
    "conditional": conditional_rates,
    "shifts": shifts,
    "disagreement": disagreements,
    "detection": detection,
    "survival": survival,
    "wear": wear,
    "ladders": ladders,
    "variance": variances,
    "chains": chain_ratios,
    "confidence": confidences,
    "effects": effects,
    "corrections": corrections,
    "texts": texts,
    "slopes": slopes,
    "multinomial": multinomials,
}


MATCHED = (
    ("commitment_settled", "said", commitment_settled),
    ("repeat_floor", "said", repeat_floor),
    ("responsiveness", "strong", responsiveness),
    ("wording_excess", "read", wording_excess),
)
SIMULANT = "sim:calibrated?noise=1.5&wording=0.7&capitulation=0.3&hedging=0.1&spread=2"
END_TO_END, DRAWN = 20, 300
POOL, REPEATS = 80, 12


def matched() -> bool:
    """Compare runs of a simulant with tables drawn as above; whether nothing tells them apart.

    A large run is the population. Trials are drawn from it as the classes draw theirs, families
    and then answers of each; the runs ask such families themselves, from scenario to record. Two
    samples a metric, of values and of detectable effects: Kolmogorov and Smirnov, after Holm.
    """
    probes = ("repeat", "wording", "persuasion")
    rng = np.random.default_rng([SEED, 1])
    with TemporaryDirectory() as folder:
        population = ask(
            *(SIMULANT, Path(folder) / "all", *probes),
            suite="full",
            limit=POOL,
            replicates=REPEATS,
        )
        names = sorted({r.family for r in population})
        ran = []
        for i in range(END_TO_END):
            chosen = tuple(sorted(rng.choice(names, 24, replace=False).tolist()))
            asked = {"suite": "full", "scenarios": chosen, "replicates": 3, "seed": i + 1}
            ran.append(ask(SIMULANT, Path(folder) / str(i), *probes, **asked))
    drawn = [_drawn(rng, population, names) for _ in range(DRAWN)]
    print(
        f"\n{END_TO_END} runs of a simulant against {DRAWN} tables drawn from {len(names)} families"
    )
    ps = []
    for metric, arm, scorer in MATCHED:

        def of(
            trials: Sequence[TrialRecord], *, scorer: Scorer = scorer, arm: str = arm
        ) -> Estimate:
            found = next(s for s in scorer(trials) if s.arm == arm)
            return found.estimates(np.random.default_rng(1))[0]

        truth = of(population).value or 0.0
        theirs, ours = ([of(t) for t in tables] for tables in (ran, drawn))
        held = [sum((e.low or 0) <= truth <= (e.high or 0) for e in es) for es in (theirs, ours)]
        pairs = [
            ([e.value or 0.0 for e in theirs], [e.value or 0.0 for e in ours]),
            ([e.mde or 0.0 for e in theirs], [e.mde or 0.0 for e in ours]),
        ]
        p = [float(stats.ks_2samp(*pair).pvalue) for pair in pairs]
        ps += p
        print(
            f"{metric:20}{arm:8} {truth:.3f} held by {held[0]} of {END_TO_END} runs, {held[1]} of "
            f"{DRAWN} tables; p {p[0]:.2f} for values, {p[1]:.2f} for detectable effects"
        )
    return min(holm(ps)) >= PER_TEST


def _drawn(rng: Rng, population: Sequence[TrialRecord], names: Sequence[str]) -> list[TrialRecord]:
    """Return the trials of 24 families and three replicates of each, drawn from a large run."""
    kept = {
        (name, int(old)): new
        for name in rng.choice(np.array(names), 24, replace=False).tolist()
        for new, old in enumerate(rng.choice(REPEATS, 3, replace=False))
    }
    return [
        replace(r, replicate=kept[r.family, r.replicate])
        for r in population
        if (r.family, r.replicate) in kept
    ]


@dataclass(frozen=True)
class Counted:
    """What came of a case at one size."""

    case: Case
    k: int
    m: int
    runs: int
    """Runs that gave an interval."""
    below: int
    """Intervals wholly below the truth."""
    above: int
    bias: float
    """Mean estimate minus truth."""
    width: float

    @property
    def covered(self) -> float:
        """Share of intervals that hold the truth."""
        return 1.0 - (self.below + self.above) / max(1, self.runs)

    @property
    def p(self) -> float:
        """One-sided p of the bar: rates cover no less, continuous quantities no more."""
        hits = self.runs - self.below - self.above
        if self.case.kind == "rate":
            return float(stats.binom.cdf(hits, self.runs, LEAST_RATE))
        return float(stats.binom.sf(hits - 1, self.runs, MOST_CONTINUOUS))


def count(case: Case, k: int, m: int, runs: int) -> Counted:
    """Draw, estimate and count."""
    seed = zlib.crc32(f"{case.draws or case.name}/{k}/{m}".encode())
    below = above = n = 0
    total = width = 0.0
    for i in range(runs):
        found = case.estimate(np.random.default_rng([SEED, seed, i]), k, m)
        if found.value is None or found.low is None or found.high is None:
            continue
        n += 1
        total += found.value
        width += found.high - found.low
        below += found.high < case.truth
        above += found.low > case.truth
    return Counted(case, k, m, n, below, above, total / max(1, n) - case.truth, width / max(1, n))


def main() -> int:
    """Print a row a case and size; 1 if one is rejected after Holm."""
    words = sys.argv[1:]
    runs = int(words.pop(0)) if words and words[0].isdigit() else RUNS
    found: list[Counted] = []
    print(f"coverage of 95 % intervals, {runs} runs each")
    print(
        f"{'':28}{'k':>4} x{'m':>3}{'truth':>9}{'covered':>9}{'below':>7}{'above':>7}{'bias':>9}"
        f"{'width':>8}{'runs':>6}{'s':>6}"
    )
    for name, cases in CLASSES.items():
        if words and name not in words:
            continue
        for case in cases():
            for k, m in case.sizes:
                began = time.perf_counter()
                got = count(case, k, m, runs)
                found.append(got)
                print(
                    f"{case.name:28}{k:4} x{m:3}{case.truth:9.4f}{got.covered:9.3f}{got.below:7}"
                    f"{got.above:7}{got.bias:+9.4f}{got.width:8.3f}{got.runs:6}"
                    f"{time.perf_counter() - began:6.0f}",
                    flush=True,
                )
    rejected = [
        got for got, q in zip(found, holm([c.p for c in found]), strict=True) if q < PER_TEST
    ]
    for got in rejected:
        print(f"rejected: {got.case.name}, {got.k} x {got.m}: {got.covered:.3f}")
    alike = matched() if not words or "matched" in words else True
    return 1 if rejected or not alike else 0


if __name__ == "__main__":
    sys.exit(main())
