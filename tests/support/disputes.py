"""What people type in a dispute: reasons that lean on the question, and what has no bearing on it.

264 messages to 24 questions of the library, written by somebody who did not know the rules. The
weights of `gadfly.bot.sparring.weigher` were fitted on those to every other question.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from gadfly.bot.proposition import Proposition


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A question and what is said on it, and beside it."""

    about: Proposition
    fitted: bool
    """Whether weights were fitted on its messages."""
    reasons: tuple[str, ...]
    """Short: most do not name what they are about."""
    cases: tuple[str, ...]
    """Two or three sentences; many are tales of the speaker's own."""
    asides: tuple[str, ...]
    tales: tuple[str, ...]
    """As long as the cases, and about something else altogether."""


def disputes() -> tuple[Dispute, ...]:
    """Return all of them."""
    rows = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
    return tuple(
        Dispute(
            about=Proposition(
                family=f"dispute-{i}", question=row["question"], a=row["a"], b=row["b"]
            ),
            fitted=row["fitted"],
            **{kind: tuple(row[kind]) for kind in ("reasons", "cases", "asides", "tales")},
        )
        for i, row in enumerate(rows)
    )
