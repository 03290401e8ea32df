from __future__ import annotations

from itertools import product
from math import log

import numpy as np
import pytest

from gadfly.eval.stats.entropy import divergence

A, B, NEITHER = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)


def expected(shares: tuple[float, ...], n: int) -> float:
    """Return the expectation over all samples of n yes/no answers a variant."""
    total = 0.0
    for outcome in product((0, 1), repeat=n * len(shares)):
        chance, variants = 1.0, []
        for i, p in enumerate(shares):
            own = outcome[i * n : (i + 1) * n]
            chance *= float(np.prod([p if hit else 1 - p for hit in own]))
            variants.append([A if hit else B for hit in own])
        total += chance * divergence(variants)
    return total


def test_sure_and_opposite_answers_diverge_by_ln_2() -> None:
    """Two variants, each always answered alike and against the other: ln 2 with two answers."""
    assert divergence(((A, A), (B, B))) == pytest.approx(log(2), abs=1e-12)


def test_a_hand_computed_case() -> None:
    """(A, B) against (A, A): 2 ln 2 (P(two mixed draws differ) - mean P(two of one differ)).

    Mixed draws: both from the first 1/4 x 1, one from either 1/2 x 1/2, both from the second 0:
    1/2. Within: 1 and 0, mean 1/2. So 0; and half the squared distance, unbiased, is 0 too.
    """
    assert divergence(((A, B), (A, A))) == pytest.approx(0.0, abs=1e-12)


def test_at_two_answers_it_is_the_excess_in_other_units() -> None:
    """With two answers of each it is ln 2 times the excess, for two variants."""
    first, second = ((0.7, 0.3, 0.0), (0.5, 0.2, 0.3)), (A, (0.1, 0.9, 0.0))
    f, g = np.array(first), np.array(second)
    between = 1 - float((f @ g.T).mean())
    within = (1 - float(f[0] @ f[1]) + 1 - float(g[0] @ g[1])) / 2

    got = divergence((first, second))

    assert got == pytest.approx(log(2) * (between - within), abs=1e-12)


@pytest.mark.parametrize(
    ("p", "n", "variants"), [(0.5, 2, 2), (0.1, 3, 2), (0.3, 2, 4), (0.2, 3, 3)]
)
def test_noise_alone_gives_nothing_on_average(p: float, n: int, variants: int) -> None:
    """Where all variants are answered alike the expectation is exactly 0, by full enumeration."""
    assert expected((p,) * variants, n) == pytest.approx(0.0, abs=1e-10)


def test_it_tends_to_the_divergence_of_the_distributions() -> None:
    """Shares .9 and .2 give their Jensen-Shannon divergence within a third, nearer with five."""

    def entropy(p: float) -> float:
        return -p * log(p) - (1 - p) * log(1 - p)

    true = entropy(0.55) - (entropy(0.9) + entropy(0.2)) / 2

    errors = [abs(expected((0.9, 0.2), n) / true - 1.0) for n in (2, 3, 5)]
    assert max(errors) < 1 / 3
    assert errors[2] < 0.2


def test_three_categories_reach_ln_3() -> None:
    """Three variants, each sure of another answer, come to about ln 3."""
    many = [(side,) * 6 for side in (A, B, NEITHER)]

    assert divergence(many) == pytest.approx(log(3), rel=0.06)


def test_more_answers_than_compared_are_all_used() -> None:
    """Ten answers of each are compared six at a time, all of them: their order does not matter."""
    first = [A] * 7 + [B] * 3
    second = [A] * 2 + [B] * 8

    assert divergence((first, second)) == pytest.approx(divergence((first[::-1], second)))


def test_one_answer_is_not_enough() -> None:
    """Without a repeat its noise is unknown."""
    with pytest.raises(ValueError, match="two answers"):
        divergence(((A,), (B, B)))
