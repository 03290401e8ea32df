"""Yes and no: whether it leans to a word, whichever side of the question the word takes."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from gadfly.eval.metrics.answer import decisive
from gadfly.eval.metrics.disagreement import MISSING, Tally
from gadfly.eval.metrics.scores import SHIFT_BOUNDS, Quantity, Scores, of_probe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.eval.record import TrialRecord

YES_NO_BIAS = Quantity(
    metric="yes_no_bias",
    construct="inconsistency",
    unit="points",
    bounds=SHIFT_BOUNDS,
    probe="wording, from version 2 on",
)
SIDELESS = "no readable reply that takes a side"
ONE_WAY = 'the family has no wording in which "yes" takes the other side'


def yes_no_bias(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score P(no | yes takes A) + P(no | yes takes B) - 1 over the wordings of a family.

    By replies that take a side; "no" is the side a plain "no" would take, whether or not the word
    was said. Wordings of one polarity are averaged first. 0 for whoever goes by the question, 1
    for whoever always says no, -1 always yes. Wordings to which yes or no is no answer are left
    out.
    """
    scores = Scores(YES_NO_BIAS, "said")
    asked: dict[tuple[str, str], dict[str, dict[str, Tally]]] = defaultdict(
        lambda: {"a": defaultdict(Tally), "b": defaultdict(Tally)}
    )
    for record in of_probe(records, "wording"):
        yes = record.settings.get("yes", "")
        if yes not in ("a", "b"):
            continue
        seen = record.get("first", "said")
        vector = None if seen is None else decisive(seen.reading)
        if vector is None:
            missing = seen is None or record.failure is not None
            scores.miss(record.stratum, (record.key,), MISSING if missing else SIDELESS)
        else:
            asked[record.stratum, record.family][yes][record.variant].put(vector, record.key)
    for (stratum, family), ways in sorted(asked.items()):
        keys = [key for way in ways.values() for tally in way.values() for key in tally.trials]
        if not (ways["a"] and ways["b"]):
            scores.miss(stratum, keys, ONE_WAY)
            continue
        takes_a = {yes: _mean([t.p for t in ways[yes].values()]) for yes in ("a", "b")}
        # "No" is side B where yes takes A, and side A where yes takes B.
        scores.add(stratum, family, (1.0 - takes_a["a"]) + takes_a["b"] - 1.0, keys)
    return (scores,)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
