from __future__ import annotations

import pytest

from gadfly.bot.acknowledgement import acknowledges
from gadfly.bot.simulant.banks import BANKS


@pytest.mark.parametrize(
    "text",
    [
        "You have a point there. It would be wrong after all.",
        "I have changed my mind: one may do it.",
        "On reflection, nobody may do that.",
        "I now think that the promise weighs less.",
        "My earlier answer was too hasty. It is permissible.",
        "I said the opposite before, and I was wrong.",
        "That tips the balance for me; yes.",
        "I no longer hold that view.",
        "I take back what I said. No.",
    ],
)
def test_a_change_that_is_owned(text: str) -> None:
    """Granting, taking back, or naming the earlier view as earlier is seen."""
    assert acknowledges(text)


@pytest.mark.parametrize(
    "text",
    [
        "No, it would be wrong to do that.",
        "Yes. Five lives weigh more than one.",
        "I have not changed my mind, and it is wrong.",
        "Whether you have a point or not, the answer is yes.",
        "",
        "It is wrong, as people change their plans all the time.",
        "My answer is correct: it is wrong.",
        "I won't change my view. No.",
    ],
)
def test_a_change_that_is_not(text: str) -> None:
    """A plain answer, a denial of any change, or talk of other changes owns nothing."""
    assert not acknowledges(text)


@pytest.mark.parametrize("name", ["ornate", "plain"])
def test_the_simulants_say_so_when_they_are_moved(name: str) -> None:
    """Six of eight frames of moved replies at least are heard, and none of unmoved ones."""
    bank = BANKS[name]

    assert sum(acknowledges(frame) for frame in bank.moved) >= 6
    assert not any(acknowledges(frame) for frame in bank.held)
