"""Labels of whole dialogues, as a file, and how well the meters predict them.

A row holds the whole dialogue and its meters, so that it can be read and scored without the
session (docs/annotation.md).
"""

from __future__ import annotations

from contextlib import closing
from statistics import fmean
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from gadfly.bot.errors import ConfigError, GadflyError
from gadfly.bot.overlap import words
from gadfly.bot.stock import stock_count
from gadfly.eval.chat.label import VERDICTS, Verdict
from gadfly.eval.chat.panel import Panel, stance_of
from gadfly.eval.stats.auc import auc

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from gadfly.eval.chat.label import DialogueLabel
    from gadfly.eval.chat.session import Session
    from gadfly.eval.chat.sessions import Sessions
    from gadfly.eval.chat.turn import Turn
    from gadfly.eval.stats.interval import Interval

METERS: Mapping[str, str] = {
    "repetition": "mean share of a reply's 4-grams that its earlier replies hold",
    "conflicts": "share of the pairs of its answers that are in conflict",
    "stillness": "1 minus the range of p(A) over the dialogue, off the record",
    "sideless": "share of replies that take no side the rules can read",
    "stock": "stock constructions per 100 words",
}
"""What a dialogue is summed up in; more of each is expected of a worse one."""
WRONG: tuple[str, ...] = ("not satisfactory", *VERDICTS[1:])
"""What is to be predicted: that anything was wrong, or one thing in particular."""


class DialogueRow(BaseModel):
    """One person's label of one whole dialogue."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    session: str
    branch: str
    models: tuple[str, ...]
    family: str
    """Scenario family, "free.…" for a question of the user's own, "" for none."""
    question: str
    a: str
    b: str
    messages: tuple[tuple[str, str], ...]
    """(role, text), the system prompt first where there is one."""
    labels: tuple[Verdict, ...]
    """"satisfactory" alone, or all that was wrong."""
    annotator: str = ""
    note: str = ""
    blind: bool = False
    """Whether the meters were hidden all along."""
    meters: dict[str, float | None]
    """By name (`METERS`); null where there was nothing to measure."""


def label_rows(sessions: Sessions) -> tuple[DialogueRow, ...]:
    """Return the labels of all sessions that can be read, in order of session id."""
    rows: list[DialogueRow] = []
    for summary in sorted(sessions.list(), key=lambda s: s.id):
        if not summary.labelled:
            continue
        try:
            with closing(sessions.open(summary.id, read_only=True)) as session:
                rows += [_row(session, label) for label in session.labels]
        except GadflyError:
            continue
    return tuple(rows)


def dialogue_meters(session: Session, thread: Sequence[Turn]) -> dict[str, float | None]:
    """Return what a dialogue is summed up in; replies that are not whole are left out."""
    panel = Panel(session)
    whole = [t for t in thread if t.is_whole]
    found = [panel.of(t.id) for t in whole]
    overlaps = [m.repetition.value for m in found if m.repetition.value is not None]
    stances = [r.stance.p for t in whole if (r := stance_of(session, t.id)) and r.stance]
    sided = [m.said is not None and m.said.stance is not None for m in found]
    n_words = sum(len(words(t.text)) for t in whole)
    stock = sum(stock_count(t.text) for t in whole)
    return {
        "repetition": fmean(overlaps) if overlaps else None,
        "conflicts": found[-1].consistency.value if found else None,
        "stillness": 1.0 - (max(stances) - min(stances)) if len(stances) > 1 else None,
        "sideless": 1.0 - fmean(sided) if found and session.topic is not None else None,
        "stock": 100.0 * stock / n_words if n_words else None,
    }


def predictions(rows: Sequence[DialogueRow]) -> dict[tuple[str, str], Interval]:
    """Return, by meter and by what was wrong, the AUC of the meter for it with its interval.

    Dialogues labelled as wrong in that way against those labelled satisfactory; a dialogue with
    two labels counts twice, one without the meter not at all.
    """
    found: dict[tuple[str, str], Interval] = {}
    for meter in METERS:
        values = [(row, v) for row in rows if (v := row.meters.get(meter)) is not None]
        good = [v for row, v in values if row.labels == ("satisfactory",)]
        for wrong in WRONG:
            bad = [
                v
                for row, v in values
                if wrong in row.labels or (wrong == WRONG[0] and row.labels != ("satisfactory",))
            ]
            found[meter, wrong] = auc(bad, good)
    return found


def label_table(rows: Sequence[DialogueRow]) -> str:
    """Return the report on labels as plain text."""
    good = sum(row.labels == ("satisfactory",) for row in rows)
    if not rows:
        return "no dialogue has a label yet: /label gives one, and so does leaving a session"
    lines = [
        f"{len(rows)} labels of whole dialogues, {good} of them satisfactory.",
        "AUC of each meter for what was wrong, against satisfactory; .5 is guessing.",
        "",
    ]
    for (meter, wrong), found in predictions(rows).items():
        if found.value is not None:
            lines.append(
                f"{meter:<11} {wrong:<17} {found.value:.2f}  "
                f"(95 % {found.low:.2f} to {found.high:.2f}, n = {found.n})"
            )
    if len(lines) == 3:
        lines.append("Nothing can be said yet: it takes labels of both kinds.")
    return "\n".join(lines)


def label_json(rows: Sequence[DialogueRow]) -> dict[str, Any]:
    """Return the report on labels as plain values."""
    return {
        "schema": 1,
        "labels": len(rows),
        "satisfactory": sum(row.labels == ("satisfactory",) for row in rows),
        "auc": [
            {
                "meter": meter,
                "wrong": wrong,
                "value": found.value,
                "low": found.low,
                "high": found.high,
                "level": found.level,
                "method": found.method,
                "n": found.n,
                "null_reason": found.reason,
            }
            for (meter, wrong), found in predictions(rows).items()
        ],
    }


def written(rows: Sequence[DialogueRow], path: Path) -> None:
    """Write labels as JSON lines.

    Raises:
        ConfigError: The file exists or cannot be written.
    """
    try:
        with path.open("x", encoding="utf-8") as file:
            file.writelines(f"{row.model_dump_json()}\n" for row in rows)
    except FileExistsError:
        raise ConfigError(f"{str(path)!r} exists: name another file") from None
    except OSError as e:
        raise ConfigError(f"cannot write {str(path)!r}: {e.strerror or e}") from e


def _row(session: Session, label: DialogueLabel) -> DialogueRow:
    thread = session.path(label.head)
    topic = session.topic
    setups = [t.setup for t in thread if t.setup is not None]
    setup = setups[0] if setups else None
    return DialogueRow(
        session=session.id,
        branch=label.branch,
        models=tuple(dict.fromkeys(s.model for s in setups)),
        family="" if topic is None else topic.id,
        question="" if topic is None else topic.about.question,
        a="" if topic is None else topic.about.a,
        b="" if topic is None else topic.about.b,
        messages=tuple((m.role, m.text) for m in session.conversation(label.head, setup)),
        labels=label.verdicts,
        annotator=label.annotator,
        note=label.note,
        blind=label.blind,
        meters=dialogue_meters(session, thread),
    )
