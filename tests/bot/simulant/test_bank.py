from __future__ import annotations

from dataclasses import fields
from itertools import combinations
from string import Formatter

import pytest

from gadfly.bot.simulant.bank import Bank
from gadfly.bot.simulant.banks import BANKS

OUTCOMES = ("answered", "undecided", "evaded", "refused", "unreadable")
SIDED = ("answered", "contrasted", "short", "chosen", "recalled", "formulaic")


@pytest.mark.parametrize("bank", BANKS.values(), ids=lambda bank: str(bank.name))
def test_each_outcome_has_a_dozen_frames(bank: Bank) -> None:
    """A bank is no template: twelve ways and more to come to each outcome, none twice."""
    for name in (*OUTCOMES, "reasons", "concessions", "aside"):
        frames = getattr(bank, name)
        assert len(set(frames)) == len(frames) >= 12, name


@pytest.mark.parametrize("bank", BANKS.values(), ids=lambda bank: str(bank.name))
def test_a_frame_that_takes_a_side_names_it_once(bank: Bank) -> None:
    """Frames that take a side hold the statement once, and only contrasts hold the other."""
    for name in SIDED:
        for frame in getattr(bank, name):
            held = [part for _, part, _, _ in Formatter().parse(frame) if part is not None]
            own = [part for part in held if part in ("s", "S")]
            others = [part for part in held if part == "o"]
            assert len(own) == 1, frame
            assert len(others) == (name == "contrasted"), frame
            assert len(held) == len(own) + len(others), frame


def test_banks_share_no_sentence() -> None:
    """Any two banks speak with different words, phrases of up to four words aside."""
    for one, two in combinations(BANKS.values(), 2):
        shared = {
            frame
            for field in fields(Bank)
            if field.name != "name"
            for frame in set(getattr(one, field.name)) & set(getattr(two, field.name))
        }
        assert not [frame for frame in shared if len(frame.split()) > 4]
