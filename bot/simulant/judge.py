"""A simulant in the judge's chair: a test piece for judging, with errors that can be set.

It reads the reply by the rules, and where those find nothing by which statement's own words the
reply shares; `noise` and `order_bias` make it err as they make a subject err. Its other traits do
not matter.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from gadfly.bot.clause import content, words
from gadfly.bot.completion import Completion, Usage
from gadfly.bot.judging.ballot import find_case
from gadfly.bot.simulant.chance import Chance
from gadfly.bot.steering import read_reply

if TYPE_CHECKING:
    from gadfly.bot.call import Request
    from gadfly.bot.judging.ballot import Case
    from gadfly.bot.simulant.traits import Traits

_SURE = 6.0
"""Logits by which what it finds stands above every other class."""
_PLACES = {"a": 0, "b": 1, "undecided": 2, "evaded": 3, "refused": 4}


def judged(request: Request, seed: int, traits: Traits) -> Completion | None:
    """Answer a judge's prompt; None where the request is none."""
    last = request.conversation.message
    found = find_case(last.text) if last is not None and request.kind != "score" else None
    if last is None or found is None:
        return None
    case, labels = found
    chance = Chance("judge", seed, request.conversation.digest)
    logits = [traits.noise * chance.normal() for _ in labels]
    logits[_PLACES[_found(case)]] += _SURE
    logits[0] += traits.order_bias
    usage = Usage(prompt_tokens=len(last.text.split()), completion_tokens=1)
    if request.kind == "reply":
        best = max(range(len(labels)), key=logits.__getitem__)
        return Completion(text=labels[best], usage=usage)
    total = math.log(sum(math.exp(value) for value in logits))
    named = dict(zip(labels, logits, strict=True))
    logprobs = {o: named[o.strip()] - total for o in request.options if o.strip() in named}
    return Completion(logprobs=logprobs, usage=usage)


def _found(case: Case) -> str:
    """Return the class the reply is of, position 1 being statement A."""
    reading = read_reply(case.reply, case.about)
    if reading.stance is not None:
        return reading.stance.side
    said = content(words(case.reply))
    a, b = content(words(case.about.a)), content(words(case.about.b))
    for_a, for_b = len(said & (a - b)), len(said & (b - a))
    if for_a != for_b:
        return "a" if for_a > for_b else "b"
    return reading.outcome if reading.outcome in _PLACES else "undecided"
