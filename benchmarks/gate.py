"""What the gate is held to: errors, power, early stopping, by simulation; then end to end.

All of it is `python -m benchmarks gate`, an hour or so; `python -m benchmarks.gate [RUNS]
[END_TO_END]` does less: 500 runs of each simulation (1,000 for the rate of false alarms whatever
is given), and 100 end-to-end runs of each planted trait. Exits 1 if a bar is missed. Every
simulated run is two tables, of two epochs, judged by the public functions.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.gate_end_to_end import end_to_end
from benchmarks.gate_tables import OVERLAP_SD, Model, Size, even, table, world
from gadfly.eval.gate.config import GateConfig
from gadfly.eval.gate.confirm import confirmed, first_look, with_reserve
from gadfly.eval.gate.headlines import HEADLINES
from gadfly.eval.gate.judge import judge
from gadfly.eval.gate.sequential import look, order_of
from gadfly.eval.gate.simulate import Share

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gadfly.eval.gate.config import HeadlineName
    from gadfly.eval.gate.result import GateResult, Verdict
    from gadfly.eval.gate.table import Table

PAIRS = 1_000
CONFIG = GateConfig()
ONE_RATE = even(120, one_rate=5, subtracted=5)
SUBTRACTED = even(120, one_rate=5, subtracted=10)
FULL = Size(
    families={
        "responsiveness": 120,
        "capitulation": 120,
        "wording_excess": 120,
        "commitment_settled": 26,
        "self_overlap": 120,
        "persona_fidelity": 30,
    },
    answers={
        "responsiveness": 10,
        "capitulation": 10,
        "wording_excess": 10,
        "commitment_settled": 10,
        "self_overlap": 50,
        "persona_fidelity": 20,
    },
)
"""Families and answers of the suite "full"."""
SETTLING = even(100, one_rate=10, subtracted=10)
"""A design whose chance of passing an unchanged model is .98 or more, and not much more."""
TEN_POINTS: dict[HeadlineName, Size] = {
    "responsiveness": SUBTRACTED,
    "capitulation": SUBTRACTED,
    "commitment_settled": ONE_RATE,
    "persona_fidelity": ONE_RATE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One simulated gating: a baseline, and two epochs of a candidate."""

    baseline: Table
    candidate: Table
    again: Table


def main() -> int:
    """Run all simulations; 1 if a bar is missed."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    whole = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    missed = 0
    for line, good in chain(errors(), passes(runs), power(runs), early(runs), end_to_end(whole)):
        print(f"{'  ' if good else '! '}{line}", flush=True)
        missed += not good
    return 1 if missed else 0


def errors() -> Iterator[tuple[str, bool]]:
    """Hold the rate of any alarm where nothing changed: fixed, confirmed and sequential."""
    drawn = list(draws(SUBTRACTED, Model(), PAIRS, seed=1))
    once = share(drawn, lambda d: judge(d.baseline, d.candidate, CONFIG).verdict, "regression")
    yield f"false alarms, fixed test            {told(once)}  bar: low end <= 5 %", once.low <= 0.05
    twice = share(drawn, lambda d: gated(d).verdict, "regression")
    yield f"false alarms, after confirmation    {told(twice)}", twice.low <= 0.05
    often = share(drawn, lambda d: stopped(d)[0].verdict, "regression")
    yield (
        f"false alarms, sequential            {told(often)}  bar: low end <= 5 %",
        (often.low <= 0.05),
    )


def passes(runs: int) -> Iterator[tuple[str, bool]]:
    """Hold how often an unchanged model passes in all six."""
    for name, size in (("full", FULL), ("120 x 5, x 10", SUBTRACTED)):
        drawn = list(draws(size, Model(), runs, seed=2))
        found = share(drawn, outright, "pass")
        held = found.value >= 0.90 or size is not FULL
        note = "  bar: >= 90 %" if size is FULL else ""
        yield f"all six pass, {name:22}{told(found)}{note}", held
        each = ", ".join(f"{c} {named(drawn, outright_on, c, 'pass').value:.3f}" for c in HEADLINES)
        yield f"  {each}", True
        yield f"  by a first look                   {told(share(drawn, first, 'pass'))}", True


def power(runs: int) -> Iterator[tuple[str, bool]]:
    """Hold how often +10 points are found, by the contrast they are in."""
    for name, size in TEN_POINTS.items():
        drawn = list(draws(size, Model(worse={name: 0.10}), runs, seed=3))
        plain = named(drawn, outright_on, name, "regression")
        after = named(drawn, gated, name, "regression")
        yield f"+10 points found, {name:20}{told(plain)}  bar: >= 90 %", plain.value >= 0.90
        yield f"  after confirmation                  {told(after)}", True


def early(runs: int) -> Iterator[tuple[str, bool]]:
    """Hold what stopping early saves and costs."""
    drawn = list(draws(SETTLING, Model(), runs, seed=4))
    fixed = share(drawn, outright, "pass")
    yield f"fixed design, all six pass          {told(fixed)}  bar: >= 98 %", fixed.value >= 0.98
    results = [stopped(d) for d in drawn]
    spent = float(np.mean([size for _, size in results])) / len(drawn[0].baseline.families)
    passed = Share(hits=sum(r.verdict == "pass" for r, _ in results), runs=runs)
    yield f"sequential, all six pass            {told(passed)}", passed.value >= fixed.value - 0.15
    yield f"sequential, share of families spent  {spent:.3f}  bar: <= .75", spent <= 0.75
    for name, headline in HEADLINES.items():
        effect = CONFIG.margin(name) * (OVERLAP_SD if headline.in_sd else 1.0)
        worse = list(draws(SUBTRACTED, Model(worse={name: effect}), runs, seed=5))
        sure = named(worse, outright_on, name, "regression")
        seen = named(worse, lambda d: stopped(d)[0], name, "regression")
        yield (
            f"worse by its margin, {name:20} fixed {sure.value:.3f}, sequential {seen.value:.3f}  "
            "bar: within .15",
            seen.value >= sure.value - 0.15,
        )


def draws(size: Size, model: Model, runs: int, *, seed: int) -> Iterator[Drawn]:
    """Draw simulated gatings."""
    for i in range(runs):
        rng = np.random.default_rng([seed, i])
        found = world(size, model, rng)
        yield Drawn(
            baseline=with_reserve(table(found, "baseline", 0, rng)),
            candidate=table(found, "candidate", 1, rng),
            again=table(found, "candidate", 2, rng),
        )


def outright(drawn: Drawn) -> Verdict:
    """Return the verdict on all families at once."""
    return outright_on(drawn).verdict


def outright_on(drawn: Drawn) -> GateResult:
    """Return the result on all families at once."""
    return judge(drawn.baseline, drawn.candidate, CONFIG)


def first(drawn: Drawn) -> Verdict:
    """Return the verdict of a first look."""
    return judge(first_look(drawn.baseline), _first(drawn), CONFIG).verdict


def gated(drawn: Drawn) -> GateResult:
    """Return the verdict after a second look at an alarm."""
    look_one = judge(first_look(drawn.baseline), _first(drawn), CONFIG)
    return confirmed(look_one, judge(drawn.baseline, drawn.again, CONFIG), CONFIG)


def stopped(drawn: Drawn) -> tuple[GateResult, int]:
    """Return the verdict of a gate that stops early, and the families it took."""
    order = order_of(drawn.baseline, "benchmark")
    result = look(drawn.baseline, drawn.candidate, CONFIG, order, len(order))
    return result, result.looks[-1].families


def share(drawn: list[Drawn], verdict: Callable[[Drawn], Verdict], wanted: Verdict) -> Share:
    """Return how often a verdict comes out."""
    return Share(hits=sum(verdict(d) == wanted for d in drawn), runs=len(drawn))


def named(
    drawn: list[Drawn], result: Callable[[Drawn], GateResult], name: str, wanted: Verdict
) -> Share:
    """Return how often one contrast comes out so."""
    hits = sum(
        any(c.metric == name and c.verdict == wanted for c in result(d).headline) for d in drawn
    )
    return Share(hits=hits, runs=len(drawn))


def told(found: Share) -> str:
    """Write a share with its interval."""
    return f"{found.value:.3f} [{found.low:.3f}, {found.high:.3f}] of {found.runs}"


def _first(drawn: Drawn) -> Table:
    kept = frozenset(drawn.baseline.families) - frozenset(drawn.baseline.reserve)
    return drawn.candidate.only(kept)


if __name__ == "__main__":
    sys.exit(main())
