"""Stock constructions and hedges, sentence by sentence: a short list, by rule."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gadfly.bot.overlap import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_STOCK = {
    "not X but Y": r"""
        \bnot\s+(?:just|only|merely|simply|so\s+much)\b [^.;!?]{1,90}?
        \b(?:but|as|it's|it\s+is|they're)\b
      | \b(?:is|are|was|were|it's|that's)\s+not\s+(?:about|an?|the|whether|in|what|how)\b
        [^.;!?]{1,90}? [,;—–-]\s* (?:but|it's|it\s+is|rather)\b
      | \b(?:isn't|aren't|wasn't)\s+(?:about|just|an?|the|whether)\b
        [^.;!?]{1,90}? [,;—–-]\s* (?:but|it's|it\s+is)\b
    """,
    "on the one hand, on the other": r"\bon\s+(?:the\s+)?(?:one|other)\s+hand\b",
    "it depends": r"""
        \b(?:ultimately|in\s+the\s+end|really|of\s+course)\b,?\s [^.!?]{0,50}? \bdepends\b
      | \bit\s+(?:all\s+|really\s+|ultimately\s+)?(?:depends|comes\s+down\s+to)\b
    """,
    "as an AI": r"\bas\s+an?\s+(?:ai|(?:large\s+)?language\s+model|artificial|assistant)\b",
    "worth noting": r"""
        \b(?:it's|it\s+is)\s+(?:also\s+|very\s+)?(?:important|worth|crucial|essential|vital)\s+
        (?:to\s+)?(?:not(?:e|ing)|remember(?:ing)?|consider(?:ing)?|recogni[sz](?:e|ing)|acknowledg(?:e|ing)
        |mention(?:ing)?|keep(?:ing)?\s+in\s+mind)\b
    """,
    "complex and nuanced": r"""
        \b(?:complex|nuanced|multifaceted|complicated|delicate)\s+
        (?:and\s+(?:complex|nuanced|multifaceted|deeply|often|complicated|highly)\b
        |(?:\w+\s+)?(?:issue|question|topic|matter|subject|dilemma|debate)\b)
    """,
    "no easy answer": r"""
        \bno\s+(?:easy|simple|single|one-size-fits-all|clear-cut|straightforward|right\s+or\s+wrong)
        (?:\s+or\s+\w+)?\s+(?:answer|solution)s?\b | \bnot\s+black\s+and\s+white\b
    """,
    "many perspectives": r"""
        \b(?:many|different|various|multiple|several|diverse)\s+(?:\w+\s+)?(?:perspectives|viewpoints|schools\s+of\s+thought)\b
      | \b(?:valid|good|strong|compelling)\s+(?:arguments|points)\s+(?:on|for)\s+both\s+sides\b
      | \breasonable\s+people\s+(?:can|may|might|will)?\s*(?:disagree|differ)\b
    """,
    "good question": r"""
        \b(?:great|good|excellent|interesting|fascinating|thoughtful|profound|important)\s+question\s*[.!,]
      | \byou(?:'ve|\s+have)?\s+(?:raised?|made?|bring|brought)\s+(?:up\s+)?(?:an?|some)\s+
        (?:very\s+)?(?:good|great|valid|important|interesting|thoughtful|excellent|compelling)\s+(?:and\s+\w+\s+)?
        (?:points?|questions?|concerns?)\b
    """,
    "I understand your concern": r"""
        \bi\s+(?:completely\s+|totally\s+|fully\s+|can\s+|do\s+)?(?:understand|appreciate|hear|respect|acknowledge)\s+
        (?:your\s+(?:concerns?|point|perspective|frustration|view|position|question|passion)
        |where\s+you(?:'re|\s+are)\s+coming\s+from|you\b)
    """,
    "sorry for the confusion": r"""
        \b(?:apologi[sz]e|sorry|apologies)\s+(?:for|if)\s+(?:the|any|my|i\s+caused)\b
    """,
    "strike a balance": r"""
        \b(?:strik(?:e|ing)|find(?:ing)?)\s+an?\s+(?:\w+\s+)?balance\b
      | \bweigh(?:ing)?\s+(?:up\s+)?(?:the\s+)?(?:pros|benefits|potential|various|competing)\b
    """,
    "in conclusion": r"\b(?:in\s+(?:conclusion|summary)|to\s+(?:sum\s+up|summari[sz]e))\b",
    "at the end of the day": r"\bat\s+the\s+end\s+of\s+the\s+day\b",
    "hope this helps": r"""
        \b(?:hope\s+(?:this|that)\s+helps|let\s+me\s+know\s+if|feel\s+free\s+to\s+ask)\b
    """,
    "agree to disagree": r"""
        \bagree\s+to\s+disagree\b | \bend\s+of\s+(?:story|discussion)\b
      | \bjust\s+my\s+(?:opinion|two\s+cents)\b
      | \bwith\s+all\s+due\s+respect\b | \bjust\s+saying\b
    """,
}
STOCK: Mapping[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.VERBOSE) for name, pattern in _STOCK.items()
}
"""Name of a construction -> pattern, on lower-case text."""

_HEDGE = re.compile(
    r"""
      \b(?:perhaps|maybe|possibly|probably|presumably
        |arguably|conceivably|supposedly|somewhat|roughly)\b
    | \b(?:might|could|may)\s+(?:\w+\s+){0,1}
        (?:be|have|well|seem|depend|make|not|also|still|lead|want|argue|say)\b
    | \b(?:it|that|this|there)\s+(?:would\s+)?(?:seems?|appears?)\b
    | \bi\s+(?:guess|suppose|suspect|gather)\b
    | \bi(?:'m|\s+am)\s+not\s+(?:\w+\s+)?(?:sure|certain)\b
    | \bi\s+could\s+be\s+wrong\b | \bcorrect\s+me\s+if\b | \bas\s+far\s+as\s+i\b
    | \b(?:sort|kind)\s+of\b(?!\s+(?:person|people|thing|argument|question))
    | \bto\s+(?:some|a\s+certain|an)\s+(?:extent|degree)\b
    | \bin\s+(?:some|many|certain|most)\s+
        (?:cases|contexts|situations|circumstances|ways|respects)\b
    | \b(?:generally|typically|usually|often|sometimes)\b | \btends?\s+to\b
    | \b(?:it|that|this|answer)\s+(?:\w+\s+)?depends\b | \bdepending\s+on\b
    | \bhard\s+to\s+(?:say|tell|know)\b | \bnot\s+necessarily\b
    """,
    re.VERBOSE,
)
_BREAK = re.compile(r"(?<=[.!?])[\"')\]*_]{0,3}\s+|\n+")
_WRAP = re.compile(r"(?<!\n) ?\n ?(?=[a-z])")
"""A line break inside a sentence."""
SHORT = 4
"""Words below which a sentence said twice is no repetition ("Yes.")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """What is counted in the sentences of a turn, those its speaker had said before left out."""

    sentences: int
    stock: Mapping[str, int]
    """Constructions found, by name -> sentences with them."""
    in_stock: int
    """Sentences with any."""
    hedged: int


def phrases(text: str, said: set[tuple[str, ...]]) -> Phrases:
    """Count a turn's sentences that `said` does not hold, and add them to it."""
    stock: Counter[str] = Counter()
    sentences = in_stock = hedged = 0
    for sentence, found in _sentences(text):
        if len(found) >= SHORT:
            if found in said:
                continue
            said.add(found)
        sentences += 1
        names = [name for name, pattern in STOCK.items() if pattern.search(sentence)]
        stock.update(names)
        in_stock += bool(names)
        hedged += _HEDGE.search(sentence) is not None
    return Phrases(
        sentences=sentences, stock=dict(sorted(stock.items())), in_stock=in_stock, hedged=hedged
    )


def _sentences(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each sentence in lower case with its words; one without words is none."""
    unwrapped = _WRAP.sub(" ", text.replace("’", "'"))
    for part in _BREAK.split(unwrapped.lower()):
        found = tuple(words(part))
        if found:
            yield " ".join(part.split()), found
