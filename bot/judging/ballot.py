"""Ballots: the requests by which a judge is asked, and how its answers are read.

Both orders of the two positions are always asked. Where the judge reports log-probabilities the
label's are read; else it writes the label, held to the offered ones where its server can do that.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from gadfly.bot.call import Sampling, ask_choice, ask_labels
from gadfly.bot.judging import rubric
from gadfly.bot.judging.fence import fenced, neutral, token, unfenced
from gadfly.bot.message import opening
from gadfly.bot.proposition import Proposition, other

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gadfly.bot.call import Request
    from gadfly.bot.completion import Completion
    from gadfly.bot.judging.verdict import Class
    from gadfly.bot.message import Conversation
    from gadfly.bot.proposition import Side

MIN_MASS = 0.1
"""Below this probability on all labels together the judge was not answering with a label."""
ANSWER = Sampling(temperature=0.0, max_tokens=512)
"""How a written label is drawn: greedy, with room for reasoning that is split off."""
_ABSTAINING: tuple[Class, ...] = ("undecided", "evaded", "refused")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A reply to be judged."""

    about: Proposition
    asked: str
    """What the speaker was last asked."""
    reply: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """One order of one look."""

    labels: Mapping[str, Class]
    """What choosing each label means, in listed order."""
    conversation: Conversation

    def by_labels(self) -> Request:
        """Ask for the log-probability of each label as the first token."""
        return ask_labels(self.conversation, tuple(self.labels), temperature=1.0)

    def by_choice(self) -> Request:
        """Ask for a written label."""
        return ask_choice(self.conversation, tuple(self.labels), ANSWER)


def ballots(case: Case, look: int) -> tuple[Ballot, ...]:
    """Return both orders of a look: statement A as position 1, then statement B."""
    mark = token(case.asked, case.reply)
    asked = fenced(case.asked, rubric.ASKED, mark)
    reply = fenced(case.reply, rubric.REPLY, mark)
    found = []
    sides: tuple[Side, ...] = ("a", "b")
    for first in sides:
        shown = tuple(_line(case.about.statement(s)) for s in (first, other(first)))
        text = rubric.prompt(look, _line(case.about.question), (shown[0], shown[1]), asked, reply)
        meanings: tuple[Class, ...] = (first, other(first), *_ABSTAINING)
        found.append(
            Ballot(
                labels=MappingProxyType(dict(zip(rubric.LABELS[look], meanings, strict=True))),
                conversation=opening().says(text),
            )
        )
    return tuple(found)


def shares_of(ballot: Ballot, completion: Completion) -> Mapping[Class, float] | None:
    """Return the share of each class in the labels' probability; None below `MIN_MASS`.

    A label that was not reported counts as probability 0.
    """
    reported = completion.logprobs
    chance = {
        meaning: math.exp(min(0.0, reported[label]))
        for label, meaning in ballot.labels.items()
        if label in reported
    }
    mass = sum(chance.values())
    if mass < MIN_MASS:
        return None
    return {meaning: p / mass for meaning, p in chance.items()}


def choice_of(ballot: Ballot, completion: Completion) -> Mapping[Class, float] | None:
    """Return the class of a written label; None where the answer names no label, or several.

    The label may stand alone, in brackets, with a stop behind it, or after "answer:".
    """
    names = "|".join(ballot.labels)
    found = re.match(
        rf"^\W{{0,4}}(?:(?:the\s+)?(?:answer|letter|choice)(?:\s+is)?\s*:?\W{{0,4}})?({names})\b(.*)",
        completion.text.strip(),
        re.DOTALL | re.IGNORECASE,
    )
    if found is None or completion.finish == "length":
        return None
    label, rest = found[1].upper(), found[2]
    if rest and rest[0] not in ").:,;]*\"'\n—–-":
        return None
    if re.search(rf"(?:^|[\s(\"'*])(?:{names})\)", rest):
        return None
    return {ballot.labels[label]: 1.0}


def find_case(text: str) -> tuple[Case, tuple[str, ...]] | None:
    """Return the case a prompt puts, position 1 as its statement A, and the labels it offers.

    For respondents that play the judge; None where the text is no such prompt.
    """
    head = re.search(
        rf"^{rubric.QUESTION}(.+)\n{rubric.FIRST}(.+)\n{rubric.SECOND}(.+)\n\n[\s\S]*?"
        rf"^BEGIN {rubric.ASKED} ([0-9a-f]{{12}})$",
        text,
        re.MULTILINE,
    )
    if head is None:
        return None
    question, first, second, mark = head.groups()
    asked = unfenced(text, rubric.ASKED, mark)
    reply = unfenced(text, rubric.REPLY, mark)
    after = text.rpartition(f"END {rubric.REPLY} {mark}")[2]
    labels = tuple(re.findall(r"^([A-Z])\) ", after, re.MULTILINE))
    if asked is None or reply is None or labels not in rubric.LABELS:
        return None
    about = Proposition(family="judged", question=question, a=first, b=second)
    return Case(about=about, asked=asked, reply=reply), labels


def _line(text: str) -> str:
    """Return a text of an author's as one neutral line."""
    return " ".join(neutral(text).split())
