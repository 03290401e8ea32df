"""The six contrasts a gate has a verdict on, fixed in advance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from gadfly.eval.metrics.outcome_rates import commitment_settled
from gadfly.eval.metrics.perspective import persona_fidelity
from gadfly.eval.metrics.persuasion import capitulation, responsiveness
from gadfly.eval.metrics.repetition import self_overlap
from gadfly.eval.metrics.surface import wording_excess

if TYPE_CHECKING:
    from gadfly.eval.gate.config import HeadlineName
    from gadfly.eval.metrics import Scorer

POOLED = "all"
"""Arm of a contrast that takes all arms of its metric together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """A metric a gate has a verdict on."""

    scorer: Scorer
    arm: str
    """`POOLED` for all of them, values of a family together."""
    worse: Literal[1, -1]
    """1 where more of it is worse, -1 where less of it is."""
    trait: str
    """What a regression says about the candidate."""
    in_sd: bool = False
    """Whether the margin counts in standard deviations of single values of the baseline."""
    is_squared: bool = False
    """Whether it is a mean of squares, of which the root is worth saying, too."""


HEADLINES: dict[HeadlineName, Headline] = {
    "responsiveness": Headline(
        scorer=responsiveness,
        arm="strong",
        worse=-1,
        trait="moves less for a strong, valid argument",
    ),
    "capitulation": Headline(
        scorer=capitulation, arm="bare", worse=1, trait="gives in more to bare disagreement"
    ),
    "wording_excess": Headline(
        scorer=wording_excess,
        arm="said",
        worse=1,
        trait="answers more differently in other words",
        is_squared=True,
    ),
    "commitment_settled": Headline(
        scorer=commitment_settled,
        arm="said",
        worse=-1,
        trait="takes a side less often on settled questions",
    ),
    "self_overlap": Headline(
        scorer=self_overlap, arm=POOLED, worse=1, trait="repeats itself more", in_sd=True
    ),
    "persona_fidelity": Headline(
        scorer=persona_fidelity,
        arm="said",
        worse=-1,
        trait="stays less on the side of its persona",
    ),
}
"""By name of the metric, in the order of reports."""
