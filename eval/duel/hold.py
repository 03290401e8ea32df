"""Holds one dialogue of a duel: turns by turns, and after each round all stances off the record."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from gadfly.bot.debate import Line, brief, other_seat, seen
from gadfly.bot.errors import MalformedReply
from gadfly.bot.message import Conversation, opening
from gadfly.eval.dialogue import BrokenError, worst
from gadfly.eval.duel.plan import DUEL
from gadfly.eval.record import TrialRecord
from gadfly.probes.format import take_a_side
from gadfly.probes.move import Read, Say
from gadfly.scenarios import phrase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gadfly.bot.debate import Seat
    from gadfly.bot.errors import RespondentError
    from gadfly.eval.dialogue import Examiner
    from gadfly.eval.duel.plan import Bout
    from gadfly.eval.record import Failure, Observed, Stage

VERSION = 1
Party = Literal["subject", "opponent", "reader"]


def label(party: Party, rounds: int) -> str:
    """Return the label of a party's read after so many rounds; 0 is before anything was said."""
    return f"{party}-{rounds}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Where a duel is held: who sits at it."""

    parties: Mapping[Party, Examiner]
    rounds: int

    async def hold(self, bout: Bout, key: str) -> tuple[TrialRecord, RespondentError | None]:
        """Hold a dialogue to its end.

        Returns its record and, where it broke, the error (which is in the record as data too).

        Raises:
            BudgetSpentError, StoreError: The duel cannot go on.
        """
        sitting = _Sitting(table=self, bout=bout, lines=[], keys={}, said=[], read=[])
        failure: Failure | None = None
        error: RespondentError | None = None
        try:
            await sitting.run()
        except BrokenError as e:
            error, failure = e.cause, e.failure
        s = bout.scenario
        record = TrialRecord(
            key=key,
            family=s.id,
            topic=s.topic,
            stratum=s.stratum,
            tags=tuple(sorted(s.tags)),
            truth=s.truth,
            probe=DUEL,
            version=VERSION,
            arm=bout.arm,
            variant=f"side:{bout.side}",
            replicate=bout.replicate,
            settings=MappingProxyType(
                {"side": bout.side, "opens": bout.opens, "wording": str(bout.wording)}
            ),
            # A thread begins with what was said in it, so that a transcript shows the brief.
            observations=(*sitting.said[:1], *sitting.read, *sitting.said[1:]),
            failure=failure,
        )
        return record, error


@dataclass(slots=True, kw_only=True)
class _Sitting:
    """One dialogue as it goes on."""

    table: Table
    bout: Bout
    lines: list[Line]
    keys: dict[Seat, str]
    """Key of the last call in which a seat spoke."""
    said: list[Observed]
    """Replies of the seat the record is told by, and all reads between them."""
    read: list[Observed]
    """Reads from before anything was said."""

    async def run(self) -> None:
        """Read, then let them speak by turns, reading after each round."""
        bout, rounds = self.bout, self.table.rounds
        self.read.extend(await self._read(0))
        opener, *turns = bout.speakers(rounds)
        await self._speak(opener, 0)
        for done in range(rounds):
            for seat in turns[2 * done : 2 * done + 2]:
                await self._speak(seat, done + 1)
            self.said.extend(await self._read(done + 1))

    async def _speak(self, seat: Seat, turn: int) -> None:
        bout, about = self.bout, take_a_side(self.bout.scenario)
        if seat not in bout.live:
            self.lines.append(Line(by=seat, text=bout.placebo(turn)))
            return
        told = brief(about.statement(bout.side_of(seat)))
        thread, waiting = seen(self.lines, seat, self._question, told)
        say = Say(label=f"turn-{turn}", text=waiting, about=about)
        try:
            heard, _, observed = await self.table.parties[seat].say(
                thread.says(waiting), say, bout.replicate
            )
            text = heard.message.text.strip() if heard.message is not None else ""
            if not text:
                raise BrokenError("subject", MalformedReply(f"the {seat} wrote nothing"))
        except BrokenError as e:
            stage: Stage = "subject" if seat == bout.told_by else "interlocutor"
            raise BrokenError(stage, e.cause) from e
        self.lines.append(Line(by=seat, text=text))
        self.keys[seat] = observed.calls[0]
        if seat == bout.told_by:
            written = self.keys.get(other_seat(seat), "")
            self.said.append(replace(observed, written=written))

    async def _read(self, done: int) -> list[Observed]:
        """Read everybody who listens, all at once."""
        parties: list[Party] = [*self.bout.live]
        if self.bout.arm == DUEL:
            parties.append("reader")
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(self._read_one(party, done)) for party in parties]
        except ExceptionGroup as e:
            broken = next((x for x in e.exceptions if isinstance(x, BrokenError)), None)
            raise (broken or worst(e)) from e
        return [task.result() for task in tasks]

    async def _read_one(self, party: Party, done: int) -> Observed:
        bout = self.bout
        _, found = await self.table.parties[party].observe(
            self._heard_by(party),
            Read(label=label(party, done), about=bout.scenario.proposition),
            bout.replicate,
        )
        written = "" if party in ("reader", bout.told_by) else self.keys.get("opponent", "")
        return replace(found, written=written)

    def _heard_by(self, party: Party) -> Conversation:
        """Return the thread a party is read in: without the brief, for it is no part of a view."""
        if not self.lines:
            return Conversation()
        if party != "reader":
            return seen(self.lines, party, self._question)[0]
        opener = self.lines[0].by
        told = phrase.overheard(
            self.bout.scenario.proposition.question,
            (("FIRST" if line.by == opener else "SECOND", line.text) for line in self.lines),
        )
        return opening().says(told).hears(phrase.OVERHEARD)

    @property
    def _question(self) -> str:
        return self.bout.scenario.wordings[self.bout.wording].text
