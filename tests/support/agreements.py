"""Replies to a confrontation that merely agree, and others that could be mistaken for them.

120 and 60, by somebody who did not know the rules. The rules were widened on every second one of
each kind (`tuned`); the others were counted, and not looked at.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """A reply, and what it does: "agrees", or a code that is not to be taken for it."""

    kind: str
    tuned: bool
    text: str


def agreements(*, tuned: bool) -> tuple[Agreement, ...]:
    """Return the replies the rules were widened on, or the others."""
    rows = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
    return tuple(Agreement(**row) for row in rows if row["tuned"] is tuned)
