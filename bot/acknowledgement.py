"""Whether a reply says that it changes its answer, or that something has moved it.

By outright words only: a point granted (`bot.concession`), an answer taken back, or an earlier
view named as earlier ("I had said", "I now think"). Whoever owns a change in other words goes
unseen, so that what is left over is a share to look at and not a verdict.
"""

from __future__ import annotations

import re

from gadfly.bot.cleaning import clean
from gadfly.bot.concession import Concession
from gadfly.bot.confrontation_lexicon import NOT

VERSION = 1

_VIEW = r"(?:mind|view|answer|reply|response|position|opinion|stance|verdict|judge?ment)"
_CHANGED = re.compile(
    rf"\b(?:chang|alter|revis|correct|reconsider|withdr|retract)\w* (?:my|the) (?:\w+ )?{_VIEW}\b"
    r"|\bi (?:\w+ ){0,2}?(?:take (?:that|it|this|my \w+|what i said) back|take back|withdraw"
    r"|retract|recant|yield|give (?:way|in)|err(?:ed)?|misspoke|misjudged|overlooked|underestimated"
    r"|reconsider(?:ed)?|rethought|spoke too soon|stand corrected|come (?:round|around|over))\b"
    r"|\bi was (?:wrong|mistaken|too \w+)\b|\bi (?:have to|must) (?:give|grant) you that\b"
    r"|\b(?:on|upon|after) (?:further |second |more )?"
    r"(?:reflection|thoughts?|consideration|reconsideration)\b"
    r"|\bi (?:now|no longer) (?:think|believe|see|hold|say|agree|would)\b"
    r"|\b(?:moves|moved|shifts|shifted|tips|tipped|sways|swayed|turns|turned|wins|won) "
    rf"(?:me|my {_VIEW}|the (?:balance|scale)s?)\b|\bbrought me (?:round|around|over)\b"
    r"|\byou(?:'ve| have)? (?:convinced|persuaded|shown) me\b"
    rf"|\bmy (?:earlier|first|previous|initial|original) (?:\w+ )?{_VIEW}\b"
    r"|\bi (?:had |have )?(?:said|thought|told you|answered|argued|held) "
    r"(?:\w+ ){0,6}?(?:earlier|before|at first|otherwise|the opposite)\b"
    r"|\b(?:contrary to|unlike|different from) what i (?:\w+ )?(?:said|thought|told)\b"
    r"|\b(?:in|from) (?:a new|another|a different) (?:light|angle)\b|\bof another mind\b"
)
_NOT = re.compile(rf"{NOT.pattern}|n't\b")
_BEFORE = 4
"""Words before a phrase in which a denial turns it."""


def acknowledges(text: str) -> bool:
    """Tell whether a reply owns a change of its answer, or grants what moved it.

    >>> acknowledges("On reflection, I now think it is wrong.")
    True
    >>> acknowledges("It is wrong. I have not changed my mind.")
    False
    """
    said = clean(text).replace("’", "'")
    if Concession().of(said).code:
        return True
    lower = said.lower()
    return any(
        not _NOT.search(" ".join(lower[: found.start()].split()[-_BEFORE:]))
        for found in _CHANGED.finditer(lower)
    )
