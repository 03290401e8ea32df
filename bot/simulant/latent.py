"""Where a simulant stands: logits toward statement A, before anything was said about it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from gadfly.bot.simulant.chance import fixed_normal, fixed_uniform

if TYPE_CHECKING:
    from gadfly.bot.proposition import Side
    from gadfly.bot.simulant.crib import Matter
    from gadfly.bot.simulant.traits import Traits

KNOWN = 3.5
"""Logits toward the right side of what it knows."""
PERSONA = 4.0
"""Logits toward the side its persona is for."""
OBLIGATION = 1.0
"""Logits by which it takes less to call an act permissible than to call it obligatory."""
ENTAILED = 1.0
"""Logits by which it takes less to grant what a claim entails than the claim, and more for two."""
_NUMBERS = {"one": 1, "three": 3, "ten": 10, "thirty": 30}
_PER_GAP = 2.0
_MIDDLE_GAP = 1.5
_PRINCIPLE = 2.0


def sign(side: Side) -> int:
    """Return +1 for side A, -1 for side B."""
    return 1 if side == "a" else -1


def base_logit(traits: Traits, matter: Matter) -> float:
    """Return its unmoved stance on a matter, in logits toward statement A.

    Contested families are drawn from N(0, spread) by hash of (seed, family); where there is a
    right side it stands firmly there if it knows it. Acts weigh lives against harm, cases the
    moral gap against the law; modalities follow the stance on the act, and what logic ties to a
    family's claim follows that. A choice between two groups is in what is said of them (`worth`).
    """
    match matter.kind:
        case "rung":
            return sign(matter.accept) * _worth_it(traits, matter)
        case "case":
            morals = _PER_GAP * (matter.moral_gap - _MIDDLE_GAP)
            return sign(matter.accept) * (morals - (0.0 if matter.legal else traits.law_bias))
        case "principle":
            return _PRINCIPLE - traits.law_bias
        case "permissible":
            return sign(matter.accept) * _direct(traits, matter)
        case "obligatory" | "wrong_not_to":
            act = _worth_it if matter.n_severities else _direct
            return sign(matter.accept) * act(traits, matter) - OBLIGATION
        case "check":
            return _understood(traits, matter)
        case "negation" | "entailed" | "conjunct" | "conjunction":
            return _tied(traits, matter)
        case _:
            return 0.0 if matter.kind == "choice" else _direct(traits, matter)


def shift_sign(matter: Matter) -> int:
    """Return +1 where side A of the matter goes with side A of its family's own question."""
    if matter.kind == "negation":
        return -1
    return (
        sign(matter.accept) if matter.kind in ("permissible", "obligatory", "wrong_not_to") else 1
    )


def worth(traits: Traits, level: str) -> float:
    """Return what a level of an attribute ("number:ten") is worth to it in a choice, in logits.

    Numbers count as lives saved do, having broken the law as breaking it does; any other level
    is worth what its world has it be, the same in all families.
    """
    attribute, _, name = level.partition(":")
    if attribute == "number" and name in _NUMBERS:
        return traits.exchange * math.log10(_NUMBERS[name])
    if attribute == "law":
        return -traits.law_bias if name == "broke" else 0.0
    return traits.spread * fixed_normal("level", traits.seed, attribute, name)


def form_offset(traits: Traits, family: str, form: str) -> float:
    """Return the stable offset of a surface form, in logits toward A."""
    if not traits.wording:
        return 0.0
    return traits.wording * fixed_normal("form", traits.seed, family, form)


def _direct(traits: Traits, matter: Matter) -> float:
    guess = fixed_normal("base", traits.seed, matter.family)
    if matter.truth is None:
        return traits.spread * guess
    # The unit interval is open, so that knowledge 1 knows everything and knowledge 0 nothing.
    if fixed_uniform("known", traits.seed, matter.family) < traits.knowledge:
        return sign(matter.truth) * KNOWN
    return guess


def _understood(traits: Traits, matter: Matter) -> float:
    """Return its stance on what a story said: firmly right, or a guess where it does not know."""
    about = matter.proposition
    where = (traits.seed, about.family, about.question, about.a, about.b)
    if matter.truth is None or fixed_uniform("check", *where) >= traits.knowledge:
        return fixed_normal("misread", *where)
    return sign(matter.truth) * KNOWN


def _tied(traits: Traits, matter: Matter) -> float:
    """Return its stance on what logic ties to its family's own claim: always coherent with it."""
    claim = _direct(traits, matter)
    beside = traits.spread * fixed_normal("conjunct", traits.seed, matter.family)
    match matter.kind:
        case "negation":
            return -claim
        case "entailed":
            return claim + ENTAILED
        case "conjunct":
            return beside
        case _:
            return min(claim, beside) - ENTAILED


def _worth_it(traits: Traits, matter: Matter) -> float:
    gain = traits.exchange * (1.0 + math.log10(max(1, matter.benefit)))
    steps = max(1, matter.n_severities - 1)
    gravity = min(1.0, max(0.0, (matter.n_severities - matter.severity) / steps))
    return gain - traits.aversion * math.pow(gravity, traits.gradation)
