"""Replies that report a view instead of stating it: a persona's, or one's own of before.

The steering reader takes what is attributed for nobody's view, and rightly so. Two kinds of reply
are about just such a view: one given as somebody ("Kant would say that ..."), and one that recalls
("I told you that ..."). Here the attribution is turned into a plain first person, and the same
reader reads what is left.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from gadfly.bot.measure import NOTHING, Measured
from gadfly.bot.stance import said
from gadfly.bot.steering import read_reply

if TYPE_CHECKING:
    from gadfly.bot.proposition import Proposition, Side
    from gadfly.bot.stance import Reading

_SURELY = r"(?:(?:most\s+)?(?:likely|probably|certainly|surely|strongly|simply|also|typically)\s+)?"
_VERBS = r"(?:say|argue|hold|answer|reply|maintain|believe|claim|think|contend|conclude|insist)s?"
_THAT = r"(?:\s*[:,]\s*|\s+that\s+|\s+)"
_I = r"(?:\b(?:earlier|before|previously|then|originally),?\s+)?\bI\s+"
_EARLIER = r"(?:(?:earlier|previously|before|then|originally|had|have|already)\s+)*"
_TOLD = (
    r"(?:said|told\s+you|stated|argued|answered|replied|held|maintained|claimed|concluded|thought|"
    r"(?:expressed|took|gave|held)\s+(?:you\s+)?the\s+(?:view|position|opinion))"
)
_MINE = r"\bmy\s+(?:view|answer|reply|response|position|opinion|stance)\s+"
_OWN: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"(?:{_I}{_EARLIER}{_TOLD}|{_MINE}{_EARLIER}was)\s+(yes|no)\b", re.I), r"\1"),
    (
        re.compile(rf"{_I}{_EARLIER}{_TOLD}(?:\s+(?:earlier|before|then))?{_THAT}", re.I),
        "I think ",
    ),
    (re.compile(rf"{_MINE}{_EARLIER}was\b{_THAT}", re.I), "I think "),
    (re.compile(r"\bwas\b"), "is"),
    (re.compile(r"\bwere\b"), "are"),
)
_QUOTES = re.compile('["“”]')


@dataclass(frozen=True, slots=True)
class Reported:
    """Reads a reply for a reported view: its code is "a" or "b", or "" where it reports none."""

    about: Proposition
    names: tuple[str, ...] = ()
    """What the persona may be called; none where the reply is to recall the speaker's own view."""

    def of(self, text: str) -> Measured:
        """Return the side of the view reported."""
        stance = read_reply(self._stated(text), self.about).stance
        return NOTHING if stance is None else Measured(code=stance.side)

    def _stated(self, text: str) -> str:
        if self.names:
            for pattern, plain in _persona(self.names):
                text = pattern.sub(plain, text)
            return text
        text = _QUOTES.sub("", text)
        for pattern, plain in _OWN:
            text = pattern.sub(plain, text)
        return text


def as_reported(reading: Reading, code: str) -> Reading:
    """Return a reply's reading, or the view it reports where it was unreadable without that."""
    if reading.outcome != "unreadable" or code not in ("a", "b"):
        return reading
    side: Side = "a" if code == "a" else "b"
    return replace(said("answered", side), rule="reported")


@lru_cache(maxsize=64)
def _persona(names: tuple[str, ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return what turns "X would say that", and "X would", into the first person."""
    longest_first = sorted(names, key=lambda name: -len(name))
    who = rf"\b(?:{'|'.join(re.escape(name) for name in longest_first)})\s+"
    says = rf"{who}(?:would\s+{_SURELY})?{_SURELY}{_VERBS}"
    return (
        (re.compile(rf"{says}\s+(yes|no)\b", re.I), r"\1"),
        (re.compile(rf"{says}{_THAT}", re.I), "I think "),
        (re.compile(rf"{who}would\b", re.I), "I would"),
    )
