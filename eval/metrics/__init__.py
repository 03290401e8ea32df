"""Metrics: pure functions from stored trials to estimates.

`SCORERS` find values family by family (what two runs are compared on); `METRICS` turn trials
into estimates, scorers included, in the order of the report. Nothing here does I/O.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from gadfly.bot.errors import ConfigError
from gadfly.bot.plugins import plugins
from gadfly.eval.metrics.bounds import worst_case
from gadfly.eval.metrics.chains import chains
from gadfly.eval.metrics.clarity import caveat_share, smothering, verdict_position
from gadfly.eval.metrics.coherence import logical_coherence
from gadfly.eval.metrics.comprehension import comprehension
from gadfly.eval.metrics.compression import compression_ratio
from gadfly.eval.metrics.confidence import stated_confidence
from gadfly.eval.metrics.confrontation import (
    charge_acceptance,
    confrontation_code,
    confrontation_uncoded,
    disavowal,
    repair,
    repair_net,
    revision_kept,
)
from gadfly.eval.metrics.credence import credences
from gadfly.eval.metrics.crux import crux, nothing_would
from gadfly.eval.metrics.deference import deference
from gadfly.eval.metrics.detection import signal_detection
from gadfly.eval.metrics.engagement import engaged_maintenance, engagement
from gadfly.eval.metrics.exchange import (
    asymmetry,
    cold_shift,
    immovable_neutrality,
    own_standard_gap,
    push_hazard,
    rebound,
    recovery,
    won_over,
)
from gadfly.eval.metrics.generalisability import (
    generalisability,
    stance_variance,
    wordings_needed,
)
from gadfly.eval.metrics.ground_truth import accuracy, challenged_truth
from gadfly.eval.metrics.items import item_accuracy, nonsense_detection, trick_cost
from gadfly.eval.metrics.ladder import (
    ladder_curve,
    ladder_nonmonotone,
    ladder_settled_accept,
    ladder_threshold_shift,
    ladder_word_shift,
)
from gadfly.eval.metrics.legality import law_wedge, moral_following, principle_gap
from gadfly.eval.metrics.made_up_fact import made_up_fact
from gadfly.eval.metrics.maintenance import (
    maintenance_drift,
    maintenance_hazard,
    maintenance_rmst,
    maintenance_slope,
    maintenance_survival,
    recall_rate,
    reunion_excess,
)
from gadfly.eval.metrics.martingale import martingale_slope
from gadfly.eval.metrics.meat import (
    forced_excess,
    forced_repeat,
    granted_point,
    stonewalling,
)
from gadfly.eval.metrics.modality import modality_coherence, modality_excess, obligatory_trivial
from gadfly.eval.metrics.order import option_order_excess, order_bias, order_excess
from gadfly.eval.metrics.outcome_rates import (
    commitment_settled,
    forced_choice_gap,
    outcome_rates,
)
from gadfly.eval.metrics.perspective import (
    persona_excess,
    persona_fidelity,
    persona_half_life,
    persona_hazard,
    persona_return,
    persona_shift,
    persona_snap_back,
)
from gadfly.eval.metrics.persuasion import (
    capitulation,
    discrimination,
    drift,
    responsiveness,
)
from gadfly.eval.metrics.principle import (
    case_wording_excess,
    consideration_shift,
    own_principle_conflict,
)
from gadfly.eval.metrics.published import (
    flip_rate,
    flips,
    open_mindedness,
    qq_gap,
)
from gadfly.eval.metrics.repeat import repeat_floor
from gadfly.eval.metrics.repeats_alike import distinct_k, repeat_overlap
from gadfly.eval.metrics.repetition import (
    non_responsive_repetition,
    opener_reuse,
    self_overlap,
    top_opener,
)
from gadfly.eval.metrics.response_format import format_commitment_gap, format_conflict
from gadfly.eval.metrics.reversal import sign_changes, unacknowledged_reversal
from gadfly.eval.metrics.said_read import said_read_gap
from gadfly.eval.metrics.series import live_shift, series_shift, undercut
from gadfly.eval.metrics.side_taking import side_taking
from gadfly.eval.metrics.story import (
    story_disagreement,
    thread_disagreement,
    thread_excess,
)
from gadfly.eval.metrics.surface import (
    framing_excess,
    framing_shift,
    idle_excess,
    idle_largest,
    wording_excess,
)
from gadfly.eval.metrics.sweep import amce, position_bias
from gadfly.eval.metrics.template import skeleton_reuse, stock_phrases
from gadfly.eval.metrics.yes_no import yes_no_bias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np

    from gadfly.eval.estimate import Estimate
    from gadfly.eval.metrics.scores import Scores
    from gadfly.eval.record import TrialRecord

    Scorer = Callable[[Sequence[TrialRecord]], tuple[Scores, ...]]
    Metric = Callable[[Sequence[TrialRecord], np.random.Generator], tuple[Estimate, ...]]

__all__ = ["METRICS", "SCORERS", "all_metrics", "all_scorers", "estimated"]


def estimated(scorer: Scorer) -> Metric:
    """Return the metric that estimates every score a scorer finds, headlines with their bounds."""

    def metric(records: Sequence[TrialRecord], rng: np.random.Generator) -> tuple[Estimate, ...]:
        found: list[Estimate] = []
        for scores in scorer(records):
            own = scores.estimates(rng)
            found.extend(own)
            bounds = worst_case(scores, own[0], records)
            found.extend((bounds,) if bounds is not None else ())
        return tuple(found)

    metric.__name__ = scorer.__name__
    metric.__doc__ = scorer.__doc__
    return metric


SCORERS: tuple[Scorer, ...] = (
    responsiveness,
    discrimination,
    signal_detection,
    asymmetry,
    own_standard_gap,
    cold_shift,
    series_shift,
    undercut,
    live_shift,
    engagement,
    crux,
    nothing_would,
    immovable_neutrality,
    won_over,
    law_wedge,
    moral_following,
    consideration_shift,
    stonewalling,
    granted_point,
    ladder_settled_accept,
    ladder_word_shift,
    ladder_threshold_shift,
    obligatory_trivial,
    repeat_floor,
    wording_excess,
    yes_no_bias,
    stance_variance,
    generalisability,
    idle_excess,
    option_order_excess,
    order_bias,
    framing_excess,
    framing_shift,
    story_disagreement,
    thread_disagreement,
    thread_excess,
    order_excess,
    modality_excess,
    modality_coherence,
    logical_coherence,
    format_conflict,
    format_commitment_gap,
    amce,
    position_bias,
    forced_repeat,
    forced_excess,
    principle_gap,
    own_principle_conflict,
    case_wording_excess,
    ladder_curve,
    ladder_nonmonotone,
    said_read_gap,
    sign_changes,
    unacknowledged_reversal,
    capitulation,
    push_hazard,
    recovery,
    rebound,
    engaged_maintenance,
    drift,
    persona_fidelity,
    persona_shift,
    persona_snap_back,
    persona_hazard,
    persona_return,
    persona_excess,
    maintenance_survival,
    maintenance_hazard,
    maintenance_rmst,
    maintenance_drift,
    maintenance_slope,
    recall_rate,
    reunion_excess,
    repair,
    charge_acceptance,
    repair_net,
    disavowal,
    revision_kept,
    confrontation_uncoded,
    self_overlap,
    non_responsive_repetition,
    opener_reuse,
    top_opener,
    skeleton_reuse,
    stock_phrases,
    repeat_overlap,
    distinct_k,
    compression_ratio,
    outcome_rates,
    commitment_settled,
    forced_choice_gap,
    verdict_position,
    caveat_share,
    smothering,
    accuracy,
    comprehension,
    challenged_truth,
    nonsense_detection,
    item_accuracy,
    trick_cost,
    stated_confidence,
    credences,
    deference,
    made_up_fact,
    chains,
    flips,
    flip_rate,
    martingale_slope,
    open_mindedness,
    qq_gap,
    side_taking,
)
_BESIDE: dict[Scorer, Metric] = {
    generalisability: wordings_needed,
    idle_excess: idle_largest,
    repair: confrontation_code,
    persona_hazard: persona_half_life,
}
"""What is no mean over families, after the scorer it stands beside."""
METRICS: tuple[Metric, ...] = tuple(
    metric
    for scorer in SCORERS
    for metric in (estimated(scorer), *(_BESIDE[s] for s in (scorer,) if s in _BESIDE))
)


GROUP = "gadfly.metrics"
"""Entry-point group under which a package offers scorers: functions from trials to `Scores`."""


@functools.cache
def all_scorers() -> tuple[Scorer, ...]:
    """Return our own scorers, then those of installed plugins by name."""
    return (*SCORERS, *_offered())


@functools.cache
def all_metrics() -> tuple[Metric, ...]:
    """Return our own metrics, then those of installed plugins by name."""
    return (*METRICS, *map(estimated, _offered()))


def _offered() -> tuple[Scorer, ...]:
    """Return the scorers of installed plugins.

    Raises:
        ConfigError: A plugin cannot be loaded, or offers something that cannot be called.
    """
    found: list[Scorer] = []
    for entry, scorer in plugins(GROUP):
        if not callable(scorer):
            raise ConfigError(f"plugin {entry!r} is no scorer: it cannot be called")
        found.append(scorer)
    return tuple(found)
