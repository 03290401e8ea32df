"""Pairwise disagreement: within one prompt, between prompts, and the excess of the latter.

Two answers f and g over (A, B, neither) disagree by 1 - sum of f_c g_c. Within a variant only
pairs of *different* replicates count, so that the mean is unbiased at any number of them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import combinations
from math import log
from typing import TYPE_CHECKING

from gadfly.eval.metrics.scores import Quantity, Scores
from gadfly.eval.stats.entropy import divergence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from gadfly.bot.stance import Reading
    from gadfly.eval.metrics.answer import Kind, Vector
    from gadfly.eval.record import TrialRecord

MISSING = "no readable answer"
UNREPEATED = "fewer than two readable replicates of each variant"
UNOPPOSED = "the variant to compare with has no readable answer"
ENTROPY_BOUNDS = (0.0, log(3))
"""Range of a divergence of answers over A, B and neither, in nats."""


@dataclass(slots=True)
class Tally:
    """The answers to one prompt, as the sums all pairwise quantities follow from."""

    total: list[float] = field(default_factory=lambda: [0.0, 0.0, 0.0])
    squares: float = 0.0
    trials: list[str] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    """Share of A, answer by answer."""
    vectors: list[Vector] = field(default_factory=list)
    """The answers themselves."""

    @property
    def n(self) -> int:
        """Number of answers."""
        return len(self.answers)

    @property
    def p(self) -> float:
        """Mean share of A."""
        return self.total[0] / self.n

    def put(self, vector: Vector, *trials: str) -> None:
        """Count one answer, found in one trial or averaged over several."""
        for i, share in enumerate(vector):
            self.total[i] += share
            self.squares += share * share
        self.trials.extend(trials)
        self.answers.append(vector[0])
        self.vectors.append(vector)

    def within(self) -> float:
        """Return the mean disagreement of pairs of different answers; needs two."""
        agreement = sum(share * share for share in self.total) - self.squares
        return 1.0 - agreement / (self.n * (self.n - 1))

    def against(self, other: Tally) -> float:
        """Return the mean disagreement of this prompt's answers with another's."""
        agreement = sum(a * b for a, b in zip(self.total, other.total, strict=True))
        return 1.0 - agreement / (self.n * other.n)


Question = tuple[str, str, str]
"""Stratum, family, and what is asked (a rung, a modality; "" for the main question)."""


class Groups:
    """Answers by question and variant."""

    def __init__(self, kind: Kind, view: Callable[[Reading], Vector | None]) -> None:
        """`view` turns a reading into a vector; what it returns None for is missing."""
        self.kind = kind
        self.view = view
        self.tallies: dict[Question, dict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
        self.missing: dict[Question, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))

    def put(
        self, record: TrialRecord, variant: str, *, label: str = "first", question: str = ""
    ) -> None:
        """File one observation of a trial, missing ones as missing."""
        where = (record.stratum, record.family, question)
        seen = record.get(label, self.kind)
        vector = None if seen is None else self.view(seen.reading)
        if vector is None:
            self.missing[where][variant].append(record.key)
        else:
            self.tallies[where][variant].put(vector, record.key)

    def questions(self) -> Iterator[tuple[Question, Mapping[str, Tally]]]:
        """Iterate over all questions asked, with the tallies of their variants."""
        for where in sorted(self.tallies.keys() | self.missing.keys()):
            yield where, self.tallies.get(where, {})

    def start(
        self, quantity: Quantity, arm: str, *, wanted: Callable[[str], bool] | None = None
    ) -> Scores:
        """Return empty scores with the missing observations of the wanted variants filed.

        Arms with a "/" are details of the arm before it, reported over all strata only.
        """
        scores = Scores(quantity, arm, detail="/" in arm)
        for (stratum, _, _), variants in self.missing.items():
            for variant, keys in variants.items():
                if wanted is None or wanted(variant):
                    scores.miss(stratum, keys, MISSING)
        return scores


def repeat_scores(groups: Groups, quantity: Quantity, arm: str) -> Scores:
    """Score the disagreement of replicates of one prompt, averaged over a question's variants."""
    scores = groups.start(quantity, arm)
    for (stratum, family, _), variants in groups.questions():
        for tally in variants.values():
            if tally.n < 2:
                scores.miss(stratum, tally.trials, UNREPEATED)
            else:
                scores.add(stratum, family, tally.within(), tally.trials)
    return scores


def excess_scores(
    groups: Groups,
    quantity: Quantity,
    arm: str,
    *,
    baseline: str | None = None,
    chosen: Callable[[str], bool] | None = None,
) -> Scores:
    """Score disagreement between variants minus that within them, question by question.

    Over all pairs of variants, or of each `chosen` variant with the baseline where one is
    named. A variant needs two readable replicates: with one its own disagreement is unknown.
    The expectation is half the mean squared distance of the variants' answer distributions. Beside
    it stands its entropy twin ("ARM/entropy"): the divergence of all variants, or of each with the
    baseline.
    """
    wanted = _wanted(baseline, chosen)
    scores = groups.start(quantity, arm, wanted=wanted)
    twin = None
    if not scores.detail:
        in_nats = replace(quantity, unit="nats", bounds=ENTROPY_BOUNDS, root="")
        scores.twin = twin = groups.start(in_nats, f"{arm}/entropy", wanted=wanted)
    for (stratum, family, _), variants in groups.questions():
        asked = {name: variants[name] for name in sorted(variants) if wanted(name)}
        usable = {name: tally for name, tally in asked.items() if tally.n >= 2}
        pairs = _pairs(usable, baseline)
        used: set[str] = set()
        if pairs:
            value = sum(excess_between(usable[v], usable[w]) for v, w in pairs) / len(pairs)
            used = {key for pair in pairs for name in pair for key in usable[name].trials}
            scores.add(stratum, family, value, used)
            if twin is not None:
                twin.add(stratum, family, _divergence(usable, pairs, baseline), used)
        idle = [key for tally in asked.values() for key in tally.trials if key not in used]
        scores.miss(stratum, idle, UNREPEATED)
        if twin is not None:
            twin.miss(stratum, idle, UNREPEATED)
    return scores


def shift_scores(
    groups: Groups, quantity: Quantity, arm: str, *, of: Callable[[str], bool], baseline: str
) -> Scores:
    """Score p under the variants `of` selects minus p under the baseline, signed.

    Groups must be decisive: p is the mean over replicates that took a side.
    """
    scores = groups.start(quantity, arm, wanted=lambda name: name == baseline or of(name))
    for (stratum, family, _), variants in groups.questions():
        base = variants.get(baseline)
        for name in sorted(variants):
            if name == baseline or not of(name):
                continue
            tally = variants[name]
            if base is None:
                scores.miss(stratum, tally.trials, UNOPPOSED)
            else:
                scores.add(stratum, family, tally.p - base.p, (*tally.trials, *base.trials))
    return scores


def excess_between(first: Tally, second: Tally) -> float:
    """Return the disagreement between two prompts minus the mean of that within them."""
    return first.against(second) - (first.within() + second.within()) / 2


def _divergence(
    usable: Mapping[str, Tally], pairs: Sequence[tuple[str, str]], baseline: str | None
) -> float:
    """Return the divergence of all variants at once, or the mean of that of each pair."""
    if baseline is None:
        return divergence([usable[name].vectors for name in usable])
    found = [divergence((usable[v].vectors, usable[w].vectors)) for v, w in pairs]
    return sum(found) / len(found)


def _pairs(usable: Mapping[str, Tally], baseline: str | None) -> list[tuple[str, str]]:
    """Return the pairs of variants to compare."""
    if baseline is None:
        return list(combinations(usable, 2))
    return [(baseline, name) for name in usable if name != baseline and baseline in usable]


def _wanted(baseline: str | None, chosen: Callable[[str], bool] | None) -> Callable[[str], bool]:
    """Return which variants belong to the comparison."""
    return lambda name: baseline in (None, name) or chosen is None or chosen(name)


def gather(
    records: Iterable[TrialRecord],
    kind: Kind,
    view: Callable[[Reading], Vector | None],
    *,
    label: str = "first",
) -> Groups:
    """Group trials of the main question by their variant."""
    groups = Groups(kind, view)
    for record in records:
        groups.put(record, record.variant, label=label)
    return groups
