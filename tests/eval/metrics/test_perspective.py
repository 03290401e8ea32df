from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from support.trials import broken, heard, read, trial

from gadfly.eval.metrics.perspective import (
    NO_BARE,
    NOT_LOST,
    ONE_LAG,
    UNFELT,
    UNPAIRED,
    persona_excess,
    persona_fidelity,
    persona_half_life,
    persona_hazard,
    persona_return,
    persona_shift,
    persona_snap_back,
)

if TYPE_CHECKING:
    from gadfly.bot.proposition import Side
    from gadfly.eval.metrics.scores import Scores
    from gadfly.eval.record import Observed, TrialRecord

WORDS = {"a": "a", "b": "b", "u": "undecided", "x": "truncated"}
RNG = np.random.default_rng(1)


def arms(found: tuple[Scores, ...]) -> dict[str, Scores]:
    return {scores.arm: scores for scores in found}


def asked(
    family: str,
    replies: str,
    *,
    who: str = "kant",
    side: Side | None = "a",
    lag: int = 0,
    brief: bool = False,
    more: tuple[Observed, ...] = (),
) -> list[TrialRecord]:
    """Return a trial a letter: what it answered as `who` ("none": bare; "devil": opposing `side`).

    The devil's advocate's own first reply took `side`.
    """
    arm = {"none": "bare", "devil": "devil"}.get(who, "persona")
    settings = {
        "persona": who,
        "role": {"bare": "", "devil": "devil"}.get(arm, "thinker"),
        "side": side if arm == "persona" and side else "",
        "lag": str(lag),
        "brief": "1" if brief else "0",
    }
    first = [heard(side or "undecided")] if arm == "devil" else []
    return [
        trial(
            family,
            "perspective",
            *first,
            heard(WORDS[letter], "answer"),
            *more,
            arm=arm,
            variant=f"{who}/{lag}/{brief}",
            settings=settings,
            replicate=i,
        )
        for i, letter in enumerate(replies)
    ]


class TestFidelity:
    def test_no_side_is_not_the_personas_and_a_missing_answer_is_missing(self) -> None:
        """Of a, b, undecided and a cut reply, with the persona for A: 1, 0, 0 and nothing."""
        found = arms(persona_fidelity(asked("f", "abux")))

        assert found["said"].families()["f"] == [1.0, 0.0, 0.0]
        estimate = found["said"].estimates(RNG)[0]
        assert (estimate.n, estimate.unscored) == (3, 1)

    def test_the_devil_is_for_the_side_its_first_reply_did_not_take(self) -> None:
        """Having said A, B is right; it is scored apart; without a first side it is missing."""
        trials = asked("f", "ba", who="devil", side="a") + asked("g", "b", who="devil", side=None)

        found = arms(persona_fidelity(trials))

        assert found["said devil"].families() == {"f": [1.0, 0.0]}
        assert found["said"].families() == {}

    def test_lags_phrases_and_roles_are_details(self) -> None:
        """Each has its own row, of its trials only."""
        trials = asked("f", "a") + asked("f", "b", lag=3) + asked("f", "b", brief=True, who="stoic")
        trials[-1] = replace(trials[-1], settings={**trials[-1].settings, "role": "school"})

        found = arms(persona_fidelity(trials))

        for arm, values in {
            "said": [1.0, 0.0, 0.0],
            "said/k0": [1.0, 0.0],
            "said/k3": [0.0],
            "said/plain": [1.0, 0.0],
            "said/brief": [0.0],
            "said/thinker": [1.0, 0.0],
            "said/school": [0.0],
        }.items():
            assert found[arm].families()["f"] == values, arm

    def test_reads_count_by_their_probability(self) -> None:
        """A read of .8 for A agrees to .8 with A, to .2 with B."""
        (one,) = asked("f", "a", side="b", more=(read(0.8, "answer"),))

        assert arms(persona_fidelity([one]))["read"].families()["f"] == pytest.approx([0.2])

    def test_a_view_reported_of_the_persona_counts(self) -> None:
        """An unreadable reply whose measure found the persona's view is that view."""
        (one,) = asked("f", "a")
        seen = replace(heard("unreadable", "answer"), code="b")

        found = arms(persona_fidelity([replace(one, observations=(seen,))]))

        assert found["said"].families()["f"] == [0.0]


class TestShift:
    def test_agreement_without_a_persona_is_taken_off(self) -> None:
        """All on A with the persona, one of four without: 1 - 1/4."""
        found = arms(persona_shift(asked("f", "aa") + asked("f", "abbb", who="none")))

        assert found["said"].families()["f"] == pytest.approx([0.75, 0.75])

    def test_the_same_lag_is_compared_where_it_was_asked(self) -> None:
        """At lag 3 the bare answers of lag 3 count; at lag 6, where there are none, those at 0."""
        trials = asked("f", "aa", who="none") + asked("f", "bb", who="none", lag=3)
        trials += asked("f", "a", lag=3) + asked("g", "a", lag=3)

        found = arms(persona_shift([*trials, *asked("f", "a", lag=6)]))

        assert found["said/k3"].families() == {"f": [1.0]}
        assert found["said/k6"].families() == {"f": [0.0]}
        assert found["said"].estimates(RNG)[0].unscored == 1

    def test_nothing_to_compare_with(self) -> None:
        """Without bare answers there is no shift, and the reason says so."""
        found = arms(persona_shift(asked("f", "a")))

        assert found["said"].estimates(RNG)[0].null_reason == NO_BARE

    def test_the_devils_own_first_reply_is_no_baseline(self) -> None:
        """Its first reply is the bare answer of its replicate, on the other side by definition."""
        trials = asked("f", "ab", who="none") + asked("f", "bb", who="devil", side="a")[:1]

        found = arms(persona_shift(trials))

        # Replicate 0 said A; what it opposes that with is held against replicate 1, which said B.
        assert found["said devil"].families()["f"] == [0.0]

    def test_items_on_which_it_differs_are_apart(self) -> None:
        """A persona that shares the default shifts nothing and belongs to "agrees"."""
        trials = asked("f", "bb", who="none") + asked("f", "aa") + asked("f", "bb", side="b")

        found = arms(persona_shift(trials))

        assert found["said differs"].families()["f"] == [1.0, 1.0]
        assert found["said agrees"].families()["f"] == [0.0, 0.0]

    def test_what_picks_an_item_is_not_what_it_is_compared_with(self) -> None:
        """Bare answers a, b, b: only the replicate whose others are both on B differs, by 1 - 1."""
        found = arms(persona_shift(asked("f", "abb", who="none") + asked("f", "aaa")))

        # Replicates 1 and 2 have a tie among their others: on neither side.
        assert found["said differs"].families()["f"] == [0.0]
        assert found["said agrees"].families() == {}


class TestSnapBack:
    def test_the_fall_to_the_next_question_is_paired(self) -> None:
        """Replicate by replicate: kept 0, lost 1, regained -1."""
        trials = asked("f", "aab") + asked("f", "aba", lag=1)

        found = arms(persona_snap_back(trials))

        assert found["said"].families()["f"] == [0.0, 1.0, -1.0]

    def test_phrases_and_personas_are_not_mixed(self) -> None:
        """A trial with the phrase has no partner among those without."""
        found = arms(persona_snap_back(asked("f", "a", brief=True) + asked("f", "b", lag=1)))

        assert found["said"].estimates(RNG)[0].null_reason == UNPAIRED

    def test_later_lags_do_not_count(self) -> None:
        """What is lost by the third turn is no snap-back."""
        found = arms(persona_snap_back(asked("f", "a") + asked("f", "b", lag=3)))

        assert found["said"].families() == {}


def decaying(families: int, shares: dict[int, int], *, bare: str = "bbbb") -> list[TrialRecord]:
    """Return families of four replicates with so many on the persona's side at each lag."""
    return [
        record
        for number in range(families)
        for record in (
            *asked(f"f{number}", bare, who="none"),
            *(
                one
                for lag, kept in shares.items()
                for one in asked(f"f{number}", "a" * kept + "b" * (4 - kept), lag=lag)
            ),
        )
    ]


class TestHazard:
    def test_a_curve_that_halves_every_turn(self) -> None:
        """All, half, a quarter left at lags 0, 1, 2: hazard 1/2, half-life one turn."""
        trials = decaying(3, {0: 4, 1: 2, 2: 1})

        found = arms(persona_hazard(trials))["said"].families()
        assert sorted(found) == ["f0", "f1", "f2"]
        assert np.concatenate(list(found.values())) == pytest.approx([0.5] * 3, abs=1e-5)
        life = {e.arm: e for e in persona_half_life(trials, RNG)}["said"]
        assert life.value == pytest.approx(1.0, abs=1e-4)
        assert life.unit == "turns"

    def test_what_the_default_shares_with_the_persona_does_not_slow_it(self) -> None:
        """Half of the bare answers are the persona's: 4/4, 3/4 is 1/2 then 1/4 of a shift."""
        found = arms(persona_hazard(decaying(2, {0: 4, 1: 3}, bare="aabb")))

        assert found["said"].families()["f0"] == pytest.approx([0.5], abs=1e-5)

    def test_nothing_lost_has_no_half_life(self) -> None:
        """The hazard is 0; the half-life says why there is none."""
        trials = decaying(3, {0: 4, 1: 4, 3: 4})

        assert arms(persona_hazard(trials))["said"].estimates(RNG)[0].value == pytest.approx(
            0.0, abs=1e-6
        )
        life = {e.arm: e for e in persona_half_life(trials, RNG)}["said"]
        assert (life.value, life.null_reason) == (None, NOT_LOST)

    def test_a_half_life_beyond_the_last_lag_says_so(self) -> None:
        """Three of four left after three turns: extrapolated, to 7.2 turns."""
        life = {e.arm: e for e in persona_half_life(decaying(3, {0: 4, 3: 3}), RNG)}["said"]

        assert life.value == pytest.approx(7.23, abs=0.01)
        assert life.method.endswith("beyond the last lag")

    def test_a_persona_that_moves_nothing_cannot_be_lost(self) -> None:
        """Where the bare answers are the persona's, there is no curve to fit."""
        found = arms(persona_hazard(decaying(2, {0: 4, 1: 4}, bare="aaaa")))

        assert found["said"].estimates(RNG)[0].null_reason == UNFELT

    def test_every_lag_is_needed(self) -> None:
        """One lag is no curve."""
        found = arms(persona_hazard(decaying(2, {0: 4})))

        assert found["said"].estimates(RNG)[0].null_reason == ONE_LAG


def test_back_on_the_personas_side_once_it_is_pointed_out() -> None:
    """Of two confronted, one returns; those never confronted do not count."""
    trials = asked("f", "b", lag=1, more=(heard("a", "reminder"),))
    trials += asked("g", "b", lag=1, more=(heard("b", "reminder"),)) + asked("h", "a", lag=1)

    found = arms(persona_return(trials))

    assert found["said"].families() == {"f": [1.0], "g": [0.0]}


class TestExcess:
    def test_repeats_inside_and_outside(self) -> None:
        """Replicates all alike inside, a coin flip's four outside: 0 - 2/3."""
        trials = asked("f", "aaaa") + asked("f", "aabb", who="none")

        found = arms(persona_excess(trials))

        assert found["said repeat"].families()["f"] == pytest.approx([-2 / 3])
        assert found["said brevity"].families() == {}

    def test_the_brevity_phrase_inside_and_outside(self) -> None:
        """It turns every answer inside and none outside: 1 - 0."""
        trials = asked("f", "aa") + asked("f", "bb", brief=True)
        trials += asked("f", "aa", who="none") + asked("f", "aa", who="none", brief=True)

        assert arms(persona_excess(trials))["said brevity"].families()["f"] == pytest.approx([1.0])

    def test_the_next_answer_inside_and_outside(self) -> None:
        """One of two answers inside is taken back in other words, none outside: 1/2 - 0."""
        kept, lost = (heard(WORDS[letter], "again") for letter in "ab")
        trials = asked("f", "a", more=(kept,)) + asked("f", "a", more=(lost,))
        trials += asked("f", "b", who="none", more=(lost,))

        assert arms(persona_excess(trials))["said thread"].families()["f"] == pytest.approx([0, 1])
        fall = arms(persona_snap_back(trials))["said/thread"]
        assert fall.families()["f"] == pytest.approx([0.0, 1.0])
        alone = arms(persona_excess(trials[:2]))["said thread"]
        assert alone.families() == {}

    def test_one_replicate_has_no_repeat(self) -> None:
        """With a single readable answer there is nothing to compare."""
        found = arms(persona_excess(asked("f", "ax") + asked("f", "aa", who="none")))

        assert found["said repeat"].families() == {}
        assert found["said repeat"].estimates(RNG)[0].unscored == 2


def test_broken_trials_are_missing_everywhere() -> None:
    """A trial that failed has no value in any of the scorers."""
    settings = {"persona": "kant", "role": "thinker", "side": "a", "lag": "1", "brief": "0"}
    trials = [broken("f", "perspective", arm="persona", settings=settings)]

    for scorer in (persona_fidelity, persona_shift, persona_snap_back, persona_hazard):
        assert all(not scores.families() for scores in scorer(trials))
