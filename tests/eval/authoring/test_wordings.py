"""The rules on one family's prompts: what they find, and what they leave alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.scenario import make_scenario

from gadfly.eval.authoring import wordings
from gadfly.scenarios.scenario import Wording

if TYPE_CHECKING:
    from gadfly.bot.proposition import Side
    from gadfly.scenarios.scenario import Scenario

Put = tuple[str, "Side | None"]

WRONG = "It is wrong to sell the field."
FINE = "It is all right to sell the field."


def family(*puts: Put, a: str = WRONG, b: str = FINE) -> Scenario:
    """Return a family with these wordings and statements."""
    made = make_scenario("field", parts=False)
    return replace(
        made,
        proposition=replace(made.proposition, a=a, b=b),
        wordings=tuple(Wording(text=text, yes=yes) for text, yes in puts),
        covers=(),
        modalities={},
    )


@pytest.mark.parametrize(
    ("text", "yes", "due"),
    [
        ("Would it be wrong to sell the field?", "b", "a"),
        ("The town sells its field. Is that quite all right?", "a", "b"),
        ("Is it not right to sell the field?", "b", "a"),
        ("Is selling the field unfair?", "b", "a"),
        ("Would I act rightly, if I sold it?", "a", "b"),
    ],
)
def test_yes_marked_for_the_other_side_is_found(text: str, yes: Side, due: Side) -> None:
    """A prompt that asks for the other verdict than its mark says is a breach, with what is due."""
    (found,) = wordings.yes_direction(family((text, yes)))

    assert found.breach
    assert found.location == ("wordings", 0)
    assert f"so a yes should take {due!r}, found {yes!r}" in found.message


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        ("Would it be wrong to sell the field?", "a"),
        ("Is it fine to sell the field?", "b"),
        ("Is it wrong, or is it right, to sell the field?", "b"),
        ("A friend says that selling it is wrong. Is she right?", "a"),
        ("Is it false that selling the field is all right?", "a"),
        ("Should the town sell the field?", "a"),
        ("Wrong or not, the field is sold. Will you sign?", "b"),
        ("Would it be wrong to sell the field?", None),
    ],
)
def test_yes_that_fits_or_cannot_be_told_is_left_alone(text: str, yes: Side | None) -> None:
    """A right mark, two verdicts, a verdict on a speaker, none, or no yes at all: nothing said."""
    assert list(wordings.yes_direction(family((text, yes)))) == []


def test_yes_is_judged_wherever_a_prompt_has_one() -> None:
    """Modalities are looked at like wordings, each against its own statement."""
    made = family(("Is it wrong?", "a"))
    wording, about = make_scenario("field").modalities["permissible"]
    turned = replace(about, a="Selling it is permissible.")
    put = replace(wording, text="Is it impermissible to sell the field?")

    (found,) = wordings.yes_direction(replace(made, modalities={"permissible": (put, turned)}))

    assert found.location == ("modalities", "permissible", "text")


def test_wordings_that_never_turn_the_yes_are_a_hint() -> None:
    """A yes that takes one side in all wordings is said; one that turns, or is none, is not."""
    same = family(("Is it wrong?", "a"), ("Is selling it wrong?", "a"))
    turned = family(("Is it wrong?", "a"), ("Is it fine?", "b"))
    neither = family(("Which is it?", None), ("Sell it or keep it, which one?", None))

    (found,) = wordings.yes_turned(same)
    assert (found.breach, found.message) == (False, "wordings: a yes takes 'a' in all 2")
    assert [*wordings.yes_turned(turned), *wordings.yes_turned(neither)] == []


def test_negation_put_in_without_turning_the_yes_is_found() -> None:
    """The same words with a "not" more ask for the opposite, so yes cannot mean the same."""
    text = "Should the town sell the old field behind the school?"
    negated = "Should the town not sell the old field behind the school?"

    (found,) = wordings.negation(family((text, "a"), (negated, "a")))

    assert (found.breach, found.location) == (True, ("wordings", 1))
    assert list(wordings.negation(family((text, "a"), (negated, "b")))) == []


def test_negation_is_no_matter_where_the_verdict_turns_too() -> None:
    """To ask for "right" and for "not wrong" is the same; other words are not compared."""
    right = "Is it right of the town to sell the old field behind the school?"
    not_wrong = "Is it not wrong of the town to sell the old field behind the school?"
    other = "Nobody has asked the children. Can the field be sold all the same?"

    assert list(wordings.negation(family((right, "b"), (not_wrong, "b"), (other, "b")))) == []


def test_numbers_changed_in_a_paraphrase_are_found() -> None:
    """Another number is a breach; in words or digits the same one is none."""
    puts: list[Put] = [
        ("May 25 families lose the field for 1,000 euros?", "a"),
        ("Twenty-five families would lose the field for a thousand euros. May they?", "a"),
        ("May 26 families lose the field for 1,000 euros?", "a"),
    ]

    (found,) = wordings.numbers(family(*puts))

    assert (found.breach, found.location) == (True, ("wordings", 2))
    assert "expected 25, 1000 as in wordings 1, found 26, 1000" in found.message


def test_numbers_may_change_with_the_yes_and_stories_may_have_their_own() -> None:
    """Where yes turns another number is a hint; details of a story bind nobody."""
    turned = family(("Is it gone by day 15?", "a"), ("Is it gone on day 29 only?", "b"))
    story = family(("Is it wrong?", "a"), ("Three of us, all aged 12, ask: is it wrong?", "a"))

    assert [f.breach for f in wordings.numbers(turned)] == [False]
    assert list(wordings.numbers(story)) == []


def test_names_replaced_in_a_paraphrase_are_found() -> None:
    """One name for another is a breach; a name left out or added is a hint; the same is none."""
    original: Put = ("Should the field go to Miriam or to the school?", "a")
    swapped = family(original, ("Should the school or Hannah get the field?", "a"))
    left_out = family(original, ("Should the school get the field?", "b"))
    same = family(original, ("Miriam and the school both want the field. Hers, then?", "a"))

    (breach,) = wordings.parties(swapped)
    (hint,) = wordings.parties(left_out)

    assert breach.breach
    assert breach.message.endswith("found it without Miriam and with Hannah")
    assert (hint.breach, hint.message.endswith("found it without Miriam")) == (False, True)
    assert list(wordings.parties(same)) == []


def test_a_case_asked_again_is_held_to_its_first_form() -> None:
    """The second wording of a legal case must keep the numbers of the first."""
    made = make_scenario("field")
    assert made.legality is not None
    first, *rest = made.legality.cases
    case = replace(first, text="A fine of 40 euros. Cross?", again="It costs 50 euros. Cross?")

    (found,) = wordings.numbers(
        replace(made, legality=replace(made.legality, cases=(case, *rest)), wordings=())
    )

    assert found.location == ("legality", "cases", 0, "again")
    assert "expected 40 as in legality cases 1 text, found 50" in found.message
