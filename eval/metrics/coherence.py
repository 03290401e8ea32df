"""Logical coherence: what the answers to claims that logic ties together owe to one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.eval.metrics.answer import KINDS, decisive
from gadfly.eval.metrics.disagreement import UNREPEATED, gather
from gadfly.eval.metrics.scores import Quantity, Scores, of_probe
from gadfly.eval.stats.cross_fit import cross_fitted, cross_fitted_excess

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gadfly.eval.metrics.answer import Kind
    from gadfly.eval.metrics.disagreement import Tally
    from gadfly.eval.record import TrialRecord

LOGICAL_COHERENCE = Quantity.points("logical_coherence", "inconsistency", "coherence")
CLAIM, NEGATION, ENTAILED = "original", "claim:negation", "claim:entailed"
CONJUNCT, CONJUNCTION = "claim:conjunct", "claim:conjunction"
TIES: Mapping[str, tuple[str, ...]] = {
    "negation": (CLAIM, NEGATION),
    "entailment": (CLAIM, ENTAILED),
    "conjunction": (CLAIM, CONJUNCT, CONJUNCTION),
}
"""The claims each law of logic is about."""
ONE_CLAIM = "one claim of the law was not answered twice"


def logical_coherence(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score three incoherences, each 0 for a coherent subject, from decisive answers.

    "negation": |p(X) + p(not X) - 1|. "entailment": p(X) - p(Y) where above 0, for whoever holds X
    holds the Y it entails. "conjunction": p(X and Z) - min(p(X), p(Z)) where above 0. All are
    cross-fitted: signs, and which of X and Z is the lower, come from all replicates but one, the
    size from that one, so that noise alone gives 0 on average; single values may be negative.
    """
    trials = of_probe(records, "coherence")
    return tuple(_law(trials, kind, law) for kind in KINDS for law in TIES)


def _law(trials: Sequence[TrialRecord], kind: Kind, law: str) -> Scores:
    """Score one law, family by family."""
    claims = TIES[law]
    groups = gather([r for r in trials if r.variant in claims], kind, decisive)
    scores = groups.start(LOGICAL_COHERENCE, f"{kind} {law}")
    for (stratum, family, _), variants in groups.questions():
        keys = [key for claim in sorted(variants) for key in variants[claim].trials]
        value = _incoherence(variants, law)
        if value is None:
            short = any(claim not in variants for claim in claims)
            scores.miss(stratum, keys, ONE_CLAIM if short else UNREPEATED)
        else:
            scores.add(stratum, family, value, keys)
    return scores


def _incoherence(variants: Mapping[str, Tally], law: str) -> float | None:
    """Return how far a family's answers break a law; None below two answers to each claim."""
    answers = [variants[claim].answers if claim in variants else [] for claim in TIES[law]]
    n = min(len(given) for given in answers)
    if n < 2:
        return None
    claim, *others = (given[:n] for given in answers)
    if law == "conjunction":
        return cross_fitted_excess(others[1], (claim, others[0]))
    if law == "negation":
        return cross_fitted([x + y - 1.0 for x, y in zip(claim, others[0], strict=True)])
    differences = [x - y for x, y in zip(claim, others[0], strict=True)]
    return cross_fitted(differences, one_sided=True)
