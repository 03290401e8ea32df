"""The seeds a run sends, as its store has them."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING

from gadfly.eval.store import FILE, Store

if TYPE_CHECKING:
    from pathlib import Path


def committed(folder: Path, *, kind: str = "") -> Counter[int]:
    """Return how often each seed is among the committed calls, those of one kind if it is given."""
    if not (folder / FILE).exists():
        return Counter()
    with closing(Store.read(folder)) as store:
        rows = store.db.execute("SELECT key, body FROM calls").fetchall()
    return Counter(
        int.from_bytes(key[:4], "big") & 0x7FFFFFFF
        for key, body in rows
        if not kind or f'"kind":"{kind}"'.encode() in body
    )
