"""The rules on sentence vectors, with vectors made by hand: an angle for each text."""

from __future__ import annotations

from dataclasses import replace
from math import cos, radians, sin
from typing import TYPE_CHECKING

import pytest
from support.scenario import make_scenario

from gadfly.eval.authoring.audit import EMBEDDED_RULES, RULES, audit
from gadfly.scenarios.scenario import Wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.bot.proposition import Side
    from gadfly.scenarios.scenario import Scenario


def embed(texts: Sequence[str]) -> list[list[float]]:
    """Return a vector at the angle (degrees) that is a text's first word."""
    angles = [radians(float(text.split()[0])) for text in texts]
    return [[cos(angle), sin(angle)] for angle in angles]


def family(name: str, *angles: float, yes: Sequence[Side] = ()) -> Scenario:
    """Return a family of wordings at these angles."""
    marks: Sequence[Side] = yes or ["a"] * len(angles)
    made = make_scenario(name, parts=False)
    return replace(
        made,
        wordings=tuple(
            Wording(text=f"{angle} {name}?", yes=mark)
            for angle, mark in zip(angles, marks, strict=True)
        ),
    )


def found(*families: Scenario) -> list[tuple[str, bool, str, str]]:
    """Return the findings of the embedded rules: rule, breach, family, message."""
    names = {rule.name for rule in EMBEDDED_RULES}
    every = audit(families, embed).findings
    return [(f.rule.name, f.breach, f.family, f.message) for f in every if f.rule.name in names]


def test_wordings_inside_the_band_are_left_alone() -> None:
    """Wordings some way apart, each near another one, break no rule."""
    assert found(family("gate", 0, 40, 80), family("well", 150, 190)) == []


def test_wording_that_drifts_is_found() -> None:
    """A wording farther than the band from every other one is a breach, with the figure."""
    (drifted,) = found(family("gate", 0, 30, 100))

    assert drifted[:3] == ("paraphrase", True, "test.gate")
    assert "wordings 3: expected a similarity of 0.50 to 0.97" in drifted[3]
    assert drifted[3].endswith("found 0.34 to wordings 2")


def test_wording_that_repeats_is_found_unless_the_yes_turns() -> None:
    """Two wordings nearer than the band are a breach at the later; with yes turned they differ."""
    (repeated,) = found(family("gate", 0, 5))

    assert repeated[:2] == ("paraphrase", True)
    assert "wordings 2:" in repeated[3]
    assert found(family("gate", 0, 5, yes=("a", "b"))) == []


def test_wording_nearer_to_a_neighbour_is_a_hint() -> None:
    """A wording closer to another family of its topic than to its own is pointed at."""
    (stray,) = found(family("gate", 0, 50), family("well", 70, 90))

    assert stray[:3] == ("neighbour", False, "test.gate")
    assert "nearest to its own family (0.64), found it nearer to test.well (0.94)" in stray[3]


def test_neighbours_are_sought_within_a_topic() -> None:
    """Families of different topics are not compared."""
    other = replace(family("well", 70, 90), topic="elsewhere")

    assert found(family("gate", 0, 50), other) == []


def test_two_families_with_one_question_are_a_hint() -> None:
    """First wordings nearer than twins are said of the later family."""
    twins = found(family("gate", 0, 40), family("well", 20, 60))

    assert ("neighbour", False, "test.well") in [row[:3] for row in twins]
    assert any("found a similarity of 0.94 to that of test.gate" in row[3] for row in twins)


def test_without_an_embedder_the_other_rules_run_and_the_rest_is_named() -> None:
    """No embedder: the rules that need one are listed as not run; with one, none is."""
    made = family("gate", 0, 100)

    plain, full = audit([made]), audit([made], embed)

    assert plain.not_run == EMBEDDED_RULES
    assert full.not_run == ()
    assert {f.rule for f in plain.findings}.isdisjoint(EMBEDDED_RULES)
    added = [f.rule.name for f in full.findings if f not in plain.findings]
    assert added == ["paraphrase", "paraphrase"]


def test_a_family_without_wordings_is_no_trouble() -> None:
    """What is asked by an item has no paraphrases to compare."""
    bare = replace(make_scenario("gate"), wordings=(), legality=None)

    assert found(bare, family("well", 0, 40)) == []
    assert audit([bare], embed).not_run == ()


@pytest.mark.parametrize("name", RULES)
def test_rule_explains_itself(name: str) -> None:
    """Each rule says what it holds, why it matters and how to mend it, in plain lines."""
    rule = RULES[name]

    assert name == rule.name == name.lower()
    for text in (rule.holds, rule.why, rule.fix):
        assert text
        assert "\n" not in text
        assert not text.endswith(".")
