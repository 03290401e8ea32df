"""A sheet to choose a run from, or to type the path of one."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from gadfly.eval.cli.runs import RUNS
from gadfly.eval.following import is_run
from gadfly.tui.following import Board
from gadfly.tui.screens.sheet import Sheet
from gadfly.tui.text import one_line, plain

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from gadfly.eval.following import RunView


class RunPicker(Sheet[Path]):
    """Answers with the folder of a run."""

    TITLE = "Choose a run"
    KEYS: ClassVar[str] = "type a name or a path   Enter takes it   Esc closes"
    DEFAULT_CSS = """
    RunPicker OptionList { height: auto; max-height: 14; border: none; }
    """

    def __init__(self, root: Path = RUNS) -> None:
        """List the runs of `root`."""
        super().__init__()
        self._board = Board([root])
        self._views: tuple[RunView, ...] = ()

    def compose_sheet(self) -> ComposeResult:
        """A line and a list."""
        yield Input(placeholder="part of a name, or a path", compact=True)
        yield OptionList(markup=False, compact=True)

    def on_mount(self) -> None:
        """Look for runs."""
        self._look()

    @work
    async def _look(self) -> None:
        self._views = await asyncio.to_thread(self._board.views)
        self._list()

    def _matching(self) -> list[RunView]:
        word = self.query_one(Input).value.strip().lower()
        return [v for v in self._views if word in v.folder.name.lower()]

    @on(Input.Changed)
    def _list(self) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(
            [
                Option(plain(one_line(f"{v.folder.name}  {v.state}  {v.model}", 110)))
                for v in self._matching()
            ]
        )
        if options.option_count:
            options.highlighted = 0

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        path = Path(event.value.strip()).expanduser()
        if event.value.strip() and path.is_dir() and is_run(path):
            self.dismiss(path)
        elif found := self._matching():
            self.dismiss(found[0].folder)
        else:
            self.notify("there is no such run", severity="warning", markup=False)

    @on(OptionList.OptionSelected)
    def _picked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._matching()[event.option_index].folder)
