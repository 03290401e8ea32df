"""The rule by which reasons move the credence."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gadfly.bot.sparring.ledger import DECAY, LIMIT, STEP, Ledger, Reason, credit

SHARES = st.floats(0.0, 1.0)
REASONS = st.lists(
    st.builds(
        lambda side, soundness, novelty: (side, soundness, novelty),
        st.sampled_from(("a", "b")),
        SHARES,
        SHARES,
    ),
    max_size=6,
)


def ledger(found: list[tuple[str, float, float]], opening: float = 0.85) -> Ledger:
    made = Ledger(opening=opening)
    for at, (side, soundness, novelty) in enumerate(found):
        made = made.given(
            Reason(
                at=at,
                by="user",
                side="a" if side == "a" else "b",
                text=f"reason {at}",
                soundness=soundness,
                novelty=novelty,
            )
        )
    return made


def reason(side: str = "b", soundness: float = 1.0, novelty: float = 1.0, at: int = 0) -> Reason:
    return Reason(
        at=at,
        by="user",
        side="a" if side == "a" else "b",
        text="x",
        soundness=soundness,
        novelty=novelty,
    )


def test_one_sound_new_reason_is_worth_a_step() -> None:
    """From .85 the log-odds go to .85 - STEP, and with that to the other side."""
    after = Ledger(opening=0.85).given(reason())

    assert after.log_odds == pytest.approx(0.85 - STEP)
    assert (Ledger(opening=0.85).side, after.side) == ("a", "b")


def test_a_second_reason_for_a_side_counts_less() -> None:
    """Two of equal weight are worth a step and DECAY steps."""
    after = ledger([("b", 1.0, 1.0), ("b", 1.0, 1.0)])

    assert after.log_odds == pytest.approx(0.85 - STEP * (1.0 + DECAY))


@pytest.mark.parametrize(
    ("soundness", "novelty", "moves"),
    [(0.3, 1.0, False), (0.1, 1.0, False), (1.0, 0.0, False), (0.5, 1.0, True), (0.9, 0.1, True)],
)
def test_flawed_and_repeated_reasons_move_nothing(
    soundness: float, novelty: float, *, moves: bool
) -> None:
    """Soundness at or below .3, or no novelty, leaves the credence where it was."""
    before = Ledger(opening=0.85)

    assert (before.given(reason("b", soundness, novelty)).credence != before.credence) is moves


@given(REASONS, st.floats(-2.2, 2.2))
def test_the_order_of_reasons_does_not_matter(
    found: list[tuple[str, float, float]], opening: float
) -> None:
    """Any order of the same reasons comes to the same credence."""
    credences = {
        round(ledger(list(order), opening).credence, 9) for order in list(permutations(found))[:24]
    }

    assert len(credences) == 1


@given(REASONS, st.floats(-2.2, 2.2))
def test_the_credence_is_bounded(found: list[tuple[str, float, float]], opening: float) -> None:
    """No heap of reasons drives it past the limit."""
    assert -LIMIT <= ledger(found * 5, opening).log_odds <= LIMIT


@given(REASONS, REASONS, st.floats(-2.2, 2.2))
def test_taking_a_premise_back_undoes_just_its_own_weight(
    first: list[tuple[str, float, float]],
    later: list[tuple[str, float, float]],
    opening: float,
) -> None:
    """With one reason withdrawn the credence is what it would be had it never been given."""
    both = ledger([*first, ("b", 1.0, 1.0), *later], opening)
    without = ledger([*first, *later], opening)

    assert both.withdrawn(len(first)).credence == pytest.approx(without.credence)


@given(REASONS, SHARES, SHARES)
def test_a_reason_never_moves_away_from_its_side(
    found: list[tuple[str, float, float]], soundness: float, novelty: float
) -> None:
    """One more reason for B never raises the credence of A."""
    before = ledger(found)

    assert before.given(reason("b", soundness, novelty, 99)).credence <= before.credence + 1e-12


def test_the_bots_own_reasons_weigh_nothing() -> None:
    """They are in its opening stance already."""
    before = Ledger(opening=0.85)

    assert before.given(replace(reason("a"), by="bot")).credence == before.credence


def test_an_answered_reason_keeps_its_weight_and_a_withdrawn_one_is_not_answered() -> None:
    """Status "answered" is for the account only."""
    given_one = Ledger(opening=0.85).given(reason())

    assert given_one.answered(0, "user").credence == given_one.credence
    assert given_one.withdrawn(0).answered(0, "user").reasons[0].status == "withdrawn"


def test_a_side_can_be_assigned_whatever_was_argued() -> None:
    """`put_at` sets the log-odds now; the reasons stay on record."""
    assigned = ledger([("b", 1.0, 1.0)]).put_at(2.0)

    assert assigned.log_odds == pytest.approx(2.0)
    assert len(assigned.reasons) == 1


@given(SHARES, SHARES)
def test_credit_grows_with_soundness(one: float, two: float) -> None:
    """More soundness never earns less."""
    low, high = sorted((one, two))

    assert credit(low) <= credit(high)
