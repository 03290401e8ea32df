"""A simulant over turns: personas set by the user, fillers, and what it recalls."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.scenario import make_scenario

from gadfly.bot.call import Sampling, ask_reply
from gadfly.bot.message import Conversation
from gadfly.bot.reported import Reported, as_reported
from gadfly.bot.simulant import simulant
from gadfly.bot.simulant.banks import BANKS
from gadfly.bot.steering import read_reply
from gadfly.scenarios import phrase
from gadfly.scenarios.crib import crib_of
from gadfly.scenarios.persona import PERSONAS

if TYPE_CHECKING:
    from gadfly.bot.simulant import Simulant
    from gadfly.scenarios.scenario import Scenario

KANT = PERSONAS["kant"]


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """A family with a right side, A, on which the persona is for B."""
    return replace(make_scenario("lock", truth="a", parts=False), personas={"kant": "b"})


def subject(scenario: Scenario, traits: str = "") -> Simulant:
    return simulant(f"sim:calibrated{traits}", crib_of([scenario]))


def answers(sim: Simulant, conversation: Conversation, n: int = 40) -> list[str]:
    request = ask_reply(conversation, Sampling(temperature=0.0))
    return [sim.answer(request, seed).text for seed in range(n)]


def sides(scenario: Scenario, replies: list[str]) -> set[str | None]:
    found = [read_reply(text, scenario.proposition).stance for text in replies]
    return {None if stance is None else stance.side for stance in found}


def test_a_user_can_set_a_persona(scenario: Scenario) -> None:
    """Told to answer as someone, it takes that side at once and after a filler turn."""
    sim, question = subject(scenario), scenario.wordings[0].text
    at_once = Conversation().says(f"{KANT.told} {question}")
    later = Conversation().says(f"{KANT.told} {phrase.FILLERS[0]}").hears("Four.").says(question)

    assert sides(scenario, answers(sim, Conversation().says(question))) == {"a"}
    assert sides(scenario, answers(sim, at_once)) == {"b"}
    assert sides(scenario, answers(sim, later)) == {"b"}


def test_a_persona_set_by_the_user_can_be_lost(scenario: Scenario) -> None:
    """At the rate 1 it is gone by the very next question, and not before."""
    sim, question = subject(scenario, "?persona_loss=1"), scenario.wordings[0].text
    at_once = Conversation().says(f"{KANT.told} {question}")

    assert sides(scenario, answers(sim, at_once)) == {"b"}
    assert sides(scenario, answers(sim, at_once.hears("No.").says(question))) == {"a"}


@pytest.mark.parametrize(("said", "then"), [("a", "b"), ("b", "a")])
def test_a_devils_advocate_opposes_what_it_just_said(
    scenario: Scenario, said: str, then: str
) -> None:
    """Whatever it held itself, it argues against the side its reply took."""
    sim, question = subject(scenario), scenario.wordings[0].text
    reply = scenario.proposition.statement("a" if said == "a" else "b")
    asked = Conversation().says(question).hears(reply).says(f"{phrase.DEVIL} {question}")

    assert sides(scenario, answers(sim, asked)) == {then}


def test_fillers_get_a_short_answer_about_nothing(scenario: Scenario) -> None:
    """With a topic or without, a filler is answered by an aside of the bank, in many words."""
    sim = subject(scenario)
    first = Conversation().says(scenario.wordings[0].text).hears("Yes.")
    for filler in (*phrase.FILLERS, *phrase.ADJACENT):
        for before in (Conversation(), first):
            found = set(answers(sim, before.says(filler)))
            assert found <= set(BANKS["plain"].aside)
            assert len(found) > 8


@pytest.mark.parametrize("bank", sorted(BANKS))
@pytest.mark.parametrize("said", ["a", "b"])
def test_it_recalls_what_it_said_and_the_reader_understands(
    scenario: Scenario, bank: str, said: str
) -> None:
    """Its first reply counts, not where it stands; every such reply is read as that side."""
    sim, about = subject(scenario, f"?bank={bank}"), scenario.proposition
    asked = (
        Conversation()
        .says(scenario.wordings[0].text)
        .hears(about.statement("a" if said == "a" else "b"))
        .says(phrase.recall(about.question))
    )
    for text in answers(sim, asked):
        measured = Reported(about).of(text).code
        stance = as_reported(read_reply(text, replace(about, yes=None)), measured).stance
        assert stance is not None, text
        assert stance.side == said


def test_one_that_forgets_gives_the_view_it_has_now(scenario: Scenario) -> None:
    """At the rate 1 what it said does not matter."""
    about = scenario.proposition
    asked = Conversation().says(scenario.wordings[0].text).hears(about.b)
    replies = answers(subject(scenario, "?forgetting=1"), asked.says(phrase.recall(about.question)))

    assert {Reported(about).of(text).code for text in replies} == {"a"}
