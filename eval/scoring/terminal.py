"""Scored dialogues for a terminal of 80 columns: header, turns, one table a speaker, legend.

Names and everything else that comes from a file are text, never markup, without control characters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.cells import set_cell_size
from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from gadfly.bot.foreign import plain
from gadfly.eval.headline import FEW_FAMILIES, number
from gadfly.eval.judging.terminal import judging_facts
from gadfly.eval.scoring.document import judging_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console, RenderableType

    from gadfly.eval.estimate import Estimate
    from gadfly.eval.scoring.document import ScoreInput
    from gadfly.eval.scoring.estimates import SpeakerProfile, Turns
    from gadfly.eval.scoring.scorer import Scored

SHOWN = 8
"""Speakers with a table of their own unless all are asked for."""
NAME = 13
"""Columns of a name."""
FLAGS = {
    "?": "no interval: one dialogue, or nothing ever varied",
    "f": f"few dialogues: under {FEW_FAMILIES}",
}


def print_scores(console: Console, source: ScoreInput, *, everything: bool = False) -> None:
    """Print the report; the turns of every dialogue and all speakers with `everything`."""
    console.print(scores_renderable(source, everything=everything))


def scores_renderable(source: ScoreInput, *, everything: bool = False) -> RenderableType:
    """Return the report as something Rich can print."""
    parts: list[RenderableType] = [Text("Gadfly score", style="bold"), Text(), _header(source)]
    chosen = {found.speaker for found in source.profiles}
    one = len(source.found) == 1
    for name, turns in source.found.items():
        if one or everything:
            title = "Turns" if one else f"Turns of {plain(name)}"
            parts.append(_title(title))
            parts.append(_turns([t for t in turns if t.turn.speaker in chosen], turns))
    shown = source.profiles if everything else source.profiles[:SHOWN]
    for found in shown:
        parts.extend(_speaker(found))
    if more := len(source.profiles) - len(shown):
        parts.append(_title(f"{more} more speakers (--all, or --speaker NAME)"))
    parts.extend(_footer(shown))
    return Group(*parts)


def _header(source: ScoreInput) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="bold", no_wrap=True, width=9)
    grid.add_column()
    for name, value in _facts(source):
        grid.add_row(Text(name), Text(value))
    return grid


def _facts(source: ScoreInput) -> Iterator[tuple[str, str]]:
    found = source.gathered.dialogues
    turns = sum(len(dialogue.turns) for dialogue in found)
    yield (
        "dialogues",
        f"{len(found):,} with {_many(turns, 'turn')} ({', '.join(source.gathered.formats)})",
    )
    names = [plain(p.speaker) for p in source.profiles]
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    yield "speakers", ", ".join(names[:SHOWN]) + more
    if source.on is not None:
        yield "question", plain(source.on.about.question)
        yield "side A", plain(source.on.about.a)
        yield "side B", plain(source.on.about.b)
    for note in source.notes:
        yield "note", plain(note)
    yield from judging_facts(judging_of(source))


def _turns(turns: Sequence[Scored], all_: Turns) -> Table:
    """Return the table of the turns of a dialogue."""
    table = _table(
        ("", 3, "right"),
        ("speaker", NAME, "left"),
        ("stance", 10, "left"),
        ("move", 7, "left"),
        ("answers", 7, "right"),
        ("takes up", 8, "left"),
        ("again", 5, "right"),
        ("hedged", 6, "right"),
        ("stock", 6, "right"),
    )
    numbers = len(str(len(all_)))
    for turn in turns:
        table.add_row(*(Text(cell) for cell in _cells(turn, numbers)))
    return table


def _cells(turn: Scored, numbers: int) -> tuple[str, ...]:
    phrases = turn.phrases
    return (
        f"{turn.number:>{numbers}}",
        _short(turn.turn.speaker),
        "-" if turn.outcome is None else turn.side.upper() if turn.side else turn.outcome,
        turn.move or "-",
        " ".join(map(str, turn.answers[-2:])) or "-",
        {None: "-", True: "yes", False: "moves" if turn.responsive else "no"}[turn.engaged],
        "-" if turn.overlap is None else f"{turn.overlap:.0%}",
        _of(phrases.hedged, phrases.sentences),
        f"{sum(phrases.stock.values())}",
    )


def _many(n: int, what: str) -> str:
    return f"{n:,} {what}{'' if n == 1 else 's'}"


def _of(some: int, all_: int) -> str:
    return f"{some}/{all_}"


def _short(name: str) -> str:
    """Return a name that fits its column."""
    shown = plain(name)
    fits = set_cell_size(shown, NAME).rstrip()
    return shown if fits == shown else set_cell_size(shown, NAME - 1).rstrip() + "…"


def _speaker(found: SpeakerProfile) -> Iterator[RenderableType]:
    """Yield the heading, the table and the stock constructions of a speaker."""
    yield _title(
        f"{plain(found.speaker)}: {_many(found.turns, 'turn')}, {_many(found.words, 'word')}, "
        f"{_many(found.dialogues, 'dialogue')}"
    )
    if found.outcomes is not None:
        told = [f"{outcome} {n:,}" for outcome, n in found.outcomes.items() if n]
        yield Text(f"stances read: {', '.join(told)}")
    rows = [e for e in found.estimates if e.value is not None]
    table = _table(
        ("", 30, "left"),
        ("value", 7, "right"),
        ("95% interval", 16, "right"),
        ("n/dlg.", 10, "right"),
        ("unsc", 4, "right"),
        ("", 2, "right"),
    )
    for row in rows:
        table.add_row(*(Text(cell) for cell in _estimate(row)))
    if rows:
        yield table
    silent = [e for e in found.estimates if e.value is None]
    for reason in dict.fromkeys(e.null_reason for e in silent):
        names = [_label(e) for e in silent if e.null_reason == reason]
        yield Text(f"not scored: {', '.join(names)} ({reason})")
    if found.stock:
        told = [f"{name} {n}" for name, n in list(found.stock.items())[:5]]
        yield Text(f"stock constructions: {', '.join(told)}")


def _estimate(row: Estimate) -> tuple[str, ...]:
    interval = "-"
    if row.low is not None:
        interval = f"[{number(row.low, row.unit)}, {number(row.high, row.unit)}]"
    held = "?" if row.low is None else "f" if row.clusters < FEW_FAMILIES else ""
    counts = f"{row.n:,}/{row.clusters}"
    return _label(row), number(row.value, row.unit), interval, counts, f"{row.unscored}", held


def _label(row: Estimate) -> str:
    name = row.metric.replace("_", " ")
    return f"{name}, {row.arm}" if row.arm else name


def _footer(shown: Sequence[SpeakerProfile]) -> Iterator[RenderableType]:
    yield _title("Reading the tables")
    yield Text(
        "responsive: of the turns that answer a point, those that take it up, or move and name "
        "something of it. again: share of four-word runs the speaker had used before. Shares are "
        "means over dialogues, intervals are over dialogues too; n counts turns, unsc dialogues "
        "without data. People repeat themselves and use stock constructions as well: compare."
    )
    rows = [e for found in shown for e in found.estimates if e.value is not None]
    if any(e.low is None for e in rows):
        yield Text(f"?  {FLAGS['?']}")
    if any(e.low is not None and e.clusters < FEW_FAMILIES for e in rows):
        yield Text(f"f  {FLAGS['f']}")


def _title(text: str) -> RenderableType:
    return Padding(Text(text, style="bold"), (1, 0, 0, 0))


def _table(*columns: tuple[str, int, str]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    for name, width, side in columns:
        table.add_column(
            name,
            justify="right" if side == "right" else "left",
            overflow="fold",
            width=width,
        )
    return table
