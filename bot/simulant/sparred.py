"""A simulant beneath the sparring bot: it answers the bot's own questions from its crib.

It knows which arguments are sound and says so cold, as it does when it judges a dispute of third
parties; its `noise` and `order_bias` make it err there as they do elsewhere. Its other traits do
not matter: how it would give way is no business of a cold reading.
"""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import TYPE_CHECKING

from gadfly.bot.completion import Completion, Usage
from gadfly.bot.proposition import other
from gadfly.bot.simulant.chance import Chance
from gadfly.bot.sparring import prompt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gadfly.bot.call import Request
    from gadfly.bot.proposition import Side
    from gadfly.bot.simulant.bank import Bank
    from gadfly.bot.simulant.crib import Crib, Quality
    from gadfly.bot.simulant.traits import Traits

_ODDS: Mapping[Quality, float] = MappingProxyType(
    {"strong": 3.0, "weak": -0.27, "invalid": -3.0, "irrelevant": -3.0}
)
"""Log-odds of "sound" by quality; a weak but valid reason earns a third of a step."""
_SURE = 3.0
"""Log-odds of the side a known argument is for."""
_WHY: Mapping[Quality, str] = MappingProxyType(
    {
        "strong": "It names what the question turns on, and the conclusion follows from it.",
        "weak": "It is true and bears on the question, but it is a small matter beside the rest.",
        "invalid": "The conclusion does not follow from what it says.",
        "irrelevant": "It has nothing to do with the question.",
    }
)


def sparred(
    request: Request, seed: int, traits: Traits, crib: Crib, bank: Bank
) -> Completion | None:
    """Answer an internal question of the sparring bot; None where the request is none."""
    last = request.conversation.message
    if last is None or last.role != "user":
        return None
    question = prompt.asks_statements(last.text)
    if question is not None:
        return _completion(request, _statements(question, crib))
    case = prompt.weighed(last.text)
    if case is not None:
        reason, first = case
        quality = _quality(reason, crib)
        if prompt.asks_why(last.text):
            return _completion(request, "" if quality is None else _WHY[quality])
        chance = Chance("weighed", seed, request.conversation.digest)
        odds = 0.0 if quality is None else _ODDS[quality]
        odds += traits.noise * chance.normal()
        odds += traits.order_bias if first == "sound" else -traits.order_bias
        return _weighed(request, odds)
    sided = prompt.direction(last.text)
    if sided is not None:
        return _directed(request, _toward(*sided, crib))
    if prompt.asks_case(last.text):
        chance = Chance("case", seed, request.conversation.digest)
        return _completion(request, chance.pick(bank.reasons))
    return _completion(request, "") if prompt.asks_answer(last.text) else None


def _statements(question: str, crib: Crib) -> str:
    """Return the two statements of a known question, that of a plain yes first."""
    asked = next((c for c in crib.find(question) if c.kind == "question"), None)
    if asked is None or asked.matter is None:
        return ""
    about = asked.matter.proposition
    yes: Side = asked.yes or "a"
    return f"{about.statement(yes)}\n{about.statement(other(yes))}"


def _toward(reason: str, first: str, crib: Crib) -> float:
    """Return the log-odds that a known argument is for the view put first; 0 for an unknown one."""
    known = next((c for c in crib.find(reason) if c.kind == "argument"), None)
    views = [c for c in crib.find(first) if c.kind == "statement"]
    view = next((c for c in views if known is not None and c.family == known.family), None)
    if known is None or view is None:
        return 0.0
    return _SURE if known.side == view.side else -_SURE


def _directed(request: Request, odds: float) -> Completion:
    ours, others = -math.log1p(math.exp(-odds)), -math.log1p(math.exp(odds))
    if request.kind == "reply":
        return _completion(request, "" if odds == 0.0 else prompt.VIEWS[0 if odds > 0.0 else 1])
    found = dict(zip(prompt.VIEWS, (ours, others), strict=True))
    return Completion(
        logprobs=MappingProxyType({o: found[o] for o in request.options if o in found}),
        lengths=MappingProxyType(dict.fromkeys(request.options, 1)),
    )


def _quality(reason: str, crib: Crib) -> Quality | None:
    return next((c.quality for c in crib.find(reason) if c.kind == "argument"), None)


def _weighed(request: Request, odds: float) -> Completion:
    sound = -math.log1p(math.exp(-odds))
    flawed = -math.log1p(math.exp(odds))
    if request.kind == "reply":
        return _completion(request, prompt.WORDS[0 if odds >= 0.0 else 1])
    names = prompt.SENTENCES if request.kind == "score" else prompt.WORDS
    found = dict(zip(names, (sound, flawed), strict=True))
    return Completion(
        logprobs=MappingProxyType({o: found[o] for o in request.options if o in found}),
        lengths=MappingProxyType(dict.fromkeys(request.options, 1)),
    )


def _completion(request: Request, text: str) -> Completion:
    last = request.conversation.message
    n = 0 if last is None else len(last.text.split())
    return Completion(text=text, usage=Usage(prompt_tokens=n, completion_tokens=len(text.split())))
