from __future__ import annotations

from dataclasses import fields

import pytest

from gadfly.bot.errors import ConfigError
from gadfly.bot.simulant.traits import PRESETS, RANGES, Traits, parse_spec, spec_of


def test_every_preset_is_found_by_its_spec() -> None:
    """A bare name gives the preset itself, and the canonical spec gives the name back."""
    for name, traits in PRESETS.items():
        assert parse_spec(f"sim:{name}") == (name, traits)
        assert spec_of(name, traits) == f"sim:{name}"


def test_every_preset_but_one_differs_from_calibrated() -> None:
    """No two presets are the same simulant."""
    assert len(set(PRESETS.values())) == len(PRESETS)


def test_traits_are_overridden_in_the_spec() -> None:
    """Values after the question mark replace the preset's."""
    name, traits = parse_spec("sim:calibrated?capitulation=0.4&bank=ornate&seed=7")
    assert name == "calibrated"
    assert traits == Traits(capitulation=0.4, bank="ornate", seed=7)


def test_the_canonical_spec_is_sorted_and_leaves_out_what_the_preset_says() -> None:
    """However a spec is written, the same simulant has one name."""
    name, traits = parse_spec("sim:sycophant?noise=1&capitulation=0.90&dogmatism=.5")
    assert spec_of(name, traits) == "sim:sycophant?dogmatism=0.5&noise=1.0"
    assert parse_spec(spec_of(name, traits)) == (name, traits)


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("sim:calibratd", "did you mean 'calibrated'"),
        ("sim:", "unknown simulant ''"),
        ("smollm2", "sim:NAME"),
        ("sim:calibrated?capitulaton=1", "did you mean 'capitulation'"),
        ("sim:calibrated?noise=loud", "'noise' needs a number, got 'loud'"),
        ("sim:calibrated?noise=", "'noise' needs a number, got ''"),
        ("sim:calibrated?seed=1.5", "'seed' needs a whole number"),
        ("sim:calibrated?dogmatism=1.1", r"'dogmatism' must lie in 0\.\.1, got 1\.1"),
        ("sim:calibrated?dogmatism=nan", "'dogmatism' must lie in"),
        ("sim:calibrated?seed=-1", "'seed' must lie in"),
        ("sim:calibrated?bank=plane", "did you mean 'plain'"),
        ("sim:calibrated?noise=1&noise=2", "given twice"),
        ("sim:calibrated?noise", "cannot read 'noise'"),
    ],
)
def test_a_wrong_spec_says_what_is_wrong(spec: str, message: str) -> None:
    """A spec that cannot be is refused with the name, the range or what is near."""
    with pytest.raises(ConfigError, match=message):
        parse_spec(spec)


def test_every_number_has_a_range_that_holds_its_default() -> None:
    """No numeric trait goes unchecked."""
    numbers = {field.name for field in fields(Traits)} - {"bank"}
    assert set(RANGES) == numbers
