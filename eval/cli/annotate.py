"""`gadfly annotate`: people's labels of replies and of whole dialogues."""

from __future__ import annotations

import getpass
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gadfly.bot.foreign import printable
from gadfly.eval.cli.runs import find_run
from gadfly.eval.cli.talking import no_mouse_option

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gadfly.eval.judging.labels import LabelRow, TrialRow
    from gadfly.eval.judging.sheet import Key, Sheet

SAMPLE = 200
"""Replies or dialogues to label unless said otherwise."""


@click.command("annotate")
@click.argument("run", required=False)
@click.option("--dialogues", is_flag=True, help="Label whole dialogues, not single replies.")
@click.option(
    "-n", "n", type=click.IntRange(1), default=SAMPLE, show_default=True, help="How many, by draw."
)
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of the draw.")
@click.option("--annotator", help="Who labels: any name that stays the same. [default: your login]")
@click.option(
    "--labels", type=click.Path(path_type=Path), help="File of labels; in RUN if not given."
)
@click.option("--plain", is_flag=True, help="Line by line, without the terminal UI.")
@no_mouse_option
def command(run: str | None, *, plain: bool, no_mouse: bool, **options: Any) -> int:
    """Label what the replies of RUN say: a folder or a name under ./runs; the latest one if unset.

    A random sample of its replies is shown one by one, without how they were read; `gadfly judge
    calibrate` then holds the readings to these labels. Each label is saved as it is given.
    """
    folder = find_run(run)
    options["annotator"] = options["annotator"] or login()
    if not plain and _is_terminal():
        from gadfly.eval.chat.launch import Annotating, Launch, start_ui

        what = Annotating(run=folder, **options)
        return start_ui(Launch(screen="annotate", annotating=what, mouse=not no_mouse))
    sheet = _sheet(folder, **options)
    _line_mode(sheet)
    click.echo(f"{sheet.done} of {len(sheet)} labelled; kept in {sheet.path}")
    if not options["dialogues"] and sheet.done:
        click.echo(f"hold the readings to them: gadfly judge calibrate {sheet.path} {folder}")
    return 0


def _sheet(
    folder: Path, *, dialogues: bool, n: int, seed: int, annotator: str, labels: Path | None
) -> Sheet[LabelRow] | Sheet[TrialRow]:
    from gadfly.eval.judging.sheet import open_dialogues, open_replies

    make = open_dialogues if dialogues else open_replies
    return make(folder, annotator, n=n, seed=seed, path=labels)


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def login() -> str:
    """Return the name people label under unless they give another."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "someone"


def _line_mode(sheet: Sheet[LabelRow] | Sheet[TrialRow]) -> None:
    """Ask row by row until all is labelled or the user has enough."""
    from gadfly.eval.judging.labels import LabelRow
    from gadfly.eval.judging.sheet import DIALOGUE_KEYS, REPLY_KEYS

    keys = REPLY_KEYS if sheet.kind is LabelRow else DIALOGUE_KEYS
    place = sheet.next_open(-1)
    click.echo(
        f"{len(sheet)} to label as {printable(sheet.annotator)}, {sheet.done} done. "
        "Label what the model said, not what is right."
    )
    while place is not None:
        row = sheet.rows[place]
        click.echo(f"\n--- {place + 1} of {len(sheet)} ---")
        click.echo("\n".join(_shown(row)))
        came = _step(sheet, place, keys)
        if came is None:
            return
        place = came if came >= 0 else sheet.next_open(place)
    click.echo("all are labelled")


_BACK = -1


def _step(
    sheet: Sheet[LabelRow] | Sheet[TrialRow], place: int, keys: tuple[Key, ...]
) -> int | None:
    """Ask until a row is labelled or left.

    Returns:
        The place to go to, below 0 for the next open one, None to end.
    """
    by_key = {each.key: each for each in keys}
    while True:
        answer = click.prompt(_menu(keys), default="", show_default=False, prompt_suffix="> ")
        word = answer.strip()
        if word == "q":
            return None
        if not word:
            following = sheet.next_open(place)
            return None if following is None or following == place else following
        if word == "u":
            undone = sheet.undo()
            if undone is not None:
                return undone
            click.echo("nothing to undo")
        elif word in by_key:
            given = by_key[word]
            sheet.label(place, **{given.field: given.value})
            if given.field == "label":
                return _BACK
            click.echo(f"{given.field}: {given.value}")
        else:
            click.echo(f"{printable(word)!r} is no key")


def _menu(keys: tuple[Key, ...]) -> str:
    named = "  ".join(f"{each.key} {each.value}" for each in keys)
    return f"{named}  u undo  q quit  Enter skips\n"


def _shown(row: LabelRow | TrialRow) -> Iterator[str]:
    """Yield all a person is shown of a row, nothing of how it was read."""
    from gadfly.eval.judging.labels import LabelRow

    if isinstance(row, LabelRow):
        yield _wrapped("ASKED", row.asked)
        yield _wrapped("REPLY", row.text)
        yield _wrapped("Q", row.question)
        yield _wrapped("A", row.a)
        yield _wrapped("B", row.b)
        return
    thread = 1
    for turn in row.turns:
        if turn.thread != thread:
            thread = turn.thread
            yield "  - new thread -"
        yield _wrapped(SPEAKERS[turn.role], turn.text)


SPEAKERS: Mapping[str, str] = {
    "system": "SYSTEM",
    "user": "GADFLY",
    "assistant": "SUBJECT",
    "planted": "PLANTED",
}


def _wrapped(name: str, text: str) -> str:
    lines = [
        part
        for line in printable(text).strip().split("\n")
        for part in textwrap.wrap(line, 70) or [""]
    ]
    return f"{name:<8} " + "\n         ".join(lines)
