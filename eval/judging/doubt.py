"""Which replies a judge is asked about: those on which the rules are unsure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gadfly.bot.stance import Reading
    from gadfly.eval.record import Observed, TrialRecord

INFERRED = frozenset({"weighing", "attributed", "evaded", "deferred", "background", "questions"})
"""Rules that take a reply to be undecided or evasive by its topics ("on the one hand", "talk to
...") and not because it says so: a verdict in words no rule knows may stand beside them."""
_SECOND_LOOK = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One reply on one question, however many trials share it."""

    reply: str
    """Hex key of the call that gave it; of a dialogue from a file, a digest of its words."""
    about: str
    """Digest of the proposition."""
    family: str

    @property
    def is_looked_at_twice(self) -> bool:
        """Whether it is of the tenth, chosen by hash, on which the judge is checked."""
        digest = hashlib.blake2b(f"{self.reply}\0{self.about}".encode(), digest_size=8).digest()
        return int.from_bytes(digest, "big") % _SECOND_LOOK == 0


def is_unsure(seen: Observed) -> bool:
    """Tell whether the rules are unsure of a reply, so that a judge is asked.

    Unreadable, or undecided or evaded by an `INFERRED` rule. A reply cut by the token limit is
    missing for a judge as it is for the rules; one that was asked for something else than a stance
    (a number, a code) and gave it is in no doubt.
    """
    if seen.kind != "said" or not seen.calls:
        return False
    if seen.reading.outcome == "unreadable":
        return not seen.gave_other
    return is_inferred(seen.reading)


def is_inferred(reading: Reading) -> bool:
    """Tell whether a reply is taken to be undecided or evasive by an `INFERRED` rule."""
    return reading.outcome in ("undecided", "evaded") and reading.rule in INFERRED


def doubts(records: Iterable[TrialRecord]) -> tuple[Doubt, ...]:
    """Return what a judge is to be asked about, each reply and question once, in key order."""
    found: dict[tuple[str, str], Doubt] = {}
    for record, seen in _said(records):
        if is_unsure(seen):
            where = (seen.calls[0], seen.about)
            found.setdefault(
                where, Doubt(reply=seen.calls[0], about=seen.about, family=record.family)
            )
    return tuple(found[where] for where in sorted(found))


def _said(records: Iterable[TrialRecord]) -> Iterator[tuple[TrialRecord, Observed]]:
    for record in records:
        for seen in record.observations:
            yield record, seen
