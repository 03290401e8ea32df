"""The design of the forced-choice sweep."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from support.moves import moves
from support.sample import sample

from gadfly.bot.steering import read_reply
from gadfly.probes.move import Say
from gadfly.probes.sweep import SweepProbe, design
from gadfly.scenarios.catalogue import library

if TYPE_CHECKING:
    from gadfly.scenarios.scenario import Scenario

SWEEPS = [s for s in library().all if s.conjoint is not None]


def said(scenario: Scenario, probe: SweepProbe, at: int) -> Say:
    (move,) = moves(probe, probe.arms(scenario)[at], scenario=scenario)
    assert isinstance(move, Say)
    return move


@pytest.mark.parametrize("scenario", SWEEPS, ids=lambda s: s.id)
def test_levels_are_balanced(scenario: Scenario) -> None:
    """Each pair of levels of an attribute occurs equally often, give or take one; no equal pair."""
    assert scenario.conjoint is not None
    pairs = design(scenario.conjoint, scenario.id, 24)

    assert len(pairs) == 24
    assert all(first != second for first, second in pairs)
    for i, attribute in enumerate(scenario.conjoint.attributes):
        met = Counter((first[i], second[i]) for first, second in pairs)
        cells = len(attribute.levels) ** 2
        assert {met[x, y] for x in attribute.levels for y in attribute.levels} <= {
            24 // cells,
            -(-24 // cells),
        }


def test_a_pair_is_asked_both_ways_round() -> None:
    """The second arm of a pair names the same two groups the other way round."""
    scenario = SWEEPS[0]
    there, back = SweepProbe().arms(scenario)[:2]

    turned = {
        name.replace("first:", "x:").replace("second:", "first:").replace("x:", "second:"): level
        for name, level in there.settings.items()
    }

    assert dict(back.settings) == turned
    assert there.settings != back.settings


def test_half_the_questions_are_asked_one_way_round() -> None:
    """Without both ways, half the pairs are asked each way."""
    arms = SweepProbe(pairs=10, both=False).arms(SWEEPS[0])

    assert Counter(arm.variant[-2:] for arm in arms) == {"ab": 5, "ba": 5}


def test_the_prompt_describes_both_groups() -> None:
    """Every attribute of each group has its line, in the same order for both."""
    scenario = sample("sweep")
    assert scenario.conjoint is not None
    probe = SweepProbe(pairs=8)
    arm = probe.arms(scenario)[0]

    lines = [
        line.removeprefix("- ")
        for line in said(scenario, probe, 0).text.splitlines()
        if line.startswith("- ")
    ]

    labels = [line.partition(":")[0] for line in lines]
    assert labels[:3] == labels[3:]
    for half, group in ((lines[:3], "first"), (lines[3:], "second")):
        for attribute in scenario.conjoint.attributes:
            level = attribute.levels[arm.settings[f"{group}:{attribute.name}"]]
            assert f"{attribute.label}: {level}" in half


@pytest.mark.parametrize("reply", ["The second group.", "Second.", "Group 2", "The second."])
@pytest.mark.parametrize("scenario", SWEEPS, ids=lambda s: s.id)
def test_a_group_named_is_a_group_chosen(scenario: Scenario, reply: str) -> None:
    """A short answer by place is read as the statement for that group."""
    move = said(scenario, SweepProbe(), 0)

    reading = read_reply(reply, move.about, options=move.options)

    assert reading.stance is not None
    assert reading.stance.side == "b"
