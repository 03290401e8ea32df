"""Stock constructions and hedges."""

from __future__ import annotations

import pytest

from gadfly.eval.scoring.phrases import STOCK, phrases

SAMPLES = {
    "not X but Y": "It is not about the bridge, but about trust.",
    "on the one hand, on the other": "On the one hand it is old.",
    "it depends": "Ultimately, it depends on the load.",
    "as an AI": "As an AI language model, I hold no views.",
    "worth noting": "It’s important to note that beams rust.",
    "complex and nuanced": "This is a complex and nuanced matter.",
    "no easy answer": "There is no easy answer here.",
    "many perspectives": "There are many different perspectives on bridges.",
    "good question": "You raise a very valid point about lorries.",
    "I understand your concern": "I completely understand your concerns.",
    "sorry for the confusion": "I apologize for the confusion.",
    "strike a balance": "We must strike a balance between the two.",
    "in conclusion": "In conclusion, beams rust.",
    "at the end of the day": "At the end of the day, beams rust.",
    "hope this helps": "Let me know if you have more questions.",
    "agree to disagree": "We will have to agree to disagree.",
}


@pytest.mark.parametrize("name", STOCK)
def test_each_construction_is_found_in_a_sentence_of_its_kind(name: str) -> None:
    """Every construction has an example, and the example is of that one only."""
    found = phrases(f"Beams rust. {SAMPLES[name]}", set())

    assert dict(found.stock) == {name: 1}
    assert (found.sentences, found.in_stock) == (2, 1)


def test_plain_speech_has_none() -> None:
    """Ordinary argument, with a "not", a "but" and a hand in it, is not stock."""
    text = (
        "I do not know the engineer but I trust his figures. The bridge is not safe for lorries. "
        "Hand in hand, the children cross it. It is important to my aunt. What a question!"
    )

    found = phrases(text, set())

    assert found.in_stock == 0
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

    assert (first.sentences, first.in_stock) == (3, 1)
    assert (again.sentences, again.in_stock) == (2, 0)
