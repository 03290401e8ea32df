"""Traits that came later: what they do, and that who lacks them is who it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.sample import sample
from support.simulated import asked, enter, stance

from gadfly.bot.message import opening
from gadfly.bot.simulant import Simulant
from gadfly.bot.simulant.banks import BANKS
from gadfly.bot.simulant.chance import Chance
from gadfly.bot.simulant.crib import Cue, Matter
from gadfly.bot.simulant.items import speak_item
from gadfly.bot.simulant.traits import Traits
from gadfly.bot.simulant.voice import Occasion, speak
from gadfly.scenarios import phrase
from gadfly.scenarios.crib import crib_of

if TYPE_CHECKING:
    from gadfly.bot.simulant.bank import Bank
    from gadfly.bot.simulant.crib import Crib
    from gadfly.scenarios.scenario import Scenario


def test_who_lacks_them_is_who_it_was(crib: Crib) -> None:
    """An identity names them where they are set only, so that runs from before still resume."""
    plain = Simulant("sim:calibrated?veto=0", crib)
    armed = Simulant("sim:calibrated?veto=2", crib)

    assert "veto" not in plain.identity.revision
    assert plain.identity == Simulant("sim:calibrated", crib).identity
    assert "veto=2.0" in armed.identity.revision
    assert armed.spec == "sim:calibrated?veto=2.0"


def test_a_veto_is_on_the_word(full: Scenario, crib: Crib) -> None:
    """An act called "harm" is accepted less than the same act plainly described."""
    assert full.ladder is not None
    rung = full.ladder.rungs[0]
    assert rung.harm is not None
    gaps = []
    for level in (0.0, 1.0, 3.0):
        sim = Simulant(f"sim:calibrated?veto={level}", crib)
        named, plain = (
            stance(sim, rung.proposition, opening().says(text)) for text in (rung.harm, rung.plain)
        )
        accepts = named - plain if rung.proposition.yes in (None, "a") else plain - named
        gaps.append(accepts)

    assert gaps[0] == pytest.approx(0.0, abs=1e-9)
    assert gaps[0] > gaps[1] > gaps[2]


@pytest.mark.parametrize(("share", "left"), [(0.0, 0.0), (0.5, 0.5), (1.0, 1.0)])
def test_perseverance_keeps_a_share_of_what_was_withdrawn(share: float, left: float) -> None:
    """Of an argument's force that much stays once its premise is taken back."""
    scenario = sample("bridge")
    side = scenario.arguments["a"]
    crib = crib_of((scenario,))
    traits = Traits(perseverance=share)
    matter = Matter(proposition=scenario.proposition)
    before, moved, after = (
        enter(traits, crib, asked(scenario, *turns)).logit(matter, "")
        for turns in (
            (),
            (phrase.rebut(side.strong),),
            (phrase.rebut(side.strong), phrase.retract(side.withdrawn)),
        )
    )

    assert after - before == pytest.approx(left * (moved - before), abs=1e-9)


@pytest.mark.parametrize("bank", BANKS.values(), ids=BANKS)
def test_a_smothered_verdict_is_a_quarter_of_the_words(bank: Bank) -> None:
    """It comes first, different concessions follow, and nothing is left of reasons."""
    about = sample("bridge").proposition
    for i in range(40):
        occasion = Occasion(about=about, is_smothered=True)
        said = speak(bank, "answered", "a", occasion, Chance("smothered", i))
        found = [c for c in bank.concessions if c in said]
        words = sum(len(c.split()) for c in found)
        assert words >= 3 / 4 * len(said.split())
        assert said.endswith(tuple(found))
        assert not any(reason in said for reason in bank.reasons)


def test_fatigue_makes_later_steps_worse() -> None:
    """With no slip at first, the first step never fails and the last ones mostly do."""
    states = tuple("abcdefgh")
    cue = Cue(kind="chain", family="chain.x", name="steps:8", states=states)
    traits = Traits(fatigue=0.1)
    right = [0] * 8
    for i in range(200):
        said = speak_item(traits, BANKS["plain"], cue, Chance(i)).splitlines()
        for at, line in enumerate(said):
            right[at] += line.endswith(states[at])

    assert right[0] == 200
    assert right[0] > right[2] > right[4] > right[7]
