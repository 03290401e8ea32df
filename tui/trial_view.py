"""A stored trial, read whole and made ready to be shown: messages, asides, verdicts, failure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from gadfly.eval.judging.verdicts import Judging, StoredVerdict, judged_trials
from gadfly.eval.manifest import read_manifest
from gadfly.eval.store import Store
from gadfly.eval.transcript import Aside, Exchange, Opening, events, verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from gadfly.bot.proposition import Proposition
    from gadfly.eval.record import Observed, TrialRecord
    from gadfly.eval.store import StoredCall

Kind = Literal["user", "model", "note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One thing that happened, as it is shown. All text is as it came: not safe."""

    kind: Kind
    who: str
    status: str = ""
    text: str = ""
    is_reading: bool = False
    """Says how something was read: hidden while somebody labels."""
    is_detail: bool = False
    """Shown only where everything is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunTrials:
    """The trials of a run, read once."""

    folder: Path
    plan: str
    model: str
    planned: int
    records: tuple[TrialRecord, ...]
    """With the verdicts of the current judging in place."""
    judge: str
    """Who judged, "" for nobody."""


def read_run(folder: Path) -> RunTrials:
    """Read all trials of a run; blocking.

    Raises:
        GadflyError: There is no run, it is damaged, or it is of another version.
    """
    manifest = read_manifest(folder)
    store = Store.read(folder)
    try:
        found = judged_trials(store)
        planned = store.n_planned
    finally:
        store.close()
    return RunTrials(
        folder=folder,
        plan=manifest.plan,
        model=manifest.respondent.get("model") or manifest.spec,
        planned=planned,
        records=found.records,
        judge="" if found.judging is None else found.judging.judge.model,
    )


def read_pieces(folder: Path, record: TrialRecord) -> tuple[Piece, ...]:
    """Read everything that happened in a trial; blocking.

    Raises:
        GadflyError: The store cannot be read.
    """
    store = Store.read(folder)
    try:
        known = store.propositions()
        text = store.judging
        judging = None if text is None else Judging.of(text)
        looks = () if judging is None else map(StoredVerdict.of, store.verdicts(judging.id))
        verdicts: dict[tuple[str, str], list[StoredVerdict]] = {}
        for look in looks:
            verdicts.setdefault((look.reply, look.about), []).append(look)
        return tuple(_pieces(store, record, known, verdicts))
    finally:
        store.close()


def _pieces(
    store: Store,
    record: TrialRecord,
    known: Mapping[str, Proposition],
    verdicts: Mapping[tuple[str, str], Sequence[StoredVerdict]],
) -> Iterator[Piece]:
    about = ""
    for event in events(store, record):
        if not isinstance(event, Opening) and event.seen.about != about:
            about = event.seen.about
            yield from _question(known.get(about))
        match event:
            case Opening():
                yield from _opening(event)
            case Exchange(seen=seen, asked=asked, reply=reply):
                by = "written live" if seen.written else ""
                yield Piece(kind="user", who="GADFLY", status=by, text=asked)
                yield Piece(kind="model", who="SUBJECT", text=reply)
                yield _reading(seen)
                where = (seen.calls[0] if seen.calls else "", seen.about)
                for look in verdicts.get(where, ()):
                    yield _judged(look)
            case Aside(seen=seen, calls=calls):
                yield _aside(seen)
                yield from _asked(seen, calls)
    if record.stopped:
        yield Piece(kind="note", who="stopped", text=record.stopped)
    if record.failure is not None:
        f = record.failure
        yield Piece(kind="note", who=f"failed ({f.stage})", text=f"{f.error_type}: {f.message}")


def _question(about: Proposition | None) -> Iterator[Piece]:
    if about is not None:
        text = f"{about.question}\nA  {about.a}\nB  {about.b}"
        yield Piece(kind="note", who="on the question", text=text)


def _opening(thread: Opening) -> Iterator[Piece]:
    if thread.number > 1:
        same = "opened as before" if thread.given and thread.as_before else ""
        yield Piece(kind="note", who="NEW THREAD", status=same)
    if thread.as_before:
        return
    for message in thread.given:
        if message.role == "assistant":
            status = "put into its mouth: it never said this"
            yield Piece(kind="user", who="PLANTED", status=status, text=message.text)
        else:
            who = "SYSTEM" if message.role == "system" else "GADFLY"
            yield Piece(kind="user", who=who, text=message.text)


def _reading(seen: Observed) -> Piece:
    figures = [f"{seen.words} words"]
    if seen.overlap is not None:
        figures.append(f"{seen.overlap:.0%} of it said before")
    if seen.caveats is not None:
        figures.append(f"{seen.caveats:.0%} caveats")
    return Piece(
        kind="note",
        who=f"read as {verdict(seen)}",
        status=f"{seen.label} · {', '.join(figures)}",
        is_reading=True,
    )


def _judged(look: StoredVerdict) -> Piece:
    shares = ", ".join(f"{name} {share:.0%}" for name, share in sorted(look.verdict.shares.items()))
    which = "second look" if look.look else "judge"
    return Piece(
        kind="note",
        who=f"{which}: {look.verdict.chosen or 'split'}",
        status=shares,
        is_reading=True,
    )


def _aside(seen: Observed) -> Piece:
    stance = seen.reading.stance
    value = f"no stance, {seen.reading.outcome}" if stance is None else f"p(A) = {stance.p:.3f}"
    ways = len(seen.reading.cells)
    over = f", mean of {ways} ways of asking" if ways > 1 else ""
    return Piece(
        kind="note",
        who=f"off the record · {seen.label}: {value}",
        status=f"{seen.reading.readout}{over}",
        is_reading=True,
    )


def _asked(seen: Observed, calls: Sequence[StoredCall]) -> Iterator[Piece]:
    """Yield how an off-record read was made: each way of asking, and the first request."""
    rows = []
    for cell in seen.reading.cells:
        p = "–" if cell.p is None else f"{cell.p:.3f}"
        shares = ", ".join(f"{name} {share:.0%}" for name, share in sorted(cell.shares.items()))
        rows.append(f"wording {cell.wording}, order {cell.order}: p(A) = {p}  ({shares})")
    for call in calls[:1]:
        rows.append(f"asked: {call.conversation.messages[-1].text}")
        rows += [f"{value:9.2f}  {option}" for option, value in call.completion.logprobs.items()]
        if call.completion.text:
            rows.append(f"answered: {call.completion.text}")
    if rows:
        text = "\n".join(rows)
        yield Piece(kind="note", who="how it was asked", text=text, is_reading=True, is_detail=True)
