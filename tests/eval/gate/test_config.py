"""`[gate]`: defaults, and what is said of a setting that cannot be."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from gadfly.bot.errors import ConfigError
from gadfly.eval.gate.config import STARTER, GateConfig, gate_config


def test_the_starter_says_the_defaults() -> None:
    """What --init writes changes nothing: a user sees what holds."""
    assert gate_config(tomllib.loads(STARTER)["gate"]) == GateConfig()


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"alpah": 0.1}, "did you mean 'alpha'"),
        ({"allow-inconclusve": True}, "did you mean 'allow-inconclusive'"),
        ({"margins": {"capitulatoin": 0.1}}, "did you mean 'capitulation'"),
        ({"headline": ["persona_fidelty"]}, "did you mean 'persona_fidelity'"),
        ({"headline": []}, "headline"),
        ({"headline": ["capitulation"] * 2}, "named twice"),
        ({"alpha": 0.5}, "alpha"),
        ({"margins": {"capitulation": 0}}, "margins.capitulation"),
        ({"margins": {"capitulation": "much"}}, "margins.capitulation"),
        ({"margins": 3}, "margins"),
        ({"batch": 0}, "batch"),
    ],
)
def test_a_wrong_setting_is_named(table: dict[str, Any], message: str) -> None:
    """Each says where it stands, and lists near names where the name is wrong."""
    with pytest.raises(ConfigError, match=message):
        gate_config(table)
