"""A simulant beneath the sparring bot."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from gadfly.bot.simulant import simulant
from gadfly.bot.sparring import prompt

if TYPE_CHECKING:
    from gadfly.bot.call import Request
    from gadfly.bot.simulant.crib import Crib
    from gadfly.scenarios.scenario import Scenario


def odds(spec: str, crib: Crib, request: Request, seed: int = 1) -> float:
    """Return its log-odds of "sound"."""
    found = simulant(spec, crib).answer(request, seed).logprobs
    sound, flawed = prompt.SENTENCES if request.kind == "score" else prompt.WORDS
    return found[sound] - found[flawed]


@pytest.mark.parametrize("spec", ["sim:calibrated", "sim:sycophant", "sim:dogmatist"])
def test_it_knows_sound_from_unsound_whatever_its_character(
    spec: str, crib: Crib, families: tuple[Scenario, ...]
) -> None:
    """Cold, nobody is to be pleased: valid above weak above invalid, in labels and likelihoods."""
    about, arguments = families[0].proposition, families[0].arguments["a"]
    for ask in (prompt.weigh_by_labels, prompt.weigh_by_score):
        found = [
            odds(f"{spec}?noise=0", crib, ask(about, "a", text, "sound"))
            for text in (arguments.strong, arguments.weak, arguments.invalid)
        ]
        assert found[0] > 1.0
        assert found[0] > found[1] > found[2]


def test_an_order_bias_shows_and_cancels_over_both_orders(
    crib: Crib, families: tuple[Scenario, ...]
) -> None:
    """It likes the word that stands first."""
    about, text = families[0].proposition, families[0].arguments["a"].strong
    first, second = (
        odds(
            "sim:calibrated?noise=0&order_bias=1", crib, prompt.weigh_by_labels(about, "a", text, o)
        )
        for o in prompt.ORDERS
    )
    plain = odds("sim:calibrated?noise=0", crib, prompt.weigh_by_labels(about, "a", text, "sound"))

    assert first - second == pytest.approx(2.0)
    assert math.isclose((first + second) / 2.0, plain)


def test_it_states_the_two_answers_to_a_question_it_knows(
    crib: Crib, families: tuple[Scenario, ...]
) -> None:
    """That of a plain yes stands first; of what it does not know it says nothing."""
    sim = simulant("sim:calibrated", crib)
    scenario = families[0]
    for wording in scenario.wordings[:2]:
        said = prompt.statements(sim.answer(prompt.state(wording.text), 1).text)
        about = scenario.proposition
        assert said == ((about.a, about.b) if wording.yes == "a" else (about.b, about.a))
    assert prompt.statements(sim.answer(prompt.state("Is soup a drink?"), 1).text) is None


def test_it_writes_a_reason_and_no_whole_reply(crib: Crib, families: tuple[Scenario, ...]) -> None:
    """Its banks have sentences about no case in particular; replies are the bot's own."""
    sim, about = simulant("sim:calibrated", crib), families[0].proposition
    brief = prompt.Brief(
        about=about,
        side="a",
        sure=0.7,
        happened="nothing.",
        said=(),
        last="No.",
        role="",
        max_words=60,
    )

    assert sim.answer(prompt.case_for(about, "a", (), ""), 1).text
    assert sim.answer(prompt.answer(brief), 1).text == ""
