"""Annotation on screen: one key a label, blind, saved at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from support.screens import NARROW, WIDE, drive, on_top, text_of, until

from gadfly.eval.chat.launch import Annotating, Launch
from gadfly.eval.judging.labels import TrialRow, read_labels, read_rows
from gadfly.tui.app import GadflyApp
from gadfly.tui.screens.annotate import AnnotateScreen
from gadfly.tui.screens.transcript import TranscriptScreen
from gadfly.tui.widgets.message import MessageView

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot


async def annotating(pilot: Pilot[None], run: Path) -> AnnotateScreen:
    """Open the annotation of a run and wait for the first row."""
    await until(pilot, lambda: isinstance(pilot.app.screen, TranscriptScreen))
    on_top(pilot.app, TranscriptScreen).annotate(Annotating(run=run, annotator="ann", n=6))
    await until(pilot, lambda: isinstance(pilot.app.screen, AnnotateScreen))
    screen = on_top(pilot.app, AnnotateScreen)
    await until(pilot, lambda: screen.sheet is not None and screen.query(MessageView))
    return screen


def at(screen: AnnotateScreen, place: int) -> bool:
    return screen.place == place


@pytest.mark.parametrize("size", [NARROW, WIDE])
def test_one_key_labels_saves_and_goes_on(run: Path, size: tuple[int, int]) -> None:
    """The file holds each label before the next key; what comes next has none."""

    async def go() -> None:
        async with GadflyApp(mode="transcript").run_test(size=size) as pilot:
            screen = await annotating(pilot, run)
            file = run / "labels.jsonl"
            for n, key in enumerate("13", 1):
                await pilot.press(key)
                assert len(read_labels(file)) == n
                await until(pilot, partial(at, screen, n))
            assert [r.label for r in read_labels(file)] == ["a", "undecided"]
            assert all(r.blind for r in read_labels(file))

    drive(go())


def test_how_it_was_read_is_hidden_until_asked_for_and_that_is_kept(run: Path) -> None:
    """Nothing on screen tells the reading; m shows it, and the label then says so."""

    async def go() -> None:
        async with GadflyApp(mode="transcript").run_test(size=WIDE) as pilot:
            await annotating(pilot, run)
            assert "how it was read: hidden" in text_of(pilot.app)
            assert ", by " not in text_of(pilot.app)
            await pilot.press("m")
            await until(pilot, lambda: "how it was read: hidden" not in text_of(pilot.app))
            await pilot.press("1")
            assert [r.blind for r in read_labels(run / "labels.jsonl")] == [False]

    drive(go())


def test_undo_goes_back_and_the_choice_is_in_brackets(run: Path) -> None:
    """A label is shown in brackets; undo returns to it and takes it away."""

    async def go() -> None:
        async with GadflyApp(mode="transcript").run_test(size=NARROW) as pilot:
            screen = await annotating(pilot, run)
            await pilot.press("t", "2")
            await until(pilot, lambda: "[2 side B]" in text_of(pilot.app))
            await pilot.press("g")
            await until(pilot, lambda: "[g good]" in text_of(pilot.app))
            await pilot.press("u", "u")
            await until(pilot, lambda: "[" not in text_of(pilot.app))
            assert screen.place == 0
            assert read_labels(run / "labels.jsonl") == ()

    drive(go())


def test_skipping_goes_round_to_what_is_open(run: Path) -> None:
    """Space goes to the next row without a label, and round to the first."""

    async def go() -> None:
        async with GadflyApp(mode="transcript").run_test(size=NARROW) as pilot:
            screen = await annotating(pilot, run)
            assert screen.sheet is not None
            n = len(screen.sheet)
            for place in (*range(1, n), 0):
                await pilot.press("space")
                await until(pilot, partial(at, screen, place))

    drive(go())


def test_a_note_is_kept(run: Path) -> None:
    """What is written after n stands in the row; its letters are no labels."""

    async def go() -> None:
        async with GadflyApp(mode="transcript").run_test(size=NARROW) as pilot:
            await annotating(pilot, run)
            await pilot.press("n", *"great 1", "enter", "4")
            file = run / "labels.jsonl"
            await until(pilot, lambda: [r.label for r in read_labels(file)] == ["evaded"])
            assert read_labels(file)[0].note == "great 1"

    drive(go())


def test_whole_dialogues_are_labelled_with_a_letter(run: Path) -> None:
    """The key w goes to whole dialogues, a letter labels one, in a file of its own."""

    async def go() -> None:
        async with GadflyApp(mode="transcript").run_test(size=WIDE) as pilot:
            screen = await annotating(pilot, run)
            await pilot.press("w")
            await until(pilot, lambda: "DIALOGUE 1 of" in text_of(pilot.app))
            await pilot.press("d")
            (row,) = read_rows(run / "dialogues.jsonl", TrialRow)
            assert row.label == "dogmatic"
            await until(pilot, lambda: screen.place == 1)

    drive(go())


def test_what_was_labelled_before_is_there_again(run: Path) -> None:
    """Opened again, it goes on at the first row without a label."""

    async def go() -> None:
        async with GadflyApp(mode="transcript").run_test(size=NARROW) as pilot:
            screen = await annotating(pilot, run)
            await pilot.press("1", "1")
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(pilot.app.screen, TranscriptScreen))
            screen = await annotating(pilot, run)
            assert screen.place == 2

    drive(go())


def test_labels_that_cannot_be_saved_are_said(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is in the banner, and the row stays unlabelled."""

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    async def go() -> None:
        async with GadflyApp(mode="transcript").run_test(size=NARROW) as pilot:
            screen = await annotating(pilot, run)
            monkeypatch.setattr("gadfly.eval.judging.sheet._append", full)
            await pilot.press("t", "1")
            await until(pilot, lambda: "No space left" in text_of(pilot.app))
            assert screen.sheet is not None
            assert screen.sheet.done == 0

    drive(go())


def test_a_run_without_replies_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is no run is an error in words, and Esc leads back."""
    monkeypatch.chdir(tmp_path)

    async def go() -> None:
        async with GadflyApp(mode="transcript").run_test(size=NARROW) as pilot:
            await until(pilot, lambda: isinstance(pilot.app.screen, TranscriptScreen))
            on_top(pilot.app, TranscriptScreen).annotate(
                Annotating(run=tmp_path, annotator="ann", n=6)
            )
            await until(pilot, lambda: "is not a run" in text_of(pilot.app))
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(pilot.app.screen, TranscriptScreen))

    drive(go())


def test_the_command_opens_it(run: Path) -> None:
    """`gadfly annotate` leads to the first reply; Esc to the transcripts of the run."""

    async def go() -> None:
        what = Annotating(run=run, annotator="ann", n=6)
        app = GadflyApp(Launch(screen="annotate", annotating=what), mode="transcript")
        async with app.run_test(size=NARROW) as pilot:
            await until(pilot, lambda: isinstance(pilot.app.screen, AnnotateScreen))
            await until(pilot, lambda: "REPLY 1 of 6" in text_of(pilot.app))
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(pilot.app.screen, TranscriptScreen))
            screen = on_top(pilot.app, TranscriptScreen)
            await until(pilot, lambda: screen.records)

    drive(go())
