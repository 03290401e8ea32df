from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gadfly.bot.readout.fidelity import Item, decide, item, sampling_gap, slope
from gadfly.bot.stance import Reading, Stance

EVEN = [i / 11 for i in range(12)]


def faithful(n: int = 12, mass: float = 0.95, stretch: float = 1.0) -> list[Item]:
    """Return items whose sampled stance is the logprob stance, stretched about 1/2."""
    return [
        Item(
            label_mass=mass,
            p_logprob=p,
            p_sampled=0.5 + stretch * (p - 0.5),
            a=round(12 * p),
            b=12 - round(12 * p),
        )
        for p in EVEN[:n]
    ]


def test_faithful_readouts_choose_logprob() -> None:
    """Full label mass and identical stances let one-token reads stand in."""
    verdict = decide(faithful())
    assert verdict.choice == "logprob"
    assert (verdict.items, verdict.compared, verdict.share_mass) == (12, 12, 1.0)
    assert verdict.mean_gap == pytest.approx(0.0, abs=1e-12)
    assert verdict.slope == pytest.approx(1.0, abs=1e-12)


def test_little_label_mass_on_too_many_items_chooses_sampled() -> None:
    """Ten of twelve items with mass are 83 %, below the 90 % asked for."""
    light = [Item(label_mass=m, p_logprob=0.5, p_sampled=0.5, a=6, b=6) for m in (0.89, None)]
    verdict = decide([*faithful(10), *light])
    assert verdict.choice == "sampled"
    assert verdict.share_mass == pytest.approx(10 / 12, abs=1e-12)
    assert "label mass" in verdict.reason


def test_exactly_nine_in_ten_is_enough() -> None:
    """The bound on label mass is inclusive: 36 of 40 pass."""
    items = faithful() * 3 + [
        Item(label_mass=0.2, p_logprob=0.5, p_sampled=0.5, a=6, b=6) for _ in range(4)
    ]
    assert len(items) == 40
    assert decide(items).choice == "logprob"


def test_a_gap_beyond_noise_chooses_sampled() -> None:
    """A constant shift of .3 is more than twelve draws explain."""
    items = [
        Item(label_mass=1.0, p_logprob=p * 0.7, p_sampled=p * 0.7 + 0.3, a=6, b=6) for p in EVEN
    ]
    verdict = decide(items)
    assert verdict.choice == "sampled"
    assert verdict.mean_gap == pytest.approx(0.3, abs=1e-12)
    assert verdict.gap_beyond_noise is not None
    assert 0.15 < verdict.gap_beyond_noise < 0.3
    assert "noise" in verdict.reason


@pytest.mark.parametrize(
    ("stretch", "choice"), [(0.79, "sampled"), (0.8, "logprob"), (0.95, "logprob")]
)
def test_slope_bounds(stretch: float, choice: str) -> None:
    """A sampled stance flatter than .8 of the logprob stance is not the same measurement."""
    verdict = decide(faithful(stretch=stretch))
    assert verdict.choice == choice
    assert verdict.slope == pytest.approx(stretch, abs=1e-12)


def test_a_steep_slope_chooses_sampled() -> None:
    """A logprob stance that hardly leaves the middle while the answers do is rejected."""
    items = [
        Item(label_mass=1.0, p_logprob=0.5 + 0.7 * (p - 0.5), p_sampled=p, a=6, b=6) for p in EVEN
    ]
    verdict = decide(items)
    assert verdict.choice == "sampled"
    assert verdict.slope == pytest.approx(1 / 0.7, abs=1e-9)
    assert "slope" in verdict.reason


def test_constant_logprob_stance_has_no_slope() -> None:
    """Without variation in the regressor fidelity cannot be shown, so sampled it is."""
    items = [Item(label_mass=1.0, p_logprob=0.5, p_sampled=0.5, a=6, b=6)] * 12
    verdict = decide(items)
    assert verdict.choice == "sampled"
    assert verdict.slope is None
    assert "vary" in verdict.reason


def test_too_few_comparable_items_choose_sampled() -> None:
    """Items without a stance in either readout count for label mass and not for the rest."""
    mute = [
        Item(label_mass=1.0, p_logprob=None, p_sampled=0.5, a=1, b=1),
        Item(label_mass=1.0, p_logprob=0.5, p_sampled=None),
        Item(label_mass=1.0, p_logprob=0.5, p_sampled=0.5),
    ]
    verdict = decide([*faithful(9), *mute])
    assert (verdict.choice, verdict.items, verdict.compared) == ("sampled", 12, 9)
    assert "9 items" in verdict.reason


def test_no_items_choose_sampled() -> None:
    """An empty calibration slice says nothing, and says so."""
    verdict = decide([])
    assert verdict.choice == "sampled"
    assert verdict.share_mass is None
    assert verdict.mean_gap is None
    assert verdict.slope is None
    assert "no calibration items" in verdict.reason


def test_item_from_readings() -> None:
    """Mass and stance come from the logprob reading, counts from the sampled one."""
    logprob = Reading(
        readout="logprob", outcome="answered", stance=Stance(0.75, 0.6, 0.2), label_mass=0.97
    )
    sampled = Reading(readout="sampled", outcome="answered", stance=Stance(0.5, 7.0, 4.0))
    mute = Reading(readout="sampled", outcome="undecided")
    assert item(logprob, sampled) == Item(label_mass=0.97, p_logprob=0.75, p_sampled=0.5, a=7, b=4)
    assert item(logprob, mute) == Item(label_mass=0.97, p_logprob=0.75, p_sampled=None)


def test_sampling_gap_by_hand() -> None:
    """Two draws at p=.25: |0-.25|*9/16 + |.5-.25|*6/16 + |1-.25|*1/16 = 9/32."""
    assert sampling_gap(0.25, 2) == pytest.approx(9 / 32, abs=1e-12)


@given(st.floats(0, 1), st.integers(1, 40))
def test_sampling_gap_is_symmetric_and_below_the_standard_deviation(p: float, n: int) -> None:
    """Noise is the same for p and 1-p, and a mean absolute deviation never exceeds the SD."""
    gap = sampling_gap(p, n)
    assert gap == pytest.approx(sampling_gap(1 - p, n), abs=1e-9)
    assert gap <= math.sqrt(p * (1 - p) / n) + 1e-9


def test_slope_without_points_is_none() -> None:
    """There is no slope through nothing, nor through one point."""
    assert slope([]) is None
    assert slope([(0.3, 0.4)]) is None
