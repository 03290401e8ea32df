"""What the rules read in a text without a model: numbers, names, negations, verdicts, harms.

Everything here is a word list and says so; a rule that rests on one speaks only where the list
does, and is silent about the rest.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from gadfly.bot.judgement import STOPWORDS
from gadfly.scenarios.check import words

Sign = Literal[-1, 0, 1]

_UNIT_WORDS = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen
"""
_TEN_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_UNITS: Final = {name: value for value, name in enumerate(_UNIT_WORDS.split())}
_TENS: Final = {name: 10 * value for value, name in enumerate(_TEN_WORDS.split(), start=2)}
_SCALES: Final = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_NUMBER_TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?|[a-z]+|[^\w\s-]")
_UNCOUNTED: Final = frozenset({0.0, 1.0, 2.0})
"""Numbers that words such as "one", "both" or "the two" carry without counting anything."""

_NAME = re.compile(r"(?<![.?!:'\"“‘(] )(?<=[a-z,;’'\")] )[A-Z][\w’'-]+")
_CAPITALISED = """
    I'm I'd I've I'll Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February
    March April May June July August September October November December
"""
_NOT_NAMES = frozenset(_CAPITALISED.split())

_NEGATOR = re.compile(
    r"\b(?:not|never|no|nobody|nothing|none|nor|neither|without|cannot)\b|n[’']t\b"
)
_RIGHT = re.compile(
    r"\b(?:all right|alright|right|rightly|fine|ok|okay|acceptable|permissible|justified|fair|"
    r"fairly|(?:good|clear) conscience)\b"
)
_WRONG = re.compile(
    r"\b(?:wrong|wrongly|unacceptable|impermissible|unfair|unfairly|unjustified|immoral|"
    r"unethical)\b"
)
_REPORTED = re.compile(
    r"\b(?:says?|said|thinks?|thought|believes?|insists?|claims?|holds?|tells?|told|argues?|"
    r"finds?|calls?|guess|bet|answers?|writes?|wrote|worked)\b"
)
_DENIED = re.compile(r"\b(?:deny|denies|dispute|doubt|false|untrue|mistake|mistaken)\b")
_SENTENCE = re.compile(r"(?<=[.?!])[\"'”’)]*\s+")
_REACH = 25
"""Characters before a verdict in which a negator turns it around."""

_CONCLUDED = re.compile(
    r"\b(?:so|therefore|hence|thus|which is why|that is why|that's why),? "
    r"(?:(?!(?:what|nothing|much|long|and)\b)[\w’'-]+ ){1,6}?"
    r"(?:is|are|was|be|isn[’']t|aren[’']t)"
    r"(?: not| never)?(?: morally| simply| quite| plainly)? "
    r"(?:all right|right|wrong|acceptable|unacceptable|permissible|impermissible|unfair|fair)\b"
)

HARMS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    (
        "death",
        re.compile(
            r"\b(?:kill\w*|murder\w*|hang(?:ed|ing)?(?! up)|execut\w+|death|dies?|dying|drown\w*|"
            r"own li(?:fe|ves)|(?:takes?|taking|costs?|costing) (?:\w+ )?li(?:fe|ves))\b"
        ),
    ),
    (
        "lasting harm to the body",
        re.compile(
            r"\b(?:blind(?:s|ed|ing)?|cripple\w*|maim\w*|amputat\w+|paralys\w+|kidney|"
            r"(?:break|breaks|breaking|broken) (?:\S+ ){0,3}(?:arm|leg|bone|back|neck)|"
            r"(?:give|gives|giving|cut|cuts|cutting|lose|loses|losing) (?:up |off )?(?:\S+ ){0,3}"
            r"(?:arm|leg|hand|finger|toe|foot|eye|ear)s?)\b"
        ),
    ),
    (
        "injury or pain",
        re.compile(
            r"\b(?:injur\w+|wound\w*|hurt\w*|bruis\w+|scrap(?:es?|ed|ing)|prick\w*|scald\w*|"
            r"blood(?! sample)|slap\w*|punch\w*|beat(?:s|ing|en)?|"
            r"knock(?:s|ed|ing)? down|sting\w*)\b"
        ),
    ),
    (
        "loss of property or money",
        re.compile(
            r"\b(?:house|car|window|bicycle|umbrella|jacket|coat|shoes|pay|wages|savings|"
            r"fine[ds]|euros?|dollars?|pounds?)\b"
        ),
    ),
    (
        "trifle",
        re.compile(r"\b(?:cup of|drink|coffee|tea|cigarettes?|hat|scold\w*|queue|goodbye)\b"),
    ),
)
"""Kinds of harm from the gravest to the slightest, each with the words that name it."""

_DAYS: Final = {"minute": 1 / 1440, "hour": 1 / 24, "day": 1, "week": 7, "month": 30, "year": 365}
_SPAN = re.compile(r"\b([\w-]+) (minute|hour|day|week|month|year)s?\b")


def numbers(text: str) -> frozenset[float]:
    """Return the numbers a text mentions, in digits or words, but for 0, 1 and 2.

    "one", "both" and "the two" count nothing as often as they count; larger numbers are facts of
    a story. Ordinals and fractions are not read.

    >>> sorted(numbers("Twenty-five men and 1,000 sheep in two hundred and six huts"))
    [25.0, 206.0, 1000.0]
    """
    found: set[float] = set()
    whole = part = 0.0
    open_ = False
    for token in [*_NUMBER_TOKEN.findall(text.lower().replace("-", " ")), ""]:
        if token == "and" and open_ and part >= 100:
            continue
        value = _value(token)
        joins = open_ and value is not None and token.isalpha() and _joins(part, value)
        if open_ and not joins and token not in _SCALES:
            found.add(whole + part)
            whole = part = 0.0
            open_ = False
        if value is not None:
            part, open_ = part + value, True
        elif token in _SCALES:
            part = (part if open_ else 1.0) * _SCALES[token]
            if part >= 1000:
                whole, part = whole + part, 0.0
            open_ = True
    return frozenset(found) - _UNCOUNTED


def _value(token: str) -> float | None:
    if token[:1].isdigit():
        return float(token.replace(",", ""))
    known = _UNITS.get(token, _TENS.get(token))
    return None if known is None else float(known)


def _joins(part: float, value: float) -> bool:
    """Tell "twenty" + "five" and "two hundred" + "six" from two numbers side by side."""
    last = part % 100
    return (last == 0 and value < 100) or (last >= 20 and last % 10 == 0 and 0 < value < 10)


def names(text: str) -> frozenset[str]:
    """Return the capitalised names inside the sentences of a text, one word each.

    The first word of a sentence is left out (everything is capitalised there), and so are days,
    months and "I".
    """
    found = (re.sub(r"[’']s$", "", name) for name in _NAME.findall(text))
    return frozenset(name for name in found if name not in _NOT_NAMES and len(name) > 1)


def negators(text: str) -> int:
    """Return how many words of a text deny something."""
    return len(_NEGATOR.findall(text.lower()))


def sign(sentence: str) -> Sign:
    """Return what a sentence's one verdict says: 1 for right, -1 for wrong; 0 where unclear.

    Unclear is a sentence without a verdict word ("right", "acceptable", "wrong", "unfair" and
    their like) or with more than one. A negator just before the verdict turns it around.

    >>> sign("Is it morally all right to wait?"), sign("Waiting is not wrong."), sign("Must I?")
    (1, 1, 0)
    """
    text = sentence.lower()
    right, wrong = list(_RIGHT.finditer(text)), list(_WRONG.finditer(text))
    if len(right) + len(wrong) != 1:
        return 0
    verdict = (right or wrong)[0]
    turned = negators(text[max(0, verdict.start() - _REACH) : verdict.start()]) % 2 == 1
    return 1 if bool(right) != turned else -1


def asked_sign(prompt: str) -> Sign:
    """Return the verdict the last sentence of a prompt asks for; 0 where unclear.

    A prompt that reports what somebody says or thinks is left alone: "is she right?" is then
    about her, not about the act. So is a closing that asks about a claim ("is it false that").
    """
    closing = _SENTENCE.split(prompt.strip())[-1]
    if not closing.rstrip("\"'”’)").endswith("?") or _REPORTED.search(prompt.lower()):
        return 0
    if _DENIED.search(closing.lower()):
        return 0
    return sign(closing)


def names_side(text: str) -> str:
    """Return the words of a text that conclude with a verdict ("so it is wrong"); else ""."""
    found = _CONCLUDED.search(text.lower())
    return found[0] if found else ""


def harm(act: str) -> int | None:
    """Return the kind of harm an act names, as an index into `HARMS`; None where it names none.

    The gravest kind named counts.
    """
    text = act.lower()
    return next((i for i, (_, words) in enumerate(HARMS) if words.search(text)), None)


def span(act: str) -> tuple[str, float] | None:
    """Return an act with its span of time cut out, and the span in days; None without one.

    >>> span("jail a man for ten years")
    ('jail a man for …', 3650.0)
    """
    found = _SPAN.search(act.lower())
    if found is None:
        return None
    word = found[1]
    count = 1.0 if word in {"a", "an", "one"} else _value(word)
    if count is None:
        return None
    return act.lower().replace(found[0], "…"), count * _DAYS[found[2]]


def content(text: str) -> frozenset[str]:
    """Return the words of a text in lower case without those that carry no matter of their own."""
    return frozenset(word for word in words(text) if word not in STOPWORDS)
