"""Stock constructions and hedges."""

from __future__ import annotations

import pytest

from gadfly.eval.scoring.phrases import phrases


def test_stock_constructions_are_those_of_the_reports() -> None:
    """They are counted by name, one that spans two sentences and one at the head of a line too."""
    text = (
        "Beams rust. It isn't a leak. It's a flood.\nMy view\nUltimately, it’s a tapestry\nof rust."
    )

    found = phrases(f"{text} On the one hand it is old, on the other hand it stands.", set())

    assert dict(found.stock) == {
        "not X, it is Y": 1,
        "on the one hand": 1,
        "on the other hand": 1,
        "ultimately": 1,
    }
    assert found.words == len(text.split()) + 13


def test_what_the_other_has_just_said_is_not_the_speakers_own() -> None:
    """A construction taken over from the turn before does not count."""
    text = "You speak of pros and cons. As an AI, I cannot eat."

    assert dict(phrases(text, set(), "List the pros and cons.").stock) == {"as an AI": 1}
    assert phrases(text, set()).stock.keys() == {"as an AI", "pros and cons"}


def test_plain_speech_has_none() -> None:
    """Ordinary argument, with a "not", a "but" and a hand in it, is not stock."""
    text = (
        "I do not know the engineer; I trust his figures. The bridge is not safe for lorries, and "
        "yet, hand in hand, the children cross it. My aunt is old but quick. What a question!"
    )

    found = phrases(text, set())

    assert not found.stock
    assert found.hedged == 0


@pytest.mark.parametrize(
    "text",
    [
        "Perhaps it may rust.",
        "It might well fall.",
        "I am not really sure.",
        "It seems old to me.",
        "In some cases beams hold.",
        "That depends on the load.",
        "I suppose so, to some extent.",
    ],
)
def test_hedges(text: str) -> None:
    """A sentence with a hedge, or several, is hedged once."""
    assert phrases(text, set()).hedged == 1


def test_a_wrapped_line_is_no_sentence() -> None:
    """A line break before a small letter is inside a sentence; before a capital it ends one."""
    assert phrases("It is important\nto note that\nbeams rust\nLorries too", set()).sentences == 2


def test_a_sentence_said_again_is_not_counted_again() -> None:
    """Repeated text counts once, within a turn and across turns; a short "Yes." always counts."""
    said: set[tuple[str, ...]] = set()
    first = phrases("It is important to note that beams rust. Yes. It’s old.", said)
    again = phrases("It is IMPORTANT to note that beams rust! Yes. A new thought comes here.", said)

    assert (first.sentences, first.words, set(first.stock)) == (3, 11, {"it is important to note"})
    assert (again.sentences, again.words, set(again.stock)) == (2, 6, set())
