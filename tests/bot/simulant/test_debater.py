"""A simulant that argues for the side it was assigned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.bot.call import Sampling, ask_reply
from gadfly.bot.debate import brief
from gadfly.bot.message import Conversation, opening
from gadfly.bot.simulant import Simulant

if TYPE_CHECKING:
    from gadfly.bot.simulant.crib import Crib
    from gadfly.scenarios.scenario import Scenario

SAMPLING = Sampling(temperature=0.7, max_tokens=200)
SEEDS = range(200)


def lines(spec: str, crib: Crib, thread: Conversation, seeds: range = SEEDS) -> list[str]:
    sim = Simulant(spec, crib)
    return [sim.answer(ask_reply(thread, SAMPLING), seed).text for seed in seeds]


def test_cogency_is_the_rate_of_sound_arguments_for_its_side(
    families: tuple[Scenario, ...], crib: Crib
) -> None:
    """Sound ones at that rate, unsound ones otherwise, and none for the other side."""
    family = families[0]
    thread = opening(brief(family.proposition.a)).says(family.wordings[0].text)
    sound = family.arguments["a"].strong

    shares = [
        sum(text == sound for text in lines(f"sim:calibrated?cogency={c}", crib, thread)) / 200
        for c in (0.0, 0.5, 1.0)
    ]

    assert shares[0] == 0.0
    assert 0.35 < shares[1] < 0.65
    assert shares[2] == 1.0
    assert set(lines("sim:calibrated?cogency=0", crib, thread)) == {family.arguments["a"].invalid}


def test_it_does_not_bring_the_same_argument_twice(
    families: tuple[Scenario, ...], crib: Crib
) -> None:
    """Until it has used them all, each line is another argument; then it has none left."""
    family = families[0]
    thread = opening(brief(family.proposition.b)).says(family.wordings[0].text)
    said: list[str] = []
    for _ in range(6):
        (text,) = lines("sim:calibrated", crib, thread, range(1))
        said.append(text)
        thread = thread.hears(text).says("I see it differently.")

    known = [*family.arguments["b"].series, family.arguments["b"].weak]
    assert said[: len(known)] == known
    assert not set(said[len(known) :]) & set(known)


def test_without_a_brief_cogency_changes_nothing(
    families: tuple[Scenario, ...], crib: Crib
) -> None:
    """Outside a duel a simulant answers as before it had the trait."""
    thread = Conversation().says(families[0].wordings[0].text)

    assert lines("sim:calibrated?cogency=0", crib, thread) == lines("sim:calibrated", crib, thread)
