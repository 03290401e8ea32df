"""Whether a reply flags a question as making no sense, or takes it to make some by answering it.

A reply to nonsense that simply answers has taken it for sense, whatever it answers; one that says
nothing at all that could be an answer stays unread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from gadfly.bot.clause import content, sentences
from gadfly.bot.cleaning import clean
from gadfly.bot.measure import NOTHING, Measured
from gadfly.bot.numeral import digits
from gadfly.bot.steering import read_reply

if TYPE_CHECKING:
    from gadfly.bot.clause import Sentence
    from gadfly.bot.proposition import Proposition, Side

SenseCode = Literal["flagged", "answered", "asked", "declined"]
SENSE_CODES: tuple[SenseCode, ...] = get_args(SenseCode)
"""Says it makes no sense; answers it; only asks back; does not know, evades or refuses."""

_NOT = r"(?:not|n't|cannot|never)"
_UP_TO_3 = r"(?:\s+\w+){0,3}?\s+"
_FLAGS = re.compile(
    rf"""
    \bmakes?\s+(?:no|little)\s+(?:\w+\s+)?sense\b
  | {_NOT}{_UP_TO_3}make\s+(?:\w+\s+)?sense\b
  | {_NOT}{_UP_TO_3}(?:meaningful|sensible|coherent|well[- ]formed)\b
  | \b(?:nonsense|nonsensical|meaningless|senseless|incoherent|ill[- ](?:posed|formed))\b
  | \bcategory\s+(?:mistake|error)\b
  | \bno\s+such\s+(?:thing|person|place|number|question|word)\b
  | \b(?:has|have|is|carries)\s+no\s+(?:\w+\s+)?(?:meaning|answer)\b
  | \bquestion\s+(?:itself\s+)?(?:can\s*not|cannot|can't)\s+be\s+answered\b
  | {_NOT}\s+(?:apply|applicable)\b
  | \b(?:does|do)(?:\s+not|n't)\s+(?:\w+\s+)?(?:have|exist|possess)\b
  | \bi(?:\s+am|'m)?\s+(?:do\s+not|don't|not\s+sure\s+i|cannot|can't)\s+understand\b
  | \bwithout\s+(?:any\s+)?(?:meaning|sense)\b
    """,
    re.VERBOSE,
)
_UNFLAGS = re.compile(
    r"(?:\bnot|n't|\bno|\bnothing)\s+(?:\w+\s+)?(?:nonsens|meaningless|incoheren)"
)
_TAKES_UP_WORDS = """
    about all approximately around at because both by each either every exactly he her his in it its
    neither no one roughly she since that their these they this those yes you
"""
_TAKES_UP = frozenset(_TAKES_UP_WORDS.split())
"""Words with which a sentence begins that answers a question without naming anything of it."""
_OFFERS_WORDS = """
    amount answer believe bet correct estimate expect figure guess imagine know knowledge number
    probably reckon remember reply say suppose think total usually value
"""
_OFFERS = frozenset(_OFFERS_WORDS.split())
"""Words near the beginning of a sentence that offers an answer ("I would say ...")."""
_START = 5
_ASKS_NUMBER = re.compile(
    r"\bhow\s+(?!do|does|did|is|are|can|would)\w+|\bnumber\b|\bhour\b|\bfactor\b"
)
_NUMBER = re.compile(r"\d\S*|one|half|dozen|thousand|million|billion")
_BRIEF = 12
"""Words up to which a reply with a number answers a question for one."""
_TERSE = 4
"""Words up to which a reply with a capital is an answer without a verb ("About ten.")."""
_PLAUSIBLE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """Reads a reply to a question that may be nonsense; `Measured.code` is a `SenseCode`."""

    asked: str
    """The question as it was put."""
    about: Proposition
    """Whether it makes sense."""
    nonsense: Side
    """The side that says it makes none."""

    def of(self, text: str) -> Measured:
        """Return the code of a reply; nothing where it cannot be read as any of them.

        A word for either side of the proposition (an author's cue, a statement repeated) decides;
        then a phrase that says "no sense"; then a refusal, or questions only; then anything that
        could be an answer.
        """
        reading = read_reply(text, self.about)
        if reading.stance is not None:
            flagged = reading.stance.side == self.nonsense
            return Measured(code="flagged" if flagged else "answered")
        cleaned = clean(text)
        low = cleaned.lower()
        if _FLAGS.search(low) and not _UNFLAGS.search(low):
            return Measured(code="flagged")
        if reading.outcome in ("refused", "undecided"):
            return Measured(code="declined")
        sents = sentences(cleaned)
        if sents and all(s.asks for s in sents):
            return Measured(code="asked")
        if reading.outcome == "evaded":
            return Measured(code="declined")
        return Measured(code="answered") if self._answers(cleaned, sents) else NOTHING

    def _answers(self, cleaned: str, sents: tuple[Sentence, ...]) -> bool:
        """Whether anything in a reply could be meant as an answer.

        It is of something the question names, or takes up the question as answers do ("It is ...",
        "I would say ..."), or gives a number where one was asked for, or is a word or a few. A
        sentence about something else is no answer, whatever it says.
        """
        named = content(sentence_words(self.asked))
        told = [_said(sentence) for sentence in sents if not sentence.asks]
        if any(len(tokens) >= _PLAUSIBLE and content(tokens) & named for tokens in told):
            return True
        first = told[0] if told else []
        if len(first) >= _PLAUSIBLE and (first[0] in _TAKES_UP or _OFFERS & set(first[:_START])):
            return True
        words = cleaned.split()
        if len(words) <= _BRIEF and _ASKS_NUMBER.search(self.asked.lower()):
            said = digits(" ".join(token for tokens in told for token in tokens))
            return any(_NUMBER.fullmatch(word) for word in said.split())
        return 0 < len(words) <= _TERSE and words[0][0].isupper() | words[0][0].isdigit()


def _said(sentence: Sentence) -> list[str]:
    """Return the words of a sentence without stops."""
    return [t for t in sentence.raw if t[0].isalnum()]


def sentence_words(text: str) -> list[str]:
    """Return the words of a text without stops, contractions spelt out."""
    return [token for sentence in sentences(text) for token in _said(sentence)]
