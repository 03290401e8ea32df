"""What a run of the matrix finds, and when it need not be made."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from gadfly.bot.call import Call, Sampling, ask_reply
from gadfly.bot.message import opening
from gadfly.bot.simulant.choice import REFERENCE
from gadfly.bot.simulant.traits import Traits
from gadfly.bot.steering import read_reply
from gadfly.eval.instrument import grid
from gadfly.eval.instrument.grid import pair_of, run
from gadfly.eval.instrument.matrix import ROWS, TRAITS
from gadfly.eval.instrument.measure import Specimen, measured, surveyed
from gadfly.scenarios.catalogue import library
from gadfly.scenarios.crib import library_crib

if TYPE_CHECKING:
    from gadfly.eval.instrument.measure import Job, Values

pytestmark = pytest.mark.slow

GROUND = "credence"
ROW = "bracketing said"
TOPICS = [s for s in library().all if s.stratum == "contested" and s.wordings][:4]


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


class TestDice:
    """What two simulants of different traits, asked the same, do by chance."""

    @staticmethod
    def answered(traits: Traits, replicate: int, *questions: str) -> list[str]:
        """Return what is said to questions put one after the other."""
        piece, at, said = Specimen(traits, library_crib()), opening(), []
        for question in questions:
            at = at.says(question)
            asked = ask_reply(at, Sampling(temperature=REFERENCE))
            done = asyncio.run(piece.respond(Call(request=asked, replicate=replicate)))
            said.append(done.text)
            at = at.hears(done.text)
        return said

    @staticmethod
    def sides(said: list[str]) -> list[str]:
        """Return the sides taken on the questions, "" for a reply that takes none."""
        readings = [read_reply(text, s.proposition) for text, s in zip(said, TOPICS, strict=True)]
        return ["" if r.stance is None else r.stance.side for r in readings]

    def test_other_words_leave_the_rest_of_the_dialogue_as_it_was(self) -> None:
        """Who speaks in templates takes the sides he would have taken in his own words."""
        questions = [scenario.wordings[0].text for scenario in TOPICS]
        plain, formulaic = Traits(spread=0.0), Traits(spread=0.0, formulaic=1.0)
        seen = set()
        for replicate in range(12):
            own = self.answered(plain, replicate, *questions)
            stock = self.answered(formulaic, replicate, *questions)
            assert own[0] != stock[0]
            assert self.sides(own) == self.sides(stock)
            seen.add(tuple(self.sides(own)))
        assert len(seen) > 3  # dialogues of another number throw other dice

    def test_who_refuses_more_answers_the_rest_alike(self) -> None:
        """Refusals take replies away from either side; none changes over to the other."""
        questions = [scenario.wordings[0].text for scenario in TOPICS]
        n_refused = 0
        for replicate in range(12):
            free = self.sides(self.answered(Traits(spread=0.0), replicate, *questions))
            shy = self.sides(self.answered(Traits(spread=0.0, refusal=0.4), replicate, *questions))
            assert all(now in ("", then) for then, now in zip(free, shy, strict=True))
            n_refused += shy.count("")
        assert 5 <= n_refused <= 31


def test_more_simulants_have_stances_of_their_own() -> None:
    """Another simulant of the same traits is asked the same and does not answer all of it alike."""
    runs = (measured(pair_of("series", "slip", seed)[0]) for seed in (0, 1))
    one, other = (found["series_shift total"] for found in runs)

    assert len(other) >= 20
    assert sum(one.get(family) != values for family, values in other.items()) >= 15
