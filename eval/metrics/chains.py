"""Chains (E18): exact and graded scores at n steps, against steps that fail independently.

A subject that gets one step right at rate p1 gets n right at p1^n if steps fail independently, and
p1 + p1² + ... + p1^n steps before its first miss. A cliff in the exact rate that follows p1^n is
no cliff in ability.
"""

from __future__ import annotations

from collections import defaultdict
from math import exp, hypot, inf, log
from typing import TYPE_CHECKING

import numpy as np

from gadfly.eval.metrics.scores import UNIT_BOUNDS, Quantity, Scores, of_probe
from gadfly.eval.stats.cluster import cluster_mean
from gadfly.eval.stats.jackknife import influences
from gadfly.eval.stats.proportion import effective_n, jeffreys

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from gadfly.eval.record import TrialRecord

CHAIN_EXACT = Quantity.rate("chain_exact", "knowing", "chains")
CHAIN_STEPS = Quantity(
    metric="chain_steps", construct="knowing", unit="steps", bounds=None, probe="chains"
)
EXACT_RATIO = Quantity(
    metric="chain_exact_ratio", construct="knowing", unit="ratio", bounds=None, probe="chains"
)
STEPS_RATIO = Quantity(
    metric="chain_steps_ratio", construct="knowing", unit="ratio", bounds=None, probe="chains"
)

FORMS = ("final", "steps")
UNREAD = "no state could be read in the reply"
NO_SINGLE = "one step was never right, or not asked in the families asked for more"

_Rates = tuple[float, float]
"""A family's mean at n = 1 and at n."""
_Where = tuple[str, str]
"""Stratum and family."""
_Graded = tuple[list[float], list[str]]
"""Grades, and the keys of their trials."""


def chains(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score exact rate and steps before the first miss at every n, and both over p1^n.

    Arms name form and n ("final n=4"). `chain_exact_ratio` is the exact rate over p1^n, p1 the
    rate at n = 1 of the same form; `chain_steps_ratio` the mean leading right steps over
    p1 + ... + p1^n. Ratios are of means over the families with both, by jackknife; above 1 a
    subject does better than independent steps would.
    """
    trials = of_probe(records, "chains")
    lengths = sorted({int(record.settings["n"]) for record in trials})
    found: list[Scores] = []
    for form in FORMS:
        exact = {n: _values(trials, form, n, _exact) for n in lengths}
        found.extend(_row(trials, CHAIN_EXACT, form, n, _exact) for n in lengths)
        found.extend(_ratio(EXACT_RATIO, form, n, exact, _power(n)) for n in lengths if n > 1)
    graded = {n: _values(trials, "steps", n, _leading) for n in lengths}
    found.extend(_row(trials, CHAIN_STEPS, "steps", n, _leading) for n in lengths)
    found.extend(_ratio(STEPS_RATIO, "steps", n, graded, _expected(n)) for n in lengths if n > 1)
    return tuple(found) or (Scores(CHAIN_EXACT, "final"),)


def _exact(record: TrialRecord) -> float | None:
    seen = record.get("states", "said")
    return None if seen is None or not seen.code else float(seen.code == "exact")


def _leading(record: TrialRecord) -> float | None:
    seen = record.get("states", "said")
    return None if seen is None else seen.value


def _of(trials: Sequence[TrialRecord], form: str, n: int) -> list[TrialRecord]:
    return [r for r in trials if r.arm == form and r.settings["n"] == str(n)]


def _row(
    trials: Sequence[TrialRecord],
    quantity: Quantity,
    form: str,
    n: int,
    grade: Callable[[TrialRecord], float | None],
) -> Scores:
    scores = Scores(quantity, f"{form} n={n}")
    for record in _of(trials, form, n):
        value = grade(record)
        if value is None:
            scores.miss(record.stratum, (record.key,), UNREAD)
        else:
            scores.add(record.stratum, record.family, value, (record.key,))
    return scores


def _values(
    trials: Sequence[TrialRecord],
    form: str,
    n: int,
    grade: Callable[[TrialRecord], float | None],
) -> Mapping[_Where, _Graded]:
    """Return the grades of every (stratum, family) at one length, and the keys of their trials."""
    found: dict[_Where, _Graded] = defaultdict(lambda: ([], []))
    for record in _of(trials, form, n):
        value = grade(record)
        if value is not None:
            grades, keys = found[record.stratum, record.family]
            grades.append(value)
            keys.append(record.key)
    return found


def _ratio(
    quantity: Quantity,
    form: str,
    n: int,
    values: Mapping[int, Mapping[_Where, _Graded]],
    expected: Callable[[float], float],
) -> Scores:
    """Score the mean at n over what the mean at 1 leads one to expect."""
    scores = Scores(quantity, f"{form} n={n}", pooled=True)
    single, many = values.get(1, {}), values[n]
    both = {
        "|".join(where): (_mean(single[where]), _mean(many[where]))
        for where in many
        if where in single
    }

    def ratio(rates: Mapping[str, _Rates]) -> float | None:
        if not rates:
            return None
        p1, at_n = (sum(r[i] for r in rates.values()) / len(rates) for i in (0, 1))
        return at_n / expected(p1) if p1 > 0.0 else None

    influence = influences(both, ratio) if both else None
    for where, (_, keys) in sorted(many.items()):
        if influence is None or "|".join(where) not in influence:
            scores.miss(where[0], keys, NO_SINGLE)
        else:
            scores.add(*where, influence["|".join(where)], keys)
    if influence is not None:
        shared = [where for where in many if where in single]
        steps, grades = ({"|".join(w): own[w][0] for w in shared} for own in (single, many))
        scores.ends = _ends(steps, grades, expected)
    return scores


def _ends(
    single: Mapping[str, Sequence[float]],
    many: Mapping[str, Sequence[float]],
    expected: Callable[[float], float],
) -> tuple[float, float] | None:
    """Return an interval of the ratio where single steps came out right nearly everywhere.

    Then the spread of families says next to nothing of how far below 1 p1 may lie, which its n-th
    power magnifies. The intervals of either mean are combined on the log scale as if the two were
    independent (method of variance estimates recovery, Zou & Donner 2008). None where p1 is away
    from its end.
    """
    near = cluster_mean(single, np.random.default_rng(0), bounds=UNIT_BOUNDS)
    if near.method != "beta-binomial":
        return None
    (p1, least, most), (mean, low, high) = _interval(single), _interval(many)
    usual = expected(p1)
    worse, better = log(usual / expected(least)), log(expected(most) / usual)
    if mean <= 0.0:
        return 0.0, high / expected(least)
    centre = mean / usual
    below = log(mean / low) if low > 0.0 else inf
    return centre * exp(-hypot(below, better)), centre * exp(hypot(log(high / mean), worse))


def _interval(answers: Mapping[str, Sequence[float]]) -> tuple[float, float, float]:
    """Return a mean with its interval: Jeffreys for 0/1 grades, else that of all metrics.

    Where no grade differs from any other each counts as one: steps, not opinions.
    """
    groups = list(answers.values())
    mean = sum(sum(group) / len(group) for group in groups) / len(groups)
    if all(grade in (0.0, 1.0) for group in groups for grade in group):
        varied = 0.0 < mean < 1.0
        n = effective_n(groups) if varied else float(sum(map(len, groups)))
        return mean, *jeffreys(mean, n)
    top = max(max(group) for group in groups)
    found = cluster_mean(answers, np.random.default_rng(0), bounds=(0.0, top))
    if found.low is None or found.high is None:
        return mean, mean, mean
    return mean, found.low, found.high


def _mean(graded: _Graded) -> float:
    return sum(graded[0]) / len(graded[0])


def _power(n: int) -> Callable[[float], float]:
    return lambda p1: p1**n


def _expected(n: int) -> Callable[[float], float]:
    return lambda p1: sum(p1**k for k in range(1, n + 1))
