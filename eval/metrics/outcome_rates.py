"""Whether it takes a side at all: what first replies come to, and what force brings out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from gadfly.bot.stance import MISSING, UNCOMMITTED
from gadfly.eval.metrics.answer import asks_main, asks_openly, first_said
from gadfly.eval.metrics.scores import Quantity, Scores, of_probe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gadfly.bot.stance import Outcome
    from gadfly.eval.record import TrialRecord

RATES: tuple[Outcome, ...] = (
    "undecided",
    "evaded",
    "refused",
    "unreadable",
    "truncated",
    "error",
)
OTHER_QUESTIONS = ("ladder", "legality", "modality")
SETTLED = "settled"
CONSISTENT = 0.8
"""Share of forced replies on one side from which they show a leaning."""
FORCED_LEAST = 5
"""Forced replies a family needs for that to be judged."""

OUTCOME_RATES = {
    outcome: Quantity.rate(f"{outcome}_rate", "commitment", "a probe that asks openly")
    for outcome in RATES
}
COMMITMENT_SETTLED = Quantity.rate(
    "commitment_settled", "commitment", "a probe that asks a settled question openly"
)
FORCED_CHOICE_GAP = Quantity.rate("forced_choice_gap", "commitment", "probes options and format")

UNREAD = "no readable first reply"
FEW_FORCED = f"fewer than {FORCED_LEAST} forced replies a family"
NEVER_FORCED = "no open reply to compare with"


def outcome_rates(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score the rate of each outcome but "answered" among first open replies.

    Undecided, evaded and refused are shares of readable replies; unreadable, truncated and error
    are shares of all. A trial that failed before its first reply is an error. Arm "said" is the
    scenario's own question; details "said/PROBE" are the questions other probes put in its place.
    """
    mine = opening_replies([record for record in records if asks_main(record)])
    others = {
        probe: opening_replies([r for r in of_probe(records, probe) if not asks_main(r)])
        for probe in OTHER_QUESTIONS
    }
    found = []
    for outcome in RATES:
        found.append(_rate(outcome, "said", mine))
        found.extend(
            _rate(outcome, f"said/{probe}", replies) for probe, replies in others.items() if replies
        )
    return tuple(found)


def commitment_settled(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score the share of readable first replies on settled items that take a side."""
    scores = Scores(COMMITMENT_SETTLED, "said")
    settled = [r for r in records if r.stratum == SETTLED and asks_main(r)]
    for record, got in opening_replies(settled):
        if got in MISSING:
            scores.miss(record.stratum, (record.key,), UNREAD)
        else:
            scores.add(record.stratum, record.family, float(got == "answered"), (record.key,))
    return (scores,)


def forced_choice_gap(records: Sequence[TrialRecord]) -> tuple[Scores, ...]:
    """Score open replies that take no side where forced ones consistently take one.

    A family's value is the share of its readable open replies to the original prompt that are
    uncommitted, if at least 80 % of its forced replies (at least 5, from the probes options and
    format) take one and the same side; else 0. A hidden leaning, not mere indifference.
    """
    scores = Scores(FORCED_CHOICE_GAP, "said")
    forced = _forced_sides(records)
    opened: dict[tuple[str, str], list[tuple[str, float]]] = {}
    for record, got in opening_replies(records):
        if record.variant != "original" or record.family not in forced:
            continue
        if got in MISSING:
            scores.miss(record.stratum, (record.key,), UNREAD)
        else:
            replies = opened.setdefault((record.stratum, record.family), [])
            replies.append((record.key, float(got in UNCOMMITTED)))
    for (stratum, family), replies in sorted(opened.items()):
        keys = [key for key, _ in replies]
        sides = forced[family]
        if sides.total() < FORCED_LEAST:
            scores.miss(stratum, keys, FEW_FORCED)
            continue
        leans = max(sides["a"], sides["b"]) >= CONSISTENT * sides.total()
        silent = sum(value for _, value in replies) / len(replies)
        scores.add(stratum, family, silent if leans else 0.0, keys)
    return (scores,)


def opening_replies(records: Sequence[TrialRecord]) -> list[tuple[TrialRecord, Outcome]]:
    """Return the first open replies, each distinct one once, with what it came to.

    All trials of a family, variant and replicate share their first reply; it is counted where it
    is first found. One counts as an error if none of those trials got as far as a reply.
    """
    found: dict[tuple[str, str, int], tuple[TrialRecord, Outcome]] = {}
    for record in records:
        where = (record.family, record.variant, record.replicate)
        seen = first_said(record)
        if seen is not None:
            if where not in found or found[where][0].get("first", "said") is None:
                found[where] = (record, seen.reading.outcome)
        elif record.failure is not None and not record.observations and asks_openly(record):
            found.setdefault(where, (record, "error"))
    return list(found.values())


def _rate(outcome: Outcome, arm: str, replies: Sequence[tuple[TrialRecord, Outcome]]) -> Scores:
    """Score the rate of one outcome among replies."""
    scores = Scores(OUTCOME_RATES[outcome], arm, detail="/" in arm)
    for record, got in replies:
        if outcome in UNCOMMITTED and got in MISSING:
            scores.miss(record.stratum, (record.key,), UNREAD)
        else:
            scores.add(record.stratum, record.family, float(got == outcome), (record.key,))
    return scores


def _forced_sides(records: Sequence[TrialRecord]) -> dict[str, Counter[str]]:
    """Return what forced replies came to, by family: "a", "b" or "" for no side."""
    found: dict[str, Counter[str]] = {}
    for record in records:
        if record.arm != "forced" or record.probe not in ("options", "format"):
            continue
        seen = record.get("first", "said")
        if seen is not None and seen.reading.outcome not in MISSING:
            stance = seen.reading.stance
            side = "" if stance is None else stance.side
            found.setdefault(record.family, Counter())[side] += 1
    return found
