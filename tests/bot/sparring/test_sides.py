"""Which side a text is on, and whether two questions are one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.propositions import CANTEEN, MEAT, WINDOW

from gadfly.bot.sparring.question import propose
from gadfly.bot.sparring.sides import aligned, side_in

if TYPE_CHECKING:
    from gadfly.bot.proposition import Proposition


@pytest.mark.parametrize("about", [MEAT, CANTEEN, WINDOW], ids=lambda p: p.family)
def test_statements_by_rule_line_up_with_an_authors(about: Proposition) -> None:
    """The statement of a plain yes is on the side the author says a yes takes."""
    own = propose(about.question)

    assert own is not None
    assert aligned(own, about) == about.yes
    assert aligned(about, own) == ("a" if about.yes == "a" else "b")


def test_other_questions_do_not_line_up() -> None:
    """Different acts are different questions."""
    assert aligned(MEAT, WINDOW) is None


def test_a_statement_is_on_its_own_side() -> None:
    """Word for word, without a reader."""
    assert (side_in(MEAT.a, MEAT), side_in(MEAT.b, MEAT)) == ("a", "b")
    assert side_in("I had soup.", MEAT) is None
