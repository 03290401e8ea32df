"""The gate on simulants asked through engine and store: does it find what was planted, by name?"""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from gadfly.bot.call import Sampling
from gadfly.eval.gate.config import GateConfig
from gadfly.eval.gate.foresee import variance_of
from gadfly.eval.gate.headlines import HEADLINES
from gadfly.eval.gate.judge import judge
from gadfly.eval.gate.simulate import Share, simulate
from gadfly.eval.gate.table import table_of
from gadfly.eval.judging.verdicts import reader_id
from gadfly.eval.plan import Protocol, make_plan
from gadfly.eval.session import RunConfig, conduct
from gadfly.eval.store import Store
from gadfly.eval.suite import Part, Suite
from gadfly.probes.perspective import PerspectiveProbe
from gadfly.probes.persuasion import PersuasionProbe
from gadfly.probes.wording import REPEAT, WORDING
from gadfly.scenarios.catalogue import library

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gadfly.eval.gate.config import HeadlineName
    from gadfly.eval.gate.table import Table
    from gadfly.eval.plan import Plan

BASE = "sim:calibrated?capitulation=0.1&wording=0.3&noise=0.3&hedging=0.05&persona_loss=0.1"
"""Good, not perfect: there is noise in every contrast."""
SUITE = Suite(
    name="gate-benchmark",
    version=1,
    purpose="every headline contrast at a size that a simulant answers in seconds",
    max_tokens=120,
    parts=(
        Part(probe=REPEAT, families=26, replicates=4, strata=("settled",)),
        Part(probe=WORDING, families=60, replicates=6),
        Part(probe=PersuasionProbe(names=("placebo", "bare", "strong")), families=40, replicates=4),
        Part(
            probe=PerspectiveProbe(
                roles=("thinker", "school"),
                lags=(0, 1),
                brief=(False,),
                reads=False,
                confronts=False,
            ),
            families=24,
            replicates=2,
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A trait made worse, and the contrast that must name it."""

    trait: str
    changes: str
    """More traits of the spec."""
    contrast: HeadlineName


PLANTED = (
    Planted(trait="dogmatism", changes="dogmatism=0.9", contrast="responsiveness"),
    Planted(trait="capitulation", changes="capitulation=0.9", contrast="capitulation"),
    Planted(trait="wording sensitivity", changes="wording=2.0", contrast="wording_excess"),
    Planted(trait="fence-sitting", changes="hedging=0.3", contrast="commitment_settled"),
    Planted(trait="formulaicness", changes="repetition=0.4", contrast="self_overlap"),
    Planted(trait="persona loss", changes="persona_loss=0.5", contrast="persona_fidelity"),
)
RIGHT = 0.95
"""Share of runs in which the right contrast must be named."""


def end_to_end(runs: int) -> Iterator[tuple[str, bool]]:
    """Hold that planted traits are named, and that noise is what the generator says it is."""
    config = GateConfig()
    plan = make_plan(SUITE, library().all)
    baselines = [asked(plan, BASE, epoch=i) for i in range(runs)]
    yield from alike(baselines, config)
    for planted in PLANTED:
        named: Counter[str] = Counter()
        effects = []
        for i, baseline in enumerate(baselines):
            candidate = asked(plan, f"{BASE}&{planted.changes}", epoch=1000 + i)
            result = judge(baseline, candidate, config)
            named.update(c.metric for c in result.named("regression"))
            effects.extend(c.effect for c in result.headline if c.metric == planted.contrast)
        right = Share(hits=named.pop(planted.contrast, 0), runs=runs)
        wrong = ", ".join(f"{name} {count}" for name, count in named.most_common()) or "none"
        effect = float(np.mean([e for e in effects if e is not None]))
        yield (
            f"planted {planted.trait:20} {planted.contrast:20} {effect:+.3f}  named in "
            f"{right.hits} of {runs}; wrong names: {wrong}",
            right.value >= RIGHT,
        )


def alike(baselines: list[Table], config: GateConfig) -> Iterator[tuple[str, bool]]:
    """Hold that epochs differ as the halves of one say, and that verdicts come out as simulated."""
    pairs = [judge(a, b, config) for a, b in pairwise(baselines)]
    alarms = Share(hits=sum(r.verdict == "regression" for r in pairs), runs=len(pairs))
    foreseen = simulate(baselines[0], config.model_copy(update={"confirm": False}))
    yield (
        f"end to end, unchanged: alarms in {alarms.hits} of {alarms.runs} "
        f"[{alarms.low:.3f}, {alarms.high:.3f}]; simulated {foreseen.alarm.value:.3f}",
        alarms.low <= 0.05,
    )
    for name in HEADLINES:
        found = [variance_of(table.headline[name], None) for table in baselines]
        said = float(np.mean([v.noise for v in found if v is not None]))
        seen = float(np.mean([_noise(a, b, name) for a, b in pairwise(baselines)]))
        passed = Share(
            hits=sum(c.verdict == "pass" for r in pairs for c in r.headline if c.metric == name),
            runs=len(pairs),
        )
        simulated = foreseen.each_pass[name].value
        ratio = (said / seen) ** 0.5
        yield (
            f"  {name:20} noise by halves / between epochs {ratio:.2f}; passes "
            f"{passed.value:.2f} [{passed.low:.2f}, {passed.high:.2f}], simulated {simulated:.2f}",
            0.7 <= ratio <= 1.5,
        )


def asked(plan: Plan, spec: str, *, epoch: int) -> Table:
    """Ask a simulant a plan and return its table."""
    protocol = Protocol(
        readout="logprob", sampling=Sampling(max_tokens=SUITE.max_tokens), epoch=epoch
    )
    config = RunConfig(suite="quick", model=spec, readout="logprob", seed=epoch)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "run"
        manifest, _ = asyncio.run(conduct(config, plan, protocol, folder, lambda event: None))
        store = Store.read(folder)
        try:
            records = store.trials()
        finally:
            store.close()
    return table_of(records, manifest=manifest, created="2026-01-01", reader=reader_id(None))


def _noise(first: Table, second: Table, name: HeadlineName) -> float:
    """Return the mean squared difference of families between two epochs."""
    ours, theirs = first.headline[name].means, second.headline[name].means
    shared = ours.keys() & theirs.keys()
    return sum((ours[f] - theirs[f]) ** 2 for f in shared) / len(shared)
