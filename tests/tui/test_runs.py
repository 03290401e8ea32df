"""The Runs screen: what it shows of runs, and what it does to them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from support.screens import NARROW, WIDE, drive, on_top, text_of, toasts, until
from textual.widgets import DataTable, Input, Static

from gadfly.eval.following import look
from gadfly.eval.store import FILE, Store
from gadfly.tui.app import GadflyApp
from gadfly.tui.screens.profile import ProfileSheet
from gadfly.tui.screens.run_form import RunForm, arguments_of
from gadfly.tui.screens.runs import RunsScreen
from gadfly.tui.widgets.line import LineInput

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot


async def ready(pilot: Pilot[None]) -> RunsScreen:
    """Wait for the list."""
    await until(pilot, lambda: isinstance(pilot.app.screen, RunsScreen))
    screen = on_top(pilot.app, RunsScreen)
    await until(pilot, lambda: screen.views)
    await until(pilot, lambda: screen.table.row_count == len(screen.views))
    return screen


@pytest.mark.parametrize("size", [NARROW, WIDE])
def test_an_empty_folder_says_how_to_begin(here: Path, size: tuple[int, int]) -> None:
    """Without a run there is a sentence with keys, not an empty table."""

    async def go() -> None:
        async with GadflyApp(mode="runs").run_test(size=size) as pilot:
            await until(pilot, lambda: "There is no run in runs yet" in text_of(pilot.app))
            assert "n  starts one" in text_of(pilot.app)

    drive(go())


@pytest.mark.parametrize("size", [NARROW, WIDE])
def test_a_finished_run_is_listed_with_its_outcomes(run: Path, size: tuple[int, int]) -> None:
    """State, model, trials and what the replies came to are on screen; no line is too long."""

    async def go() -> None:
        async with GadflyApp(mode="runs").run_test(size=size) as pilot:
            screen = await ready(pilot)
            await until(pilot, lambda: "replies: answered" in text_of(pilot.app))
            (view,) = screen.views
            assert view.state == "finished"
            ended = f"finished {view.planned}/{view.planned}"
            await until(pilot, lambda: ended in text_of(pilot.app))
            assert "sim:calibrated" in text_of(pilot.app)

    drive(go())


def test_a_run_of_another_process_is_followed(run: Path) -> None:
    """While somebody writes it is running; trials that come are counted without a key pressed."""

    async def go() -> None:
        async with GadflyApp(mode="runs").run_test(size=NARROW) as pilot:
            screen = await ready(pilot)
            store = Store.create(run)
            record = store.trials()[0]
            with store.db:
                store.db.execute("DELETE FROM trials WHERE key = ?", (bytes.fromhex(record.key),))
            await until(pilot, lambda: screen.views[0].state == "running")
            planned = screen.views[0].planned
            await until(pilot, lambda: screen.views[0].finished == planned - 1)
            await store.put_trial(record)
            await until(pilot, lambda: screen.views[0].finished == planned)
            assert "by process" in text_of(pilot.app)
            store.close()
            await until(pilot, lambda: screen.views[0].state == "finished")

    drive(go())


def test_a_damaged_run_stands_in_the_list_with_what_is_wrong(run: Path) -> None:
    """It does not keep the others from being shown."""

    async def go() -> None:
        broken = shutil.copytree(run, run.with_name("broken"))
        (broken / FILE).write_bytes(b"nothing of the kind " * 300)
        async with GadflyApp(mode="runs").run_test(size=WIDE) as pilot:
            screen = await ready(pilot)
            states = {view.folder.name: view.state for view in screen.views}
            assert states == {"broken": "unreadable", run.name: "finished"}
            row = [view.folder.name for view in screen.views].index("broken")
            screen.table.move_cursor(row=row)
            await until(pilot, lambda: "damaged" in text_of(pilot.app))

    drive(go())


def test_hostile_names_do_nothing(asked: Path, here: Path) -> None:
    """A folder's name full of escapes and markup is shown, and drives nothing."""

    async def go() -> None:
        shutil.copytree(asked, here / "runs" / "a\x1b]0;hi\x07[b]x[red]")
        async with GadflyApp(mode="runs").run_test(size=WIDE) as pilot:
            await ready(pilot)
            assert "\x1b" not in text_of(pilot.app)
            assert "[b]x[red]" in text_of(pilot.app)

    drive(go())


def test_the_filter_narrows_and_escape_takes_it_away(run: Path) -> None:
    """Words of the filter must be in name, model, suite or state."""

    async def go() -> None:
        shutil.copytree(run, run.with_name("other"))
        async with GadflyApp(mode="runs").run_test(size=NARROW) as pilot:
            screen = await ready(pilot)
            await until(pilot, lambda: len(screen.views) == 2)
            await pilot.press("slash", *"other")
            await until(pilot, lambda: [v.folder.name for v in screen.views] == ["other"])
            await pilot.press(*"zzz")
            await until(pilot, lambda: "No run matches" in text_of(pilot.app))
            await pilot.press("escape")
            await until(pilot, lambda: len(screen.views) == 2)

    drive(go())


def test_runs_of_another_folder_are_added(asked: Path, here: Path) -> None:
    """A path typed in shows what is there; a wrong one is said."""

    async def go() -> None:
        async with GadflyApp(mode="runs").run_test(size=NARROW) as pilot:
            await until(pilot, lambda: "There is no run" in text_of(pilot.app))
            screen = on_top(pilot.app, RunsScreen)
            await pilot.press("o", *"nosuch", "enter")
            await until(pilot, lambda: "there is no folder" in toasts(pilot.app))
            screen.action_folder()
            screen.query_one(LineInput).value = str(asked.parent)
            await pilot.press("enter")
            await until(pilot, lambda: [v.folder.name for v in screen.views] == [asked.name])

    drive(go())


def test_the_profile_has_its_headlines_first(run: Path) -> None:
    """Sentences by construct, then the tables of the report."""

    async def go() -> None:
        async with GadflyApp(mode="runs").run_test(size=WIDE) as pilot:
            await ready(pilot)
            await pilot.press("p")
            await until(pilot, lambda: isinstance(pilot.app.screen, ProfileSheet))
            sheet = on_top(pilot.app, ProfileSheet)
            await until(pilot, lambda: "interval" in str(sheet.query_one("#headlines").render()))
            assert sheet.query_one("#tables", Static).virtual_size.height > 40
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(pilot.app.screen, RunsScreen))

    drive(go())


def test_a_run_is_planned_started_and_finished_from_the_form(here: Path) -> None:
    """Enter shows the plan, Enter again starts; the process finishes and is listed so."""

    async def go() -> None:
        async with GadflyApp(mode="runs").run_test(size=NARROW) as pilot:
            await until(pilot, lambda: "There is no run" in text_of(pilot.app))
            screen = on_top(pilot.app, RunsScreen)
            await pilot.press("n")
            await until(pilot, lambda: isinstance(pilot.app.screen, RunForm))
            form = on_top(pilot.app, RunForm)
            form.query_one("#model", Input).value = "sim:calibrated"
            form.query_one("#limit", Input).value = "1"
            await pilot.press("enter")
            await until(pilot, lambda: "Enter starts it" in text_of(pilot.app))
            assert "trials on" in text_of(pilot.app)
            assert not (here / "runs").exists()
            await pilot.press("enter")
            await until(pilot, lambda: screen.views)
            await until(pilot, lambda: screen.views[0].state == "finished", 90)
            assert look(screen.views[0].folder).finished > 0
            for process in screen.board.started:
                process.wait(60)

    drive(go())


def test_a_wrong_field_is_said_in_the_form(here: Path) -> None:
    """An unknown suite and a bad number stay in the form, with what is wrong."""

    async def go() -> None:
        async with GadflyApp(mode="runs").run_test(size=NARROW) as pilot:
            await until(pilot, lambda: isinstance(pilot.app.screen, RunsScreen))
            await pilot.press("n")
            await until(pilot, lambda: isinstance(pilot.app.screen, RunForm))
            form = on_top(pilot.app, RunForm)
            form.query_one("#limit", Input).value = "many"
            await pilot.press("enter")
            await until(pilot, lambda: "! Invalid value for '--limit'" in text_of(pilot.app))
            form.query_one("#limit", Input).value = ""
            form.query_one("#suite", Input).value = "smok"
            await pilot.press("enter")
            await until(pilot, lambda: "did you mean 'smoke'" in text_of(pilot.app))

    drive(go())


def test_a_run_that_is_over_is_neither_stopped_nor_resumed(run: Path) -> None:
    """Both keys say why nothing happens."""

    async def go() -> None:
        async with GadflyApp(mode="runs").run_test(size=NARROW) as pilot:
            await ready(pilot)
            await pilot.press("x")
            await until(pilot, lambda: "is not running" in toasts(pilot.app))
            await pilot.press("r")
            await until(pilot, lambda: "is finished" in toasts(pilot.app))

    drive(go())


def test_the_list_keeps_the_cursor_where_the_run_is(run: Path) -> None:
    """When a run comes in above, the cursor stays on its run."""

    async def go() -> None:
        async with GadflyApp(mode="runs").run_test(size=NARROW) as pilot:
            screen = await ready(pilot)
            assert screen.chosen is not None
            name = screen.chosen.folder.name
            newer = shutil.copytree(run, run.with_name("newer"))
            (newer / "manifest.json").touch()
            await until(pilot, lambda: len(screen.views) == 2)
            await until(pilot, lambda: screen.query_one(DataTable).row_count == 2)
            assert screen.views[0].folder.name == "newer"
            assert screen.chosen.folder.name == name

    drive(go())


def test_arguments_are_those_of_the_command() -> None:
    """Empty fields are left out; options are split as a shell does."""
    fields = {"suite": "quick", "model": "smollm2", "limit": " 3 ", "options": "--tag 'a b'"}
    assert arguments_of(fields) == (
        "run", "quick", "--model", "smollm2", "--limit", "3", "--tag", "a b",
    )  # fmt: skip
