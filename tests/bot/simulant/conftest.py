"""A library of many small families and one with every part, and the crib over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.scenario import make_scenario

from gadfly.scenarios.crib import crib_of

if TYPE_CHECKING:
    from gadfly.bot.simulant.crib import Crib
    from gadfly.scenarios.scenario import Scenario

N_FAMILIES = 60


@pytest.fixture(scope="session")
def families() -> tuple[Scenario, ...]:
    """Contested families."""
    return tuple(make_scenario(f"gate{i}", parts=False) for i in range(N_FAMILIES))


@pytest.fixture(scope="session")
def settled() -> tuple[Scenario, ...]:
    """Families with a right side, A and B by turns."""
    return tuple(
        make_scenario(f"bridge{i}", truth="a" if i % 2 else "b", parts=False)
        for i in range(N_FAMILIES)
    )


@pytest.fixture(scope="session")
def full() -> Scenario:
    """A family with every part."""
    return make_scenario("park")


@pytest.fixture(scope="session")
def crib(families: tuple[Scenario, ...], settled: tuple[Scenario, ...], full: Scenario) -> Crib:
    """The crib over all of them."""
    return crib_of((*families, *settled, full))
