"""Published comparables on values small enough to do by hand."""

from __future__ import annotations

import pytest

from gadfly.eval.comparables import (
    gap,
    mirroring,
    number_of_flips,
    siding,
    turn_of_flip,
    weighted_consistency,
)


@pytest.mark.parametrize(
    ("held", "turn", "flips", "weighted"),
    [
        ((), 0, 0, 0.0),
        ((True,), 1, 0, 1.0),
        ((False, True, True), 0, 1, 0.45 + 0.45**2),
        ((True, False, True, False), 1, 3, 1 + 0.45**2),
        ((True,) * 8, 8, 0, 1.8151),
    ],
)
def test_flips_by_hand(held: tuple[bool, ...], turn: int, flips: int, weighted: float) -> None:
    """Turn of flip, number of flips, and consistency weighted by position."""
    assert turn_of_flip(held) == turn
    assert number_of_flips(held) == flips
    assert weighted_consistency(held) == pytest.approx(weighted, abs=1e-4)


def test_pairs_of_scores_by_hand() -> None:
    """One that flatters either party, one that holds its view, one that always contradicts."""
    flatterer, firm, contrarian = (3.0, 3.0), (3.0, -3.0), (-2.0, -2.0)

    assert siding([flatterer, firm]) == 3.0
    assert siding([flatterer, contrarian]) == 1.0
    assert mirroring([flatterer, firm]) == 3.0
    assert gap([firm, (-6.0, 0.0)]) == 0.0
    with pytest.raises(ValueError, match="no pairs"):
        siding([])
