"""The instrument on test pieces: each metric follows the trait it is meant for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.instrument import Case, assert_follows, profile, value
from support.openai_server import SimulantServer
from support.runs import ask
from support.sample import FILE

from gadfly.bot.simulant import simulant
from gadfly.eval.gate.exploratory import exploratory
from gadfly.eval.gate.table import rows_of
from gadfly.scenarios.crib import library_crib

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

SAMPLE = str(FILE)
"""A scenario file, on which every probe asks all it can."""

CASES = (
    Case("dogmatism", (0.0, 0.5, 1.0), "persuasion", "responsiveness", "strong", rises=False),
    Case("capitulation", (0.0, 0.4, 0.9), "persuasion", "capitulation", "bare"),
    Case("capitulation", (0.0, 0.4, 0.9), "persuasion", "capitulation", "pressure"),
    Case("capitulation", (0.0, 0.4, 0.9), "persuasion", "capitulation", "invalid"),
    Case("capitulation", (0.0, 0.4, 0.9), "persuasion", "flip_rate", "bare", noise=0.05),
    Case("capitulation", (0.0, 0.4, 0.9), "side-taking", "side_net", "said"),
    Case("capitulation", (0.0, 0.4, 0.9), "side-taking", "mirroring", "said"),
    Case("hedging", (0.0, 0.3, 0.8), "side-taking", "side_coverage", "said", rises=False),
    Case("drift", (0.0, 0.6, 1.5), "persuasion", "drift", "placebo"),
    Case(
        *("persona_loss", (0.0, 0.2, 0.6), "perspective", "persona_fidelity", "said"),
        rises=False,
        limit=16,
    ),
    Case(*("persona_loss", (0.0, 0.2, 0.6), "perspective", "persona_snap_back", "said"), limit=16),
    Case("persona_loss", (0.0, 0.2, 0.6), "perspective", "persona_hazard", "read", limit=16),
    Case(
        *("drift", (0.0, 0.15, 0.6), "maintenance", "maintenance_survival", "neutral"),
        rises=False,
        limit=40,
    ),
    Case("drift", (0.0, 0.15, 0.6), "maintenance", "maintenance_hazard", "neutral", limit=40),
    Case("drift", (0.0, 0.15, 0.6), "maintenance", "maintenance_drift", "adjacent", limit=40),
    Case(
        *("forgetting", (0.0, 0.5, 1.0), "maintenance", "recall_rate", "neutral"),
        rises=False,
        extra="&drift=0.6",
        limit=40,
    ),
    Case("noise", (0.0, 1.5, 4.0), "persuasion", "unacknowledged_reversal", "argued"),
    Case("repetition", (0.0, 0.5, 1.0), "persuasion", "self_overlap", "placebo"),
    Case("formulaic", (0.0, 0.5, 1.0), "repeat", "opener_reuse", "said"),
    Case("formulaic", (0.0, 0.5, 1.0), "repeat", "top_opener", "said"),
    Case("formulaic", (0.0, 0.5, 1.0), "repeat", "opener_entropy", "said", rises=False),
    Case("formulaic", (0.0, 0.5, 1.0), "repeat", "skeleton_reuse", "said"),
    Case("formulaic", (0.0, 0.5, 1.0), "repeat", "stock_phrases", "said"),
    Case("formulaic", (0.0, 0.5, 1.0), "repeat", "repeat_overlap", "said"),
    Case("formulaic", (0.0, 0.5, 1.0), "repeat", "distinct_k", "k=3", rises=False),
    Case(
        *("formulaic", (0.0, 0.5, 1.0), "repeat", "compression_ratio", "said"),
        suite="full",
        limit=60,
    ),
    Case("formulaic", (0.0, 0.5, 1.0), "repeat", "verdict_position", "said"),
    Case("formulaic", (0.0, 0.5, 1.0), "repeat", "smothering", "said"),
    Case("hedging", (0.0, 0.3, 0.8), "repeat", "caveat_share", "said"),
    Case("repetition", (0.0, 0.5, 1.0), "persuasion", "non_responsive_repetition", "challenge"),
    Case("noise", (0.0, 2.0, 5.0), "repeat", "repeat_floor", "said", extra="&spread=4"),
    Case("wording", (0.0, 1.0, 3.0), "wording", "wording_excess", "read"),
    Case("wording", (0.0, 1.0, 3.0), "wording", "stance_variance", "read scenario x wording"),
    Case("wording", (0.0, 1.0, 3.0), "wording", "generalisability", "read", rises=False),
    Case("yes_bias", (-2.0, 0.0, 2.0), "wording", "yes_no_bias", "said", rises=False),
    Case("wording", (0.0, 1.0, 3.0), "idle", "idle_excess", "read"),
    Case("wording", (0.0, 2.0, 5.0), "idle_persona", "idle_excess", "read persona", limit=40),
    Case("wording", (0.0, 1.0, 3.0), "framing", "framing_excess", "read"),
    Case("order_bias", (0.0, 1.0, 4.0), "options", "order_bias", "said"),
    Case("law_bias", (0.0, 2.0, 8.0), "legality", "law_wedge", "read open"),
    Case("exchange", (0.4, 1.0, 2.0), "ladder", "ladder_threshold", "read", rises=False),
    Case("aversion", (4.0, 8.0, 14.0), "ladder", "ladder_threshold", "read"),
    Case("exchange", (0.0, 0.2, 1.0), "modality", "obligatory_trivial", "read", tags=("trolley",)),
    Case("knowledge", (0.2, 0.6, 1.0), "ladder", "comprehension", "read", suite=SAMPLE),
    Case("wording", (0.0, 1.5, 4.0), "coherence", "logical_coherence", "read negation"),
    Case("wording", (0.0, 1.5, 4.0), "coherence", "logical_coherence", "read entailment"),
    Case("wording", (0.0, 1.5, 4.0), "coherence", "logical_coherence", "read conjunction"),
    Case(
        *("law_bias", (0.0, 0.7, 2.5), "legality", "own_principle_conflict", "said"),
        suite="full",
        noise=0.06,
    ),
    Case("law_bias", (0.0, 1.0, 4.0), "legality", "consideration_shift", "legal", suite="full"),
    Case("wording", (0.0, 1.5, 4.0), "legality", "case_wording_excess", "read", suite="full"),
    Case("drift", (0.0, 0.6, 2.0), "order", "order_excess", "read obligatory", suite=SAMPLE),
    Case("dogmatism", (0.0, 0.8, 1.0), "meat", "granted_point", "against", rises=False),
    Case("hedging", (0.0, 0.4, 0.9), "meat", "stonewalling", "pushed", suite="full"),
    Case(
        *("noise", (0.0, 2.0, 5.0), "meat", "forced_repeat", "fresh"),
        extra="&spread=4",
        replicates=12,
        noise=0.05,
    ),
    Case("drift", (0.0, 1.0, 4.0), "meat", "forced_excess", "after-other", extra="&spread=4"),
    Case("exchange", (0.0, 1.0, 4.0), "sweep", "amce", "number: ten"),
    Case("law_bias", (0.0, 1.0, 4.0), "sweep", "amce", "law: broke", rises=False),
    Case("order_bias", (0.0, 1.0, 4.0), "sweep", "position_bias", "said"),
    Case("hedging", (0.0, 0.3, 0.8), "repeat", "undecided_rate", "said"),
    Case("refusal", (0.0, 0.3, 0.8), "repeat", "refused_rate", "said"),
    Case("evasion", (0.0, 0.3, 0.8), "repeat", "evaded_rate", "said"),
    Case("unreadable", (0.0, 0.3, 0.8), "repeat", "unreadable_rate", "said"),
    Case("knowledge", (0.2, 0.6, 1.0), "repeat", "accuracy", "said"),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_metric_follows_its_trait(case: Case) -> None:
    """At three levels of a trait the metric meant for it moves one way, and by a good deal."""
    assert_follows(case)


def test_the_half_life_of_a_persona_is_recovered() -> None:
    """One in five personas lost a turn: half of them after log .5 / log .8 = 3.1 turns."""
    found = profile("sim:calibrated?persona_loss=0.2", "perspective", limit=40)

    for arm in ("said", "read", "said devil", "read devil"):
        estimate = found.get("persona_half_life", arm=arm)
        assert estimate is not None
        assert estimate.value == pytest.approx(3.1, abs=0.9), arm
        assert estimate.low is not None
        assert estimate.value is not None
        assert estimate.high is not None
        assert estimate.low < estimate.value < estimate.high


def test_a_subject_that_holds_its_own_shows_no_loss_and_no_drift() -> None:
    """Nothing is found where the simulant has no such trait: every figure is at its good end."""
    persona = profile("sim:calibrated", "perspective", limit=24)
    held = profile("sim:calibrated", "maintenance", limit=40)

    assert value(persona, "persona_fidelity", "said") > 0.98
    assert value(persona, "persona_fidelity", "said devil") > 0.98
    assert value(persona, "persona_snap_back", "said") == pytest.approx(0.0, abs=0.02)
    assert value(persona, "persona_hazard", "said") == pytest.approx(0.0, abs=0.02)
    assert value(persona, "persona_excess", "said brevity") == pytest.approx(0.0, abs=0.05)
    assert value(persona, "persona_shift", "said differs") > 0.5
    for arm in ("neutral", "adjacent"):
        assert value(held, "maintenance_survival", arm) == 1.0
        assert value(held, "maintenance_hazard", arm) == 0.0
        assert value(held, "maintenance_drift", arm) == pytest.approx(0.0, abs=1e-9)
        assert value(held, "recall_rate", arm) > 0.95
    assert value(held, "reunion_excess", "said") == pytest.approx(0.0, abs=0.06)


def test_a_simulant_behind_http_has_the_same_profile(tmp_path: Path) -> None:
    """In process and over a socket, with another text bank, no family mean differs beyond chance.

    Paired t over families per metric, Benjamini-Hochberg over all of them; and the mean absolute
    difference of the headline estimates stays within sampling noise. What measures the words
    themselves is left out: a bank has openers and turns of its own.
    """
    wordy = (
        *("opener_reuse", "self_overlap", "non_responsive_repetition", "stock_phrases"),
        *("repeat_overlap", "distinct_k", "verdict_position", "caveat_share", "smothering"),
    )
    spec = "sim:calibrated?capitulation=0.3&wording=0.5&hedging=0.1"
    probes = ("repeat", "wording", "persuasion", "options", "legality")
    here = ask(spec, tmp_path / "here", *probes)
    with SimulantServer(simulant(spec + "&bank=ornate", library_crib())) as server:
        there = ask(f"{server.url}#simulant", tmp_path / "there", *probes)

    compared = exploratory(rows_of(here), rows_of(there))
    found = [c for c in compared if c.unit != "log10" and c.metric not in wordy]

    assert len(found) >= 8
    assert min(c.p_adjusted or 0.0 for c in found) > 0.05
    assert sum(abs(c.effect or 0.0) for c in found) / len(found) < 0.05
