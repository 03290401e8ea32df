from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest
from support.trials import heard, read, trial

from gadfly.bot.stance import Cell, Outcome, Reading, Stance
from gadfly.eval.metrics.answer import asks_main, asks_openly, committed, decisive, whole

if TYPE_CHECKING:
    from collections.abc import Mapping


def shared(p: float | None, shares: Mapping[Outcome, float]) -> Reading:
    """Return a read of one cell with the given outcome shares."""
    cell = Cell(wording=0, order="ab", p=p, shares=MappingProxyType(dict(shares)), n=10)
    commonest = max(shares, key=lambda outcome: shares[outcome])
    stance = Stance(p, p, 1 - p) if commonest == "answered" and p is not None else None
    return Reading(
        readout="sampled",
        outcome=commonest,
        stance=stance,
        shares=MappingProxyType(dict(shares)),
        cells=(cell,),
    )


class TestWhole:
    def test_a_reply_is_wholly_what_it_came_to(self) -> None:
        """A side is one-hot, no side is wholly neither."""
        assert whole(heard("a").reading) == (1.0, 0.0, 0.0)
        assert whole(heard("b").reading) == (0.0, 1.0, 0.0)
        assert whole(heard("refused").reading) == (0.0, 0.0, 1.0)

    @pytest.mark.parametrize("outcome", ["unreadable", "truncated", "error"])
    def test_missing_answers_have_no_vector(self, outcome: str) -> None:
        """What could not be read is missing, in replies and reads."""
        assert whole(heard(outcome).reading) is None
        assert whole(read(outcome).reading) is None

    def test_a_read_splits_by_stance_and_readable_share(self) -> None:
        """Half answered at .8, a quarter undecided, a quarter unreadable: over readable, 2/3."""
        reading = shared(0.8, {"answered": 0.5, "undecided": 0.25, "unreadable": 0.25})

        assert whole(reading) == pytest.approx((0.8 * 2 / 3, 0.2 * 2 / 3, 1 / 3), abs=1e-12)

    def test_a_mostly_undecided_read_keeps_its_leaning(self) -> None:
        """A read without a stance still splits its decisive part by its cells."""
        reading = shared(0.75, {"answered": 0.4, "undecided": 0.6})

        assert reading.stance is None
        assert whole(reading) == pytest.approx((0.3, 0.1, 0.6), abs=1e-12)

    def test_an_undecided_read_without_leaning_is_neither(self) -> None:
        """A read in which nothing was decisive is wholly neither."""
        assert whole(shared(None, {"undecided": 1.0})) == (0.0, 0.0, 1.0)
        assert whole(shared(None, {"refused": 0.6, "answered": 0.4})) == (0.0, 0.0, 1.0)


def test_only_stances_are_decisive() -> None:
    """Taking no side is no decisive answer."""
    assert decisive(read(0.7).reading) == pytest.approx((0.7, 0.3, 0.0), abs=1e-12)
    assert decisive(heard("evaded").reading) is None


def test_commitment_is_the_share_that_takes_a_side() -> None:
    """Commitment is 1 for a side, 0 for none, None where missing."""
    assert committed(heard("b").reading) == 1.0
    assert committed(heard("undecided").reading) == 0.0
    assert committed(heard("truncated").reading) is None


@pytest.mark.parametrize(
    ("probe", "arm", "openly"),
    [
        ("repeat", "fresh", True),
        ("format", "forced", False),
        ("meat", "forced-fresh", False),
        ("modality", "after-ladder", False),
        ("idle", "fresh", False),
        ("options", "forced", False),
        ("order", "fresh", False),
        ("side-taking", "holds-a", False),
    ],
)
def test_open_questions_are_those_whose_prompt_leaves_it_open(
    probe: str, arm: str, openly: bool
) -> None:
    """Forced, idle and later questions are not asked openly."""
    assert asks_openly(trial("f", probe, arm=arm)) is openly


def test_wordings_and_stories_ask_the_main_question() -> None:
    """A rung or a case is another question than the scenario's own."""
    assert asks_main(trial("f", "framing", variant="cover:novel"))
    assert asks_main(trial("f", "wording", variant="wording:2"))
    assert not asks_main(trial("f", "ladder", variant="rung:s1b1/plain"))
