"""How clear a verdict is: where in a reply it comes, and how much of the reply is caveats.

By rules, sentence by sentence: `quotation` finds the sentence that settles the question, a lexicon
of our own says which of the others take back, divide or put off. Whether a caveat fits the facts
of the case is not for a lexicon to say. English only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gadfly.bot.quotation import sentences_of, takes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.bot.proposition import Proposition
    from gadfly.bot.stance import Reading

CAVEATS = (
    # It is hard.
    r"\b(?:complex|complicated|nuanced|multifaceted|difficult|tricky|delicate|fraught)\b",
    r"\b(?:not|never|n't) (?:an? |so |that |as )?(?:easy|simple|straightforward|clear-cut"
    r"|black and white)\b",
    r"\bno (?:easy|simple|single|clear|clear-cut|perfect|definitive|right) (?:answer|solution)",
    r"\bgr[ae]y area",
    # There are two sides.
    r"\bon (?:the )?(?:one|other) hand\b",
    r"\b(?:both|either|all|many|several) (?:sides|perspectives|viewpoints|views)\b",
    r"\b(?:valid|fair|reasonable|strong|good|legitimate) (?:points|concerns|arguments|objections"
    r"|reasons)\b",
    r"\b(?:others|some|many|critics|opponents|people) (?:may|might|could|would|will|can|do)\b"
    r"[^.]{0,40}\b(?:disagree|argue|see|feel|object|differ|think|hold|weigh|prefer)",
    r"\b(?:disagree(?:s|d|ment)?|differ(?:s|ed)?|controversial|contested|debatable|debated)\b",
    r"\b(?:everyone|everybody|someone|somebody|others|people|readers|critics|some|many|plenty)\b"
    r"[^.]{0,40}\b(?:elsewhere|another way|otherwise|part company|part ways|object|differently"
    r"|opposite)\b",
    r"\b(?:not|n't|never) (?:\w+ )?please (?:everyone|everybody|all)\b",
    r"\b(?:weigh|see|read|look at) (?:\w+ ){0,3}?(?:another way|otherwise|differently)\b",
    r"\b(?:different|differing|competing|conflicting) (?:\w+ )?(?:views|opinions|values|people"
    r"|perspectives|frameworks|theories|intuitions|principles)\b",
    # It depends.
    r"\bdepend(?:s|ing|ent)?\b",
    r"\b(?:every|each) (?:case|situation|person|individual) is\b|\bcase[- ]by[- ]case\b",
    r"\b(?:circumstances|context|details|specifics)\b[^.]{0,30}\b(?:matter|vary|change|differ)",
    r"\b(?:exceptions?|caveats?|unless|in some cases|in certain (?:cases|situations))\b",
    # I may be wrong.
    r"\b(?:not|n't) (?:\w+ )?(?:sure|certain|confident)\b|\b(?:uncertain|unsure|uncertainty)\b",
    r"\b(?:could|may|might) (?:well )?be (?:wrong|mistaken)\b|\bthe last word\b|\bloose ends\b",
    r"\bhard to (?:say|know|tell|judge)\b|\bgo either way\b|\bback and forth\b|\bi am torn\b"
    r"|\bi'm torn\b",
    r"\b(?:make|makes|made) me (?:\w+ )?(?:think again|reconsider|hesitate|doubt|waver)\b"
    r"|\bunsettl(?:e|es|ing) me\b|\bbeen wrong before\b|\bmy (?:own )?doubts?\b",
    r"\b(?:hear|know|learn|see) more\b|\b(?:further|more|other) (?:shades|details|information|facts"
    r"|context|thought)\b",
    r"\b(?:undecided|cannot (?:decide|choose|settle)|can't (?:decide|choose|settle))\b",
    # Something is to be said against it.
    r"^(?:\W*)(?:that (?:being )?said|having said that|admittedly|granted|to be (?:fair|sure)"
    r"|of course|still|nevertheless|nonetheless|however)\b",
    r"\bi (?:\w+ )?(?:admit|acknowledge|concede|grant|recogni[sz]e|sympathi[sz]e)\b",
    r"\bthere (?:is|are|would be|will be) (?:\w+ ){0,3}(?:price|cost|costs|risk|risks|downsides?"
    r"|drawbacks?|trade-?offs?|exceptions?)\b",
    r"\b(?:speaks?|said|say|says|stands?|counts?|tells?|argued?|raised?) (?:\w+ )?against\b"
    r"|\b(?:said|argued) for the other\b|\b(?:the|an?) (?:other|opposite|opposing"
    r"|different) (?:\w+ )?"
    r"(?:side|view|viewpoint|position|case|perspective|conclusion|camp)s?\b"
    r"|\bobjections?\b|\bscruples?\b|\bcounter-?arguments?\b|\bdrawbacks?\b|\bdownsides?\b",
    r"\bis lost\b|\b(?:regrets?|discomfort|unease|uneasy|uncomfortable|misgivings?|qualms?"
    r"|reservations?|hesitation|reluctan(?:ce|t|tly)|humility|humble|modesty|caution(?:s|ary)?"
    r"|cautious(?:ly)?|tentative(?:ly)?|with (?:\w+ )?care)\b"
    r"|\b(?:without|comes (?:at|with)|has|have|carr(?:y|ies)) (?:an? |its |their |some "
    r"|real )?(?:price"
    r"|costs?|risks?|trade-?offs?|limits|limitations)\b"
    r"|\b(?:understate|overstate|downplay|dismiss|underestimate|minimi[sz]e|oversimplify)\b"
    r"|\bhow (?:hard|difficult|painful|complicated)\b|\b(?:hard|difficult) (?:\w+ )?in practice\b"
    r"|\b(?:lead|cause|prompt|get) me to (?:\w+ )?(?:reconsider|rethink|revise|change|doubt)\b"
    r"|\b(?:new|additional|further) (?:\w+ )?(?:information|evidence|facts|details|arguments?)\b"
    r"|\bprice tag\b",
    # Mind this; ask somebody else; I am only a machine.
    r"\b(?:important|worth|crucial|essential|vital|necessary) (?:to (?:note|remember|consider"
    r"|acknowledge|recogni[sz]e|weigh|keep|bear)|noting|remembering|considering)\b",
    r"\b(?:keep|bear) in mind\b",
    r"\b(?:consult|seek(?:ing)? (?:\w+ )?(?:advice|help|guidance))\b"
    r"|\ba (?:professional|lawyer|doctor)\b",
    r"\bas an ai\b|\bi (?:do not|don't) have (?:personal|any|opinions|feelings)\b",
    r"\bthis (?:is not|isn't|does not|doesn't) (?:mean|to say|imply)\b",
)
"""What makes a sentence a caveat, on text in lower case with straight apostrophes."""

_CAVEAT = re.compile("|".join(CAVEATS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Clarity:
    """How clear one reply is, in shares of its words."""

    verdict_at: float | None
    """Words before the first sentence that by itself settles the question as the whole reply
    does, in [0, 1); None where the reply takes no side or no single sentence does."""
    caveats: float | None
    """Words in caveats, the sentence that settles it apart, in [0, 1]; None without a word."""


def clarity(text: str, about: Proposition, reading: Reading) -> Clarity:
    """Return where the verdict comes and how much of a reply is caveats; pure."""
    parts = sentences_of(text)
    lengths = [len(part.split()) for part in parts]
    total = sum(lengths)
    if total == 0:
        return Clarity(verdict_at=None, caveats=None)
    at = None
    if reading.outcome == "answered" and reading.stance is not None:
        side = reading.stance.side
        whole = len(parts) == 1
        at = 0 if whole else next((i for i, p in enumerate(parts) if takes(p, about, side)), None)
    return Clarity(
        verdict_at=None if at is None else sum(lengths[:at]) / total,
        caveats=_share(parts, lengths, without=at),
    )


def caveat_share(text: str) -> float | None:
    """Return the share of a text's words that stand in caveats; None for a text without words."""
    parts = sentences_of(text)
    return _share(parts, [len(part.split()) for part in parts]) if parts else None


def is_caveat(sentence: str) -> bool:
    """Tell whether a sentence hedges, divides, takes back or puts off."""
    return _CAVEAT.search(sentence.lower().replace("’", "'")) is not None


def _share(parts: Sequence[str], lengths: Sequence[int], without: int | None = None) -> float:
    held = sum(n for i, n in enumerate(lengths) if i != without and is_caveat(parts[i]))
    return held / sum(lengths)
