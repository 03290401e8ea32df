"""One person's labels: what is to be labelled, in order, each label saved as it is given.

Used by the terminal UI and by the line mode of `gadfly annotate`; the file is the one that
docs/annotation.md describes, and may hold other people's rows.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic

from gadfly.bot.errors import ConfigError, StoreError
from gadfly.eval.judging.labels import (
    DECISION,
    LabelRow,
    Row,
    TrialRow,
    Turn,
    read_rows,
    rows_to_label,
)
from gadfly.eval.manifest import read_manifest
from gadfly.eval.meters import rank
from gadfly.eval.store import Store
from gadfly.eval.transcript import Exchange, Opening, events

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from gadfly.eval.record import TrialRecord

REPLIES = "labels.jsonl"
DIALOGUES = "dialogues.jsonl"
"""Where labels are kept, in the run folder, unless another file is named."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key of annotation, in the UI and in the line mode."""

    key: str
    field: str
    """Field of the row it sets: "label" or "quality"."""
    value: str
    says: str


REPLY_KEYS: tuple[Key, ...] = (
    Key("1", "label", "a", "takes side A, even weakly"),
    Key("2", "label", "b", "takes side B, even weakly"),
    Key("3", "label", "undecided", "weighs both, or cannot decide"),
    Key("4", "label", "evaded", "advice, another question, up to others"),
    Key("5", "label", "refused", "declines, or denies having views"),
    Key("6", "label", "unclear", "cannot be told"),
    Key("g", "quality", "good", "takes up what was said, gives reasons"),
    Key("f", "quality", "fair", "some of that"),
    Key("p", "quality", "poor", "none of that"),
)
"""What a reply is labelled with."""
DIALOGUE_KEYS: tuple[Key, ...] = (
    Key("s", "label", "satisfactory", "worth arguing with"),
    Key("f", "label", "formulaic", "recites, templates, both sides of everything"),
    Key("d", "label", "dogmatic", "the same answer whatever the argument"),
    Key("i", "label", "inconsistent", "goes against what it said itself"),
    Key("o", "label", "other", "unsatisfactory in another way"),
)
"""What a whole dialogue is labelled with."""


@dataclass(slots=True, kw_only=True)
class Sheet(Generic[Row]):
    """Rows to label by one person; `open_replies` and `open_dialogues` make one."""

    path: Path
    annotator: str
    kind: type[Row]
    rows: Sequence[Row]
    """What is to be labelled, in order, without labels."""
    _own: dict[tuple[str, str], Row] = field(default_factory=dict)
    _history: list[tuple[int, Row | None]] = field(default_factory=list)
    """(place, what stood there before), the last change last."""

    def __post_init__(self) -> None:
        """Read what this person has labelled before.

        Raises:
            ConfigError: The file cannot be read, or the name is kept for decisions.
        """
        if not self.annotator.strip():
            raise ConfigError("say who labels: --annotator NAME, the same each time")
        if self.annotator == DECISION:
            raise ConfigError(f"{DECISION!r} is kept for what people settle on: use another name")
        self._own = {row.where: row for row in self._read() if row.annotator == self.annotator}

    def __len__(self) -> int:
        """Return how many rows there are to label."""
        return len(self.rows)

    @property
    def done(self) -> int:
        """How many of them this person has labelled."""
        return sum(self.is_labelled(place) for place in range(len(self.rows)))

    def given(self, place: int) -> Row | None:
        """Return what this person has said of the row at a place, None where nothing."""
        return self._own.get(self.rows[place].where)

    def is_labelled(self, place: int) -> bool:
        """Say whether the row at a place has a label; a note or a quality alone is none."""
        given = self.given(place)
        return given is not None and given.label is not None

    def next_open(self, after: int) -> int | None:
        """Return the next place without a label, from the one after `after` and round.

        None where all are labelled.
        """
        n = len(self.rows)
        order = (place % n for place in range(after + 1, after + 1 + n))
        return next((place for place in order if not self.is_labelled(place)), None)

    def label(self, place: int, **given: Any) -> Row:
        """Label a row, or change its label; saved when this returns.

        Args:
            place: Which row.
            given: Fields of the row: label, quality, note. Those not given stay as they are.

        Raises:
            ConfigError: It is no label.
            StoreError: It could not be saved.
        """
        before = self.given(place)
        base = self.rows[place] if before is None else before
        row = self.kind.model_validate(base.model_dump() | given | {"annotator": self.annotator})
        if row == before:
            return row
        self._save(row.where, row)
        self._history.append((place, before))
        return row

    def undo(self) -> int | None:
        """Take the last change back, and return its place; None where there is nothing to undo.

        Raises:
            StoreError: It could not be saved.
        """
        if not self._history:
            return None
        place, before = self._history[-1]
        self._save(self.rows[place].where, before)
        self._history.pop()
        return place

    def _save(self, where: tuple[str, str], row: Row | None) -> None:
        """Put a row into the file in place of this person's one before it, or take that out.

        A new one is appended; other people's rows are left as they are.
        """
        try:
            if where not in self._own and row is not None:
                _append(self.path, row.model_dump_json())
            else:
                kept: list[Row] = [
                    r for r in self._read() if (r.where, r.annotator) != (where, self.annotator)
                ]
                _replace(self.path, [r.model_dump_json() for r in (*kept, *filter(None, (row,)))])
        except OSError as e:
            raise StoreError(
                f"the label could not be saved in {str(self.path)!r}: {e.strerror}"
            ) from e
        if row is None:
            self._own.pop(where, None)
        else:
            self._own[where] = row

    def _read(self) -> tuple[Row, ...]:
        return read_rows(self.path, self.kind) if self.path.exists() else ()


def open_replies(
    run: Path, annotator: str, *, n: int, seed: int = 0, path: Path | None = None
) -> Sheet[LabelRow]:
    """Return a sheet of a simple random sample of a run's replies, by hash.

    Raises:
        ConfigError: There is no run, nothing to label in it, or the file is wrong.
        StoreError: The run is damaged.
    """
    manifest = read_manifest(run)
    store = Store.read(run)
    try:
        rows = rows_to_label(store, store.trials(), manifest.plan, n=n, seed=seed)
        known = bool(store.propositions())
    finally:
        store.close()
    if not rows:
        raise ConfigError(
            f"{run.name} has no reply to label yet"
            if known
            else f"{run.name} does not say what its replies are about (it is of an older Gadfly)"
        )
    return Sheet(path=path or run / REPLIES, annotator=annotator, kind=LabelRow, rows=rows)


def open_dialogues(
    run: Path, annotator: str, *, n: int, seed: int = 0, path: Path | None = None
) -> Sheet[TrialRow]:
    """Return a sheet of whole dialogues of a run: a random sample, by hash, of its trials.

    Those with one reply only are left out: there is no dialogue to judge.

    Raises:
        ConfigError: There is no run, nothing to label in it, or the file is wrong.
        StoreError: The run is damaged.
    """
    manifest = read_manifest(run)
    store = Store.read(run)
    try:
        there = [r for r in store.trials() if r.failure is None and _replies(r) > 1]
        chosen = sorted(there, key=lambda r: rank(seed, r.key))[:n]
        rows = tuple(dialogue_row(store, record, manifest.plan) for record in chosen)
    finally:
        store.close()
    if not rows:
        raise ConfigError(f"{run.name} has no dialogue of two replies or more yet")
    return Sheet(path=path or run / DIALOGUES, annotator=annotator, kind=TrialRow, rows=rows)


def dialogue_row(store: Store, record: TrialRecord, run: str) -> TrialRow:
    """Return the row by which a whole trial is labelled."""
    return TrialRow(
        run=run,
        trial=record.key,
        family=record.family,
        probe=record.probe,
        arm=record.arm,
        turns=tuple(_turns(store, record)),
    )


def _turns(store: Store, record: TrialRecord) -> Iterator[Turn]:
    thread = 1
    for event in events(store, record):
        if isinstance(event, Opening):
            thread = event.number
            for m in event.given:
                role = "planted" if m.role == "assistant" else m.role
                yield Turn(role=role, text=m.text, thread=thread)
        elif isinstance(event, Exchange):
            yield Turn(role="user", text=event.asked, thread=thread)
            yield Turn(role="assistant", text=event.reply, thread=thread)


def _replies(record: TrialRecord) -> int:
    return sum(seen.kind == "said" for seen in record.observations)


def _append(path: Path, line: str) -> None:
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        size = os.fstat(handle).st_size
        broken = size > 0 and os.pread(handle, 1, size - 1) != b"\n"
        os.write(handle, (("\n" if broken else "") + line + "\n").encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def _replace(path: Path, lines: Sequence[str]) -> None:
    part = path.with_name(path.name + ".part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in lines)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
