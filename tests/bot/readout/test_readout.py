from __future__ import annotations

from typing import get_args

import pytest

from gadfly.bot import readout as package
from gadfly.bot.message import Conversation
from gadfly.bot.proposition import Proposition
from gadfly.bot.readout import Readout, make_readout
from gadfly.bot.respondent import ReadoutName

NAMES: tuple[ReadoutName, ...] = get_args(ReadoutName)
LEVER = Proposition(
    family="trolley.lever",
    question="Should the lever be pulled?",
    a="The lever should be pulled.",
    b="The lever should be left alone.",
)


@pytest.mark.parametrize("name", NAMES)
def test_every_readout_is_made_by_name(name: ReadoutName) -> None:
    """The readout made for a name carries that name and asks something."""
    readout: Readout = make_readout(name)
    assert readout.name == name
    assert readout.asks(Conversation(), LEVER)


@pytest.mark.parametrize("name", NAMES)
def test_asking_is_a_function_of_its_arguments(name: ReadoutName) -> None:
    """Asked twice, a readout sends the same requests in the same order."""
    one = make_readout(name).asks(Conversation(), LEVER)
    two = make_readout(name).asks(Conversation(), LEVER)
    assert [ask.request.digest for ask in one] == [ask.request.digest for ask in two]


@pytest.mark.parametrize("name", NAMES)
def test_no_answers_at_all_are_an_error(name: ReadoutName) -> None:
    """A read whose every call failed is an error with no stance, in every readout."""
    readout = make_readout(name)
    assert readout.read(LEVER, []).outcome == "error"


def test_exports_are_what_the_package_says() -> None:
    """Every name in `__all__` exists."""
    assert all(hasattr(package, name) for name in package.__all__)
