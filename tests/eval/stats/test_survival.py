from __future__ import annotations

from math import exp, log

import pytest

from gadfly.eval.stats.survival import decay_hazard, geometric_hazard, half_life, pseudo_values


class TestGeometric:
    def test_a_look_every_turn_gives_departures_over_turns_at_risk(self) -> None:
        """Two of four leave at turn 1, one of two at turn 2: 3 departures in 6 turns at risk."""
        spans = [(0, 1), (0, 1), (1, 2), (2, None)]

        assert geometric_hazard(spans) == pytest.approx(0.5, abs=1e-6)

    def test_departures_between_looks_are_not_put_at_the_later_one(self) -> None:
        """Half gone at a first look after 3 turns: S(3) = 1/2, h = 1 - .5^(1/3)."""
        spans = [(0, 3), (3, None)]

        assert geometric_hazard(spans) == pytest.approx(1.0 - 0.5 ** (1 / 3), abs=1e-6)

    def test_nobody_left_and_everybody_left(self) -> None:
        """The ends of the range are reached exactly."""
        assert geometric_hazard([(6, None)]) == 0.0
        assert geometric_hazard([(0, 1)]) == 1.0

    def test_nothing_to_fit_is_an_error(self) -> None:
        """No spans, no hazard."""
        with pytest.raises(ValueError, match="no spans"):
            geometric_hazard([])


class TestDecay:
    def test_an_exact_curve_gives_its_hazard_whatever_its_size(self) -> None:
        """The size of the effect at the start does not matter."""
        for size in (0.2, 0.9):
            curve = {t: size * 0.7**t for t in (0, 1, 3, 6)}
            assert decay_hazard(curve) == pytest.approx(0.3, abs=1e-5)

    def test_a_curve_that_rises_comes_out_below_zero(self) -> None:
        """Noise is not cut off at nothing lost, so that it averages out."""
        assert decay_hazard({0: 0.5, 1: 0.55}) == pytest.approx(-0.1, abs=1e-5)

    def test_all_lost_at_once(self) -> None:
        """Nothing is left from the first turn on."""
        assert decay_hazard({0: 0.8, 1: 0.0, 3: 0.0}) == pytest.approx(1.0, abs=1e-5)

    def test_one_time_is_no_curve(self) -> None:
        """Two are needed."""
        with pytest.raises(ValueError, match="two times"):
            decay_hazard({0: 0.5})


def test_half_lives() -> None:
    """Log .5 over log(1 - h); none where nothing is lost, at once where everything is."""
    assert half_life(0.2) == pytest.approx(log(0.5) / log(0.8))
    assert half_life(-0.1) is None
    assert half_life(1.0) == 0.0


def test_pseudo_values_of_a_mean_are_the_values() -> None:
    """For a linear fit the jackknife gives back what each family put in."""
    values = {"f": 1.0, "g": 2.0, "h": 6.0}

    found = pseudo_values(values, lambda names: sum(values[n] for n in names) / len(names))

    assert found == pytest.approx(values)


def test_pseudo_values_take_out_the_first_order_bias() -> None:
    """Of exp(mean): k f - (k - 1) f without it; one family has the fit itself."""
    values = {"f": 0.0, "g": 1.0}

    def fitted(names: object) -> float:
        chosen = [values[n] for n in names]  # type: ignore[attr-defined]  # a list of names
        return exp(sum(chosen) / len(chosen))

    found = pseudo_values(values, fitted)

    assert found["f"] == pytest.approx(2 * exp(0.5) - exp(1.0))
    assert found["g"] == pytest.approx(2 * exp(0.5) - 1.0)
    assert pseudo_values({"f": 0.0}, fitted) == {"f": 1.0}


def test_the_order_of_spans_changes_no_digit() -> None:
    """A hazard is of the spans there are, whichever comes first."""
    spans = [(0, 1), (1, 2), (2, None), (0, 2), (1, None), (2, 3), (0, 1), (0, 3)]
    turned = [spans[i:] + spans[:i] for i in range(len(spans))]

    assert len({geometric_hazard(each) for each in turned}) == 1
