"""Simulants: scripted respondents with known latent traits, the instrument's own test pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.bot.simulant.respondent import VERSION, Simulant
from gadfly.bot.simulant.traits import PRESETS, Traits

if TYPE_CHECKING:
    from gadfly.bot.simulant.crib import Crib

__all__ = ["PRESETS", "VERSION", "Simulant", "Traits", "simulant"]


def simulant(spec: str, crib: Crib) -> Simulant:
    """Return the simulant of a spec, ``sim:NAME?trait=value&...``, speaking by a crib.

    Raises:
        ConfigError: The spec names an unknown preset or trait, or a value out of range.
    """
    return Simulant(spec, crib)
