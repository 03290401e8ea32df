"""What a simulant does with items: nonsense, numbers asked for, sources, made-up facts, chains."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from gadfly.bot.simulant.chance import fixed_normal, fixed_uniform
from gadfly.bot.simulant.choice import REFERENCE, logistic
from gadfly.bot.simulant.latent import KNOWN, sign

if TYPE_CHECKING:
    from gadfly.bot.simulant.bank import Bank
    from gadfly.bot.simulant.chance import Chance
    from gadfly.bot.simulant.crib import Cue, Matter
    from gadfly.bot.simulant.traits import Traits

_GUESS = 0.4
"""Logits: SD of its guesses at what it was never told."""
_LIKELIER = 1.0
"""Logits toward what a fact makes likelier."""
_MARGIN = 0.03
"""What it asks for as its profit on a ticket."""
_LOSS = 0.15
"""By how much a mispriced ticket is on the wrong side of its credence."""


def is_fooled(traits: Traits, matter: Matter, *, permitted: bool) -> bool:
    """Say whether it takes this nonsense for sense, or falls for this trick.

    Leave to say that it makes no sense makes it look twice.
    """
    if matter.kind not in ("nonsense", "trick"):
        return False
    rate = traits.credulity**2 if permitted else traits.credulity
    return fixed_uniform("fooled", traits.seed, matter.family) < rate


def consequence_logit(traits: Traits, matter: Matter, *, told: bool) -> float:
    """Return its stance on a consequence of a made-up fact, in logits toward "it holds".

    Without the fact it guesses. What is implied loses a share `decay` of its force per step; what
    is unrelated is moved by `leakage`, one way or the other.
    """
    key = ("consequence", traits.seed, matter.family, matter.proposition.a)
    guess = _GUESS * fixed_normal(*key)
    if not told:
        return guess
    if matter.relevance == "implied":
        return guess + KNOWN * math.pow(1.0 - traits.decay, matter.distance)
    if matter.relevance == "likelier":
        return guess + _LIKELIER
    return guess + math.copysign(traits.leakage, fixed_normal("leak", *key))


def speak_item(traits: Traits, bank: Bank, cue: Cue, chance: Chance) -> str:
    """Return the reply to a prompt that asks for a credence, a price or the states of a chain."""
    if cue.kind == "chain":
        return _walk(traits, bank, cue, chance)
    return chance.pick(bank.confident).format(n=round(100 * _price(traits, cue, chance)))


def _price(traits: Traits, cue: Cue, chance: Chance) -> float:
    """Return a credence, or the price of a ticket: a margin off the credence, on its own side."""
    credence = _credence(traits, cue)
    if cue.kind == "credence":
        return credence
    off = -_LOSS if chance.happens(traits.mispricing) else _MARGIN
    return min(1.0, max(0.0, credence - off if cue.kind == "buying" else credence + off))


def _credence(traits: Traits, cue: Cue) -> float:
    """Return how likely it says one of several exhaustive answers is; the first is right.

    The logit is stretched by `overconfidence` and raised by `subadditivity`: each answer alone
    looks likelier than it does beside the others.
    """
    index, count = (int(part) for part in cue.name.split("/"))
    knows = fixed_uniform("known", traits.seed, cue.family) < traits.knowledge
    if knows:
        likely = logistic(KNOWN / REFERENCE)
        p = likely if index == 0 else (1.0 - likely) / (count - 1)
    else:
        weights = [
            math.exp(fixed_normal("option", traits.seed, cue.family, i)) for i in range(count)
        ]
        p = weights[index] / sum(weights)
    logit = math.log(p / (1.0 - p))
    return logistic(traits.overconfidence * logit + traits.subadditivity)


def _walk(traits: Traits, bank: Bank, cue: Cue, chance: Chance) -> str:
    """Return the states of a chain, or the last one; one slip spoils all that follows."""
    shown: list[str] = []
    form, _, n = cue.name.partition(":")
    is_lost = False
    for step, right in enumerate(cue.states[: int(n)]):
        is_lost = chance.happens(traits.slip + step * traits.fatigue) or is_lost
        shown.append(chance.pick([s for s in cue.states if s != right]) if is_lost else right)
    if form == "final":
        return chance.pick(bank.final).format(S=shown[-1])
    frame = chance.pick(bank.line)
    return "\n".join(frame.format(n=i, S=state) for i, state in enumerate(shown, start=1))


def source_force(traits: Traits, before: float) -> float:
    """Return the shift a named source makes against where it stands, in logits toward A."""
    return -sign("a" if before >= 0.0 else "b") * traits.strength * traits.deference
