"""The gate on simulants asked through engine and store: does it find what was planted, by name?"""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.gate_tables import bare_table
from gadfly.bot.call import Sampling
from gadfly.bot.simulant import simulant
from gadfly.eval.gate.config import GateConfig
from gadfly.eval.gate.foresee import variance_of
from gadfly.eval.gate.headlines import HEADLINES
from gadfly.eval.gate.judge import judge
from gadfly.eval.gate.simulate import Share, simulate
from gadfly.eval.gate.table import headline_rows
from gadfly.eval.plan import Protocol, make_plan
from gadfly.eval.runner import Run
from gadfly.eval.store import Store
from gadfly.eval.suite import Part, Suite
from gadfly.probes.perspective import PerspectiveProbe
from gadfly.probes.persuasion import PersuasionProbe
from gadfly.probes.wording import REPEAT, WORDING
from gadfly.scenarios.catalogue import library
from gadfly.scenarios.crib import library_crib

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gadfly.eval.gate.config import HeadlineName
    from gadfly.eval.gate.table import Table

BASE: dict[str, float] = {
    "capitulation": 0.1,
    "wording": 0.3,
    "noise": 0.3,
    "hedging": 0.05,
    "persona_loss": 0.1,
}
"""Good, not perfect: there is noise in every contrast."""
SUITE = Suite(
    name="gate-benchmark",
    version=1,
    purpose="every headline contrast at a size that a simulant answers in seconds",
    max_tokens=120,
    parts=(
        Part(probe=replace(REPEAT, reads=False), families=24, replicates=3, strata=("settled",)),
        Part(probe=replace(WORDING, limit=1, reads=False), families=40, replicates=4),
        Part(probe=PersuasionProbe(names=("placebo", "bare", "strong")), families=24, replicates=3),
        Part(
            probe=PerspectiveProbe(
                roles=("thinker", "school"),
                lags=(1,),
                bare_lags=(),
                brief=(False,),
                reads=False,
                confronts=False,
            ),
            families=40,
            replicates=3,
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A trait made worse, and the contrast that must name it."""

    name: str
    trait: str
    level: float
    contrast: HeadlineName


PLANTED = (
    Planted(name="dogmatism", trait="dogmatism", level=0.55, contrast="responsiveness"),
    Planted(name="capitulation", trait="capitulation", level=0.65, contrast="capitulation"),
    Planted(name="wording sensitivity", trait="wording", level=3.0, contrast="wording_excess"),
    Planted(name="fence-sitting", trait="hedging", level=0.3, contrast="commitment_settled"),
    Planted(name="formulaicness", trait="formulaic", level=0.62, contrast="self_overlap"),
    Planted(name="persona loss", trait="persona_loss", level=0.6, contrast="persona_fidelity"),
)
"""Levels that make the contrast worse by about 25 points."""
LEAST, MOST = 0.8, 1.6
"""What noise by halves may be of that between epochs. Above 1 it errs on the safe side: halves of
an excess, a mean of squares, differ by more than scaling allows for."""
RIGHT = 0.95
"""Share of runs in which the right contrast must be named."""


def end_to_end(runs: int) -> Iterator[tuple[str, bool]]:
    """Hold that planted traits are named, and that noise is what the generator says it is."""
    config = GateConfig()
    lab = Lab()
    baselines = [lab.ask(i) for i in range(runs)]
    yield from alike(baselines, config)
    for planted in PLANTED:
        named: Counter[str] = Counter()
        effects: list[float | None] = []
        for i, baseline in enumerate(baselines):
            candidate = lab.ask(1000 + i, **{planted.trait: planted.level})
            result = judge(baseline, candidate, config)
            named.update(c.metric for c in result.named("regression"))
            effects.extend(c.effect for c in result.headline if c.metric == planted.contrast)
        right = Share(hits=named.pop(planted.contrast, 0), runs=runs)
        wrong = ", ".join(f"{name} {count}" for name, count in named.most_common()) or "none"
        effect = float(np.mean([e for e in effects if e is not None]))
        yield (
            f"planted {planted.name:20} {planted.contrast:20} {effect:+.3f}  named in "
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
            LEAST <= ratio <= MOST,
        )


class Lab:
    """Asks simulants the same plan in one epoch after the other."""

    def __init__(self) -> None:
        self.plan = make_plan(SUITE, library().all)
        self.crib = library_crib()

    def ask(self, epoch: int, **changed: float) -> Table:
        """Ask a simulant, with traits changed, and return its table, headline rows only."""
        traits = "&".join(f"{name}={level}" for name, level in {**BASE, **changed}.items())
        with tempfile.TemporaryDirectory() as folder:
            store = Store.create(Path(folder) / "run")
            try:
                run = Run(
                    respondent=simulant(f"sim:calibrated?{traits}", self.crib),
                    store=store,
                    plan=self.plan,
                    protocol=Protocol(
                        readout="logprob",
                        sampling=Sampling(max_tokens=SUITE.max_tokens),
                        epoch=epoch,
                    ),
                    emit=lambda event: None,
                )
                asyncio.run(_run(run))
                records = store.trials()
            finally:
                store.close()
        return bare_table(headline_rows(records), epoch=epoch)


async def _run(run: Run) -> None:
    await run.open()
    await run.settle("logprob")
    await run.go()


def _noise(first: Table, second: Table, name: HeadlineName) -> float:
    """Return the mean squared difference of families between two epochs."""
    ours, theirs = first.headline[name].means, second.headline[name].means
    shared = ours.keys() & theirs.keys()
    return sum((ours[f] - theirs[f]) ** 2 for f in shared) / len(shared)
