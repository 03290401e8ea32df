"""Compression: how much shorter replies to different questions become when put together.

At a fixed number of bytes, because a longer text compresses better whatever is in it.
"""

from __future__ import annotations

import hashlib
import zlib
from typing import TYPE_CHECKING

from gadfly.eval.metrics.scores import Quantity, Scores
from gadfly.eval.metrics.worded import NO_WORDS, PROBE, worded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gadfly.eval.record import TrialRecord

SIZE = 3_000
"""Bytes that are compressed at a time."""
EACH = 300
"""Most bytes of one reply among them: ten families at least."""
DRAWS = 1_000
"""Orders in which replies are put together."""
_LEAST_WITHOUT = 10
"""Fewest draws that must do without a family for the jackknife to leave it out."""

COMPRESSION_RATIO = Quantity(
    metric="compression_ratio",
    construct="formulaicness",
    unit="ratio",
    bounds=None,
    probe=PROBE,
)
TOO_LITTLE = f"without any one family there are fewer than {SIZE:,} bytes of replies"


def compression_ratio(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score bytes before over bytes after compression of 3,000 bytes of first replies.

    One reply a family, its first 300 bytes, put together in an order drawn by hash until there
    are 3,000; the mean over 1,000 orders. Families enter as jackknife values: a family is left out
    by leaving out the draws it is in.
    """
    scores = Scores(COMPRESSION_RATIO, "said", pooled=True)
    first: dict[str, tuple[TrialRecord, str]] = {}
    for record, exchange in worded(records):
        if exchange is None:
            scores.miss(record.stratum, (record.key,), NO_WORDS)
            continue
        before = first.get(record.family)
        if before is None or record.replicate < before[0].replicate:
            first[record.family] = (record, exchange.reply)
    values = family_ratios({family: reply for family, (_, reply) in first.items()})
    for family, (record, _) in sorted(first.items()):
        if values is None:
            scores.miss(record.stratum, (record.key,), TOO_LITTLE)
        else:
            scores.add(record.stratum, family, values[family], (record.key,))
    return (scores,)


def family_ratios(replies: Mapping[str, str], draws: int = DRAWS) -> dict[str, float] | None:
    """Return one value a family, whose mean is the mean ratio and whose spread is its error's.

    value = all + (k - 1) (mean of the left-out ratios - the one without this family). None where
    there is too little text to do without any one family.
    """
    chunks = {name: text.encode()[:EACH] for name, text in sorted(replies.items())}
    ratios: list[float] = []
    used: dict[str, list[float]] = {name: [] for name in chunks}
    for draw in range(draws):
        together, names = _together(chunks, draw)
        if len(together) < SIZE:
            return None
        ratio = SIZE / len(zlib.compress(together, 9))
        ratios.append(ratio)
        for name in names:
            used[name].append(ratio)
    if not ratios or any(draws - len(own) < _LEAST_WITHOUT for own in used.values()):
        return None
    total = sum(ratios)
    whole = total / draws
    without = {name: (total - sum(own)) / (draws - len(own)) for name, own in used.items()}
    middle = sum(without.values()) / len(without)
    return {name: whole + (len(used) - 1) * (middle - left) for name, left in without.items()}


def _together(chunks: Mapping[str, bytes], draw: int) -> tuple[bytes, list[str]]:
    """Return the bytes of one draw, a line each and cut to size, and the families in it."""
    parts: list[bytes] = []
    names: list[str] = []
    size = 0
    for name in sorted(chunks, key=lambda n: hashlib.blake2b(f"{draw}|{n}".encode()).digest()):
        if size >= SIZE:
            break
        parts.append(chunks[name] + b"\n")
        names.append(name)
        size += len(parts[-1])
    return b"".join(parts)[:SIZE], names
