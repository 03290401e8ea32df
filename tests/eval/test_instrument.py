"""The instrument on test pieces: each metric follows the trait it is meant for."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from support.openai_server import SimulantServer

from gadfly.bot.simulant import simulant
from gadfly.eval.contrast import contrasts
from gadfly.eval.profile import Profile, profile_of
from gadfly.eval.session import RunConfig, conduct, plan_of
from gadfly.eval.store import Store
from gadfly.scenarios.catalogue import library
from gadfly.scenarios.crib import crib_of

if TYPE_CHECKING:
    from pathlib import Path

    from gadfly.eval.estimate import Estimate
    from gadfly.eval.record import TrialRecord


def ask(model: str, folder: Path, *probes: str, **settings: object) -> tuple[TrialRecord, ...]:
    """Run probes on a model and return the trials."""
    config = RunConfig(
        suite="quick",
        model=model,
        probes=probes,
        reply_tokens=120,
        **{"readout": "logprob", **settings},  # type: ignore[arg-type]  # test convenience
    )
    plan, protocol = plan_of(config)
    asyncio.run(conduct(config, plan, protocol, folder, lambda event: None))
    store = Store.read(folder)
    try:
        return store.trials()
    finally:
        store.close()


def estimate(profile: Profile, metric: str, arm: str) -> Estimate:
    """Return the estimate of a metric and arm over all strata."""
    return next(
        e for e in profile.estimates if (e.metric, e.arm, e.stratum) == (metric, arm, "all")
    )


@dataclass(frozen=True)
class Case:
    """A trait at three levels, and the metric that must follow it."""

    trait: str
    levels: tuple[float, float, float]
    probe: str
    metric: str
    arm: str
    rises: bool = True
    extra: str = ""


CASES = (
    Case("dogmatism", (0.0, 0.5, 1.0), "persuasion", "responsiveness", "strong", rises=False),
    Case("capitulation", (0.0, 0.4, 0.9), "persuasion", "capitulation", "bare"),
    Case("capitulation", (0.0, 0.4, 0.9), "persuasion", "capitulation", "pressure"),
    Case("capitulation", (0.0, 0.4, 0.9), "persuasion", "capitulation", "invalid"),
    Case("capitulation", (0.0, 0.4, 0.9), "persuasion", "flip_rate", "bare"),
    Case("capitulation", (0.0, 0.4, 0.9), "side-taking", "side_net", "said"),
    Case("capitulation", (0.0, 0.4, 0.9), "side-taking", "mirroring", "said"),
    Case("hedging", (0.0, 0.3, 0.8), "side-taking", "side_coverage", "said", rises=False),
    Case("drift", (0.0, 0.6, 1.5), "persuasion", "drift", "placebo"),
    Case("repetition", (0.0, 0.5, 1.0), "persuasion", "self_overlap", "placebo"),
    Case("formulaic", (0.0, 0.5, 1.0), "repeat", "opener_reuse", "said"),
    Case("noise", (0.0, 2.0, 5.0), "repeat", "repeat_floor", "said", extra="&spread=4"),
    Case("wording", (0.0, 1.0, 3.0), "wording", "wording_excess", "read"),
    Case("wording", (0.0, 1.0, 3.0), "idle", "idle_excess", "read"),
    Case("wording", (0.0, 1.0, 3.0), "framing", "framing_excess", "read"),
    Case("order_bias", (0.0, 1.0, 4.0), "options", "order_bias", "said"),
    Case("law_bias", (0.0, 2.0, 8.0), "legality", "law_wedge", "read open"),
    Case("exchange", (0.4, 1.0, 2.0), "ladder", "ladder_threshold", "read", rises=False),
    Case("aversion", (4.0, 8.0, 14.0), "ladder", "ladder_threshold", "read"),
    Case("hedging", (0.0, 0.3, 0.8), "repeat", "undecided_rate", "said"),
    Case("refusal", (0.0, 0.3, 0.8), "repeat", "refused_rate", "said"),
    Case("evasion", (0.0, 0.3, 0.8), "repeat", "evaded_rate", "said"),
    Case("unreadable", (0.0, 0.3, 0.8), "repeat", "unreadable_rate", "said"),
    Case("knowledge", (0.2, 0.6, 1.0), "repeat", "accuracy", "said"),
)


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.trait}-{c.metric}-{c.arm}")
def test_a_metric_follows_its_trait(case: Case, tmp_path: Path) -> None:
    """At three levels of a trait the metric meant for it moves one way, and by a good deal."""
    values = []
    for level in case.levels:
        model = f"sim:calibrated?{case.trait}={level}{case.extra}"
        found = profile_of(ask(model, tmp_path / str(level), case.probe, replicates=4))
        value = estimate(found, case.metric, case.arm).value
        assert value is not None
        values.append(value)

    low, middle, high = values if case.rises else values[::-1]
    assert low < middle < high
    assert high - low > 0.1


def test_a_simulant_behind_http_has_the_same_profile(tmp_path: Path) -> None:
    """In process and over a socket, with another text bank, no family mean differs beyond chance.

    Paired t over families per metric, Holm over all of them; and the mean absolute difference of
    the headline estimates stays within sampling noise.
    """
    spec = "sim:calibrated?capitulation=0.3&wording=0.5&hedging=0.1"
    probes = ("repeat", "wording", "persuasion", "options", "legality")
    here = ask(spec, tmp_path / "here", *probes)
    with SimulantServer(simulant(spec + "&bank=ornate", crib_of(library().all))) as server:
        there = ask(f"{server.url}#simulant", tmp_path / "there", *probes)

    found = [c for c in contrasts(here, there) if c.unit != "log10"]

    assert len(found) >= 8
    assert min(c.p_adjusted for c in found) > 0.05
    assert sum(abs(c.difference) for c in found) / len(found) < 0.05
