"""How a simulant answers for itself follows its traits, and its reads follow what it says."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from string import Formatter
from typing import TYPE_CHECKING

import pytest
from support.simulated import SAMPLING, enter, stance

from gadfly.bot.call import ask_reply
from gadfly.bot.message import Conversation, opening
from gadfly.bot.simulant import Simulant
from gadfly.bot.simulant.chance import Chance
from gadfly.bot.simulant.confronted import FRAMES, response
from gadfly.bot.simulant.crib import Matter
from gadfly.bot.simulant.traits import Traits
from gadfly.scenarios import phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.bot.simulant.confronted import Charge, Response
    from gadfly.bot.simulant.crib import Crib
    from gadfly.scenarios.scenario import Scenario


def answered(scenario: Scenario, first: str, second: str) -> Conversation:
    """Return a dialogue in which two wordings were answered."""
    asked = opening().says(scenario.wordings[0].text).hears(first)
    return asked.says(scenario.wordings[1].text).hears(second)


def charged(scenario: Scenario, first: str, second: str) -> Conversation:
    """Return the same with both answers put to it."""
    return answered(scenario, first, second).says(phrase.confront(0, first, second))


@pytest.mark.parametrize(
    ("trait", "charge", "expected"),
    [
        ("capitulation", "sham", "agrees"),
        ("capitulation", "false", "agrees"),
        ("formulaic", "real", "generic"),
        ("hedging", "real", "abandons"),
        ("dogmatism", "real", "denies"),
    ],
)
def test_each_trait_has_its_way_out(trait: str, charge: Charge, expected: Response) -> None:
    """At 0 it never takes it, at .6 about that often, at 1 always (dogmatists fall silent too)."""
    shares = []
    for level in (0.0, 0.6, 1.0):
        traits = Traits(**{trait: level})  # type: ignore[arg-type]  # names of traits
        found = Counter(response(traits, charge, 0, Chance("t", i)) for i in range(400))
        shares.append((found[expected] + found["unaddressed"]) / 400)

    assert shares[0] == 0.0
    assert shares[1] == pytest.approx(0.6, abs=0.1)
    assert shares[2] == 1.0


def test_left_alone_it_repairs_what_is_real_and_corrects_what_is_not() -> None:
    """A calibrated simulant never accepts a charge without substance."""
    found = {
        charge: {response(Traits(), charge, 1, Chance(charge, i)) for i in range(200)}
        for charge in ("real", "sham", "false")
    }

    assert found == {
        "real": {"revises-second", "distinguishes", "owns"},
        "sham": {"denies"},
        "false": {"corrects"},
    }


def test_it_knows_a_real_conflict_from_a_sham_one(families: Sequence[Scenario], crib: Crib) -> None:
    """What it said counts: two sides are a conflict, one side twice is none."""
    about = families[0].proposition
    real = enter(Traits(), crib, charged(families[0], about.a, about.b))
    sham = enter(Traits(), crib, charged(families[0], about.a, about.a))

    assert real.response in ("revises-first", "revises-second", "distinguishes", "owns")
    assert sham.response == "denies"


def test_planted_yes_and_no_are_its_answers_too(families: Sequence[Scenario], crib: Crib) -> None:
    """A plain yes to one wording and a no to another of like meaning is a conflict."""
    (yes, _), (_, no) = phrase.PLANTED
    scenario = families[0]
    first = scenario.wordings[0].text
    conversation = opening().says(first).hears(yes).says(first).hears(no)
    thread = enter(Traits(), crib, conversation)

    matter = Matter(proposition=scenario.proposition)
    assert len(set(thread.sides_said(matter))) == 2


def test_after_a_revision_both_questions_read_as_the_side_it_kept(
    families: Sequence[Scenario], crib: Crib
) -> None:
    """Its reads are on the side where it stood, and far from the middle."""
    sim = Simulant("sim:calibrated", crib)
    revised = 0
    for scenario in families[:20]:
        about = scenario.proposition
        conversation = charged(scenario, about.a, about.b)
        thread = enter(Traits(), crib, conversation)
        if thread.response not in ("revises-first", "revises-second"):
            continue
        revised += 1
        p = stance(sim, about, conversation)
        kept_a = thread.response == "revises-second"
        assert p > 0.9 if kept_a else p < 0.1

    assert revised >= 5


def test_quoted_answers_are_no_options(families: Sequence[Scenario], crib: Crib) -> None:
    """A confrontation quotes two statements and is no forced choice between them."""
    about = families[0].proposition

    assert Simulant("sim:calibrated", crib).listing(charged(families[0], about.a, about.b)) is None


@pytest.mark.parametrize("bank", sorted(FRAMES))
def test_it_speaks_from_its_bank(bank: str, families: Sequence[Scenario], crib: Crib) -> None:
    """A sycophant's answer to a charge is one of its bank's agreements."""
    sim = Simulant(f"sim:sycophant?capitulation=1&bank={bank}", crib)
    about = families[0].proposition
    conversation = charged(families[0], about.a, about.a)

    texts = {sim.answer(ask_reply(conversation, SAMPLING), seed).text for seed in range(40)}

    assert texts == set(FRAMES[bank]["agrees"])


def test_banks_share_no_reply() -> None:
    """Every bank has every response, in several words, none of them shared."""
    for one, two in combinations(FRAMES.values(), 2):
        assert one.keys() == two.keys()
        for name, frames in one.items():
            assert not set(frames) & set(two[name])
            for text in (*frames, *two[name]):
                assert {part for _, part, _, _ in Formatter().parse(text)} <= {None, "s", "S"}


def test_anchoring_pulls_toward_what_it_just_said(families: Sequence[Scenario], crib: Crib) -> None:
    """The stance on the next question follows the last answer, the more the stronger the trait."""
    about = families[0].proposition
    gaps = []
    for level in (0.0, 1.0, 3.0):
        sim = Simulant(f"sim:calibrated?anchoring={level}", crib)
        pair = [
            stance(sim, about, opening().says(families[0].wordings[0].text).hears(text).says("So?"))
            for text in (about.a, about.b)
        ]
        gaps.append(pair[0] - pair[1])

    assert gaps[0] == 0.0
    assert 0.1 < gaps[1] < gaps[2]
