from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gadfly.bot.message import Conversation
from gadfly.bot.proposition import Proposition
from gadfly.bot.readout import make_readout
from gadfly.bot.simulant.crib import Crib, Cue, Matter
from gadfly.bot.simulant.listing import find_listing
from gadfly.scenarios import phrase

if TYPE_CHECKING:
    from gadfly.bot.respondent import ReadoutName
    from gadfly.scenarios.scenario import Scenario

ABSTENTIONS = ["undecided", "refused"]


def prompts(name: ReadoutName, scenario: Scenario) -> list[tuple[str, str]]:
    """Return (order, prompt) of each cell of a readout."""
    asks = make_readout(name).asks(Conversation(), scenario.proposition)
    found: list[tuple[str, str]] = []
    for ask in asks:
        message = ask.request.conversation.message
        assert message is not None
        found.append((ask.order, message.text))
    return found


@pytest.mark.parametrize("name", ["sampled", "logprob"])
def test_the_options_of_readouts_are_found_in_their_order(
    name: ReadoutName, families: tuple[Scenario, ...], crib: Crib
) -> None:
    """Sides and abstentions are read off the prompts of both listing readouts."""
    for scenario in families[:10]:
        for order, text in prompts(name, scenario):
            listing = find_listing(crib, text, None)
            assert listing is not None
            assert [o.meaning for o in listing.options] == [*order, *ABSTENTIONS]
            assert listing.first == order[0]
            assert listing.is_readout
            assert listing.is_labelled == (name == "logprob")
            assert listing.matter.proposition == scenario.proposition


@pytest.mark.parametrize("mark", ["{}) ", "{}. ", "({}) ", "**{}**: ", "{} - "])
def test_labels_are_found_however_they_are_marked(mark: str, full: Scenario, crib: Crib) -> None:
    """Punctuation around a label does not belong to it."""
    rows = zip("XY", (full.proposition.b, full.proposition.a), strict=True)
    text = "Which?\n" + "\n".join(mark.format(label) + row for label, row in rows)
    listing = find_listing(crib, text, None)
    assert listing is not None
    assert [(o.label, o.meaning) for o in listing.options] == [("X", "b"), ("Y", "a")]
    assert not listing.is_readout


def test_a_forced_choice_lists_two_sides_and_no_abstention(full: Scenario, crib: Crib) -> None:
    """A forced choice is no readout."""
    about = full.proposition
    listing = find_listing(crib, phrase.forced_choice(about.question, about.b, about.a), None)
    assert listing is not None
    assert [o.meaning for o in listing.options] == ["b", "a"]
    assert not listing.is_readout
    assert not listing.is_labelled


def test_one_statement_or_two_of_different_questions_are_no_listing(
    families: tuple[Scenario, ...], crib: Crib
) -> None:
    """Only the two sides of one question make a listing."""
    first, second = families[0].proposition, families[1].proposition
    assert find_listing(crib, f"- {first.a}", None) is None
    assert find_listing(crib, f"- {first.a}\n- {first.a}", None) is None
    assert find_listing(crib, f"- {first.a}\n- {second.b}", None) is None
    assert find_listing(crib, "nothing of the kind", None) is None


def test_shared_statements_belong_to_what_was_asked() -> None:
    """Where two questions share statements, the one asked in the message or before decides."""
    sides = {"a": "It is fine.", "b": "It is not fine."}
    matters = []
    entries: list[tuple[str, Cue]] = []
    for kind, question in (("direct", "May I take it?"), ("rung", "May I break it?")):
        about = Proposition(family="x", question=question, a=sides["a"], b=sides["b"])
        matter = Matter(proposition=about, kind="rung" if kind == "rung" else "direct")
        matters.append(matter)
        entries.append((question, Cue(kind="question", matter=matter, family="x")))
        entries.append((sides["a"], Cue(kind="statement", matter=matter, family="x", side="a")))
        entries.append((sides["b"], Cue(kind="statement", matter=matter, family="x", side="b")))
    crib = Crib(entries)
    lines = "\n- It is fine.\n- It is not fine."
    for matter, entry in zip(matters, entries[::3], strict=True):
        asked = find_listing(crib, matter.proposition.question + lines, None)
        talked = find_listing(crib, lines, entry[1])
        assert asked is not None
        assert talked is not None
        assert asked.matter == talked.matter == matter
