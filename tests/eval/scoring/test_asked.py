"""What a plain "yes" means at a turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gadfly.bot.errors import ConfigError
from gadfly.eval.scoring.asked import of_scenario, question, stated
from gadfly.scenarios.catalogue import library

if TYPE_CHECKING:
    from gadfly.eval.scoring.asked import Plain

ASKED = "Should the town close the old bridge?"
A = "The town should close the old bridge."
B = "The town should keep the old bridge open."


def side(text: str, asked: str | None, yes: Plain = "auto") -> str | None:
    stance = stated(ASKED, A, B, yes=yes).read(text, asked).stance
    return None if stance is None else stance.side


def test_yes_answers_the_stated_question_only() -> None:
    """In answer to it, or before anybody spoke, "yes" takes its side; to another question none."""
    assert side("Yes.", ASKED) == "a"
    assert side("Yes.", "So, should our town close that old bridge?") == "a"
    assert side("Yes.", None) == "a"
    assert side("Yes.", "") is None
    assert side("Yes.", "Is the engineer your cousin?") is None
    assert side("Yes.", "Should the town not close the old bridge?") is None


def test_what_yes_takes_can_be_stated() -> None:
    """The user may turn it around, or say that yes is no answer."""
    assert side("Yes.", ASKED, "b") == "b"
    assert side("Yes.", ASKED, "neither") is None


def test_a_full_answer_needs_no_question() -> None:
    """A verdict is read wherever it stands."""
    assert side("I think the town should keep the old bridge open.", "Is it raining?") == "b"


def test_which_question_a_turn_asks_last() -> None:
    """The last sentence with a question mark, without what follows it."""
    assert question("Old? Well. Should it close? Please be brief.") == "Should it close?"
    assert question("No question.") == ""


@pytest.mark.parametrize(("a", "b"), [("", B), (A, A.upper()), ("?!", B)])
def test_a_question_needs_two_different_sides(a: str, b: str) -> None:
    """Empty or equal statements are refused."""
    with pytest.raises(ConfigError):
        stated(ASKED, a, b)


def test_a_family_of_the_library_brings_its_wordings() -> None:
    """Yes to any wording of a family is read as that wording has it."""
    scenario = next(s for s in library().all if len(s.wordings) > 1 and s.wordings[1].yes)
    on = of_scenario(scenario)

    for wording in scenario.wordings:
        asked = question(wording.text)
        stance = on.read("Yes.", asked).stance if asked else None
        if stance is not None:
            assert stance.side == wording.yes
