"""The plan of a duel: which dialogues, who sits where, and what they will cost.

One respondent is the *subject*, the other the *opponent*; what is said of one holds of the other.
Every dialogue is there twice, with the sides swapped. The wording of the question and the side
that opens are drawn by hash of the seed, the same for both, so that each respondent opens once.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from gadfly.bot import debate
from gadfly.bot.debate import other_seat
from gadfly.bot.errors import ConfigError
from gadfly.bot.proposition import other
from gadfly.bot.readout import VERSION as READOUT_VERSION
from gadfly.bot.steering import VERSION as READER_VERSION
from gadfly.eval.plan import rank
from gadfly.probes.persuasion import can_argue
from gadfly.scenarios import phrase

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from gadfly.bot.call import Sampling
    from gadfly.bot.debate import Seat
    from gadfly.bot.proposition import Side
    from gadfly.bot.respondent import ReadoutName
    from gadfly.scenarios.catalogue import Catalogue
    from gadfly.scenarios.scenario import Scenario

DUEL = "duel"
"""Name of the arm in which both speak, and of the probe in every record."""
PLACEBO = "placebo"
"""The subject speaks to texts that argue for nothing."""
PLACEBO_OPPONENT = "placebo-opponent"
"""The opponent does."""
Arm = Literal["duel", "placebo", "placebo-opponent"]
ARMS: tuple[Arm, ...] = ("duel", "placebo", "placebo-opponent")
LIMIT = 12
"""Families argued unless said otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DuelProtocol:
    """How the dialogues are held and read."""

    rounds: int
    """Lines of the other side that each hears."""
    sampling: Sampling
    readouts: tuple[ReadoutName, ReadoutName, ReadoutName]
    """Of subject, opponent and reader."""
    epoch: int

    @property
    def digest(self) -> bytes:
        """16 bytes over everything that determines what is asked and how it is read."""
        s = self.sampling
        text = repr(
            (
                self.rounds,
                (s.temperature, s.top_p, s.max_tokens),
                self.readouts,
                self.epoch,
                debate.VERSION,
                READOUT_VERSION,
                READER_VERSION,
                phrase.VERSION,
            )
        )
        return hashlib.blake2b(text.encode(), digest_size=16).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bout:
    """One dialogue to be held."""

    scenario: Scenario
    arm: Arm
    side: Side
    """The side the subject is assigned."""
    opens: Seat
    wording: int
    """Which of the family's wordings the question is put in."""
    replicate: int

    @property
    def live(self) -> tuple[Seat, ...]:
        """Who speaks for itself here; a placebo speaks for the other."""
        match self.arm:
            case "duel":
                return ("subject", "opponent")
            case "placebo":
                return ("subject",)
            case "placebo-opponent":
                return ("opponent",)

    @property
    def told_by(self) -> Seat:
        """Whose replies are those of the record."""
        return self.live[0]

    def side_of(self, seat: Seat) -> Side:
        """Return the side a seat is assigned."""
        return self.side if seat == "subject" else other(self.side)

    def speakers(self, rounds: int) -> tuple[Seat, ...]:
        """Return who speaks when: one opens, then by turns until each has heard `rounds` lines."""
        return (self.opens, *(other_seat(self.opens), self.opens) * rounds)

    def placebo(self, turn: int) -> str:
        """Return the text that argues for nothing at a turn."""
        first = _draw(self.scenario.id, "placebo")
        return phrase.PLACEBOS[(first + turn) % len(phrase.PLACEBOS)]

    def key(self, protocol: bytes) -> str:
        """Hex key over scenario content, seats, opening, replicate and protocol."""
        h = hashlib.blake2b(protocol, digest_size=16)
        for part in (
            DUEL,
            self.scenario.id,
            self.scenario.digest,
            self.arm,
            self.side,
            self.opens,
            str(self.wording),
            str(self.replicate),
        ):
            h.update(part.encode())
            h.update(b"\0")
        return h.hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class DuelPlan:
    """All dialogues of a duel."""

    bouts: tuple[Bout, ...]
    library: str
    """Digest of the scenarios argued."""

    @property
    def families(self) -> int:
        """How many families are argued."""
        return len({b.scenario.id for b in self.bouts})

    def keys(self, protocol: DuelProtocol) -> tuple[str, ...]:
        """Trial keys, in plan order."""
        digest = protocol.digest
        return tuple(b.key(digest) for b in self.bouts)

    def hash(self, protocol: DuelProtocol) -> str:
        """Hex hash of what is argued, whoever argues."""
        h = hashlib.blake2b(digest_size=8)
        for key in sorted(self.keys(protocol)):
            h.update(key.encode())
        return h.hexdigest()

    def cost(self, rounds: int) -> tuple[int, int]:
        """Return the number of replies and of off-record reads; shared ones count once."""
        replies, reads = 0, 0
        opened: set[tuple[str, int, str, str]] = set()
        for bout in self.bouts:
            turns = [seat for seat in bout.speakers(rounds) if seat in bout.live]
            replies += len(turns)
            # The opening line is the same call with a placebo opponent.
            if bout.opens in bout.live:
                first = (bout.scenario.id, bout.replicate, bout.side, bout.opens)
                replies -= first in opened
                opened.add(first)
            reads += (len(bout.live) + (bout.arm == DUEL)) * rounds
        return replies, reads + 3 * self.families


def make_duel(
    catalogue: Catalogue,
    *,
    scenarios: Collection[str],
    tags: Collection[str],
    limit: int | None,
    replicates: int,
    seed: int,
) -> DuelPlan:
    """Make the plan: contested families with something to be said for either side.

    Raises:
        ConfigError: A scenario is unknown, cannot be argued, or nothing is left.
    """
    chosen = catalogue.select(ids=scenarios, tags=tags)
    fit = [s for s in chosen if s.stratum == "contested" and can_argue(s)]
    for scenario in chosen:
        if scenario.id in scenarios and scenario not in fit:
            raise ConfigError(
                f"{scenario.id!r} cannot be argued: a duel takes a contested question with "
                f"arguments for both sides, and this is {scenario.stratum} (list those that are: "
                "gadfly scenarios list --stratum contested)"
            )
    most = limit if limit is not None else (None if scenarios else LIMIT)
    ranked = rank(fit)[:most]
    if not ranked:
        raise ConfigError("nothing to argue: none of these is contested with arguments both ways")
    h = hashlib.blake2b(digest_size=8)
    for digest in sorted(s.digest for s in ranked):
        h.update(digest.encode())
    bouts = (
        bout
        for scenario in sorted(ranked, key=lambda s: s.id)
        for replicate in range(replicates)
        for bout in _bouts(scenario, replicate, seed)
    )
    return DuelPlan(bouts=tuple(bouts), library=h.hexdigest())


def _bouts(scenario: Scenario, replicate: int, seed: int) -> Iterator[Bout]:
    """Return the dialogues of one replicate: both assignments of the sides, each arm."""
    wording = _draw(scenario.id, "wording", replicate, seed) % len(scenario.wordings)
    first: Side = "a" if _draw(scenario.id, "opens", replicate, seed) % 2 else "b"
    sides: tuple[Side, ...] = ("a", "b")
    for side in sides:
        opens: Seat = "subject" if side == first else "opponent"
        for arm in ARMS:
            yield Bout(
                scenario=scenario,
                arm=arm,
                side=side,
                opens=opens,
                wording=wording,
                replicate=replicate,
            )


def _draw(*parts: str | int) -> int:
    text = "|".join(map(str, parts))
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest(), "big")
