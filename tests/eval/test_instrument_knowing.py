"""The instrument on test pieces: metrics of knowing follow the traits they are meant for."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from gadfly.eval.profile import profile_of
from gadfly.eval.session import RunConfig, conduct, plan_of
from gadfly.eval.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from gadfly.eval.profile import Profile


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
    tags: tuple[str, ...] = ()
    least: float = 0.1
    replicates: int = 2


ITEMS = ("answers", "falsehoods")
UNSURE = "&knowledge=0.5"
CASES = (
    Case("credulity", (0.0, 0.4, 0.9), "nonsense", "nonsense_d_prime", "plain", rises=False),
    Case("credulity", (0.2, 0.5, 0.8), "nonsense", "nonsense_flagged", "nonsense plain", False),
    Case("knowledge", (0.2, 0.6, 1.0), "nonsense", "nonsense_d_prime", "permitted"),
    Case("credulity", (0.0, 0.4, 0.9), "item", "trick_cost", "said", tags=("trick",)),
    Case("knowledge", (0.2, 0.6, 1.0), "item", "item_accuracy", "falsehood", tags=ITEMS),
    Case("knowledge", (0.2, 0.6, 1.0), "confidence", "brier", "truth", False, tags=ITEMS),
    Case(
        "overconfidence", (0.2, 1.0, 5.0), "confidence", "overconfidence", "truth", tags=ITEMS,
        extra=UNSURE,
    ),
    Case(
        "overconfidence", (1.0, 2.5, 8.0), "confidence", "calibration_error", "truth",
        tags=ITEMS, extra="&knowledge=0.1", least=0.05,
    ),
    Case(
        "overconfidence", (0.2, 1.0, 5.0), "confidence", "overconfidence", "agreement",
        tags=("trolley", "tax", "animals", "privacy"), replicates=6,
    ),
    Case("subadditivity", (0.0, 1.0, 3.0), "credence", "credence_sum", "said", extra=UNSURE),
    Case("mispricing", (0.0, 0.4, 1.0), "credence", "bracketing", "said", False, UNSURE),
    Case("deference", (0.0, 0.5, 1.0), "source", "deference", "named", extra="&strength=5"),
    Case(
        "capitulation", (0.0, 0.5, 1.0), "source", "deference", "thin",
        extra="&strength=5&deference=1",
    ),
    Case(
        "capitulation", (0.0, 0.5, 1.0), "ground-truth", "caves_when_right", "argument",
        tags=ITEMS, extra="&strength=6",
    ),
    Case(
        "capitulation", (0.0, 0.5, 1.0), "ground-truth", "truth_criterion", "argument",
        rises=False, tags=ITEMS, extra="&strength=6&knowledge=0.5",
    ),
    Case(
        "dogmatism", (0.0, 0.5, 1.0), "ground-truth", "corrects_when_wrong", "argument",
        rises=False, tags=ITEMS, extra="&knowledge=0.3&strength=4",
    ),
    Case("decay", (0.0, 0.3, 0.7), "made-up-fact", "fact_decay", "implied", rises=False),
    Case("leakage", (0.0, 0.7, 2.0), "made-up-fact", "fact_leakage", "unrelated"),
    Case("slip", (0.0, 0.1, 0.4), "chains", "chain_exact", "final n=4", rises=False),
    Case("slip", (0.0, 0.1, 0.4), "chains", "chain_steps", "steps n=8", rises=False),
)  # fmt: skip


def profile(model: str, folder: Path, case: Case) -> Profile:
    """Run a case's probe on two dozen families, and return the profile."""
    config = RunConfig(
        suite="quick",
        model=model,
        probes=(case.probe,),
        tags=case.tags,
        limit=24,
        replicates=case.replicates,
        reply_tokens=160,
        readout="logprob",
    )
    plan, protocol = plan_of(config)
    asyncio.run(conduct(config, plan, protocol, folder, lambda event: None))
    store = Store.read(folder)
    try:
        return profile_of(store.trials())
    finally:
        store.close()


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.trait}-{c.metric}-{c.arm}")
def test_a_metric_follows_its_trait(case: Case, tmp_path: Path) -> None:
    """At three levels of a trait the metric meant for it moves one way, and by a good deal."""
    values = []
    for level in case.levels:
        model = f"sim:calibrated?{case.trait}={level}{case.extra}"
        found = profile(model, tmp_path / str(level), case).get(case.metric, arm=case.arm)
        assert found is not None
        assert found.value is not None
        values.append(found.value)

    low, middle, high = values if case.rises else values[::-1]
    assert low < middle < high
    assert high - low > case.least


def test_independent_slips_are_no_cliff(tmp_path: Path) -> None:
    """Steps that fail independently lose the exact rate at n = 8 and keep both ratios near 1."""
    case = Case("slip", (0.1, 0.1, 0.1), "chains", "", "")

    found = profile("sim:calibrated?slip=0.12", tmp_path / "run", case)

    exact = found.get("chain_exact", arm="steps n=8")
    assert exact is not None
    assert exact.value is not None
    assert exact.value < 0.6
    for metric in ("chain_exact_ratio", "chain_steps_ratio"):
        ratio = found.get(metric, arm="steps n=8")
        assert ratio is not None
        assert ratio.low is not None
        assert ratio.high is not None
        assert ratio.low < 1.0 < ratio.high


def test_who_knows_what_it_knows_shows_none_of_the_faults(tmp_path: Path) -> None:
    """A calibrated simulant flags nonsense and no sense, and drops a source that is thin."""
    detect = profile("sim:calibrated", tmp_path / "n", Case("", (0, 0, 0), "nonsense", "", ""))
    source = profile("sim:calibrated", tmp_path / "s", Case("", (0, 0, 0), "source", "", ""))

    missed, false = (
        detect.get("nonsense_flagged", arm=arm) for arm in ("nonsense plain", "twin plain")
    )
    thin = source.get("deference", arm="thin")
    assert missed is not None
    assert false is not None
    assert thin is not None
    assert (missed.value or 0.0) > 0.9
    assert (false.value or 0.0) < 0.1
    assert abs(thin.value or 0.0) < 0.02
