"""Transcripts as a page shows them: on the record, and apart from it what was read beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from gadfly.bot.foreign import plain, printable
from gadfly.eval.transcript import Aside, Exchange, Opening, events, summary, verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gadfly.eval.judging.looks import Looks
    from gadfly.eval.record import Observed, TrialRecord
    from gadfly.eval.store import Store, StoredCall

LONGEST = 6000
"""Characters shown of one message; `gadfly show` has all of it."""
_ASKED = 1200
"""Characters shown of a question asked off the record, and of an answer to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One thing said, done or read."""

    kind: Literal["thread", "system", "gadfly", "planted", "subject", "aside"]
    text: str
    notes: tuple[str, ...] = ()
    """What it was read as, and by whom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """One trial to be read."""

    key: str
    """What names it in the page."""
    probe: str
    title: str
    about: str
    summary: str
    why: str
    """Why it is in the page."""
    command: str
    """What prints it."""
    pieces: tuple[Piece, ...]
    ending: str = ""
    """What stopped or broke it."""

    @property
    def size(self) -> int:
        """Characters of text, more or less."""
        return 400 + sum(80 + len(p.text) + sum(map(len, p.notes)) for p in self.pieces)


def transcript(
    store: Store, record: TrialRecord, looks: Looks, *, why: str, command: str
) -> Transcript:
    """Return a stored trial for a page: its text is neutralised, not yet escaped."""
    ending = f"stopped: {printable(record.stopped)}" if record.stopped else ""
    if record.failure is not None:
        f = record.failure
        ending = f"failed ({f.stage}): {printable(f.error_type)}: {plain(f.message)}"
    return Transcript(
        key=record.key,
        probe=record.probe,
        title=printable(record.family),
        about=printable(
            f"{record.arm} · {record.variant} · replicate {record.replicate} · {record.stratum}"
        ),
        summary=printable(summary(record)),
        why=why,
        command=command,
        pieces=tuple(_pieces(store, record, looks)),
        ending=ending,
    )


def _pieces(store: Store, record: TrialRecord, looks: Looks) -> Iterator[Piece]:
    asked_before = ""
    for event in events(store, record):
        match event:
            case Opening():
                yield from _opening(event)
            case Exchange(seen=seen, asked=asked, reply=reply):
                live = (f"written live, call {seen.written[:10]}",) if seen.written else ()
                yield Piece(kind="gadfly", text=_cut(asked, LONGEST), notes=live)
                told = (f"{seen.label}: {printable(verdict(seen))}", *looks.on(seen))
                yield Piece(kind="subject", text=_cut(reply, LONGEST), notes=told)
            case Aside(seen=seen, calls=calls):
                asked = calls[0].conversation.messages[-1].text if calls else ""
                # The same question is put after turn and turn: once is enough to read it.
                yield _aside(seen, calls, "" if asked == asked_before else asked)
                asked_before = asked


def _opening(thread: Opening) -> Iterator[Piece]:
    if thread.number > 1:
        same = ", opened as before" if thread.given and thread.as_before else ""
        yield Piece(kind="thread", text=f"new thread{same}")
    if thread.as_before:
        return
    for message in thread.given:
        text = _cut(message.text, LONGEST)
        if message.role == "system":
            yield Piece(kind="system", text=text)
        elif message.role == "assistant":
            note = "put into the thread as its own words; it never said this"
            yield Piece(kind="planted", text=text, notes=(note,))
        else:
            yield Piece(kind="gadfly", text=text)


def _aside(seen: Observed, calls: Sequence[StoredCall], asked: str) -> Piece:
    stance = seen.reading.stance
    value = f"p(A) = {stance.p:.3f}" if stance is not None else f"no stance ({seen.came_to})"
    notes = [f"{seen.label}, {seen.reading.readout}: {value}"]
    for cell in seen.reading.cells:
        p = "–" if cell.p is None else f"{cell.p:.3f}"
        shares = ", ".join(f"{name} {share:.0%}" for name, share in sorted(cell.shares.items()))
        notes.append(f"wording {cell.wording}, order {cell.order}: p(A) = {p} ({shares})")
    for call in calls[:1]:
        for option, scored in call.completion.logprobs.items():
            notes.append(f"{scored:.2f}  {plain(option)}")
        if call.completion.text:
            notes.append(f"answered: {_cut(call.completion.text, _ASKED)}")
    return Piece(kind="aside", text=_cut(asked, _ASKED), notes=tuple(map(printable, notes)))


def _cut(text: str, longest: int) -> str:
    shown = printable(text).strip()
    if len(shown) <= longest:
        return shown
    return f"{shown[:longest]} … ({len(shown) - longest:,} more characters: gadfly show has them)"
