"""How people write: the figures of formulaicness on human texts, to stand beside a model's.

Printed by `python -m benchmarks.slop people`, which runs a report's own scorers over UKPConvArg1
(Habernal & Gurevych 2016): 1,052 arguments typed into debating sites on 16 issues. These are short
texts by many people who argue a side unasked; a model answers a question put to it, and is one
author. What people's figure is of another kind for says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SOURCE = (
    "1,052 short arguments that people typed into debating sites (UKPConvArg1), "
    "16 issues as families"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """A figure of people's texts, with its interval."""

    metric: str
    arm: str
    value: float
    low: float
    high: float
    but: str = ""
    """Why a model's figure is not to be held against it; "" where it may be."""


_FIGURES = (
    ("opener_reuse", "said", 3.516e-05, 0.0, 0.0001058),
    ("top_opener", "said", 0.004464, 0.003571, 0.008929),
    ("opener_entropy", "said", 9.865, 9.734, 9.958),
    ("skeleton_reuse", "said", 0.01862, 0.008072, 0.02998),
    ("stock_phrases", "said", 1.117, 0.8022, 1.464),
    ("compression_ratio", "said", 2.036, 1.933, 2.111),
    ("repeat_overlap", "said", 0.1184, 0.1034, 0.1402),
    ("caveat_share", "said", 0.03657, 0.02641, 0.05046),
)
_BUT = {
    "opener_entropy": "1,052 texts have more openers than a run has replies",
    "repeat_overlap": "these are different people on one side, not one author twice",
    "compression_ratio": "it follows vocabulary and register as much as templates",
    "caveat_share": "nobody asked them for a verdict",
}
ABSENT = {
    "self_overlap": "no dialogues of people",
    "non_responsive_repetition": "no dialogues of people",
    "distinct_k": "nobody was asked the same three times",
    "verdict_position": "nobody was asked a question",
    "smothering": "nobody was asked a question",
}
"""Metrics that people have no figure for, and why."""

PEOPLE = {
    (metric, arm): People(
        metric=metric, arm=arm, value=value, low=low, high=high, but=_BUT.get(metric, "")
    )
    for metric, arm, value, low, high in _FIGURES
}
"""By metric and arm."""


def beside(rows: Iterable[tuple[str, str]]) -> list[People]:
    """Return people's figures for rows (metric, arm) of a report, in their order, each once."""
    return [PEOPLE[row] for row in dict.fromkeys(rows) if row in PEOPLE]
