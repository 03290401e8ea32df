"""How the screens look at 80 x 24 and 120 x 40: pictures that were looked at, kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.pictures import same_picture
from support.runs import scripted
from support.sample import FILE as SAMPLE
from support.screens import NARROW, WIDE, drive, on_top, until

from gadfly.bot.call import Sampling
from gadfly.eval.chat.launch import Annotating
from gadfly.eval.chat.topic import free_topic
from gadfly.eval.chat.turn import Setup
from gadfly.tui.app import GadflyApp
from gadfly.tui.screens.annotate import AnnotateScreen
from gadfly.tui.screens.compare import CompareScreen
from gadfly.tui.screens.pair_form import Pair
from gadfly.tui.screens.profile import ProfileSheet
from gadfly.tui.screens.run_form import RunForm
from gadfly.tui.screens.runs import RunsScreen
from gadfly.tui.screens.scenarios import ScenariosScreen
from gadfly.tui.screens.transcript import TranscriptScreen
from gadfly.tui.widgets.message import MessageView

if TYPE_CHECKING:
    from pathlib import Path

SIZES = pytest.mark.parametrize("size", [NARROW, WIDE])


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run on made-up families: what the library says is not pictured."""
    folder = tmp_path_factory.mktemp("made") / "made-up"
    return scripted(folder, "repeat", "wording", "persuasion")


@SIZES
def test_runs(run: Path, size: tuple[int, int], tmp_path: Path) -> None:
    """A list with a finished run, the form that starts one, and a profile."""

    async def go() -> None:
        async with GadflyApp(mode="runs").run_test(size=size) as pilot:
            await until(pilot, lambda: isinstance(pilot.app.screen, RunsScreen))
            screen = on_top(pilot.app, RunsScreen)
            await until(pilot, lambda: screen.views and screen.board.follower(run).latest)
            await until(pilot, lambda: "ended last" in str(screen.query_one("#details").render()))
            await same_picture(pilot, "runs", tmp_path)
            await pilot.press("n")
            await until(pilot, lambda: isinstance(pilot.app.screen, RunForm))
            await same_picture(pilot, "run-form", tmp_path)
            await pilot.press("escape", "p")
            await until(pilot, lambda: isinstance(pilot.app.screen, ProfileSheet))
            sheet = on_top(pilot.app, ProfileSheet)
            await until(
                pilot, lambda: "Computing" not in str(sheet.query_one("#headlines").render())
            )
            await same_picture(pilot, "profile", tmp_path)

    drive(go())


@SIZES
def test_transcript(run: Path, size: tuple[int, int], tmp_path: Path) -> None:
    """The trials of a run, one of them, a reply to label and a whole dialogue."""

    async def go() -> None:
        async with GadflyApp(mode="transcript").run_test(size=size) as pilot:
            await until(pilot, lambda: isinstance(pilot.app.screen, TranscriptScreen))
            screen = on_top(pilot.app, TranscriptScreen)
            await until(pilot, lambda: screen.pieces and screen.query(MessageView))
            await same_picture(pilot, "transcript", tmp_path)
            await pilot.press("enter")
            await until(pilot, lambda: screen.has_class("-reading"))
            await same_picture(pilot, "trial", tmp_path)
            screen.annotate(Annotating(run=run, annotator="ann", n=20))
            await until(pilot, lambda: isinstance(pilot.app.screen, AnnotateScreen))
            sheet = on_top(pilot.app, AnnotateScreen)
            await until(pilot, lambda: sheet.sheet is not None and sheet.query(MessageView))
            await same_picture(pilot, "annotate", tmp_path)
            await pilot.press("w")
            await until(pilot, lambda: "DIALOGUE" in str(sheet.query_one("#labels").render()))
            await same_picture(pilot, "annotate-dialogue", tmp_path)

    drive(go())


def at_family(screen: ScenariosScreen) -> bool:
    """Say whether the cursor is on the family that is shown."""
    node = screen.families.cursor_node
    return node is not None and node.data is screen.family


@SIZES
def test_scenarios(run: Path, size: tuple[int, int], tmp_path: Path) -> None:
    """A file of one's own, narrowed by a word."""

    async def go() -> None:
        async with GadflyApp(mode="scenarios").run_test(size=size) as pilot:
            await until(pilot, lambda: isinstance(pilot.app.screen, ScenariosScreen))
            screen = on_top(pilot.app, ScenariosScreen)
            await until(pilot, lambda: screen.family)
            screen._read(SAMPLE)
            await until(pilot, lambda: screen.shelf is not None and screen.shelf.source)
            await pilot.press("slash", *"bridge", "enter")
            await until(pilot, lambda: screen.family and screen.family.id == "sample.bridge")
            await until(pilot, lambda: at_family(screen))
            screen.header.about = "sample.yaml"
            await pilot.pause()
            await same_picture(pilot, "scenarios", tmp_path)

    drive(go())


@SIZES
def test_compare(run: Path, size: tuple[int, int], tmp_path: Path) -> None:
    """Two sides before anything is said."""

    async def go() -> None:
        async with GadflyApp(mode="compare").run_test(size=size) as pilot:
            await until(pilot, lambda: isinstance(pilot.app.screen, CompareScreen))
            screen = on_top(pilot.app, CompareScreen)
            await pilot.pause()
            await same_picture(pilot, "compare-empty", tmp_path)
            sides = [Setup(model=m, sampling=Sampling()) for m in ("sim:calibrated", "sim:parrot")]
            screen.begin(
                Pair(
                    a=sides[0],
                    b=sides[1],
                    topic=free_topic("Is it right?", "It is right.", "It is wrong."),
                )
            )
            await until(pilot, lambda: all(pane.talk is not None for pane in screen.panes))
            await pilot.pause()
            await same_picture(pilot, "compare", tmp_path)

    drive(go())
