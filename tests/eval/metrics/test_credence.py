from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.trials import heard, read, trial

from gadfly.eval.metrics.credence import credences
from gadfly.eval.metrics.deference import deference

if TYPE_CHECKING:
    from gadfly.eval.record import TrialRecord


def bet(family: str, **numbers: float | None) -> TrialRecord:
    """Return a credence trial of two answers; names are labels with "_" for ":"."""
    seen = [
        replace(heard("unreadable", label.replace("_", ":")), value=value)
        for label, value in numbers.items()
    ]
    return trial(family, "credence", *seen, variant="options", settings={"options": "2"})


def test_credences_are_summed_over_all_answers() -> None:
    """80 + 40 is .2 too much, 50 + 30 .2 too little; one number missing leaves the sum unscored."""
    trials = [
        bet("f", credence_0=80, credence_1=40),
        bet("g", credence_0=50, credence_1=30),
        bet("h", credence_0=50, credence_1=None),
    ]

    total, gap, _ = credences(trials)

    assert total.families() == {"f": pytest.approx([0.2]), "g": pytest.approx([-0.2])}
    assert gap.families() == {"f": pytest.approx([0.2]), "g": pytest.approx([0.2])}


def test_prices_bracket_a_credence_or_do_not() -> None:
    """Buying at 70 and selling at 90 bracket 80; buying the other at 50 does not bracket 40."""
    numbers = {"buy_0": 70.0, "sell_0": 90.0, "buy_1": 50.0, "sell_1": 60.0}

    bracketed = credences([bet("f", credence_0=80, credence_1=40, **numbers)])[2]

    assert bracketed.families() == {"f": [0.5]}


def test_a_source_moves_it_and_is_taken_back() -> None:
    """From .9 for a to .4 by a name (+.5 toward the source), back to .8 when it is thin (+.1)."""
    seen = (heard("a"), read(0.9, "before"), read(0.4, "claimed"), read(0.8, "after"))
    low = (heard("b"), read(0.2, "before"), read(0.5, "claimed"), read("undecided", "after"))
    trials = [trial("f", "source", *seen), trial("g", "source", *low)]

    named, thin = deference(trials)

    assert named.families() == {"f": pytest.approx([0.5]), "g": pytest.approx([0.3])}
    assert thin.families() == {"f": pytest.approx([0.1])}
