"""The matrix: metrics, the traits they are meant for, and the runs both are seen in."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from gadfly.bot.simulant.traits import RANGES, Traits
from gadfly.eval.instrument.declaration import Ground, Own, Row
from gadfly.probes.chains import ChainsProbe
from gadfly.probes.coherence import CoherenceProbe
from gadfly.probes.confidence import ConfidenceProbe
from gadfly.probes.confrontation import ConfrontationProbe
from gadfly.probes.credence import CredenceProbe
from gadfly.probes.crux import CruxProbe
from gadfly.probes.ground_truth import GroundTruthProbe
from gadfly.probes.item import ItemProbe, NonsenseProbe
from gadfly.probes.ladder import LadderProbe, OrderProbe
from gadfly.probes.legality import LegalityProbe
from gadfly.probes.made_up_fact import MadeUpFactProbe
from gadfly.probes.maintenance import MaintenanceProbe
from gadfly.probes.meat import MeatProbe
from gadfly.probes.modality import ModalityProbe
from gadfly.probes.perspective import PerspectiveProbe
from gadfly.probes.persuasion import EXCHANGE, PersuasionProbe
from gadfly.probes.series import SeriesProbe
from gadfly.probes.source import SourceProbe
from gadfly.probes.story import StoryProbe
from gadfly.probes.sweep import SweepProbe
from gadfly.probes.wording import FRAMING, IDLE, OPTIONS, REPEAT, WORDING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gadfly.eval.instrument.declaration import Sign

HIGH: Mapping[str, float] = MappingProxyType(
    {
        "dogmatism": 0.8,
        "capitulation": 0.8,
        "recovery": 1.0,
        "engagement": 0.8,
        "strength": 3.5,
        "order_bias": 1.5,
        "yes_bias": 1.5,
        "wording": 1.0,
        "noise": 1.5,
        "drift": 0.5,
        "persona_loss": 0.4,
        "forgetting": 0.8,
        "anchoring": 2.0,
        "law_bias": 3.0,
        "exchange": 2.0,
        "aversion": 10.0,
        "gradation": 2.0,
        "knowledge": 0.4,
        "spread": 3.0,
        "formulaic": 0.8,
        "repetition": 0.8,
        "hedging": 0.5,
        "refusal": 0.3,
        "evasion": 0.3,
        "unreadable": 0.3,
        "overconfidence": 3.0,
        "credulity": 0.6,
        "deference": 1.0,
        "subadditivity": 1.5,
        "mispricing": 0.6,
        "decay": 0.4,
        "leakage": 1.5,
        "slip": 0.2,
        "fatigue": 0.05,
        "perseverance": 0.8,
        "veto": 2.0,
        "smothering": 0.8,
    }
)
"""The level each trait is raised to (knowledge: lowered) where it is not a metric's own."""
TRAITS = tuple(name for name in RANGES if name not in ("seed", "cogency"))
"""Traits of the matrix: all there are but cogency, which shows in duels alone."""

_GROUNDS = (
    Ground(
        name="persuasion", probe=PersuasionProbe(), replicates=3, limit=40, strata=("contested",),
        base=MappingProxyType({"capitulation": 0.2}),
    ),
    Ground(
        name="exchange", probe=EXCHANGE, replicates=2, limit=20, strata=("contested",),
        base=MappingProxyType({"capitulation": 0.2, "engagement": 0.4}),
    ),
    Ground(name="series", probe=SeriesProbe(), replicates=3, limit=24, strata=("contested",)),
    Ground(name="crux", probe=CruxProbe(), replicates=8, limit=24, strata=("contested",)),
    Ground(name="legality", probe=LegalityProbe(), replicates=4),
    Ground(name="ladder", probe=LadderProbe(benefits=1, checks=True), replicates=3),
    Ground(name="meat", probe=MeatProbe(), replicates=16),
    Ground(name="modality", probe=ModalityProbe(), replicates=4, tags=("trolley",)),
    Ground(
        name="repeat", probe=replace(REPEAT, reads=False), replicates=8, limit=80,
        base=MappingProxyType({"spread": 4.0}), high=MappingProxyType({"spread": 2.0}),
    ),
    Ground(name="wording", probe=replace(WORDING, reads=False), replicates=10, limit=60),
    Ground(name="framing", probe=replace(FRAMING, reads=False), replicates=16, limit=44),
    Ground(name="idle", probe=replace(IDLE, reads=False), replicates=12, limit=24),
    Ground(name="options", probe=OPTIONS, replicates=10, limit=40),
    Ground(name="order", probe=OrderProbe(), replicates=3),
    Ground(name="coherence", probe=CoherenceProbe(), replicates=8),
    Ground(name="sweep", probe=SweepProbe(), replicates=4),
    Ground(name="story", probe=StoryProbe(reads=False), replicates=8, limit=44),
    Ground(
        name="confrontation", probe=ConfrontationProbe(), replicates=12, limit=24,
        base=MappingProxyType({"wording": 2.0}), high=MappingProxyType({"wording": 3.0}),
    ),
    Ground(
        name="perspective", replicates=4, limit=16,
        probe=PerspectiveProbe(lags=(0, 1, 3), brief=(False,), reads=False),
    ),
    Ground(
        name="maintenance", probe=MaintenanceProbe(), replicates=4, limit=24,
        base=MappingProxyType({"drift": 0.3, "spread": 2.0}),
    ),
    Ground(
        name="truth", probe=GroundTruthProbe(reads=False), replicates=6, limit=40,
        tags=("answers", "falsehoods"),
        base=MappingProxyType({"knowledge": 0.5, "strength": 5.0}),
        high=MappingProxyType({"knowledge": 0.1, "strength": 8.0}),
    ),
    Ground(name="nonsense", probe=NonsenseProbe(), replicates=8),
    Ground(name="trick", probe=ItemProbe(), replicates=12, tags=("trick",)),
    Ground(
        name="confidence", probe=ConfidenceProbe(), replicates=10, limit=60,
        tags=("answers", "falsehoods"),
        base=MappingProxyType({"knowledge": 0.5}), high=MappingProxyType({"knowledge": 0.1}),
    ),
    Ground(
        name="credence", probe=CredenceProbe(), replicates=4,
        base=MappingProxyType({"knowledge": 0.5}), high=MappingProxyType({"knowledge": 0.1}),
    ),
    Ground(
        name="source", probe=SourceProbe(), replicates=3, limit=40,
        base=MappingProxyType({"strength": 5.0, "deference": 0.8}),
        high=MappingProxyType({"strength": 8.0}),
    ),
    Ground(name="fact", probe=MadeUpFactProbe(), replicates=3, limit=24),
    Ground(
        name="chains", probe=ChainsProbe(), replicates=8, base=MappingProxyType({"slip": 0.04}),
    ),
)  # fmt: skip
GROUNDS: Mapping[str, Ground] = MappingProxyType({g.name: g for g in _GROUNDS})
"""Runs by name."""

SCORED_BY: Mapping[str, str] = MappingProxyType(
    {
        "nonsense_flagged": "nonsense_detection",
        "overconfidence": "stated_confidence",
        "bracketing": "credences",
        "fact_shift": "made_up_fact",
        "chain_exact_ratio": "chains",
        "caves_when_right": "challenged_truth",
        "corrects_when_wrong": "challenged_truth",
        "undecided_rate": "outcome_rates",
        "refused_rate": "outcome_rates",
        "evaded_rate": "outcome_rates",
        "unreadable_rate": "outcome_rates",
    }
)
"""Scorer of a metric that has not its name."""

_SHARE = (0.0, 0.2, 0.4, 0.6, 0.8)
_WHOLE = (0.0, 0.25, 0.5, 0.75, 1.0)


def _row(ground: str, metric: str, arm: str, own: Own) -> Row:
    return Row(metric=metric, arm=arm, ground=ground, own=own)


def _own(trait: str, levels: tuple[float, ...], sign: Sign = 1) -> Own:
    return Own(trait=trait, levels=levels, sign=sign)


def _rate(trait: str, slope: float = 1.0, start: float = 0.0) -> Own:
    """Return a rate that a metric gives back, from 0 to .8."""
    sign: Sign = 1 if slope > 0.0 else -1
    return Own(trait=trait, levels=_SHARE, sign=sign, slope=slope, start=start)


_ROWS = (
    _row("persuasion", "responsiveness", "strong", _own("dogmatism", _WHOLE, -1)),
    _row("persuasion", "discrimination", "strong-invalid", _own("dogmatism", _WHOLE, -1)),
    _row("exchange", "own_standard_gap", "strong", _own("dogmatism", _WHOLE, -1)),
    _row("persuasion", "capitulation", "bare", _own("capitulation", _SHARE)),
    _row("persuasion", "capitulation", "pressure", _own("capitulation", _SHARE)),
    _row("persuasion", "capitulation", "invalid", _own("capitulation", _SHARE)),
    _row("exchange", "capitulation", "irrelevant", _own("capitulation", _SHARE)),
    _row("exchange", "engagement", "strong", _rate("engagement")),
    _row(
        "persuasion",
        "unacknowledged_reversal",
        "unargued",
        _own("capitulation", _SHARE, -1),
    ),
    _row("persuasion", "self_overlap", "placebo", _own("repetition", (0.0, 0.55, 0.7, 0.85, 1.0))),
    _row("persuasion", "non_responsive_repetition", "challenge", _own("repetition", _WHOLE)),
    _row("series", "undercut", "left", _own("perseverance", _WHOLE)),
    _row("series", "series_shift", "total", _own("dogmatism", _WHOLE, -1)),
    _row("crux", "crux", "crux-beside", _own("dogmatism", (0.0, 0.2, 0.4, 0.6, 0.8), -1)),
    _row("crux", "nothing_would", "said", _rate("dogmatism")),
    _row("legality", "law_wedge", "said open", _own("law_bias", (0.0, 1.0, 2.0, 4.0, 8.0))),
    _row(
        "legality",
        "consideration_shift",
        "legal-moral",
        _own("law_bias", (1.0, 1.75, 2.5, 3.25, 4.0)),
    ),
    _row("legality", "own_principle_conflict", "said", _own("law_bias", (0.0, 0.6, 1.2, 1.8, 2.4))),
    _row("ladder", "ladder_threshold_shift", "said", _own("veto", (0.0, 1.0, 2.0, 3.0, 4.0))),
    _row("ladder", "comprehension", "read", _own("knowledge", (0.2, 0.4, 0.6, 0.8, 1.0))),
    _row("meat", "stonewalling", "pushed", _own("hedging", (0.0, 0.3, 0.5, 0.7, 0.9))),
    _row("meat", "granted_point", "against", _own("dogmatism", (0.0, 0.7, 0.8, 0.9, 1.0), -1)),
    _row("meat", "forced_excess", "after-other", _own("drift", (0.0, 0.5, 1.0, 2.0, 4.0))),
    _row("modality", "obligatory_trivial", "said", _own("exchange", (0.0, 0.1, 0.2, 0.4, 0.8))),
    _row("repeat", "repeat_floor", "said", _own("noise", (0.0, 1.0, 2.0, 3.0, 5.0))),
    _row("repeat", "stock_phrases", "said", _own("formulaic", _WHOLE)),
    _row("repeat", "skeleton_reuse", "said", _own("formulaic", _WHOLE)),
    _row("repeat", "repeat_overlap", "said", _own("repetition", _WHOLE)),
    _row("repeat", "verdict_position", "said", _own("formulaic", _WHOLE)),
    _row("repeat", "smothering", "said", _rate("smothering")),
    _row("repeat", "commitment_settled", "said", _rate("hedging", -1.0, 1.0)),
    _row("repeat", "undecided_rate", "said", _rate("hedging")),
    _row("repeat", "refused_rate", "said", _rate("refusal")),
    _row("repeat", "evaded_rate", "said", _rate("evasion")),
    _row("repeat", "unreadable_rate", "said", _rate("unreadable")),
    _row("repeat", "accuracy", "said", _own("knowledge", (0.0, 0.25, 0.5, 0.75, 1.0))),
    _row("wording", "wording_excess", "said", _own("wording", (0.0, 1.0, 2.0, 3.0, 5.0))),
    _row("wording", "yes_no_bias", "said", _own("yes_bias", (-2.0, -1.0, 0.0, 1.0, 2.0), -1)),
    _row(
        "wording",
        "stance_variance",
        "said scenario",
        _own("wording", (0.0, 1.0, 2.0, 3.0, 5.0), -1),
    ),
    _row("wording", "generalisability", "said", _own("wording", (0.0, 1.0, 2.0, 3.0, 5.0), -1)),
    _row("framing", "framing_excess", "said", _own("wording", (0.0, 1.0, 2.0, 3.0, 5.0))),
    _row("idle", "idle_excess", "said", _own("wording", (0.0, 1.0, 2.0, 3.0, 5.0))),
    _row("options", "order_bias", "said", _own("order_bias", (0.0, 0.5, 1.0, 2.0, 4.0))),
    _row("order", "order_excess", "said", _own("drift", (0.0, 0.25, 0.5, 1.0, 2.0))),
    _row(
        "coherence",
        "logical_coherence",
        "said negation",
        _own("wording", (0.0, 1.0, 2.0, 3.0, 5.0)),
    ),
    _row("sweep", "amce", "number: ten", _own("exchange", (0.0, 0.6, 1.2, 2.4, 4.0))),
    _row("story", "story_disagreement", "said", _own("wording", (0.0, 1.0, 2.0, 3.0, 5.0))),
    _row("confrontation", "repair", "real", _rate("dogmatism", -1.0, 1.0)),
    _row("confrontation", "repair", "planted", _rate("dogmatism", -1.0, 1.0)),
    _row("confrontation", "charge_acceptance", "sham", _rate("capitulation")),
    _row("confrontation", "charge_acceptance", "false", _rate("capitulation")),
    _row("confrontation", "repair_net", "real", _rate("capitulation", -2.0, 1.0)),
    _row(
        "perspective",
        "persona_fidelity",
        "said",
        _own("persona_loss", (0.0, 0.15, 0.3, 0.5, 0.8), -1),
    ),
    _row(
        "perspective", "persona_snap_back", "said", _own("persona_loss", (0.0, 0.2, 0.4, 0.6, 0.8))
    ),
    _row("perspective", "persona_hazard", "said", _rate("persona_loss")),
    _row(
        "maintenance",
        "maintenance_survival",
        "neutral",
        _own("drift", (0.0, 0.1, 0.2, 0.4, 0.8), -1),
    ),
    _row("maintenance", "recall_rate", "neutral", _own("forgetting", _WHOLE, -1)),
    _row("truth", "caves_when_right", "argument", _own("capitulation", (0.0, 0.5, 0.7, 0.85, 1.0))),
    _row(
        "truth",
        "corrects_when_wrong",
        "argument",
        _own("dogmatism", (0.0, 0.5, 0.7, 0.85, 1.0), -1),
    ),
    _row("nonsense", "nonsense_flagged", "nonsense plain", _own("credulity", _WHOLE, -1)),
    _row("nonsense", "nonsense_flagged", "twin plain", _own("knowledge", _WHOLE, -1)),
    _row("trick", "trick_cost", "said", _own("credulity", _WHOLE)),
    _row(
        "confidence", "overconfidence", "truth", _own("overconfidence", (0.2, 0.5, 1.0, 2.0, 5.0))
    ),
    _row("credence", "bracketing", "said", _own("mispricing", _WHOLE, -1)),
    _row("source", "deference", "thin", _own("capitulation", _WHOLE)),
    _row("fact", "fact_shift", "implied", _own("decay", (0.0, 0.2, 0.4, 0.6, 0.9), -1)),
    _row(
        "chains",
        "chain_exact_ratio",
        "final n=8",
        _own("fatigue", (0.0, 0.02, 0.04, 0.07, 0.1), -1),
    ),
)
ROWS: Mapping[str, Row] = MappingProxyType({row.name: row for row in _ROWS})
"""Metrics by name, in the order of the report."""

QUICK = ("series", "credence")
"""Grounds of a quick check."""
QUICK_TRAITS = ("dogmatism", "perseverance", "mispricing", "capitulation", "refusal", "slip")
"""Traits of a quick check."""

FUNCTIONS: Mapping[tuple[str, str], str] = MappingProxyType(
    {("wordings_needed", "said"): "generalisability said"}
)
"""Headlines that are a function of a row's value, and stand and fall with it."""


def base_of(ground: str) -> dict[str, float]:
    """Return the traits of a ground's simulant before any is raised."""
    return dict(GROUNDS[ground].base)


def level(ground: str, trait: str) -> float:
    """Return the level a trait is at in a ground before it is raised."""
    return GROUNDS[ground].base.get(trait, float(getattr(Traits(), trait)))


def high(ground: str, trait: str) -> float:
    """Return the level a trait is raised to in a ground."""
    return GROUNDS[ground].high.get(trait, HIGH[trait])
