from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from support.trials import replicated

from gadfly.eval.metrics.coherence import (
    CLAIM,
    CONJUNCT,
    CONJUNCTION,
    ENTAILED,
    NEGATION,
    logical_coherence,
)

if TYPE_CHECKING:
    from gadfly.eval.record import TrialRecord


def asked(claim: str, replies: str) -> list[TrialRecord]:
    return replicated("f", "coherence", replies, variant=claim)


def value(trials: list[TrialRecord], law: str) -> float | None:
    """Return the one value of the family under a law, as said."""
    (scores,) = (s for s in logical_coherence(trials) if s.arm == f"said {law}")
    values = scores.families().get("f", ())
    return values[0] if values else None


def test_a_claim_and_its_denial_sum_to_one() -> None:
    """Both always held: 1 too much. Both never: 1 too little. One of them: coherent."""
    assert value([*asked(CLAIM, "aaa"), *asked(NEGATION, "aaa")], "negation") == 1.0
    assert value([*asked(CLAIM, "bbb"), *asked(NEGATION, "bbb")], "negation") == 1.0
    assert value([*asked(CLAIM, "aaa"), *asked(NEGATION, "bbb")], "negation") == 0.0


def test_what_a_claim_entails_is_at_least_as_likely() -> None:
    """To hold X and not the Y it entails is incoherent, to hold Y without X is not."""
    assert value([*asked(CLAIM, "aa"), *asked(ENTAILED, "bb")], "entailment") == 1.0
    assert value([*asked(CLAIM, "bb"), *asked(ENTAILED, "aa")], "entailment") == 0.0


def test_a_conjunction_is_no_likelier_than_its_less_likely_part() -> None:
    """X held, Z not: X and Z must not be held; where both are held it may be."""
    broken = [*asked(CLAIM, "aa"), *asked(CONJUNCT, "bb"), *asked(CONJUNCTION, "aa")]
    kept = [*asked(CLAIM, "aa"), *asked(CONJUNCT, "aa"), *asked(CONJUNCTION, "aa")]
    modest = [*asked(CLAIM, "aa"), *asked(CONJUNCT, "aa"), *asked(CONJUNCTION, "bb")]

    assert value(broken, "conjunction") == 1.0
    assert value(kept, "conjunction") == 0.0
    assert value(modest, "conjunction") == 0.0


def test_undecided_answers_and_single_ones_are_too_few() -> None:
    """A law needs two decisive answers to each of its claims."""
    assert value([*asked(CLAIM, "aa"), *asked(NEGATION, "au")], "negation") is None
    assert value([*asked(CLAIM, "aa")], "negation") is None


@pytest.mark.parametrize("law", ["negation", "entailment", "conjunction"])
def test_noise_is_not_incoherence(law: str) -> None:
    """Coin flips on every claim are at the edge of each law; they score 0 on average."""
    rng = random.Random(7)
    claims = (CLAIM, NEGATION, ENTAILED, CONJUNCT, CONJUNCTION)

    found = [
        value([t for c in claims for t in asked(c, "".join(rng.choices("ab", k=5)))], law)
        for _ in range(300)
    ]

    assert sum(v or 0.0 for v in found) / len(found) == pytest.approx(0.0, abs=0.06)
