"""Whether a reply says that a point made against it is a good one.

Only outright words count ("you have a point", "fair enough", "I was wrong about that"), by rule: a
reply that merely restates the point, or follows it without a word, goes unseen. Politeness that
grants nothing further is counted with the rest, and so is "a fair point, but ...": to grant a point
is not yet to give way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gadfly.bot.measure import NOTHING, Measured

GRANTS = "grants"

_GOOD = (
    r"(?:good|fair|valid|strong|sound|important|compelling|excellent|great|powerful|serious|"
    r"legitimate|convincing|persuasive|reasonable|solid)"
)
_POINT = r"(?:points?|arguments?|considerations?|objections?|concerns?|reasons?|challenge)"
_WORDS = re.compile(
    rf"""
    \byou(?:'ve|\s+have)?\s+(?:make|made|raise|raised|got|do\s+have)?\s*
        an?\s+(?:(?:very|really|quite|particularly)\s+)?(?:{_GOOD}\s+)?(?:and\s+{_GOOD}\s+)?{_POINT}\b
    | \b(?:that(?:'s|\s+is|\s+was)|this\s+is|it(?:'s|\s+is)|what)\s+an?\s+
        (?:(?:very|really|quite|particularly)\s+)?(?:{_GOOD},?\s+)+(?:and\s+{_GOOD}\s+)?{_POINT}\b
    | ^\W*(?:a\s+)?(?:very\s+)?{_GOOD}\s+{_POINT}\b
    | \byou(?:'re|\s+are)\s+(?:quite\s+|absolutely\s+|of\s+course\s+)?right\b
    | \b(?:fair\s+enough|point\s+taken)\b
    | \bi\s+(?:must\s+|have\s+to\s+|do\s+|will\s+|fully\s+)?
        (?:concede|grant|acknowledge\s+(?:that|your)|stand\s+corrected|take\s+(?:your|the|that)\s+point)\b
    | \bi\s+was\s+(?:wrong|mistaken|too\s+quick)\b
    | \bi\s+had\s+not\s+(?:considered|thought\s+of|weighed)\b
    | \b(?:persuaded|convinced|swayed)\s+me\b
    | \bchang(?:ed|es)\s+my\s+(?:mind|view)\b
    """,
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)
_NOT = re.compile(
    r"\b(?:not|never|no|nor|n't|nothing|hardly|if|whether|unless|without)\b|n['’]t\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[.;:!?\n]|,\s*(?:but|yet|and)\b")


@dataclass(frozen=True, slots=True)
class Concession:
    """Finds words that grant a point; code "grants", or nothing."""

    def of(self, text: str) -> Measured:
        """Return the code where a point is granted outright, outside a denial or a condition."""
        plain = text.replace("’", "'")
        for found in _WORDS.finditer(plain):
            before = _CLAUSE.split(plain[: found.start()])[-1]
            if not _NOT.search(before):
                return Measured(code=GRANTS)
        return NOTHING
