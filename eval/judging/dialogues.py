"""How well the meters of a trial predict what people say of the whole dialogue."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from gadfly.eval.chat.label import VERDICTS
from gadfly.eval.judging.labels import DECISION
from gadfly.eval.judging.summary import interval_document
from gadfly.eval.meters import METERS
from gadfly.eval.stats.auc import auc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gadfly.eval.judging.labels import TrialRow
    from gadfly.eval.record import TrialRecord

GOOD = VERDICTS[0]
WRONG: tuple[str, ...] = ("not satisfactory", *VERDICTS[1:])
"""What is to be predicted: that anything was wrong, or one thing in particular."""


def settled(rows: Iterable[TrialRow]) -> dict[str, str]:
    """Return by trial what people settled on: a decision, else the majority; ties are left out."""
    by_trial: dict[str, list[TrialRow]] = defaultdict(list)
    for row in rows:
        if row.label is not None:
            by_trial[row.trial].append(row)
    found: dict[str, str] = {}
    for trial, own in sorted(by_trial.items()):
        decided = [row.label for row in own if row.annotator == DECISION]
        counts = Counter(row.label for row in own).most_common()
        label = decided[0] if decided else counts[0][0]
        if label is not None and (decided or len(counts) < 2 or counts[0][1] > counts[1][1]):
            found[trial] = label
    return found


def predictions(records: Iterable[TrialRecord], rows: Iterable[TrialRow]) -> dict[str, Any]:
    """Return how many dialogues are labelled, and by meter and fault the area under the curve.

    Dialogues of a fault against satisfactory ones; .5 is guessing. Dialogues are taken as
    independent, though those of a family may not be.
    """
    labels = settled(rows)
    own = [(r, labels[r.key]) for r in records if r.key in labels]
    found = []
    for meter in METERS:
        values = [(value, label) for r, label in own if (value := meter.of(r)) is not None]
        good = [value for value, label in values if label == GOOD]
        for wrong in WRONG:
            bad = [
                value
                for value, label in values
                if label == wrong or (wrong == WRONG[0] and label != GOOD)
            ]
            if good and bad:
                area = interval_document(auc(bad, good))
                found.append({"meter": meter.name, "wrong": wrong, **area})
    return {
        "labelled": len(own),
        "satisfactory": sum(label == GOOD for _, label in own),
        "auc": found,
    }


def told(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield what `predictions` found as lines."""
    yield (
        f"{found['labelled']} dialogues are labelled, {found['satisfactory']} of them {GOOD}. The "
        "chance that a meter is higher in one with the fault than in a satisfactory one; .5 is "
        "guessing:"
    )
    for row in found["auc"]:
        yield (
            f"{row['meter']}, {row['wrong']}: {row['value']:.2f} "
            f"[{row['low']:.2f}, {row['high']:.2f}], n = {row['n']}"
        )
    if not found["auc"]:
        yield "nothing can be said yet: it takes labels of both kinds"
