"""What a run of the matrix finds, and when it need not be made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gadfly.eval.instrument import grid
from gadfly.eval.instrument.grid import pair_of, run
from gadfly.eval.instrument.matrix import ROWS, TRAITS
from gadfly.eval.instrument.measure import measured, surveyed

if TYPE_CHECKING:
    from gadfly.eval.instrument.measure import Job, Values

pytestmark = pytest.mark.slow

GROUND = "credence"
ROW = "bracketing said"


def test_a_trait_that_is_never_looked_at_changes_nothing() -> None:
    """What is skipped would have found the same, to the last value."""
    before, looked_at = surveyed(pair_of(GROUND, "slip")[0])
    unseen = [trait for trait in TRAITS if trait not in looked_at]

    assert {"mispricing", "overconfidence"} <= looked_at
    assert {"slip", "dogmatism", "persona_loss"} <= set(unseen)
    for trait in ("slip", "dogmatism"):
        assert measured(pair_of(GROUND, trait)[1]) == before


def test_a_run_that_would_find_the_same_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the usual run and those that could differ are made; all are told of."""
    made: list[Job] = []

    def counted(job: Job) -> dict[str, Values]:
        made.append(job)
        return measured(job)

    monkeypatch.setattr(grid, "measured", counted)
    jobs = (*pair_of(GROUND, "slip"), pair_of(GROUND, "mispricing")[1])
    told: list[Job] = []
    found = run(jobs, workers=1, tell=told.append)

    assert made == [jobs[2]]
    assert set(told) == set(jobs)
    assert found[jobs[0]] == found[jobs[1]]
    assert found[jobs[0]][ROW] != found[jobs[2]][ROW]


def test_every_row_of_the_quick_part_is_found() -> None:
    """A scorer is found for each row, and it finds something in every family."""
    for ground in ("series", GROUND):
        found = measured(pair_of(ground, "slip")[0])
        for row in (row for row in ROWS.values() if row.ground == ground):
            assert len(found[row.name]) >= 20, row.name
