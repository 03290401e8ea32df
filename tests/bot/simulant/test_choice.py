from __future__ import annotations

import math
from collections import Counter

import pytest

from gadfly.bot.readout.likelihood import matched_odds
from gadfly.bot.simulant.chance import Chance
from gadfly.bot.simulant.choice import (
    REFERENCE,
    chances,
    draw,
    label_logprobs,
    logistic,
    statement_logprobs,
)
from gadfly.bot.simulant.traits import Traits


def test_rates_apply_one_after_the_other() -> None:
    """What is left after unreadable, refused, evaded and undecided is divided by the stance."""
    traits = Traits(unreadable=0.5, refusal=0.5)
    made = chances(traits, 0.0, hedging=0.5, evasion=0.5)
    # 1/2, then half of what is left each time: 1/4, 1/8, 1/16, and 1/32 for each side.
    assert made == {
        "unreadable": 0.5,
        "refused": 0.25,
        "evaded": 0.125,
        "undecided": 0.0625,
        "a": 0.03125,
        "b": 0.03125,
    }


def test_draws_at_the_reference_temperature_have_the_stated_rates() -> None:
    """At temperature 0.7 each choice is drawn as often as its chance says."""
    made = chances(Traits(refusal=0.2), 0.7, hedging=0.25, evasion=0.0)
    counts = Counter(draw(made, REFERENCE, Chance("draws", i)) for i in range(4000))
    for choice, p in made.items():
        assert counts[choice] / 4000 == pytest.approx(p, abs=4 * math.sqrt(p / 4000) + 1e-9)


def test_temperature_sharpens_and_flattens_the_sides() -> None:
    """At temperature T the odds of the sides are exp(logit / T)."""
    made = chances(Traits(), 1.0, hedging=0.0, evasion=0.0)
    for temperature in (0.35, 1.0, 2.0):
        drawn = [draw(made, temperature, Chance("t", str(temperature), i)) for i in range(4000)]
        assert drawn.count("a") / 4000 == pytest.approx(logistic(1.0 / temperature), abs=0.035)


def test_at_temperature_zero_the_likeliest_is_taken_and_a_side_wins_ties() -> None:
    """Greedy answers need no chance."""
    made = chances(Traits(), -0.1, hedging=0.4, evasion=0.0)
    assert draw(made, 0.0, Chance("x")) == "undecided"
    made = chances(Traits(), -0.1, hedging=0.0, evasion=0.0)
    assert draw(made, 0.0, Chance("x")) == "b"
    made = chances(Traits(), 40.0, hedging=0.5, evasion=0.0)
    assert draw(made, 0.0, Chance("x")) == "a"


def test_labels_tempered_to_the_reference_give_the_rates_back() -> None:
    """exp(logprob / 0.7), normalised over the labels, is the distribution that is sampled."""
    made = chances(Traits(refusal=0.1), 0.8, hedging=0.3, evasion=0.2)
    weights = {c: math.exp(v / REFERENCE) for c, v in label_logprobs(made).items()}
    total = sum(weights.values())
    assert weights["a"] / total == pytest.approx(made["a"], abs=1e-6)
    assert weights["undecided"] / total == pytest.approx(made["undecided"] + made["evaded"])
    assert weights["refused"] / total == pytest.approx(made["refused"])


def test_babble_lowers_the_label_mass() -> None:
    """The labels hold all probability but what goes to babble."""
    masses = []
    for unreadable in (0.0, 0.1, 0.4):
        made = chances(Traits(unreadable=unreadable), 0.5, hedging=0.0, evasion=0.0)
        masses.append(sum(math.exp(v) for v in label_logprobs(made).values()))
    assert masses[0] > 0.9999
    assert masses[0] > masses[1] > masses[2]


@pytest.mark.parametrize("logit", [-40.0, -3.5, 0.0, 0.7, 12.0])
@pytest.mark.parametrize(("n_a", "n_b"), [(1, 1), (8, 13), (30, 4)])
def test_statement_likelihoods_differ_by_the_logit(logit: float, n_a: int, n_b: int) -> None:
    """The per-word odds of the statements are the latent stance; neither exceeds 1."""
    a, b = statement_logprobs(logit, n_a, n_b)
    assert matched_odds(a, n_a, b, n_b) == pytest.approx(logit, abs=1e-9)
    assert max(a, b) < 0.0
