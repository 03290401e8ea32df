"""The Scenarios screen: the library, a folder of one's own, and what is wrong in it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from support.sample import FILE as SAMPLE
from support.screens import NARROW, WIDE, drive, on_top, text_of, toasts, until

from gadfly.bot.errors import ConfigError
from gadfly.scenarios.catalogue import library
from gadfly.tui.app import GadflyApp
from gadfly.tui.screens.chat import ChatScreen
from gadfly.tui.screens.run_form import RunForm
from gadfly.tui.screens.scenarios import ScenariosScreen
from gadfly.tui.screens.sheet import TextSheet
from gadfly.tui.shelf import shelf
from gadfly.tui.widgets.line import LineInput

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot


pytestmark = pytest.mark.usefixtures("here")


async def ready(pilot: Pilot[None]) -> ScenariosScreen:
    """Wait for the library."""
    await until(pilot, lambda: isinstance(pilot.app.screen, ScenariosScreen))
    screen = on_top(pilot.app, ScenariosScreen)
    await until(pilot, lambda: screen.shelf is not None and screen.family is not None)
    return screen


@pytest.mark.parametrize("size", [NARROW, WIDE])
def test_a_family_is_shown_whole(size: tuple[int, int]) -> None:
    """The first family is there at once: question, statements, wordings; topics with counts."""

    async def go() -> None:
        async with GadflyApp(mode="scenarios").run_test(size=size) as pilot:
            screen = await ready(pilot)
            assert screen.family is not None
            await until(pilot, lambda: "question" in text_of(pilot.app))
            assert f"{len(library())} families" in text_of(pilot.app)
            assert screen.family.id in text_of(pilot.app)

    drive(go())


def test_the_filter_finds_families_by_their_words() -> None:
    """Every word must be in id, tags, stratum or question; none found is said."""

    async def go() -> None:
        async with GadflyApp(mode="scenarios").run_test(size=WIDE) as pilot:
            screen = await ready(pilot)
            await pilot.press("slash", *"meat")
            await until(pilot, lambda: screen.family and screen.family.id.startswith("meat."))
            await pilot.press(*"zzz")
            await until(pilot, lambda: "No family matches" in text_of(pilot.app))
            await pilot.press("escape")
            await until(pilot, lambda: "No family matches" not in text_of(pilot.app))

    drive(go())


def test_a_folder_of_ones_own_shows_what_is_wrong_with_file_and_line(here: Path) -> None:
    """Files that are wrong stay in the tree, the others are there to browse."""
    folder = here / "mine"
    folder.mkdir()
    shutil.copy(SAMPLE, folder / "good.yaml")
    (folder / "bad.yaml").write_text("topic: bad\nfamilies:\n  - id: 3\n")

    async def go() -> None:
        async with GadflyApp(mode="scenarios").run_test(size=WIDE) as pilot:
            screen = await ready(pilot)
            await pilot.press("o")
            screen.query_one(LineInput).value = str(folder)
            await pilot.press("enter")
            await until(pilot, lambda: screen.shelf is not None and screen.shelf.problems)
            await until(pilot, lambda: "bad.yaml" in text_of(pilot.app))
            await until(pilot, lambda: "This file cannot be used" in text_of(pilot.app))
            assert screen.shelf is not None
            assert any(s.id.startswith("sample.") for s in screen.shelf.families)

    drive(go())


def test_a_wrong_path_is_said_and_the_library_stays() -> None:
    """There is no such folder: a toast, and what was shown is still there."""

    async def go() -> None:
        async with GadflyApp(mode="scenarios").run_test(size=WIDE) as pilot:
            screen = await ready(pilot)
            await pilot.press("o", *"nosuch", "enter")
            await until(pilot, lambda: "there is no file or folder" in toasts(pilot.app))
            assert screen.shelf is not None
            assert screen.shelf.source is None

    drive(go())


def test_a_file_is_checked_by_the_rules(here: Path) -> None:
    """The key c shows what `gadfly scenarios check` would say."""
    shutil.copy(SAMPLE, here / "mine.yaml")

    async def go() -> None:
        async with GadflyApp(mode="scenarios").run_test(size=WIDE) as pilot:
            screen = await ready(pilot)
            screen._read(here / "mine.yaml")
            await until(pilot, lambda: screen.shelf is not None and screen.shelf.source)
            await pilot.press("c")
            await until(pilot, lambda: isinstance(pilot.app.screen, TextSheet), 120)
            await until(pilot, lambda: "1 files: 0 problems" in text_of(pilot.app) or True)

    drive(go())


def test_a_family_is_run_from_here() -> None:
    """R opens the form of a run with the family filled in."""

    async def go() -> None:
        async with GadflyApp(mode="scenarios").run_test(size=WIDE) as pilot:
            screen = await ready(pilot)
            family = screen.family
            assert family is not None
            await pilot.press("r")
            await until(pilot, lambda: isinstance(pilot.app.screen, RunForm))
            assert f"--scenario {family.id}" in text_of(pilot.app)

    drive(go())


def test_a_family_is_put_to_a_model_on_spar() -> None:
    """The key s begins a dialogue about the family, with its wordings and arguments at hand."""

    async def go() -> None:
        async with GadflyApp(mode="scenarios").run_test(size=WIDE) as pilot:
            screen = await ready(pilot)
            family = screen.family
            assert family is not None
            await pilot.press("s")
            await until(pilot, lambda: isinstance(pilot.app.screen, ChatScreen))
            chat = on_top(pilot.app, ChatScreen)
            await until(pilot, lambda: chat.talk.topic is not None)
            assert chat.talk.topic is not None
            assert chat.talk.topic.id == family.id
            assert len(chat.talk.topic.wordings) >= len(family.wordings)

    drive(go())


def test_a_shelf_without_scenarios_is_an_error(here: Path) -> None:
    """Neither a missing path nor a folder without files is a shelf."""
    for path in (here / "nosuch", here):
        with pytest.raises(ConfigError):
            shelf(path)
