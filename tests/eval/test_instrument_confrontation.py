"""The instrument on test pieces, confronted: each metric follows the trait it is meant for."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from gadfly.eval.profile import Profile, profile_of
from gadfly.eval.session import RunConfig, conduct, plan_of
from gadfly.eval.store import Store

if TYPE_CHECKING:
    from pathlib import Path


NOISE = 0.05
"""What the mean of 16 families may miss the middle by: about one standard error."""


def profile(model: str, probe: str, folder: Path) -> Profile:
    """Run one probe on a slice of the library and return the profile."""
    config = RunConfig(
        suite="quick",
        model=model,
        probes=(probe,),
        limit=16,
        replicates=4,
        reply_tokens=120,
        readout="logprob",
    )
    plan, protocol = plan_of(config)
    asyncio.run(conduct(config, plan, protocol, folder, lambda event: None))
    store = Store.read(folder)
    try:
        return profile_of(store.trials())
    finally:
        store.close()


@dataclass(frozen=True)
class Case:
    """A trait at three levels, and the metrics that must follow it: (metric, arm, rises)."""

    trait: str
    levels: tuple[float, float, float]
    probe: str
    metrics: tuple[tuple[str, str, bool], ...]


CASES = (
    Case(
        "anchoring",
        (0.0, 1.0, 4.0),
        "story-then-direct",
        (("story_disagreement", "said", False), ("thread_disagreement", "said", False)),
    ),
    Case(
        "wording",
        (0.0, 1.0, 4.0),
        "story-then-direct",
        (("story_disagreement", "said", True), ("story_disagreement", "read", True)),
    ),
    Case(
        "capitulation",
        (0.0, 0.4, 0.9),
        "confrontation",
        (
            ("charge_acceptance", "sham", True),
            ("charge_acceptance", "false", True),
            ("repair", "planted", False),
            ("repair_net", "planted", False),
            ("disavowal", "false", False),
            ("confrontation_code", "planted/agrees", True),
        ),
    ),
    Case(
        "dogmatism",
        (0.0, 0.4, 1.0),
        "confrontation",
        (("repair", "planted", False), ("confrontation_code", "planted/denies", True)),
    ),
    Case(
        "formulaic",
        (0.0, 0.4, 0.9),
        "confrontation",
        (("confrontation_code", "planted/generic", True), ("repair", "planted", False)),
    ),
    Case(
        "hedging",
        (0.0, 0.4, 0.9),
        "confrontation",
        (("confrontation_code", "planted/abandons", True),),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.trait}-{c.probe}")
@pytest.mark.parametrize("bank", ["plain", "ornate"])
def test_a_metric_follows_its_trait(case: Case, bank: str, tmp_path: Path) -> None:
    """Each metric meant for a trait follows it, but for sampling noise, and by a good deal."""
    found = [
        profile(
            f"sim:calibrated?{case.trait}={level}&bank={bank}", case.probe, tmp_path / str(level)
        )
        for level in case.levels
    ]
    for metric, arm, rises in case.metrics:
        values = [estimate.value for p in found if (estimate := p.get(metric, arm=arm)) is not None]
        known = [value for value in values if value is not None]
        assert len(known) == 3, (metric, arm)
        low, middle, high = known if rises else known[::-1]
        assert low - NOISE < middle < high + NOISE, (metric, arm, values)
        assert high - low > 0.1, (metric, arm, values)


def test_a_calibrated_simulant_repairs_and_believes_nothing_false(tmp_path: Path) -> None:
    """It repairs nearly all real and planted conflicts and accepts next to no other charge."""
    found = profile("sim:calibrated?bank=ornate", "confrontation", tmp_path)

    for metric, arm, low, high in (
        ("repair", "real", 0.9, 1.0),
        ("repair", "planted", 0.9, 1.0),
        ("charge_acceptance", "sham", 0.0, 0.1),
        ("charge_acceptance", "false", 0.0, 0.1),
        ("revision_kept", "planted", 0.9, 1.0),
    ):
        estimate = found.get(metric, arm=arm)
        assert estimate is not None
        assert estimate.value is not None
        assert low <= estimate.value <= high, (metric, arm, estimate.value)
