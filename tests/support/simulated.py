"""Dialogues with a simulant and readings of it, with no engine between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.bot.call import Sampling
from gadfly.bot.message import Conversation, opening
from gadfly.bot.readout import make_readout
from gadfly.bot.readout.ask import Answer
from gadfly.bot.simulant.choice import REFERENCE
from gadfly.bot.simulant.thread import Thread
from gadfly.scenarios import phrase

if TYPE_CHECKING:
    from gadfly.bot.proposition import Proposition
    from gadfly.bot.respondent import ReadoutName
    from gadfly.bot.simulant import Simulant, Traits
    from gadfly.bot.simulant.crib import Crib
    from gadfly.bot.stance import Reading
    from gadfly.scenarios.scenario import Scenario

SAMPLING = Sampling(temperature=REFERENCE)
BARE = phrase.PUSHES["bare"][0]


def asked(scenario: Scenario, *turns: str, system: str = "") -> Conversation:
    """Return a dialogue: the first wording, then these user turns, with replies between."""
    conversation = opening(system).says(scenario.wordings[0].text)
    for turn in turns:
        conversation = conversation.hears("I see.").says(turn)
    return conversation


def enter(traits: Traits, crib: Crib, conversation: Conversation) -> Thread:
    """Have a simulant go through a conversation."""
    thread = Thread(traits, crib)
    nodes = []
    node: Conversation | None = conversation
    while node is not None:
        nodes.append(node)
        node = node.parent
    for at in reversed(nodes):
        thread.attend(at)
    return thread


def reading(
    sim: Simulant,
    name: ReadoutName,
    about: Proposition,
    after: Conversation | None = None,
    seed: int = 0,
) -> Reading:
    """Read the stance of a simulant on a fork."""
    readout = make_readout(name)
    before = Conversation() if after is None else after.hears("So it is.")
    answers = []
    for i, ask in enumerate(readout.asks(before, about)):
        done = [sim.answer(ask.request, seed * 1000 + 10 * i + d) for d in range(ask.draws)]
        answers.append(Answer(ask, tuple(done)))
    return readout.read(about, answers)


def stance(
    sim: Simulant, about: Proposition, after: Conversation | None = None, seed: int = 0
) -> float:
    """Return the stance read from label log-probabilities."""
    found = reading(sim, "logprob", about, after, seed).stance
    assert found is not None
    return found.p
