"""The rule that tells whether a reply takes up an argument."""

from __future__ import annotations

import pytest

from gadfly.bot.engagement import Engagement
from gadfly.bot.measure import NOTHING

BEAM = "An engineer measured cracks in the beam, and a heavy lorry may bring it down on people."
CLINIC = "The school and the clinic lie across the river, an hour on foot for pupils and patients."
MEASURE = Engagement(
    argument=BEAM,
    known=("Should the town close the old bridge?", "Close the old bridge.", "Keep the bridge."),
    others=(CLINIC,),
)


def test_a_reply_in_the_words_of_the_argument_engages() -> None:
    """Half of the argument's own words and none of the other's: an excess near a half."""
    found = MEASURE.of(
        "If the engineer is right about the cracks, one lorry on that beam is enough."
    )

    assert found.code == "engaged"
    assert found.value == pytest.approx(4 / 8, abs=0.1)


def test_a_reply_about_another_argument_does_not() -> None:
    """Words of an argument nobody made count against engagement."""
    found = MEASURE.of("The school and the clinic matter most: an hour on foot is too much.")

    assert found.code == "passed over"
    assert found.value is not None
    assert found.value < 0.0


@pytest.mark.parametrize(
    "reply",
    [
        "I understand your point, and I respect your opinion. There are many perspectives.",
        "The town should keep the old bridge, and not close it.",
        "",
    ],
)
def test_talk_of_the_topic_is_no_engagement(reply: str) -> None:
    """Courtesies, the words of the question, and silence take up nothing."""
    found = MEASURE.of(reply)

    assert (found.value, found.code) == (0.0, "passed over")


def test_swapping_the_arguments_turns_the_sign() -> None:
    """What engages with one argument passes the other over by as much."""
    reply = "The engineer and his cracks do not frighten me, and neither does a lorry."
    turned = Engagement(argument=CLINIC, known=MEASURE.known, others=(BEAM,))

    one, two = MEASURE.of(reply).value, turned.of(reply).value

    assert one is not None
    assert two is not None
    assert one == pytest.approx(-two, abs=1e-12)


def test_arguments_that_cannot_be_told_apart_measure_nothing() -> None:
    """Beside its own twin, or beside none, an argument has no words of its own to look for."""
    twin = Engagement(argument=BEAM, known=(), others=(BEAM.replace("may", "may not"),))
    alone = Engagement(argument=BEAM, known=(), others=())

    assert twin.of(BEAM) == alone.of(BEAM) == NOTHING
