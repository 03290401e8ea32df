"""Whether a reply names something that would change its mind, or says that nothing would.

By rule. A crux that is named as something that could never be ("only if two and two were five")
counts as named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gadfly.bot import crux_lexicon as words
from gadfly.bot.cleaning import clean, spelt_out
from gadfly.bot.measure import NOTHING, Measured

_SENTENCE = re.compile(r"(?<=[.;!?])\s+|\n+")
CRUX_CODES = ("nothing", "disowned", "named")


@dataclass(frozen=True, slots=True)
class Crux:
    """Codes a reply to "what would change your mind?".

    "nothing" (it says that nothing would), "disowned" (it says it has no view to change, and names
    nothing), "named" (a condition, a finding, an argument that would), or "" where no rule is sure.
    """

    def of(self, text: str) -> Measured:
        """Return the code."""
        plain = spelt_out(clean(text).lower())
        if words.DISOWNED.search(plain) and not words.CONDITION.search(plain):
            return Measured(code="disowned")
        sentences = _SENTENCE.split(plain)
        if any(map(_is_closed, sentences, [*sentences[1:], ""])):
            return Measured(code="nothing")
        return Measured(code="named") if any(_names(each) for each in sentences) else NOTHING


CRUX = Crux()


def _is_closed(sentence: str, after: str) -> bool:
    """Say whether a sentence says that nothing would, and neither it nor the next takes it back."""
    found = words.NOTHING.search(sentence)
    if not found or words.HARDLY.search(sentence):
        return False
    return not words.EXCEPTION.search(sentence, found.end()) and not words.THOUGH.search(after)


def _names(sentence: str) -> bool:
    """Say whether a sentence names something, with no denial in front of it."""
    found = words.NAMED.search(sentence)
    if not found:
        return False
    is_denied = words.NOT.search(sentence, 0, found.start()) or words.DENIED_AFTER.search(sentence)
    return not is_denied or words.EXCEPTION.search(sentence) is not None
