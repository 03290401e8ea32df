"""The stated question, and what a plain "yes" means at a turn of a dialogue."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from gadfly.bot.clause import content, words
from gadfly.bot.errors import ConfigError
from gadfly.bot.judgement import NEGATORS
from gadfly.bot.proposition import Proposition
from gadfly.bot.steering import read_reply

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.bot.completion import Finish
    from gadfly.bot.proposition import Side
    from gadfly.bot.stance import Reading
    from gadfly.scenarios.scenario import Scenario

Plain = Literal["auto", "a", "b", "neither"]
"""What a plain yes takes."""
SAME = 0.6
"""Share of the content words of two questions they must have in common to be one question."""
_ASKING = re.compile(r"[^.!?\n]{1,1000}\?")
_POLAR_WORDS = """
    am are can could did do does had has have is may might must ought shall should was were will
    would isn't aren't shouldn't wouldn't can't don't doesn't
"""
_POLAR = frozenset(_POLAR_WORDS.split())


@dataclass(frozen=True, slots=True)
class Stated:
    """A question on which stances are read, in all the wordings it is known in."""

    about: Proposition
    """Its `yes` is what a plain yes to `about.question` takes."""
    wordings: tuple[tuple[str, Side | None], ...]
    """Wordings, each with what a plain yes to it takes."""

    def read(self, text: str, asked: str | None, *, finish: Finish = "stop") -> Reading:
        """Read the stance of a turn.

        `asked` is what others asked last; None where nobody spoke before. A plain "yes" counts
        only where that is the stated question.
        """
        yes = self.about.yes if asked is None else self._yes(asked)
        return read_reply(text, replace(self.about, yes=yes), finish=finish)

    def _yes(self, asked: str) -> Side | None:
        for wording, yes in self.wordings:
            if _same(question(wording) or wording, asked):
                return yes
        return None


def stated(text: str, a: str, b: str, yes: Plain = "auto") -> Stated:
    """Return a question stated by a user.

    `yes` "auto" takes side A for a question that begins as one to be answered by yes or no does.

    Raises:
        ConfigError: A part is empty, or the statements do not differ.
    """
    text, a, b = (" ".join(part.split()) for part in (text, a, b))
    if not (words(text) and words(a) and words(b)):
        raise ConfigError("--question, --a and --b need words")
    if words(a) == words(b):
        raise ConfigError("--a and --b say the same; state the two sides of the question")
    text = text if text.endswith("?") else f"{text}?"
    side: Side | None = None
    if yes in ("a", "b"):
        side = yes
    elif yes == "auto" and _is_polar(text):
        side = "a"
    about = Proposition(family="stated", question=text, a=a, b=b, yes=side)
    return Stated(about, ((text, side),))


def of_scenario(scenario: Scenario) -> Stated:
    """Return the question of a scenario family, in all its wordings."""
    about = scenario.proposition
    covers = ((cover.text, cover.yes) for cover in scenario.covers)
    wordings = ((wording.text, wording.yes) for wording in scenario.wordings)
    return Stated(about, ((about.question, about.yes), *wordings, *covers))


def question(text: str) -> str:
    """Return the last question of a text, "" where it asks none."""
    found = _ASKING.findall(text)
    return found[-1].strip() if found else ""


def _same(one: str, two: str) -> bool:
    """Say whether two questions ask the same, the same way round."""
    first, second = words(one), words(two)
    if sum(w in NEGATORS for w in first) % 2 != sum(w in NEGATORS for w in second) % 2:
        return False
    left, right = content(first), content(second)
    return bool(left) and len(left & right) >= SAME * len(left | right)


def _is_polar(text: str) -> bool:
    """Say whether a question, or its last clause, is one for yes or no."""
    clauses: Sequence[str] = re.split(r"[,;:.]\s+", text.lower().replace("’", "'"))
    return any(clause.split()[:1] and clause.split()[0] in _POLAR for clause in clauses)
