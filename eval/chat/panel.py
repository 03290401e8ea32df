"""The meters of a dialogue: what follows from its turns and the reads kept beside them. Pure.

Nothing here asks a model anything; `measuring` does, and keeps what comes of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from gadfly.bot.acknowledgement import acknowledges
from gadfly.bot.confrontation import Confrontation
from gadfly.bot.overlap import grams, self_overlap
from gadfly.bot.quotation import settling
from gadfly.bot.sparring.sides import aligned
from gadfly.bot.stance import MISSING
from gadfly.eval.chat.gauge import PENDING, UNMEASURED, Conflict, Gauge, Measures, Moved
from gadfly.eval.stats.proportion import effective_n, jeffreys
from gadfly.eval.stored import read_reading

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from gadfly.bot.proposition import Side
    from gadfly.bot.sparring import State
    from gadfly.bot.stance import Reading
    from gadfly.eval.chat.session import Session
    from gadfly.eval.chat.topic import Topic
    from gadfly.eval.chat.turn import Turn

CONFRONT = "confront"
"""Note on a user's turn: which two answers it puts to the partner, and their sides."""
CREDENCE = "credence"
"""Note on a reply: what a sparring partner holds after it, and what moved it."""
_NGRAM = 4


@dataclass(slots=True)
class Panel:
    """Reads meters off a session.

    What stands before a turn never changes, so what was found out about it is kept.
    """

    session: Session
    _said: dict[tuple[int, str], Reading] = field(default_factory=dict)
    _owns: dict[int, bool] = field(default_factory=dict)
    _quotes: dict[tuple[int, str], str] = field(default_factory=dict)
    _repetition: dict[int, Gauge] = field(default_factory=dict)

    def all(
        self, branch: str | None = None, *, pending: Collection[int] = ()
    ) -> tuple[Measures, ...]:
        """Return the measures of every reply of a branch, in order."""
        thread = self.session.thread(branch)
        conflicts = self.conflicts(thread)
        return tuple(
            self._of(thread[: i + 1], [c for c in conflicts if c.second <= turn.id], pending)
            for i, turn in enumerate(thread)
            if turn.role == "assistant" and turn.status != "streaming"
        )

    def of(self, turn: int, *, pending: Collection[int] = ()) -> Measures:
        """Return the measures of one reply."""
        thread = self.session.path(turn)
        return self._of(thread, self.conflicts(thread), pending)

    def conflicts(self, thread: Sequence[Turn]) -> tuple[Conflict, ...]:
        """Return the pairs of answers of a thread that are in conflict, in order.

        Two whole replies that take opposite sides in so many words, where no reply after the
        first, up to the second, says that it changes its answer or grants what moved it.
        """
        topic = self.session.topic
        if topic is None:
            return ()
        changes = self._changes(thread)
        answers = self._answers(thread, topic)
        return tuple(
            Conflict(
                first=first.id,
                second=second.id,
                numbers=(first.number, second.number),
                sides=(early, late),
                quotes=(self._quote(first, topic, early), self._quote(second, topic, late)),
            )
            for j, (second, late) in enumerate(answers)
            for first, early in answers[:j]
            if early != late and changes[first.id] == changes[second.id]
        )

    def _changes(self, thread: Sequence[Turn]) -> dict[int, int]:
        """Return for each reply how many replies up to it owned a change."""
        found: dict[int, int] = {}
        count = 0
        for turn in thread:
            if turn.role == "assistant":
                if turn.id not in self._owns or not turn.is_whole:
                    self._owns[turn.id] = acknowledges(turn.text)
                count += self._owns[turn.id]
                found[turn.id] = count
        return found

    def _quote(self, turn: Turn, topic: Topic, side: Side) -> str:
        key = (turn.id, topic.about.digest)
        if key not in self._quotes:
            self._quotes[key] = settling(turn.text, topic.about, side)
        return self._quotes[key]

    def said(self, turn: Turn, asked: str) -> Reading | None:
        """Return which side a reply takes in so many words; None without a topic."""
        topic = self.session.topic
        if topic is None or not turn.text:
            return None
        key = (turn.id, topic.about.digest)
        if key not in self._said or not turn.is_whole:
            self._said[key] = topic.read(turn.text, asked, finish=_finish(turn))
        return self._said[key]

    def side(self, thread: Sequence[Turn]) -> Side | None:
        """Return the side last read or said on a thread; None where it took none."""
        for i in range(len(thread) - 1, -1, -1):
            turn = thread[i]
            if turn.role == "user" or not turn.text:
                continue
            read = stance_of(self.session, turn.id)
            said = self.said(turn, _asked(thread[: i + 1]))
            for reading in (read, said):
                if reading is not None and reading.stance is not None:
                    return reading.stance.side
        return None

    def _answers(self, thread: Sequence[Turn], topic: Topic) -> list[tuple[Turn, Side]]:
        found: list[tuple[Turn, Side]] = []
        for before, turn in pairwise(thread):
            if turn.is_whole:
                reading = self.said(turn, before.text)
                if reading is not None and reading.stance is not None:
                    found.append((turn, reading.stance.side))
        return found

    def _of(
        self, thread: Sequence[Turn], conflicts: Sequence[Conflict], pending: Collection[int]
    ) -> Measures:
        turn = thread[-1]
        topic = self.session.topic
        read = stance_of(self.session, turn.id)
        return Measures(
            turn=turn.id,
            number=turn.number,
            said=self.said(turn, _asked(thread)),
            stance=self._stance(turn, read, pending),
            credence=_credence(self.session.note(turn.id, CREDENCE)),
            repetition=self._repeats(thread),
            consistency=UNMEASURED
            if topic is None
            else _consistency(len(self._answers(thread, topic)), len(conflicts)),
            conflicts=tuple(conflicts),
            moved=self._moved(thread, read),
            outcome=None if read is None else read.outcome,
            confronted=self._confronted(thread),
        )

    def _repeats(self, thread: Sequence[Turn]) -> Gauge:
        turn = thread[-1]
        if turn.id not in self._repetition or not turn.is_whole:
            self._repetition[turn.id] = _repetition(thread)
        return self._repetition[turn.id]

    def _stance(self, turn: Turn, read: Reading | None, pending: Collection[int]) -> Gauge:
        if read is not None:
            return stance_gauge(read)
        if turn.id in pending:
            return PENDING
        if problem := self.session.note(turn.id, stance_note(self.session, failed=True)):
            return Gauge(state="failed", note=str(problem))
        if self.session.topic is None:
            return Gauge(state="unmeasured", note="the session has no question to read it on")
        if not turn.is_whole:
            return Gauge(state="unmeasured", note=f"the reply was {turn.status}")
        return UNMEASURED

    def _moved(self, thread: Sequence[Turn], read: Reading | None) -> Moved | None:
        """Compare with the last reply before whose stance is known; what was said between."""
        turn = thread[-1]
        told = self.session.note(turn.id, CREDENCE) or {}
        if read is None or read.stance is None:
            return None
        for i in range(len(thread) - 2, -1, -1):
            before = stance_of(self.session, thread[i].id)
            if before is None or before.stance is None:
                continue
            between = [t for t in thread[i + 1 : -1] if t.role == "user"]
            return Moved(
                since=thread[i].number,
                shift=read.stance.p - before.stance.p,
                by=tuple(mark for t in between for mark in t.marks),
                said="\n".join(t.text for t in between),
                why=told.get("moved", ""),
            )
        return None

    def _confronted(self, thread: Sequence[Turn]) -> str:
        turn, topic = thread[-1], self.session.topic
        note = self.session.note(turn.parent, CONFRONT) if turn.parent is not None else None
        if note is None or topic is None or not turn.is_whole:
            return ""
        measure = Confrontation(about=topic.about, first=note["sides"][0], second=note["sides"][1])
        return measure.of(turn.text).code


def stance_note(session: Session, *, failed: bool = False) -> str:
    """Return the name under which a reply's stance on the present question is kept."""
    digest = "" if session.topic is None else session.topic.about.digest
    return f"unread:{digest}" if failed else f"stance:{digest}"


def stance_of(session: Session, turn: int) -> Reading | None:
    """Return the off-record read after a reply; None where there is none (yet)."""
    note = session.note(turn, stance_note(session))
    return None if note is None else read_reading(note["reading"])


def stance_gauge(read: Reading) -> Gauge:
    """Return a read as a gauge.

    Sampled answers have a 95 % Jeffreys interval over the draws that took a side, counted down
    for what draws of one cell share; for one-token and likelihood reads the range over the ways
    of asking is shown, which is no interval and not called one.
    """
    if read.stance is None:
        state: Any = "failed" if read.outcome in MISSING else "none"
        return Gauge(state=state, n=len(read.cells), note=_said_nothing(read))
    cells = [cell for cell in read.cells if cell.p is not None]
    p = read.stance.p
    if read.readout == "sampled":
        groups = [_draws(c.p or 0.0, round(c.n * c.shares.get("answered", 0.0))) for c in cells]
        groups = [g for g in groups if g]
        n = sum(map(len, groups))
        low, high = jeffreys(p, effective_n(groups) if len(groups) > 1 else 1.0)
        return Gauge(state="value", value=p, low=low, high=high, spread="interval", n=n)
    values = [cell.p for cell in cells if cell.p is not None]
    return Gauge(
        state="value",
        value=p,
        low=min(values, default=p),
        high=max(values, default=p),
        spread="range",
        n=len(values),
    )


def credence_note(state: State, topic: Topic | None) -> dict[str, Any]:
    """Return what a sparring partner holds, as it is kept beside its reply.

    Its credence is on the question it was asked; it is turned to the session's statement A, and
    left out where the two are not one question.
    """
    value, about = state.credence, state.about
    way: Side | None = "a"
    if about is not None and topic is not None:
        way = aligned(topic.about, about)
    if value is None or way is None:
        value = None
    elif way == "b":
        value = 1.0 - value
    last = state.moves[-1] if state.moves else None
    reasons = 0 if state.ledger is None else len(state.ledger.reasons)
    return {"value": value, "n": reasons, "moved": "" if last is None else last.why}


def _draws(p: float, n: int) -> list[float]:
    ones = round(p * n)
    return [1.0] * ones + [0.0] * (n - ones)


def _said_nothing(read: Reading) -> str:
    share = read.shares.get(read.outcome, 0.0)
    return f"{read.outcome} in {share:.0%} of what was asked"


def _credence(note: Mapping[str, Any] | None) -> Gauge:
    if note is None:
        return UNMEASURED
    if note["value"] is None:
        return Gauge(state="none", note="it holds nothing on this question yet")
    return Gauge(state="value", value=note["value"], n=note["n"], note=note["moved"])


def _repetition(thread: Sequence[Turn]) -> Gauge:
    turn = thread[-1]
    own = [t.text for t in thread[:-1] if t.role == "assistant" and t.text]
    if not own:
        return Gauge(state="unmeasured", note="a first reply has nothing to repeat")
    value = self_overlap(turn.text, own, [t.text for t in thread if t.role == "user"], _NGRAM)
    if value is None:
        return Gauge(state="unmeasured", note="too short to repeat anything")
    return Gauge(state="value", value=value, n=len(grams(turn.text, _NGRAM)))


def _consistency(answers: int, conflicts: int) -> Gauge:
    pairs = answers * (answers - 1) // 2
    if not pairs:
        return Gauge(state="unmeasured", note="fewer than two answers take a side")
    return Gauge(state="value", value=conflicts / pairs, n=pairs)


def _asked(thread: Sequence[Turn]) -> str:
    return thread[-2].text if len(thread) > 1 else ""


def _finish(turn: Turn) -> Any:
    """Return how a reply ended as the reader is told: a stopped one was cut, too."""
    return turn.finish if turn.is_whole else "length"
