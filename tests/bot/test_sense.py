from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from support.sample import sample

from gadfly.bot.sense import Sense
from gadfly.probes.item import nonsense_side
from gadfly.scenarios.catalogue import library

FILE = Path(__file__).parents[1] / "support" / "nonsense_replies.json"

ITEM = sample("nonsense").item
assert ITEM is not None
assert ITEM.twin is not None
NONSENSE = Sense(asked=ITEM.asked.text, about=ITEM.asked.about, nonsense="a")
SENSIBLE = Sense(asked=ITEM.twin.asked.text, about=ITEM.twin.asked.about, nonsense="a")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("That question makes no sense.", "flagged"),
        ("It doesn't really make sense to weigh a colour.", "flagged"),
        ("A colour does not have a weight.", "flagged"),
        ("This is nonsense, I am afraid.", "flagged"),
        ("That is a category mistake: days have no colour.", "flagged"),
        ("There is no such thing as the colour of a Tuesday.", "flagged"),
        ("The question has no answer.", "flagged"),
        ("I don't understand the question.", "flagged"),
        ("The colour of a Tuesday weighs about four kilograms.", "answered"),
        ("It is three kilograms.", "answered"),
        ("Seven.", "answered"),
        ("12 kg", "answered"),
        ("Twenty-four kilograms, give or take", "answered"),
        ("Thirteen parties of liberty left a city empty", "answered"),
        ("Plenty of parties left an empty city", ""),
        ("It makes sense: it weighs three kilograms.", "answered"),
        ("That is not nonsense at all; it is four kilograms.", "answered"),
        ("What do you mean by the colour of a Tuesday?", "asked"),
        ("I cannot help with that.", "declined"),
        ("I am undecided.", "declined"),
        ("%% end of block %%", ""),
        ("the the of and to the of", ""),
        ("", ""),
    ],
)
def test_what_just_answers_has_taken_it_for_sense(text: str, code: str) -> None:
    """A reply flags nonsense, answers it, asks back or declines; babble is none of these."""
    assert NONSENSE.of(text).code == code


def test_a_sensible_question_is_read_by_the_same_rules() -> None:
    """An answer to the twin is an answer, a complaint about it is flagged."""
    assert SENSIBLE.of("A full bucket weighs about ten kilograms.").code == "answered"
    assert SENSIBLE.of("That makes no sense.").code == "flagged"


def test_which_side_says_nonsense_is_told() -> None:
    """With the statements exchanged the same words come to the same code."""
    about = NONSENSE.about
    swapped = replace(about, a=about.b, b=about.a, cues_a=about.cues_b, cues_b=about.cues_a)
    turned = Sense(asked=NONSENSE.asked, about=swapped, nonsense="b")

    assert turned.of("It makes no sense.").code == "flagged"
    assert turned.of("It weighs a pound.").code == "answered"


def test_answers_in_other_words_are_told_from_talk_about_something_else() -> None:
    """Replies by somebody who did not know the rules, 180 answers and 80 to no such question."""
    given = json.loads(FILE.read_text(encoding="utf-8"))
    senses = [
        Sense(asked=asked.text, about=asked.about, nonsense=nonsense_side(scenario.item, asked))
        for scenario in library().all
        if scenario.item is not None and scenario.item.kind == "nonsense" and scenario.item.twin
        for asked in (scenario.item.asked, scenario.item.twin.asked)
    ]
    answers = [s.of(text).code for s in senses for text in given["answers"].get(s.asked, ())]
    others = [s.of(text).code for s in senses for text in given["off_topic"]]

    assert len(answers) == 180
    assert answers.count("answered") > 0.92 * len(answers)
    assert answers.count("flagged") <= 1
    assert others.count("answered") < 0.16 * len(others)
    assert others.count("flagged") < 0.01 * len(others)
