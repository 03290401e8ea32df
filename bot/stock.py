"""Stock constructions: turns of phrase that a reply can open, link and close with on any subject.

A short list of our own. It counts ready-made frames and contrasts, not words that are merely
frequent: which words a model overuses changes with the model, the frames hardly do. English only.
"""

from __future__ import annotations

import re
from collections import Counter

_AUXILIARY = r"(?:is|was|are|were|do|does|did)(?:n't| not)"
_IS = r"(?:'s|'re| is| are| was| were)"
_QUESTION = r"(?:question|issue|matter|topic|dilemma|problem|subject|decision|situation|scenario)"
_HARD = (
    r"(?:complex|complicated|nuanced|multifaceted|difficult|challenging|tough|thorny|sensitive"
    r"|personal|contentious|controversial|fascinating|profound)"
)
_GRAVE = r"(?:important|profound|complex|fundamental|serious|deep|significant|difficult)"

STOCK = {
    # contrasts
    "not X but Y": r"\bnot (?:just |only |merely |simply |because )?[^.;:!?\n,—]{1,60}?,? but\b",
    "not X, it is Y": (
        rf"\b(?:{_AUXILIARY}|(?:it|this|that){_IS} not) (?:just |only |merely |simply |about )?"
        rf"[^.,;:!?\n]{{1,60}}?[.;,—–-]+ ?(?:but )?(?:it|this|that|they|these|he|she){_IS}\b"
        r"(?! not\b)"
    ),
    "X, not Y": r"[—–] ?not (?:just |only |merely )?\w+",
    "more than just": r"\bmore than (?:just|merely) (?:an? |the )?\w+",
    "less about X, more about Y": r"\bless about [^.;!?\n]{1,40}? (?:and )?more about\b",
    # both sides
    "on the one hand": r"\bon (?:the )?one hand\b",
    "on the other hand": r"\bon the other (?:hand|side)\b",
    "points on both sides": (
        r"\b(?:valid|strong|compelling|good|reasonable|legitimate|merits?|arguments?|points|case)"
        r"\b[^.;!?\n]{0,30} (?:on|from|for|to) (?:both|either|all) (?:sides|perspectives|views)\b"
    ),
    "pros and cons": r"\b(?:pros and cons|benefits and (?:drawbacks|risks)|weigh(?:ing)? the)\b",
    "a balance": (
        r"\b(?:delicate|careful|fine|right|healthy) balance\b"
        r"|\bstrik(?:e|es|ing) (?:an? |the )?(?:\w+ )?balance\b"
    ),
    # framing the question
    "a complex question": rf"\ban? (?:\w+ly )?{_HARD}(?:,? (?:and )?\w+)? {_QUESTION}\b",
    "a great question": r"\b(?:great|good|excellent|interesting|thought-provoking) question\b",
    "raises questions": (
        rf"\braises? (?:\w+ )?{_GRAVE}(?:,? (?:\w+ )?\w+)? (?:questions|concerns)\b"
    ),
    "no easy answer": (
        r"\bno (?:easy|simple|single|clear(?:-cut)?|one-size-fits-all|right) answers?\b"
    ),
    "it is important to note": (
        r"\b(?:it(?:'s| is)|i think it(?:'s| is)) (?:also )?(?:important|worth|crucial|essential"
        r"|vital|necessary|helpful|key) (?:to|noting|remembering|considering|mentioning|that)\b"
    ),
    "as an AI": r"\bas an (?:ai|artificial intelligence)\b|\bas a language model\b",
    "no personal opinions": (
        r"\bdo(?:n't| not) (?:have|hold|possess) (?:any )?personal (?:\w+ )?(?:opinions?|beliefs?"
        r"|views?|feelings?|experiences?|values)\b"
    ),
    "let us dive in": (
        r"\blet(?:'s| us) (?:dive|delve|explore|unpack|break|take a (?:closer )?look|examine)\b"
    ),
    "here is a breakdown": (
        r"\bhere(?:'s| is| are) (?:an?|the|some|my) (?:\w+ )?(?:breakdown|overview|summary|look"
        r"|reasons?|considerations?|points?)\b"
    ),
    # closing
    "ultimately": r"(?:^|[.!?\n] ?\W{0,3})ultimately\b",
    "in conclusion": (
        r"\b(?:in (?:conclusion|summary|essence|short)|to (?:sum up|summari[sz]e|conclude))\b"
        r"|(?:^|[.!?\n] ?\W{0,3})overall,"
    ),
    "at the end of the day": r"\bat the end of the day\b|\bwhen all is said and done\b",
    "every case is different": (
        r"\b(?:every|each) (?:case|situation|person|individual|context)(?: and \w+)? is"
        r" (?:different|unique)\b|\bthere is no one-size-fits-all\b"
    ),
    "I hope this helps": (
        r"\b(?:i )?hope (?:this|that) helps\b|\blet me know if\b|\bfeel free to\b"
        r"|\bwould you like (?:me )?to\b"
    ),
    # ornament
    "plays a role": (
        r"\bplay(?:s|ed|ing)? an? (?:crucial|vital|key|pivotal|significant|central|critical"
        r"|important|essential) (?:role|part)\b"
    ),
    "a testament to": r"\b(?:a|the) (?:\w+ )?testament to\b",
    "serves as a reminder": (
        r"\b(?:serv(?:es?|ed|ing)|stands?|stood|acts?) as an? (?:\w+ )?(?:reminder|warning|beacon"
        r"|symbol|catalyst|foundation|cornerstone|backdrop)\b"
    ),
    "underscores the need": (
        r"\b(?:underscor|highlight|emphasi[sz]|illustrat)(?:es?|ed|ing) (?:the|how|that)"
        r" (?:need|importance|complexity|significance|necessity|value|power)?"
    ),
    "sheds light on": r"\bshed(?:s|ding)? (?:\w+ )?light on\b|\bpav(?:es?|ed|ing) the way\b",
    "in a world": (
        r"\bin (?:this|our|an?) (?:\w+[ -]){0,4}(?:world|age|era|landscape|society)"
        r" (?:where|of|that)\b|\bin today's \w+"
    ),
    "navigate the complexities": (
        r"\bnavigat(?:es?|ed|ing) (?:the |these |this |such )?(?:\w+ )?(?:complexit\w+|landscape"
        r"|challenges?|waters|world|terrain)\b"
    ),
    "in the realm of": r"\bin the (?:realm|landscape|world|tapestry|fabric|heart) of\b",
    "a tapestry": r"\b(?:rich|intricate|complex|vibrant|grand) (?:tapestry|interplay|mosaic|web)\b",
    "delve": r"\bdelv(?:es?|ed|ing)\b",
    "a profound sense": r"\ban? (?:profound|deep|palpable|quiet|renewed|strange) sense of\b",
    "by doing so": (
        r"\b(?:by|in) (?:doing|acknowledging|embracing|recogni[sz]ing) (?:so|this|these)\b"
    ),
}
"""Patterns by what they stand for, on text in lower case with straight apostrophes."""

_PATTERNS = {name: re.compile(pattern, re.MULTILINE) for name, pattern in STOCK.items()}


def stock_count(text: str, prompt: str = "") -> int:
    """Return how many stock constructions stand in a text, those taken over from the prompt apart.

    >>> stock_count("On the one hand, it is not fear but hope.")
    2
    """
    return stock_constructions(text, prompt).total()


def stock_constructions(text: str, prompt: str = "") -> Counter[str]:
    """Return the stock constructions of a text, those taken over from the prompt left out.

    By name -> how often. Line breaks matter: some stand at the beginning of a line.

    >>> sorted(stock_constructions("On the one hand, it is not fear but hope.").items())
    [('not X but Y', 1), ('on the one hand', 1)]
    """
    low, asked = _plain(text), _plain(prompt)
    found = {n: sum(m.group() not in asked for m in p.finditer(low)) for n, p in _PATTERNS.items()}
    return Counter({name: n for name, n in found.items() if n})


def _plain(text: str) -> str:
    return text.lower().replace("’", "'").replace("*", "")
