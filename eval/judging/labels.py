"""People's labels of replies: the file `gadfly annotate` writes and calibration reads.

JSON lines, one label by one person each (docs/annotation.md). A row says where the reply is from
and holds all that was shown, so that it can be read without the run.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gadfly.bot.errors import ConfigError
from gadfly.bot.stance import MISSING
from gadfly.eval.chat.label import Verdict  # noqa: TC001 - read when the rows are built

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from gadfly.bot.proposition import Proposition
    from gadfly.eval.record import TrialRecord
    from gadfly.eval.store import Store

DECISION = "decision"
"""Annotator of a row in which people settled what they had labelled differently."""
LabelName = Literal["a", "b", "undecided", "evaded", "refused", "unclear"]
Quality = Literal["good", "fair", "poor"]


class LabelRow(BaseModel):
    """One person's label of one reply, or a row still to be labelled."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    run: str
    """Plan hash."""
    trial: str = Field(pattern="^[0-9a-f]{32}$")
    """Key of a trial the reply is in."""
    observation: str
    """Name of the reply inside the trial."""
    reply: str = Field(pattern="^[0-9a-f]{32}$")
    """Key of the call that gave it: trials that share the reply share its labels."""
    about: str
    """Digest of the proposition."""
    family: str
    """Scenario family, the cluster of every interval."""
    asked: str
    """What the model was last asked."""
    text: str
    """The reply."""
    question: str
    a: str
    """Statement A."""
    b: str
    label: LabelName | None = None
    """Which statement it takes, or how it takes none; "unclear" where a person cannot tell; null
    where nobody has labelled it yet."""
    quality: Quality | None = None
    """How well it takes up what was said and gives reasons; null where nobody said."""
    annotator: str = ""
    blind: bool = True
    """False where the person had looked up how it was read before labelling it."""
    note: str = ""

    @property
    def where(self) -> tuple[str, str]:
        """Reply and question: what a label is of."""
        return self.reply, self.about


class Turn(BaseModel):
    """What one side said, as it was shown."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: Literal["system", "user", "assistant", "planted"]
    """"planted" was put into the model's mouth: it never said it."""
    text: str
    thread: int = 1
    """Number of the thread inside the trial."""


class TrialRow(BaseModel):
    """One person's label of a whole dialogue, or a row still to be labelled."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    run: str
    """Plan hash."""
    trial: str = Field(pattern="^[0-9a-f]{32}$")
    family: str
    probe: str
    arm: str
    turns: tuple[Turn, ...]
    """All that was shown, in order."""
    label: Verdict | None = None
    """What it was like to argue with: satisfactory, or what was chiefly wrong with it."""
    annotator: str = ""
    blind: bool = True
    """False where the person had looked up its meters before labelling it."""
    note: str = ""

    @property
    def where(self) -> tuple[str, str]:
        """Trial: what a label is of."""
        return self.trial, ""


Row = TypeVar("Row", LabelRow, TrialRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """What people take replies to say, and how far they agreed on it."""

    labels: Mapping[tuple[str, str], str]
    """Class by (reply, question)."""
    families: Mapping[tuple[str, str], str]
    unclear: int
    """Replies people cannot tell."""
    disputed: int
    """Replies they label differently, without a majority or a decision; left out."""
    pairs: Mapping[str, Sequence[tuple[str, str]]]
    """(one person's label, another's) by family, of replies two people labelled."""


def read_labels(path: Path) -> tuple[LabelRow, ...]:
    """Read a file of labels of replies; rows without one yet are among them.

    Raises:
        ConfigError: It cannot be read, a line is no row, or somebody labels a reply twice.
    """
    return read_rows(path, LabelRow)


def read_rows(path: Path, kind: type[Row]) -> tuple[Row, ...]:
    """Read a file of labels of replies, or of dialogues.

    Raises:
        ConfigError: It cannot be read, a line is no row, or somebody labels the same thing twice.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")  # a reply may hold other breaks
    except (OSError, UnicodeDecodeError) as e:
        raise ConfigError(f"cannot read the labels in {str(path)!r}: {e}") from e
    rows = []
    seen: dict[tuple[str, str, str], int] = {}
    what = "reply" if kind is LabelRow else "dialogue"
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row: Row = kind.model_validate_json(line)
        except ValidationError as e:
            first = e.errors()[0]
            field = ".".join(map(str, first["loc"]))
            raise ConfigError(
                f"{path}:{number}: {field}: {first['msg']}"
                if field
                else f"{path}:{number}: {first['msg']}"
            ) from e
        if row.label is not None:
            before = seen.setdefault((*row.where, row.annotator), number)
            if before != number:
                raise ConfigError(
                    f"{path}:{number}: {row.annotator or 'nobody'!r} labelled this {what} in line "
                    f"{before} already"
                )
        rows.append(row)
    return tuple(rows)


def gold(rows: Iterable[LabelRow]) -> Gold:
    """Return what people settled on: a decision where there is one, else the majority.

    Replies whose commonest labels tie are disputed and left out, as are unclear ones.
    """
    by_reply: dict[tuple[str, str], list[LabelRow]] = defaultdict(list)
    for row in rows:
        if row.label is not None:
            by_reply[row.where].append(row)
    labels: dict[tuple[str, str], str] = {}
    pairs: dict[str, list[tuple[str, str]]] = defaultdict(list)
    unclear = disputed = 0
    for where in sorted(by_reply):
        own = sorted(by_reply[where], key=lambda row: row.annotator)
        people = [row.label or "" for row in own if row.annotator != DECISION]
        if len(people) > 1:
            pairs[own[0].family].append((people[0], people[1]))
        settled = _settled(own, people)
        disputed += settled is None
        unclear += settled == "unclear"
        if settled is not None and settled != "unclear":
            labels[where] = settled
    return Gold(
        labels=labels,
        families={where: by_reply[where][0].family for where in labels},
        unclear=unclear,
        disputed=disputed,
        pairs=dict(pairs),
    )


def _settled(rows: Sequence[LabelRow], people: Sequence[str]) -> str | None:
    decided = [row.label for row in rows if row.annotator == DECISION]
    if decided:
        return decided[0]
    counts = Counter(people).most_common()
    return None if len(counts) > 1 and counts[0][1] == counts[1][1] else counts[0][0]


def rows_to_label(
    store: Store, records: Iterable[TrialRecord], run: str, *, n: int, seed: int = 0
) -> tuple[LabelRow, ...]:
    """Return rows of replies to be labelled: a simple random sample of a run's, by hash.

    Drawn from all distinct replies that are there to be read (not cut, no errors), sure and
    unsure alike: prediction-powered means need a sample of the whole. The same seed draws the
    same, and a larger n a superset.
    """
    known: Mapping[str, Proposition] = store.propositions()
    found: dict[tuple[str, str], tuple[TrialRecord, str]] = {}
    for record in records:
        for seen in record.observations:
            is_there = seen.kind == "said" and seen.calls and seen.about in known
            is_cut = seen.reading.outcome in MISSING - {"unreadable"}
            if is_there and not is_cut and not seen.code and seen.value is None:
                found.setdefault((seen.calls[0], seen.about), (record, seen.label))
    chosen = sorted(found, key=lambda where: _rank(seed, *where))[:n]
    rows = []
    for reply, about in chosen:
        record, label = found[reply, about]
        kept = next(iter(store.calls([reply])), None)
        if kept is None:
            continue
        asked = kept.conversation.message
        rows.append(
            LabelRow(
                run=run,
                trial=record.key,
                observation=label,
                reply=reply,
                about=about,
                family=record.family,
                asked="" if asked is None else asked.text,
                text=kept.completion.text,
                question=known[about].question,
                a=known[about].a,
                b=known[about].b,
            )
        )
    return tuple(rows)


def _rank(seed: int, *parts: str) -> bytes:
    return hashlib.blake2b("\0".join((str(seed), *parts)).encode(), digest_size=8).digest()
