"""Words with which speakers say that they have moved: all the way, part of it, or on one point."""

from __future__ import annotations

import re
from typing import Literal

from gadfly.bot.concession import Concession

Move = Literal["flip", "partial", "grants", "none"]
"""`flip`: the other side than before. `partial`: to or from no side, or less of its own side by its
own words. `grants`: a point of the other's is granted, the side kept. By strength, strongest first.
"""

_CONVERTED = re.compile(
    r"""
      \b(?:you(?:'ve|\s+have)?|that|this|which|it|he|she|they)\s+
        (?:(?:has|have|really|just|actually|finally)\s+){0,2}
        (?:convinced|persuaded|converted|won)\s+me(?:\s+over)?\b(?!\s+(?:that\s+)?(?:you|of\s+nothing))
    | \bi(?:'m|\s+am)\s+(?:now\s+)?(?:convinced|persuaded|converted|won\s+over)
        \s*(?:now\s*)?(?=[.!,;]|$|\sby\b)
    | \bi(?:'ve|\s+have)?\s+(?:now\s+)?(?:changed|change)\s+my\s+
        (?:mind|view|position|vote|answer)\b
    | \bi\s+stand\s+corrected\b
    | \bi\s+(?:was|have\s+been|'ve\s+been)\s+(?:simply\s+|just\s+|quite\s+|completely\s+)?
        (?:wrong|mistaken)
        (?=\s*(?:[.!,;:]|$|and\b|then\b|there\b|all\s+along))
    | \bi\s+(?:take\s+(?:it|that)(?:\s+all)?\s+back|withdraw\s+(?:that|my\s+(?:claim|objection)))\b
    | \bi(?:'ve|\s+have)?\s+(?:come|came)\s+(?:a)?round\b
    | \bi(?:'m|\s+am)?\s+(?:now\s+)?(?:with|on)\s+your\s+side\b
    | \byou\s+win\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PARTLY = re.compile(
    r"""
      \bi(?:'m|\s+am|\s+feel)\s+(?:now\s+|already\s+)?(?:a\s+(?:bit|little)\s+)?
        (?:less|not\s+(?:so|as|quite\s+as|that))\s+(?:sure|certain|confident|convinced)\b
    | \bi(?:'d|\s+would|\s+will|'ll|\s+have\s+to|\s+should|\s+must)?\s+
        (?:now\s+|therefore\s+|have\s+to\s+)?
        (?:soften|weaken|qualify|narrow|limit|temper|moderate|tone\s+down|walk\s+back|revise)\s+
        (?:my\s+(?:\w+\s+)?(?:view|claim|position|answer|stance|statement|objection|case|point)
        |what\s+i\s+(?:said|wrote|claimed)|that\s+(?:claim|statement|view))\b
    | \bi\s+(?:overstated|exaggerated|spoke\s+too|went\s+too\s+far)\b
    | \bi\s+was\s+too\s+(?:quick|strong|sure|hasty|harsh)\b
    | \b(?:partly|partially|half|halfway)\s+(?:right|agree|convinced|persuaded|there)\b
    | \bi\s+(?:partly|partially|half)\s+(?:agree|accept|concede)\b
    | \b(?:gives?|gave)\s+me\s+pause\b
    | \b(?:moves?|moved|shifts?|shifted|nudges?|nudged)\s+me\s+
        (?:a\s+(?:bit|little|way|step)|some|part|half|toward|closer)
    | \b(?:does|do|did|has|have)?\s*(?:weaken|lower|reduce|shake|dent)(?:s|ed|d)?\s+my\s+
        (?:case|view|position|confidence|certainty|objection|argument)\b
    | \bi(?:'d|\s+would|\s+could|\s+can|\s+will|'ll)\s+(?:now\s+)?(?:allow|make|accept)\s+
        (?:an?|one|some)\s+exceptions?\b
    | \bi\s+(?:would|'d|could|can)\s+meet\s+you\s+half\s*-?way\b
    | \bonly\s+part\s+of\s+the\s+way\b
    | \bmore\s+(?:open|sympathetic)\s+to\s+(?:it|that|the\s+idea|your)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CLAUSE = re.compile(r"[.;:!?\n]|,\s*(?:but|yet|and|so)\b")
_NOT = re.compile(
    r"\b(?:not|never|no|nor|nothing|nobody|hardly|if|whether|unless|without|until)\b|n't\b",
    re.IGNORECASE,
)


def converted(text: str) -> bool:
    """Say whether a turn tells that its speaker has come over."""
    return _told(_CONVERTED, text)


def partly(text: str) -> bool:
    """Say whether a turn tells that its speaker holds less than before."""
    return _told(_PARTLY, text)


def grants(text: str) -> bool:
    """Say whether a turn grants a point outright (`gadfly.bot.concession`)."""
    return bool(Concession().of(text).code)


def says_moved(text: str) -> bool:
    """Say whether a turn tells of any move, whatever the question."""
    return converted(text) or partly(text) or grants(text)


def _told(pattern: re.Pattern[str], text: str) -> bool:
    """Find a pattern outside denials, conditions and questions."""
    plain = re.sub(r"[ \t]+", " ", text.replace("’", "'"))
    for found in pattern.finditer(plain):
        before = _CLAUSE.split(plain[max(0, found.start() - 200) : found.start()])[-1]
        after = re.search(r"[.!?\n]", plain[found.end() : found.end() + 200])
        asked = after is not None and after[0] == "?"
        if not asked and not _NOT.search(before):
            return True
    return False
