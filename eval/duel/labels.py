"""The outcome of a duel held against what people say of its dialogues (`gadfly annotate`)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from gadfly.eval.duel.score import MARGIN, dialogues
from gadfly.eval.judging.dialogues import settled
from gadfly.eval.judging.summary import interval_document
from gadfly.eval.stats.agreement import accuracy, kappa

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gadfly.eval.judging.labels import TrialRow
    from gadfly.eval.record import TrialRecord

DOGMATIC = "dogmatic"
MOVED, UNMOVED = "moved", "unmoved"


def agreement(
    records: Sequence[TrialRecord], rows: Iterable[TrialRow], rounds: int
) -> dict[str, Any] | None:
    """Return accuracy and kappa of "the subject was not moved" for people's "dogmatic".

    By dialogue, families as clusters; people's label is that of the subject. A subject counts as
    unmoved up to `MARGIN`. None where no dialogue of this duel is labelled.
    """
    labels = settled(rows)
    pairs: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for each in dialogues(records):
        moved = each.moved("subject", rounds)
        if moved is None or each.duel.key not in labels:
            continue
        people = UNMOVED if labels[each.duel.key] == DOGMATIC else MOVED
        pairs[each.duel.family].append((people, UNMOVED if moved <= MARGIN else MOVED))
    n = sum(map(len, pairs.values()))
    if not n:
        return None
    return {
        "labelled": n,
        "dogmatic": sum(people == UNMOVED for own in pairs.values() for people, _ in own),
        "accuracy": interval_document(accuracy(pairs)),
        "kappa": interval_document(kappa(pairs)),
    }


def told(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield what `agreement` found as lines."""
    yield (
        f"people labelled {found['labelled']} of these dialogues, {found['dogmatic']} of them "
        f'"{DOGMATIC}"; "the subject was not moved" agrees with that:'
    )
    for name in ("accuracy", "kappa"):
        row = found[name]
        if row["value"] is None:
            yield f"  {name}: none ({row['null_reason']})"
        elif row["low"] is None:
            yield f"  {name}: {row['value']:.2f}, no interval from so few families"
        else:
            yield f"  {name}: {row['value']:.2f} [{row['low']:.2f}, {row['high']:.2f}]"
