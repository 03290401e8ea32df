"""Runs in words: the cells of the list, and what is said of the one that is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.content import Content

from gadfly.eval.cli.progress import clock
from gadfly.eval.transcript import summary
from gadfly.tui.text import one_line, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gadfly.bot.stance import Outcome
    from gadfly.eval.following import Follower, RunState, RunView
    from gadfly.tui.glyphs import Glyphs

_FIXED: tuple[tuple[str, str, int], ...] = (
    ("progress", "progress", 17),
    ("failed", "failed", 7),
    ("left", "time left", 10),
)


def columns(width: int) -> tuple[tuple[str, str, int], ...]:
    """Return key, heading and width of each column on a screen of this width."""
    room = max(30, width - 3 - sum(w for _, _, w in _FIXED))
    run = round(room * 0.6)
    return (("state", "", 2), ("run", "run", run), ("model", "model", room - run), *_FIXED)


def sign(state: RunState, signs: Glyphs) -> str:
    """Return the sign of a state; the word stands in the progress column."""
    return {
        "running": signs.running,
        "finished": signs.done,
        "stopped": signs.paused,
        "failed": signs.broken,
        "unreadable": signs.failed,
    }[state]


def progress(view: RunView, signs: Glyphs, width: int = 16) -> str:
    """Return how far a run is: a bar and a share while it runs, else a word.

    The share is rounded down: only a finished run is at 100 %.
    """
    if view.state == "running":
        if not view.planned:
            return one_line(view.problem or "starting", width)
        room = width - 5
        full = room * view.finished // view.planned
        share = 100 * view.finished // view.planned
        return f"{signs.meter * full}{signs.rest * (room - full)} {share:3}%"
    if view.state == "unreadable":
        return "cannot be read"
    if not view.planned:
        return view.state
    told = f"{view.state} {view.finished}/{view.planned}"
    share = 100 * view.finished // view.planned
    return told if len(told) <= width else f"{view.state} {share}%"


def cells(
    view: RunView, follower: Follower | None, signs: Glyphs, *, width: int
) -> tuple[Text, ...]:
    """Return the row of a run on a screen of this width; a blank ends each cell."""
    left = ""
    if view.state == "running" and follower is not None and view.planned:
        seconds = follower.seconds_left
        left = "measuring" if seconds is None else clock(seconds)
    texts = (
        sign(view.state, signs),
        one_line(view.folder.name),
        one_line(view.model),
        progress(view, signs),
        str(view.failed) if view.failed else "",
        left,
    )
    rooms = [room for _, _, room in columns(width)]
    return tuple(
        Text(_cut(text, room - 1), no_wrap=True) for text, room in zip(texts, rooms, strict=True)
    )


def _cut(text: str, room: int) -> str:
    """Cut to so many cells, however wide its characters are."""
    found = Text(text)
    found.truncate(room, overflow="ellipsis")
    return found.plain


def details(
    view: RunView, follower: Follower | None, log: Sequence[str], *, width: int, rows: int
) -> Content:
    """Return what there is to say of a run in a box of this size."""
    head = f"{one_line(view.folder.name, 60)}  {view.state}"
    if view.writer is not None:
        head += f" by process {view.writer}"
    lines = [Content.styled(head, "bold")]
    if view.problem:
        lines.append(plain(view.problem))
    if view.planned:
        lines.append(
            plain(
                f"{view.suite} on {one_line(view.model, 60)}: {view.finished} of {view.planned} "
                f"trials finished, {view.failed} failed"
            )
        )
    if follower is not None and view.planned:
        if follower.failures:
            failed = ", ".join(f"{n} x {name}" for name, n in follower.failures.most_common())
            lines.append(plain(f"failures: {failed}"))
        lines.append(plain(f"replies: {outcomes(follower.outcomes)}"))
        room = max(0, rows - len(lines) - 1)
        if room and follower.latest:
            lines.append(Content.styled("ended last", "dim"))
            lines += [
                plain(_cut(one_line(f"  {r.family}  {r.probe} {r.arm}  {summary(r)}"), width))
                for r in follower.latest[: max(0, room - 1)]
            ]
    elif log:
        lines.append(Content.styled("it said last", "dim"))
        lines += [plain(_cut(one_line(line), width)) for line in log[-max(1, rows - len(lines)) :]]
    return Content("\n").join(lines[:rows])


def outcomes(counts: Mapping[Outcome, int]) -> str:
    """Write how many replies came to what."""
    return ", ".join(f"{name} {n:,}" for name, n in counts.items() if n) or "none yet"
