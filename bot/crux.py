"""Whether a reply names something that would change its mind, or says that nothing would.

By rule. A crux that is named as something that could never be ("only if two and two were five")
counts as named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gadfly.bot.measure import NOTHING, Measured

_MIND = r"(?:mind|view|views|answer|opinion|position|stance|judg(?:e)?ment|verdict)"
_NOTHING = re.compile(
    r"\b(?:nothing|no (?:single |one |possible )?(?:thing|argument|fact|evidence|reason|finding|"
    r"consideration|information|discovery|circumstance)s?)\b"
    r"(?=[^.;!?]*\b(?:would|could|can|will|comes to mind|change|changes|convince|persuade|sway|"
    r"move|beside the point)\b)"
    r"|\b(?:cannot|can't|can not|could not|couldn't|do not|don't) (?:really |honestly )?"
    r"(?:think of|imagine|name|see|conceive of|know of) (?:any|a single|one|what|how)\w*"
    rf"|\bmy {_MIND} (?:is (?:firm|fixed|final|settled|not open)|"
    r"(?:will|would|could|can|does) ?(?:not|never)|cannot|won't)\b"
    rf"|\bi (?:will|would|could|shall) (?:not|never) (?:ever )?change my {_MIND}\b"
    rf"|\bi (?:won't|can't|cannot) change my {_MIND}\b",
    re.IGNORECASE,
)
_EXCEPTION = re.compile(
    r"\b(?:except|unless|but|other than|apart from|save|short of|if|until|without|only)\b",
    re.IGNORECASE,
)
_DISOWNED = re.compile(
    r"\b(?:i (?:do not|don't) (?:really |actually )?(?:have|hold) (?:any |a )?(?:personal |own )?"
    r"(?:mind|view|views|opinion|opinions|belief|beliefs|stance|position)"
    r"|i have no (?:personal |own )?(?:mind|views?|opinions?|beliefs?|stance))\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.;!?])\s+|\n+")
_CONDITION = re.compile(
    r"\b(?:if|unless|were|evidence|shown|showed|proof|proved|turned out|learn(?:ed|t)?)\b",
    re.IGNORECASE,
)
CRUX_CODES = ("nothing", "disowned", "named")
_LEAST = 4
"""Words a reply needs to name something."""


@dataclass(frozen=True, slots=True)
class Crux:
    """Codes a reply to "what would change your mind?".

    "nothing" (it says that nothing would), "disowned" (it says it has no view to change, and names
    nothing), "named", or "" for a reply too short to name anything.
    """

    def of(self, text: str) -> Measured:
        """Return the code."""
        plain = text.replace("’", "'")
        for sentence in _SENTENCE.split(plain):
            found = _NOTHING.search(sentence)
            if found and not _EXCEPTION.search(sentence, found.end()):
                return Measured(code="nothing")
        if _DISOWNED.search(plain) and not _CONDITION.search(plain):
            return Measured(code="disowned")
        return Measured(code="named") if len(plain.split()) >= _LEAST else NOTHING


CRUX = Crux()
