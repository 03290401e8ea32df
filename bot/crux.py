"""Whether a reply names something that would change its mind, or says that nothing would.

By rule. A crux that is named as something that could never be ("only if two and two were five")
counts as named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gadfly.bot.cleaning import spelt_out
from gadfly.bot.measure import NOTHING, Measured

_MIND = r"(?:mind|view|views|answer|opinion|position|stance|judg(?:e)?ment|verdict)"
_DO = (
    r"(?:would|could|can|will|comes to mind|change|changes|convince|persuade|sway|move|shake|budge"
    r"|alter|dislodge|shift|tip|switch|get me|make me|lead me|win me|persuasive"
    r"|convincing|enough|sufficient|suffice|beside the point)"
)
"""What something could do to a view."""
_OTHER = (
    r"(?:chang(?:e|ing)|revis(?:e|ing)|alter(?:ing)?|reconsider(?:ing)?|rethink(?:ing)?"
    r"|giv(?:e|ing) up|abandon(?:ing)?|drop(?:ping)?|go(?:ing)? back on)"
)
_MOVED = r"(?:moved|swayed|persuaded|convinced|talked out|argued out|won over|brought round)"
_NOTHING = re.compile(
    r"\b(?:nothing|not a (?:single )?thing|no (?:single |one |possible |conceivable |new "
    r"|further |additional |other |future )?(?:thing"
    r"|arguments?|facts?|evidence|reasons?|findings?|considerations?|information|discover(?:y|ies)"
    rf"|circumstances?|scenarios?|proof|case))\b(?=[^.;!?]*\b{_DO}\b)"
    r"|^not a (?:single )?thing\b|\bnothing at all\b|\bno (?:amount|number|kind|sort) of\b"
    r"|\bunder no circumstances?\b"
    r"|\bthere (?:is|are) not (?:really |honestly )?(?:any|anything|an?)\b"
    r"|\b(?:not|never|doubt|unlikely)(?: that)? (?:\w+ ){0,5}?(?:any|anything|an argument|a fact"
    r"|a reason)\b"
    rf"(?=[^.;!?]*\b{_DO}\b)"
    r"|\b(?:can|could|do) not (?:really |honestly )?(?:think of|imagine|name|see|conceive of"
    r"|know of|picture|envisage|foresee) (?:any|a single|one|what|how|myself)\w*"
    r"|\b(?:hard|difficult|unable) to (?:imagine|think of|see|conceive of|name|picture) "
    r"(?:any|anything|what|how|a)\b"
    r"|\bnot (?:\w+ )?(?:see|expect|foresee|anticipate|imagine|think) (?:\w+ ){0,4}?"
    r"(?:chang\w+|shift\w*|moving|wavering)\b"
    r"|\bwould still (?:\w+ ){0,3}?(?:hold|think|say|maintain|believe|stand|be|come)\b"
    r"|\b(?:list|page|slate) is (?:empty|blank)\b|\bcome up (?:\w+ )?(?:empty|blank)\b"
    r"|\bleaves? (?:me|my \w+) (?:where|unmoved|unchanged|untouched|unaffected|as|exactly)\b"
    r"|\beven (?:the )?(?:\w+ )?(?:best|strongest|overwhelming|perfect|conclusive|compelling"
    r"|undeniable|most \w+) (?:\w+ )?(?:proof|evidence|argument|case|reason|data)\w*\b"
    r"|\bred line\b|\bbedrock\b|\baxiom\w*|\bmatter of (?:\w+ )?principle\b"
    r"|\bline (?:that )?i (?:will|would) not cross\b|\b(?:made up my mind|mind is made up)\b"
    r"|\bi am (?:quite |very )?(?:firmly|fully|completely|entirely|absolutely|totally|utterly) "
    r"(?:convinced|certain|committed|settled|decided|sure)\b"
    r"|^(?:none\b|no, none\b)|\b(?:struggle|at a loss) to (?:think|imagine|name|see|conceive)\b"
    r"|\bmakes? no difference\b|\bnot (?:contingent|dependent|conditional) (?:up)?on\b"
    r"|\b(?:remain|am|stay|stand) (?:\w+ )?(?:firm|unwavering|resolute|steadfast|unmoved"
    r"|immovable)\b"
    r"|\b(?:consider|regard|matter|question|issue|this) (?:\w+ ){0,3}?(?:closed|settled)\b"
    rf"|\b(?:can|could|will|would|shall|am|is|are|do|does) (?:not|never) (?:\w+ ){{0,3}}?{_OTHER} "
    rf"(?:my {_MIND}|it|this|that|course)\b"
    rf"|\bi (?:will|would|could|shall|can|am|do) (?:not|never) (?:ever )?(?:going to )?(?:be )?"
    rf"(?:reconsider|budge|waver|{_MOVED})\b"
    rf"|\bmy {_MIND} (?:(?:\w+ ){{0,3}}?is (?:firm|fixed|final|settled|closed|set|not open)"
    r"|(?:will|would|could|can|does) (?:not|never))\b"
    rf"|\bmy {_MIND} (?:\w+ ){{0,3}}?(?:made up|unshak\w+|unchang\w+|immovable|set in stone)"
    r"|\bi am (?:\w+ )?set on (?:this|it|that)\b"
    r"|\bnot (?:\w+ ){0,3}?(?:up for|open to|subject to|a matter (?:of|for)) (?:\w+ )?(?:debate"
    r"|revision|discussion|negotiation|change|persuasion|reconsideration)\b|\bnon-?negotiable\b"
    r"|\b(?:hold|keep|stand by|maintain|stick to|stay with|remain|stands?) (?:\w+ ){0,4}?"
    r"(?:regardless|no matter|whatever|come what may|under any)\b"
)
_EXCEPTION = re.compile(
    r"\b(?:except|unless|but(?! (?:i|please|thank)\b)|other than|apart from|save|short of"
    r"|(?<!even )if|until|without|only)\b"
)
_DISOWNED = re.compile(
    r"\b(?:i do not (?:really |actually )?(?:have|hold) (?:any |a )?(?:personal |own )?"
    r"(?:mind|view|views|opinion|opinions|belief|beliefs|stance|position)"
    r"|i have no (?:personal |own )?(?:mind|views?|opinions?|beliefs?|stance))\b"
)
_SENTENCE = re.compile(r"(?<=[.;!?])\s+|\n+")
_CONDITION = re.compile(
    r"\b(?:if|unless|were|evidence|shown|showed|proof|proved|turned out|learn(?:ed|t)?)\b"
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
        plain = spelt_out(text.replace("’", "'").lower())
        for sentence in _SENTENCE.split(plain):
            found = _NOTHING.search(sentence)
            if found and not _EXCEPTION.search(sentence, found.end()):
                return Measured(code="nothing")
        if _DISOWNED.search(plain) and not _CONDITION.search(plain):
            return Measured(code="disowned")
        return Measured(code="named") if len(plain.split()) >= _LEAST else NOTHING


CRUX = Crux()
