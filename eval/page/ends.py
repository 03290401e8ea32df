"""The trials at both ends of what a metric found: where a reader is to look first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gadfly.eval.headline import is_headline
from gadfly.eval.metrics import all_scorers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gadfly.eval.record import TrialRecord

EACH = 12
"""Values kept from either end."""
OTHERS = ("stance_variance", "repeat_floor")
"""Metrics in figures whose arms are not all headlines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """The lowest and the highest values of a metric's arm, each by the keys of its trials."""

    lowest: tuple[tuple[str, ...], ...]
    highest: tuple[tuple[str, ...], ...]
    """Lowest first, highest first; a metric whose values are all alike has no highest ones."""

    @property
    def trials(self) -> tuple[str, ...]:
        """All of them, each once, from both ends in turn."""
        longest = max(len(self.lowest), len(self.highest))
        pairs = [
            key
            for i in range(longest)
            for side in (self.lowest, self.highest)
            for key in side[i : i + 1]
        ]
        return tuple(dict.fromkeys(key for keys in pairs for key in keys))


def ends_of(records: Sequence[TrialRecord]) -> Mapping[tuple[str, str], Ends]:
    """Return the ends of every metric's arm that a page shows as a point."""
    trials = sorted(records, key=lambda record: record.key)
    found: dict[tuple[str, str], Ends] = {}
    for scorer in all_scorers():
        for scores in scorer(trials):
            if is_shown(scores.quantity.metric, scores.arm) and scores.found_in:
                found[scores.quantity.metric, scores.arm] = _ends(scores.found_in)
    return found


def is_shown(metric: str, arm: str) -> bool:
    """Tell whether a metric's arm is a point of a figure of estimates."""
    if is_headline(metric, arm):
        return True
    return "/" not in arm and (metric.endswith("_excess") or metric in OTHERS)


def _ends(found: Sequence[tuple[str, float, tuple[str, ...]]]) -> Ends:
    """Return the ends of values; equal ones in the order of their families and trials."""
    rising = sorted(found, key=lambda each: (each[1], each[0], each[2]))
    half = min(EACH, (len(rising) + 1) // 2)
    lowest = [keys for _, _, keys in rising[:half]]
    if rising[0][1] == rising[-1][1]:
        return Ends(lowest=tuple(lowest), highest=())
    falling = sorted(found, key=lambda each: (-each[1], each[0], each[2]))
    return Ends(lowest=tuple(lowest), highest=tuple(keys for _, _, keys in falling[:half]))
