"""Which side of a proposition a text is on, and whether two propositions are one and the same.

By the steering reader, which reads verdicts and not wordings ("it is fine to lie" against "it is
wrong to lie"); where it is silent, by the words that only one of the two statements has.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from gadfly.bot.clause import content, words
from gadfly.bot.judgement import NEGATORS
from gadfly.bot.proposition import Proposition, Side, other
from gadfly.bot.steering import read_reply

SHARED = 0.7
"""Share of a question's content words that another must have to be about the same."""


def side_in(text: str, about: Proposition) -> Side | None:
    """Return the side a text takes of a proposition; None where it takes none."""
    said = words(text)
    if said == words(about.a):
        return "a"
    if said == words(about.b):
        return "b"
    stance = read_reply(text, replace(about, yes=None)).stance
    return None if stance is None else stance.side


@lru_cache(maxsize=4096)
def aligned(new: Proposition, known: Proposition) -> Side | None:
    """Return the side of `known` that statement A of `new` takes; None if they are not about one.

    Both statements must come out on opposite sides.
    """
    if not is_about_the_same(new, known):
        return None
    a, b = side_in(new.a, known), side_in(new.b, known)
    if a is not None and a != b:
        return a
    a, b = side_in(known.a, new), side_in(known.b, new)
    if a is not None and a != b:
        return a
    return _by_words(new, known)


def is_about_the_same(new: Proposition, known: Proposition) -> bool:
    """Tell whether two questions are about the same act, by their content words."""
    asked = content(words(new.question))
    old = frozenset[str]().union(*(content(words(t)) for t in (known.question, known.a, known.b)))
    return bool(asked) and len(asked & old) >= SHARED * len(asked)


def _by_words(new: Proposition, known: Proposition) -> Side | None:
    """Return the side whose statement is nearer to A and farther from B, a "not" counting."""
    straight = _near(new.a, known.a) + _near(new.b, known.b)
    crossed = _near(new.a, known.b) + _near(new.b, known.a)
    if straight == crossed:
        return None
    return "a" if straight > crossed else other("a")


def _near(one: str, two: str) -> float:
    first, second = _bag(one), _bag(two)
    return len(first & second) / (len(first | second) or 1)


def _bag(text: str) -> frozenset[str]:
    found = words(text)
    return content(found) | {"not" for t in found if t in NEGATORS}
