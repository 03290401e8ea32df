"""The replies whose words are at hand: first replies to a scenario's own question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.eval.metrics.scores import of_probe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gadfly.eval.record import Exchange, TrialRecord

PROBE = "repeat"
NO_WORDS = "the words of the reply are not at hand"
ALONE = "only one family was asked"


def worded(
    records: Sequence[TrialRecord],
) -> Iterator[tuple[TrialRecord, Exchange | None]]:
    """Yield trials of `repeat` with the words of their first reply, None where it has none."""
    for record in of_probe(records, PROBE):
        seen = record.get("first", "said")
        exchange = None if seen is None else seen.exchange
        yield record, exchange if exchange is not None and exchange.reply.strip() else None
