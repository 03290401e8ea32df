"""DailyDilemmas: everyday situations that end in a question of what to do."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gadfly.scenarios.imported import Gathering, Imported, Options, tidy
from gadfly.scenarios.importers.template import polar
from gadfly.scenarios.tabular import csv_rows, members

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_POLAR = re.compile(
    r"(?:should|do|does|did|is|are|was|were|would|will|can|could|may|must|has|have|ought)\b",
    re.IGNORECASE,
)
_OR_NOT = re.compile(r",? or not\?$")
_WHO = r"(?!(?:the|an?|his|her|their|my|your|our|this|that|these|those|each|every|any|some) )\w+"
_COURSES = re.compile(
    rf"(?:should|do|does|would|will) {_WHO} (?P<first>.+?),? or "
    rf"(?:(?P<again>should|do|does|would|will) {_WHO} )?(?P<second>.+)\?",
    re.IGNORECASE,
)
_OFTEN = 3
"""Times a word must open a course in the set to be taken for one that opens courses."""


@dataclass(frozen=True, slots=True)
class _Dilemma:
    id: str
    text: str
    asked: str
    """Its last sentence, the question."""


def load(path: Path, options: Options) -> Imported:
    """Return contested families: a yes/no question, or the two courses a question names."""
    gathering = Gathering(
        topic=options.topic or "daily-dilemmas",
        source="DailyDilemmas, github.com/kellycyy/daily_dilemmas",
        licence="CC BY 4.0",
    )
    found = []
    for file in members(path, "dilemma.csv"):
        for row in csv_rows(file, ("idx", "dilemma_situation")):
            text = tidy(row["dilemma_situation"])
            found.append(_Dilemma(row["idx"].strip(), text, _SENTENCE.split(text)[-1]))
    openers = _openers(found)
    for dilemma in found:
        statements = _statements(dilemma.asked, openers)
        if isinstance(statements, str):
            gathering.skip(statements)
            continue
        family = {
            "stratum": "contested",
            "tags": ["yes-no" if statements["yes"] else "two-courses"],
            "question": dilemma.text,
            **statements,
            "wordings": [dilemma.text],
        }
        gathering.add(dilemma.id, family)
    return gathering.done()


def _statements(asked: str, openers: Collection[str]) -> Mapping[str, Any] | str:
    """Return the statements a question decides between, or why there are none."""
    if not asked.endswith("?"):
        return "does not end in a question"
    if not _POLAR.match(asked):
        return "the last sentence is neither a yes/no question nor names two courses"
    plain = _OR_NOT.sub("?", asked)
    if " or " not in plain:
        return polar(plain)
    courses = _COURSES.fullmatch(plain)
    if plain.count(" or ") > 1 or courses is None:
        return "the courses cannot be told apart by rule"
    first, second = courses["first"], courses["second"]
    if not courses["again"] and _opener(second) not in openers:
        return "the courses cannot be told apart by rule"
    return {
        "a": f"The better course is this: “{first}”",
        "b": f"The better course is this: “{second}”",
        "yes": None,
    }


def _openers(dilemmas: Collection[_Dilemma]) -> frozenset[str]:
    """Return the words that open courses in this set: "or stay" names one, "or mother" none."""
    counts = Counter(
        _opener(m["first"]) for d in dilemmas if (m := _COURSES.fullmatch(d.asked)) is not None
    )
    return frozenset(word for word, n in counts.items() if n >= _OFTEN)


def _opener(course: str) -> str:
    return course.split()[0].lower().strip(",;")
