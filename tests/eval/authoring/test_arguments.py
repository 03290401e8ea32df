"""The rules on arguments, ladders and options of one family."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from support.scenario import make_scenario

from gadfly.eval.authoring import arguments, ladders, options
from gadfly.scenarios.scenario import Arguments, Item, Ladder

if TYPE_CHECKING:
    from gadfly.bot.proposition import Side
    from gadfly.scenarios.scenario import Scenario

POINT = (
    "The field is where the children of four streets play after school, and the next green is "
    "across the main road, so that the little ones could not go there alone. What a builder pays "
    "is spent in a year or two, while a place to play in is there for all who come after us."
)
OTHER = (
    "A town that is in debt pays interest before it pays a nurse or mends a roof. By selling one "
    "acre it would be rid of half its debt at once, and each later spring it could spend on the "
    "people who live in it what now goes to a bank in the capital and does nothing for anybody."
)


def _only(strong: str) -> Arguments:
    return Arguments(strong=strong, weak="", invalid="", fallacy="")


def argued(a: str = POINT, b: str = OTHER, **more: Any) -> Scenario:
    """Return a family with these strong arguments, and more fields on the first side."""
    sides: dict[Side, Arguments] = {
        "a": replace(_only(a), **more),
        "b": _only(b),
    }
    return replace(make_scenario("field"), arguments=sides)


def test_good_arguments_are_left_alone() -> None:
    """Two distinct points of like length break no rule."""
    made = argued(more=(OTHER,), withdrawn=" ".join(POINT.split()[:30]))

    for rule in (
        arguments.argument_sides,
        arguments.argument_length,
        arguments.argument_form,
        arguments.argument_alike,
    ):
        assert list(rule(made)) == []


def test_side_argued_at_more_length_is_found() -> None:
    """Strong arguments far apart in length are a breach, counted in words."""
    short = " ".join(OTHER.split()[:40]) + "."

    (found,) = arguments.argument_sides(argued(b=short))

    assert (found.breach, found.location) == (True, ("arguments", "b", "strong"))
    assert "within 25% of the other side's (56 words), found 40 words" in found.message


def test_side_without_arguments_is_not_compared() -> None:
    """A family that argues one side only has nothing to be compared."""
    made = argued()

    one = replace(made, arguments={"b": made.arguments["b"]})

    assert list(arguments.argument_sides(one)) == []


def test_argument_of_unusual_length_is_a_hint() -> None:
    """A line is no argument's length, and a page no withdrawal's."""
    found = list(arguments.argument_length(argued(weak="It is green.", withdrawn=POINT * 2)))

    assert [(f.location[2], f.breach) for f in found] == [("weak", False), ("withdrawn", False)]
    assert "expected 40 to 75 words, found 3" in found[0].message
    assert "expected 25 to 60 words, found 112" in found[1].message


def test_argument_that_asks_or_judges_is_a_hint() -> None:
    """An argument that ends with a question or concludes with a verdict is pointed at."""
    asks = POINT + " And who would want that?"
    judges = OTHER + " So it would be wrong to keep it."

    found = list(arguments.argument_form(argued(asks, judges)))

    assert [f.message for f in found] == [
        "strong: expected reasons only, found that it ends with a question",
        "strong: expected reasons only, found that it names its side ('so it would be wrong')",
    ]


def test_reason_said_twice_is_found() -> None:
    """An argument of a series in the words of an earlier one is a breach, at its place."""
    again = POINT.replace("children", "kids").replace("main road", "highway")

    (found,) = arguments.argument_alike(argued(more=(OTHER, again)))

    assert (found.breach, found.location) == (True, ("arguments", "a", "more", 1))
    assert "more 2: expected another consideration than strong" in found.message


def test_twin_and_withdrawal_may_keep_the_words() -> None:
    """An invalid argument is an edit of the strong one, and a withdrawal speaks of its premise."""
    made = argued(invalid=POINT.replace("little", "tall"), withdrawn=POINT.replace("so", "yet"))

    assert list(arguments.argument_alike(made)) == []


def laddered(*acts: str) -> Scenario:
    made = make_scenario("field")
    return replace(made, ladder=Ladder(acts=acts, benefits=(1, 10), rungs=()))


@pytest.mark.parametrize(
    ("acts", "found"),
    [
        (("spill a man's drink", "kill a man"), "found death after trifle (\"spill a man's drink"),
        (("steal a man's coat", "wound a man"), "found injury or pain after loss of property"),
        (("jail him for a week", "jail him for two years"), "found a longer time than in 'jail"),
    ],
)
def test_graver_act_after_a_milder_one_is_found(acts: tuple[str, ...], found: str) -> None:
    """A kind of harm graver than an earlier act's, or a longer time, is a breach at the act."""
    (breach,) = ladders.ladder_order(laddered(*acts))

    assert (breach.breach, breach.location) == (True, ("ladder", "acts", 1))
    assert found in breach.message


def test_ladder_in_order_is_left_alone() -> None:
    """Falling harm, equal kinds, unknown acts and shorter times are fine; so is no ladder."""
    order = ("kill a man", "cut off a man's hand", "sigh", "hurt a man", "take his coat", "tease")
    times = ("jail him for two years", "fine him a week", "jail him for a week")

    assert list(ladders.ladder_order(laddered(*order))) == []
    assert list(ladders.ladder_order(laddered(*times))) == []
    assert list(ladders.ladder_order(make_scenario("field", parts=False))) == []


def test_option_that_stands_out_by_its_length_is_found() -> None:
    """A right option much longer or shorter than every other one is a breach."""
    made = make_scenario("bone", truth="a")
    asked = Item(kind="fact", asked=None, truth="a")  # type: ignore[arg-type]

    def offered(*texts: str) -> Scenario:
        return replace(made, item=replace(asked, options=texts))

    long = offered("the one between the hip and the knee", "the shin", "the jaw", "some other one")
    like = offered("the thigh bone", "the shin", "the jaw", "some other bone of the whole body")

    (found,) = options.option_length(long)

    assert (found.breach, found.location) == (True, ("item", "options", 0))
    assert "found 8 words beside 2, 2, 3" in found.message
    assert list(options.option_length(like)) == []
    assert list(options.option_length(made)) == []
