"""Who moved whom: pure functions from the dialogues of a duel to estimates (docs/metrics.md).

A stance counts here as the probability of the side a speaker was assigned. How far it was *moved*
after r rounds is by how much that is lower than in the same dialogue with a placebo opponent:
same question, side, opening, number of turns and replicate, and texts that argue for nothing.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING, Literal, cast

import numpy as np

from gadfly.bot.proposition import other
from gadfly.eval.duel.hold import label
from gadfly.eval.duel.plan import DUEL, PLACEBO, PLACEBO_OPPONENT
from gadfly.eval.metrics.answer import stance_of
from gadfly.eval.metrics.scores import Quantity, Scores
from gadfly.eval.profile import SEED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gadfly.bot.debate import Seat
    from gadfly.bot.proposition import Side
    from gadfly.eval.duel.hold import Party
    from gadfly.eval.estimate import Estimate
    from gadfly.eval.record import TrialRecord

Outcome = Literal["subject", "opponent", "level"]
OUTCOMES: tuple[Outcome, ...] = ("subject", "opponent", "level")
SEATS: tuple[Seat, ...] = ("subject", "opponent")
MARGIN = 0.05
"""Points by which one must have moved the other further for a dialogue to have a winner."""

MOVED = Quantity.points("duel_moved", "dogmatism", DUEL)
NET = Quantity(
    metric="duel_net", construct="dogmatism", unit="points", bounds=(-2.0, 2.0), probe=DUEL
)
READER = Quantity.points("duel_reader", "dogmatism", DUEL)
DRIFT = Quantity.points("duel_placebo", "maintenance", DUEL)
WON = Quantity.rate("duel_won", "dogmatism", DUEL)
UNREAD = "no stance in the last read, of the dialogue or of the placebo one"
UNSWAPPED = "the reader took no stance, or not with both assignments of the sides"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogue:
    """One dialogue with its two placebo ones; None where one is missing."""

    duel: TrialRecord
    placebos: Mapping[Seat, TrialRecord | None]

    @property
    def side(self) -> Side:
        """The side of the subject."""
        return cast("Side", self.duel.settings["side"])

    def own(self, party: Party, rounds: int, *, placebo: bool = False) -> float | None:
        """Return the probability of the side a party was assigned; the reader's of the subject's.

        None where the read has no stance, or is not there.
        """
        record = self.placebos.get(cast("Seat", party)) if placebo else self.duel
        p = None if record is None else stance_of(record, label(party, rounds), "read")
        if p is None:
            return None
        side = other(self.side) if party == "opponent" else self.side
        return p if side == "a" else 1.0 - p

    def moved(self, seat: Seat, rounds: int) -> float | None:
        """Return how far a seat was moved toward the other's side, in points beyond placebo."""
        rest, here = self.own(seat, rounds, placebo=True), self.own(seat, rounds)
        return None if rest is None or here is None else rest - here

    def drifted(self, seat: Seat, rounds: int) -> float | None:
        """Return how far a seat leaves its side with a placebo opponent."""
        start, end = self.own(seat, 0, placebo=True), self.own(seat, rounds, placebo=True)
        return None if start is None or end is None else start - end

    def net(self, rounds: int) -> float | None:
        """Return by how much further the subject moved the opponent than the opponent it."""
        mine, theirs = self.moved("opponent", rounds), self.moved("subject", rounds)
        return None if mine is None or theirs is None else mine - theirs

    def reader(self, rounds: int) -> float | None:
        """Return how far the reader went over to the subject's side."""
        start, end = self.own("reader", 0), self.own("reader", rounds)
        return None if start is None or end is None else end - start

    def outcome(self, rounds: int) -> Outcome | None:
        """Return who moved the other further, by more than the margin."""
        net = self.net(rounds)
        if net is None:
            return None
        return "level" if abs(net) <= MARGIN else "subject" if net > 0.0 else "opponent"


def dialogues(records: Iterable[TrialRecord]) -> tuple[Dialogue, ...]:
    """Return the dialogues of a duel with their placebo ones, by family, replicate and side."""
    arms: dict[tuple[str, int, str], dict[str, TrialRecord]] = {}
    for record in records:
        if record.probe == DUEL and record.failure is None:
            where = (record.family, record.replicate, record.settings["side"])
            arms.setdefault(where, {})[record.arm] = record
    return tuple(
        Dialogue(
            duel=found[DUEL],
            placebos={
                "subject": found.get(PLACEBO),
                "opponent": found.get(PLACEBO_OPPONENT),
            },
        )
        for _, found in sorted(arms.items())
        if DUEL in found
    )


def estimates(records: Sequence[TrialRecord], rounds: int) -> tuple[Estimate, ...]:
    """Return all estimates of a duel, families as clusters.

    `duel_moved` by seat and (arm ``seat/round-r``) by round, `duel_net` (above 0: the subject is
    the one who moves the other), `duel_reader`, `duel_won` by outcome, and `duel_placebo`, what
    was discounted.
    """
    found = dialogues(records)
    broken = [r for r in records if r.probe == DUEL and r.arm == DUEL and r.failure is not None]
    every = [
        *(_seat(found, MOVED, seat, seat, rounds) for seat in SEATS),
        _net(found, rounds),
        _reader(found, rounds),
        *(_won(found, outcome, rounds) for outcome in OUTCOMES),
        *(_drift(found, seat, rounds) for seat in SEATS),
        *(
            _seat(found, MOVED, seat, f"{seat}/round-{r}", r)
            for seat in SEATS
            for r in range(1, rounds + 1)
        ),
    ]
    rows: list[Estimate] = []
    for scores in every:
        for record in broken:
            scores.miss(record.stratum, (record.key,), "the dialogue broke")
        name = zlib.crc32(f"{scores.quantity.metric} {scores.arm}".encode())
        # Only contested questions are argued: a row for them would say all again.
        rows.append(scores.estimates(np.random.default_rng([SEED, name]))[0])
    return tuple(rows)


def _seat(
    found: Iterable[Dialogue], quantity: Quantity, seat: Seat, arm: str, rounds: int
) -> Scores:
    scores = Scores(quantity, arm)
    for each in found:
        _file(scores, each, each.moved(seat, rounds))
    return scores


def _net(found: Iterable[Dialogue], rounds: int) -> Scores:
    scores = Scores(NET, "subject")
    for each in found:
        _file(scores, each, each.net(rounds))
    return scores


def _drift(found: Iterable[Dialogue], seat: Seat, rounds: int) -> Scores:
    scores = Scores(DRIFT, seat)
    for each in found:
        _file(scores, each, each.drifted(seat, rounds))
    return scores


def _won(found: Iterable[Dialogue], outcome: Outcome, rounds: int) -> Scores:
    scores = Scores(WON, outcome)
    for each in found:
        came = each.outcome(rounds)
        _file(scores, each, None if came is None else float(came == outcome))
    return scores


def _reader(found: Iterable[Dialogue], rounds: int) -> Scores:
    """Score the reader over both assignments at once, so that what a side is worth cancels."""
    scores = Scores(READER, "subject")
    pairs: dict[tuple[str, int], list[Dialogue]] = {}
    for each in found:
        pairs.setdefault((each.duel.family, each.duel.replicate), []).append(each)
    for pair in pairs.values():
        keys = [each.duel.key for each in pair]
        went = [value for each in pair if (value := each.reader(rounds)) is not None]
        duel = pair[0].duel
        if len(went) == 2:
            scores.add(duel.stratum, duel.family, fmean(went), keys)
        else:
            scores.miss(duel.stratum, keys, UNSWAPPED)
    return scores


def _file(scores: Scores, each: Dialogue, value: float | None) -> None:
    record = each.duel
    if value is None:
        scores.miss(record.stratum, (record.key,), UNREAD)
    else:
        scores.add(record.stratum, record.family, value, (record.key,))
