from __future__ import annotations

import statistics

import pytest

from gadfly.bot.simulant.chance import Chance, fixed_normal, fixed_uniform


def test_a_stream_is_a_function_of_its_parts() -> None:
    """The same parts give the same numbers, other parts or other cuts between them do not."""
    first = [Chance("a", b"b", 3).uniform() for _ in range(2)]
    assert first[0] == first[1]
    assert Chance("ab", b"", 3).uniform() != first[0]
    assert Chance("a", b"b", 4).uniform() != first[0]


def test_a_long_stream_does_not_repeat() -> None:
    """Numbers keep coming past the first block of hashed bytes, all different."""
    chance = Chance("long")
    numbers = [chance.uniform() for _ in range(1000)]
    assert len(set(numbers)) == 1000
    assert all(0.0 < x < 1.0 for x in numbers)
    # SD of a mean of 1000 uniforms is 0.0091.
    assert statistics.mean(numbers) == pytest.approx(0.5, abs=0.04)


def test_normal_numbers_have_mean_zero_and_sd_one() -> None:
    """The normal draws look standard normal."""
    chance = Chance("normal")
    numbers = [chance.normal() for _ in range(2000)]
    assert statistics.mean(numbers) == pytest.approx(0.0, abs=0.1)
    assert statistics.stdev(numbers) == pytest.approx(1.0, abs=0.07)


def test_certain_and_impossible_events() -> None:
    """Probability 0 never happens and probability 1 always does."""
    chance = Chance("edge")
    assert not any(chance.happens(0.0) for _ in range(500))
    assert all(chance.happens(1.0) for _ in range(500))


def test_pick_reaches_every_choice() -> None:
    """Every choice is picked, about equally often."""
    chance = Chance("pick")
    picked = [chance.pick("abcd") for _ in range(2000)]
    assert all(420 < picked.count(letter) < 580 for letter in "abcd")


def test_fixed_numbers_stay() -> None:
    """A number that belongs to some parts is the same whenever it is asked for."""
    assert fixed_normal("x", 1) == fixed_normal("x", 1) != fixed_normal("x", 2)
    assert fixed_uniform("x", 1) == fixed_uniform("x", 1) != fixed_uniform("x", 2)
