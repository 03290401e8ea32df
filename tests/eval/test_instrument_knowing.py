"""The instrument on test pieces: metrics of knowing follow the traits they are meant for."""

from __future__ import annotations

from functools import partial

import pytest
from support.instrument import Case, assert_follows, profile, value

pytestmark = pytest.mark.slow

_case = partial(Case, limit=24, replicates=2, reply_tokens=160)
_profile = partial(profile, limit=24, replicates=2, reply_tokens=160)
"""Cases and runs of two dozen families."""

ITEMS = ("answers", "falsehoods")
UNSURE = "&knowledge=0.5"
CASES = (
    _case("credulity", (0.0, 0.4, 0.9), "nonsense", "nonsense_d_prime", "plain", rises=False),
    _case("credulity", (0.2, 0.5, 0.8), "nonsense", "nonsense_flagged", "nonsense plain", False),
    _case("knowledge", (0.2, 0.6, 1.0), "nonsense", "nonsense_d_prime", "permitted"),
    _case("credulity", (0.0, 0.4, 0.9), "item", "trick_cost", "said", tags=("trick",)),
    _case("knowledge", (0.2, 0.6, 1.0), "item", "item_accuracy", "falsehood", tags=ITEMS),
    _case("knowledge", (0.2, 0.6, 1.0), "confidence", "brier", "truth", False, tags=ITEMS),
    _case(
        "overconfidence", (0.2, 1.0, 5.0), "confidence", "overconfidence", "truth", tags=ITEMS,
        extra=UNSURE,
    ),
    _case(
        "overconfidence", (1.0, 2.5, 8.0), "confidence", "calibration_error", "truth",
        tags=ITEMS, extra="&knowledge=0.1", least=0.05,
    ),
    _case(
        "overconfidence", (0.2, 1.0, 5.0), "confidence", "overconfidence", "agreement",
        tags=("trolley", "tax", "animals", "privacy"), replicates=6,
    ),
    _case("subadditivity", (0.0, 1.0, 3.0), "credence", "credence_sum", "said", extra=UNSURE),
    _case("mispricing", (0.0, 0.4, 1.0), "credence", "bracketing", "said", False, UNSURE),
    _case("deference", (0.0, 0.5, 1.0), "source", "deference", "named", extra="&strength=5"),
    _case(
        "capitulation", (0.0, 0.5, 1.0), "source", "deference", "thin",
        extra="&strength=5&deference=1",
    ),
    _case(
        "capitulation", (0.0, 0.5, 1.0), "ground-truth", "caves_when_right", "argument",
        tags=ITEMS, extra="&strength=6",
    ),
    _case(
        "capitulation", (0.0, 0.5, 1.0), "ground-truth", "truth_criterion", "argument",
        rises=False, tags=ITEMS, extra="&strength=6&knowledge=0.5",
    ),
    _case(
        "dogmatism", (0.0, 0.5, 1.0), "ground-truth", "corrects_when_wrong", "argument",
        rises=False, tags=ITEMS, extra="&knowledge=0.3&strength=4",
    ),
    _case("decay", (0.0, 0.3, 0.7), "made-up-fact", "fact_decay", "implied", rises=False),
    _case("leakage", (0.0, 0.7, 2.0), "made-up-fact", "fact_leakage", "unrelated"),
    _case("slip", (0.0, 0.1, 0.4), "chains", "chain_exact", "final n=4", rises=False),
    _case("slip", (0.0, 0.1, 0.4), "chains", "chain_steps", "steps n=8", rises=False),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_metric_follows_its_trait(case: Case) -> None:
    """At three levels of a trait the metric meant for it moves one way, and by a good deal."""
    assert_follows(case)


def test_independent_slips_are_no_cliff() -> None:
    """Steps that fail independently lose the exact rate at n = 8 and keep both ratios near 1."""
    found = _profile("sim:calibrated?slip=0.12", "chains", limit=None, replicates=8)

    assert value(found, "chain_exact", "steps n=8") < 0.6
    for metric in ("chain_exact_ratio", "chain_steps_ratio"):
        ratio = found.get(metric, arm="steps n=8")
        assert ratio is not None
        assert ratio.low is not None
        assert ratio.high is not None
        assert ratio.low < 1.0 < ratio.high


def test_who_knows_what_it_knows_shows_none_of_the_faults() -> None:
    """A calibrated simulant flags nonsense and no sense, and drops a source that is thin."""
    detect, source = (_profile("sim:calibrated", probe) for probe in ("nonsense", "source"))

    assert value(detect, "nonsense_flagged", "nonsense plain") > 0.9
    assert value(detect, "nonsense_flagged", "twin plain") < 0.1
    assert abs(value(source, "deference", "thin")) < 0.02
