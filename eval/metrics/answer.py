"""A reply or a read as numbers: a vector over side A, side B and neither.

Unreadable, truncated and failed answers are missing and have no vector; undecided, evaded and
refused ones are "neither", which is an answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from gadfly.bot.stance import MISSING, UNCOMMITTED

if TYPE_CHECKING:
    from gadfly.bot.stance import Reading
    from gadfly.eval.record import Observed, TrialRecord

Kind = Literal["said", "read"]
KINDS: tuple[Kind, ...] = ("said", "read")
Vector = tuple[float, float, float]
"""Shares of A, B and neither; they sum to 1."""

_NEITHER: Vector = (0.0, 0.0, 1.0)


def whole(reading: Reading) -> Vector | None:
    """Return the answer over (A, B, neither); None where it is missing.

    A reply counts wholly for what it came to. A read is split: its share of decisive answers by
    its stance, the rest of its readable answers to "neither"; missing draws are left out.
    """
    if reading.outcome in MISSING:
        return None
    if reading.readout == "said" or not reading.shares:
        return (
            _NEITHER if reading.stance is None else (reading.stance.p, 1.0 - reading.stance.p, 0.0)
        )
    decided = reading.shares.get("answered", 0.0)
    neither = sum(reading.shares.get(outcome, 0.0) for outcome in UNCOMMITTED)
    p = _leaning(reading)
    if p is None or decided <= 0.0:
        return _NEITHER
    decided /= decided + neither
    return (p * decided, (1.0 - p) * decided, 1.0 - decided)


def clash(first: Vector, second: Vector) -> float:
    """Return the probability that draws of two answers disagree, 0..1."""
    return 1.0 - sum(p * q for p, q in zip(first, second, strict=True))


def decisive(reading: Reading) -> Vector | None:
    """Return the answer over (A, B) only; None where it took no side."""
    if reading.stance is None:
        return None
    return (reading.stance.p, 1.0 - reading.stance.p, 0.0)


def committed(reading: Reading) -> float | None:
    """Return how far the answer takes a side at all, 0 to 1; None where it is missing."""
    vector = whole(reading)
    return None if vector is None else 1.0 - vector[2]


def stance_of(record: TrialRecord, label: str, kind: Kind) -> float | None:
    """Return the p of an observation; None where there is none or it took no side."""
    seen = record.get(label, kind)
    return None if seen is None or seen.reading.stance is None else seen.reading.stance.p


def asks_openly(record: TrialRecord) -> bool:
    """Say whether a trial's first question is asked the plain open way, in a fresh thread.

    Not so forced choices and idle phrases ("just choose one"), where the prompt itself decides
    whether a side is taken, nor disputes the user is a party to, nor questions that follow others
    in the same thread.
    """
    return record.probe not in (
        "options",
        "idle",
        "order",
        "side-taking",
    ) and not record.arm.startswith(("forced", "after-"))


def asks_main(record: TrialRecord) -> bool:
    """Say whether a trial asks the scenario's own question, whatever the words or the story.

    Stratum and truth are properties of that question, not of a rung, a case or a modality.
    """
    return record.variant == "original" or record.variant.startswith(("wording:", "cover:"))


def first_said(record: TrialRecord) -> Observed | None:
    """Return the first reply of a trial that asks openly; None where it has none or does not."""
    return record.get("first", "said") if asks_openly(record) else None


def _leaning(reading: Reading) -> float | None:
    """Return the stance of the decisive part, from the cells where the whole took no side."""
    if reading.stance is not None:
        return reading.stance.p
    leanings = [cell.p for cell in reading.cells if cell.p is not None]
    return sum(leanings) / len(leanings) if leanings else None
