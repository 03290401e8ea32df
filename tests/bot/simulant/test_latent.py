from __future__ import annotations

import statistics
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from gadfly.bot.proposition import Proposition
from gadfly.bot.simulant.crib import Matter
from gadfly.bot.simulant.latent import KNOWN, base_logit, form_offset
from gadfly.bot.simulant.traits import PRESETS, Traits

if TYPE_CHECKING:
    from gadfly.scenarios.scenario import Scenario

ABOUT = Proposition(family="f", question="Do it?", a="Do it now.", b="Let it be.", yes="a")
RUNG = Matter(proposition=ABOUT, kind="rung", severity=1, n_severities=5, benefit=1)
CASE = Matter(proposition=ABOUT, kind="case", legal=True, moral_gap=3)


def test_contested_stances_spread_as_told(families: tuple[Scenario, ...]) -> None:
    """Stances on contested families have the SD of the trait, and scale with it exactly."""
    matters = [Matter(proposition=s.proposition) for s in families]
    bases = [base_logit(Traits(), m) for m in matters]
    assert statistics.stdev(bases) == pytest.approx(1.0, abs=0.3)
    assert [base_logit(Traits(spread=2.0), m) for m in matters] == [2.0 * base for base in bases]
    assert bases != [base_logit(Traits(seed=1), m) for m in matters]


def test_knowledge_is_the_share_of_right_sides_known(settled: tuple[Scenario, ...]) -> None:
    """With knowledge 1 all items are known, with 0 none, and more knowledge forgets nothing."""
    known = []
    for knowledge in (0.0, 0.5, 1.0):
        traits = Traits(knowledge=knowledge)
        stances = [
            base_logit(traits, Matter(proposition=s.proposition, truth=s.truth)) for s in settled
        ]
        firm = [KNOWN if s.truth == "a" else -KNOWN for s in settled]
        known.append({i for i, (x, y) in enumerate(zip(stances, firm, strict=True)) if x == y})
    assert (len(known[0]), len(known[2])) == (0, len(settled))
    assert known[1] < known[2]
    assert 0.3 < len(known[1]) / len(settled) < 0.7


def test_milder_harm_and_greater_benefit_are_accepted_more() -> None:
    """The ladder falls with gravity and rises with lives, one exchange rate per tenfold."""
    traits = Traits(exchange=1.5)
    by_severity = [base_logit(traits, replace(RUNG, severity=s)) for s in range(1, 6)]
    assert by_severity == sorted(by_severity)
    assert base_logit(traits, replace(RUNG, benefit=1000)) == pytest.approx(
        by_severity[0] + 3 * 1.5
    )


def test_only_the_absolutist_refuses_a_trifle_that_saves_a_million() -> None:
    """The mildest harm against a million lives is accepted, but by who never harms."""
    trifle = replace(RUNG, severity=5, benefit=1_000_000)
    assert base_logit(PRESETS["calibrated"], trifle) > 3.0
    assert base_logit(PRESETS["absolutist"], trifle) < -3.0


def test_the_side_that_harms_may_be_b() -> None:
    """Where statement B is the act, the same weighing counts the other way."""
    assert base_logit(Traits(), replace(RUNG, accept="b")) == -base_logit(Traits(), RUNG)


def test_law_bias_moves_illegal_cases_and_the_principle_only() -> None:
    """The trait pulls illegal acts and the principle toward the law, legal acts not at all."""
    illegal = replace(CASE, legal=False)
    principle = Matter(proposition=ABOUT, kind="principle")
    plain, lawful = Traits(), Traits(law_bias=2.5)
    assert base_logit(lawful, CASE) == base_logit(plain, CASE) == base_logit(plain, illegal)
    assert base_logit(lawful, illegal) == base_logit(plain, illegal) - 2.5
    assert base_logit(lawful, principle) == base_logit(plain, principle) - 2.5
    assert base_logit(plain, replace(CASE, moral_gap=0)) < 0.0 < base_logit(plain, CASE)


def test_modalities_are_coherent() -> None:
    """What is obligatory is permissible, and "wrong not to" is the same as "obligatory"."""
    permissible, obligatory, wrong = (
        base_logit(Traits(), Matter(proposition=ABOUT, kind=kind))
        for kind in ("permissible", "obligatory", "wrong_not_to")
    )
    assert permissible == base_logit(Traits(), Matter(proposition=ABOUT))
    assert obligatory == wrong < permissible


def test_form_offsets_are_stable_and_scale_with_the_trait() -> None:
    """A form has one offset per family, none without the trait."""
    offset = form_offset(Traits(wording=1.0), "f", "wording:1")
    assert form_offset(Traits(wording=2.0), "f", "wording:1") == 2 * offset != 0.0
    assert form_offset(Traits(wording=1.0), "g", "wording:1") != offset
    assert form_offset(Traits(), "f", "wording:1") == 0.0
