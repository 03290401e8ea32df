"""A simulant in a duel: it argues for the side it was assigned with the arguments it knows.

How good they are is its `cogency`: at that rate a turn brings the soundest one it has not used yet,
else one that is none. It answers off-record reads as ever, from what it heard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.bot import debate
from gadfly.bot.completion import Completion, Usage
from gadfly.bot.simulant.chance import Chance

if TYPE_CHECKING:
    from gadfly.bot.call import Request
    from gadfly.bot.simulant.bank import Bank
    from gadfly.bot.simulant.crib import Crib
    from gadfly.bot.simulant.traits import Traits

_SOUND = ("strong", "weak")
_UNSOUND = ("irrelevant", "invalid")


def argued(
    request: Request, seed: int, traits: Traits, crib: Crib, bank: Bank
) -> Completion | None:
    """Return the next line of a duel; None where the request is for none."""
    messages = request.conversation.messages
    if request.kind != "reply" or not messages or messages[0].role != "system":
        return None
    statement = debate.assigned(messages[0].text)
    if statement is None:
        return None
    chance = Chance("argued", seed, request.conversation.digest)
    own = "\n".join(m.text for m in messages if m.role == "assistant")
    text = _argument(statement, own, traits, crib, chance) or chance.pick(bank.reasons)
    words = text.split()
    limit = request.sampling.max_tokens
    n_prompt = sum(len(m.text.split()) for m in messages)
    return Completion(
        text=" ".join(words[:limit]) if len(words) > limit else text,
        finish="length" if len(words) > limit else "stop",
        usage=Usage(prompt_tokens=n_prompt, completion_tokens=min(len(words), limit)),
    )


def _argument(statement: str, own: str, traits: Traits, crib: Crib, chance: Chance) -> str:
    """Return an argument for a statement that was not used yet, "" for none."""
    side = next((c for c in crib.find(statement) if c.kind == "statement"), None)
    wanted = _SOUND if chance.happens(traits.cogency) else _UNSOUND
    if side is None:
        return ""
    known = crib.arguments(side.family)
    return next(
        (
            text
            for quality in wanted
            for cue, text in known
            if (cue.side, cue.quality) == (side.side, quality) and text not in own
        ),
        "",
    )
