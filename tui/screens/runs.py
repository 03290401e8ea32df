"""The Runs screen: batch runs, each a process of its own, watched from here."""

from __future__ import annotations

import asyncio
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.containers import Vertical
from textual.widgets import DataTable, Static

from gadfly.bot.errors import GadflyError
from gadfly.eval import launching
from gadfly.eval.cli.runs import RUNS
from gadfly.tui.commands import Command
from gadfly.tui.following import Board
from gadfly.tui.lines import lines
from gadfly.tui.run_text import cells, columns, details
from gadfly.tui.screens.base import ScreenBase
from gadfly.tui.screens.profile import ProfileSheet
from gadfly.tui.screens.run_form import RunForm
from gadfly.tui.screens.sheet import TextSheet
from gadfly.tui.text import one_line, plain
from gadfly.tui.widgets.header import HeaderStrip
from gadfly.tui.widgets.line import LineInput
from gadfly.tui.widgets.room import CutStatic, Resized

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text
    from textual.app import ComposeResult

    from gadfly.eval.following import Follower, RunView
    from gadfly.tui.screens.run_form import Chosen

_EVERY_S = 0.5
_PER_RUN_S = 0.002
"""How much longer the list rests between two looks with each run in it."""


class RunsScreen(ScreenBase):
    """A list of runs, and what the selected one is doing."""

    MODE = "runs"
    HELP_TEXT: ClassVar[str] = (
        "Runs question a model with a whole suite. Each is a process of its own: leaving this "
        "program does not stop it, and a run started from a shell appears here too. What is "
        "finished is kept whatever happens; a stopped run goes on where it was."
    )
    ACTIONS = (
        Command(id="run-new", title="Start a run", action="new", key="n", footer="New"),
        Command(id="run-profile", title="Show the profile of the run", action="profile", key="p",
                footer="Profile"),
        Command(id="run-trials", title="Read its transcripts", action="trials", key="t",
                footer="Trials"),
        Command(id="run-stop", title="Stop the run cleanly", action="stop", key="x",
                footer="Stop"),
        Command(id="run-resume", title="Resume the run, trying what failed again",
                action="resume", key="r", footer="Resume"),
        Command(id="run-log", title="Show what the run last said", action="log", key="l",
                footer="Log"),
        Command(id="run-filter", title="Filter the runs", action="filter", key="slash",
                footer="Filter"),
        Command(id="run-open", title="Show runs of another folder", action="folder", key="o"),
        Command(id="run-annotate", title="Label replies of the run", action="annotate", key="a"),
        Command(id="run-down", title="Next run", action="move(1)", key="j", in_palette=False),
        Command(id="run-up", title="Previous run", action="move(-1)", key="k", in_palette=False),
    )  # fmt: skip
    DEFAULT_CSS = """
    RunsScreen #runs { height: 1fr; scrollbar-size-horizontal: 0; display: none; }
    RunsScreen #none { height: 1fr; padding: 1 2; }
    RunsScreen #details {
        height: 8;
        display: none;
        border-top: solid $primary;
        padding: 0 1;
    }
    RunsScreen.-tall #details { height: 15; }
    """

    def __init__(self, root: Path = RUNS) -> None:
        """Show the runs of `root`."""
        super().__init__()
        self.board = Board([root])
        self._views: tuple[RunView, ...] = ()
        self._filter = ""
        self._polling = False

    def compose_body(self) -> ComposeResult:
        """A table, a box below it, and a line to type into."""
        with Vertical():
            yield Static("Looking for runs …", id="none", markup=False)
            yield DataTable(id="runs", cursor_type="row", cell_padding=0)
            yield CutStatic("", id="details", markup=False)
            yield LineInput()

    def on_mount(self) -> None:
        """Begin to look."""
        self._set_columns()
        self.set_interval(_EVERY_S, self._tick)
        self._tick()

    def on_screen_resume(self) -> None:
        """Look at once on coming back."""
        self._tick()

    def on_resize(self) -> None:
        """Give the columns the room there is."""
        self._set_columns()
        self._show()

    @on(Resized, "#details")
    def _cut_anew(self) -> None:
        self._show_details()

    @property
    def table(self) -> DataTable[Text]:
        """The list."""
        return self.query_one("#runs", DataTable)

    @property
    def views(self) -> tuple[RunView, ...]:
        """The runs that are shown."""
        words = self._filter.lower().split()
        return tuple(view for view in self._views if _matches(view, words))

    @property
    def chosen(self) -> RunView | None:
        """The run the cursor is on."""
        shown = self.views
        row = self.table.cursor_row if self.query(DataTable) else -1
        return shown[row] if 0 <= row < len(shown) else None

    # looking

    def _tick(self) -> None:
        if self.is_current and not self._polling:
            self._poll()

    @work(group="poll")
    async def _poll(self) -> None:
        self._polling = True
        try:
            self._views = await asyncio.to_thread(self.board.views)
            self._show()
            await asyncio.to_thread(self._follow, self.chosen)
            self._show()
            await asyncio.sleep(_PER_RUN_S * len(self._views))
        finally:
            self._polling = False

    def _follow(self, chosen: RunView | None) -> None:
        """Read what is new in the runs that are going, and in the chosen one."""
        for view in self._views:
            is_chosen = chosen is not None and view.folder == chosen.folder
            if view.planned and (view.state == "running" or is_chosen):
                try:
                    self.board.follower(view.folder).follow()
                except GadflyError:
                    continue  # the next look says what is wrong with it

    def _follower(self, view: RunView) -> Follower | None:
        return self.board.follower(view.folder) if view.planned else None

    def _set_columns(self) -> None:
        table = self.table
        table.clear(columns=True)
        for key, heading, width in columns(self.size.width):
            table.add_column(heading, width=width, key=key)

    def _show(self) -> None:
        if not self.query(DataTable) or not self.query(HeaderStrip):
            return  # the application is being closed
        shown = self.views
        self._show_rows(shown)
        running = sum(view.state == "running" for view in self._views)
        n = len(self._views)
        going = f", {running} going" if running else ""
        self.header.about = f"{n} run{'' if n == 1 else 's'}{going}"
        self.banner.say("; ".join(f"{root}: {why}" for root, why in self.board.problems.items()))
        self.query_one("#none").display = not shown
        self.table.display = bool(shown)
        self.query_one("#details").display = bool(shown)
        if shown:
            self._show_details()
        else:
            self._show_none()
        if self.focused is None and shown:
            self.table.focus()

    def _show_rows(self, shown: Sequence[RunView]) -> None:
        table, signs, width = self.table, self.gadfly.glyphs, self.size.width
        names = [key for key, _, _ in columns(width)]
        keys = [str(view.folder) for view in shown]
        there = [row.key.value for row in table.ordered_rows]
        before = there[table.cursor_row] if 0 <= table.cursor_row < len(there) else None
        if keys != there:
            table.clear()
            for view, key in zip(shown, keys, strict=True):
                table.add_row(*cells(view, self._follower(view), signs, width=width), key=key)
            table.move_cursor(row=keys.index(before) if before in keys else 0)
            return
        for view, key in zip(shown, keys, strict=True):
            row = cells(view, self._follower(view), signs, width=width)
            for name, cell in zip(names, row, strict=True):
                if table.get_cell(key, name) != cell:
                    table.update_cell(key, name, cell)

    def _show_none(self) -> None:
        where = ", ".join(str(root) for root in self.board.roots)
        text = (
            f"No run matches “{self._filter}”. Press / to change that, then Esc to show all."
            if self._views
            else (
                f"There is no run in {where} yet.\n\n"
                "n  starts one: it asks for a suite and a model, and says what that costs first\n"
                "o  shows the runs of another folder\n\n"
                "From a shell: gadfly run smoke --model sim:calibrated"
            )
        )
        self.query_one("#none", Static).update(plain(text))

    def _show_details(self) -> None:
        view = self.chosen
        if view is None:
            return
        box = self.query_one("#details", Static)
        log = launching.log_of(view.folder)
        width, rows = box.content_size
        told = details(view, self._follower(view), log, width=width or 76, rows=max(3, rows or 7))
        box.update(told, layout=False)

    @on(DataTable.RowHighlighted)
    def _moved(self) -> None:
        if self._views:
            self._show_details()

    @on(DataTable.RowSelected)
    def _entered(self) -> None:
        self.action_profile()

    # doing

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self.table.move_cursor(row=self.table.cursor_row + by)

    def action_new(self) -> None:
        """Ask what to run, show what it costs, start it."""
        self.app.push_screen(RunForm(), self._started)

    def start_on(self, family: str, source: Path | None) -> None:
        """Ask the same with one family filled in; of a file or folder, or of the library."""
        suite = "smoke" if source is None else str(source)
        form = RunForm({"suite": suite, "options": f"--scenario {shlex.quote(family)}"})
        self.app.push_screen(form, self._started)

    def _started(self, chosen: Chosen | None) -> None:
        if chosen is None:
            return
        try:
            self.board.start(chosen.arguments, chosen.folder)
        except GadflyError as e:
            self.toast(str(e), "error")
            return
        self.toast(f"started {chosen.folder.name}; it goes on when you leave")
        self._tick()

    def action_stop(self) -> None:
        """Stop the run: it finishes what it has begun to write, and keeps it."""
        view = self.chosen
        if view is None:
            return
        try:
            launching.stop(view.folder)
        except GadflyError as e:
            self.toast(str(e), "warning")
            return
        self.toast(f"{view.folder.name} stops and keeps what is finished; r goes on")

    def action_resume(self) -> None:
        """Go on with a run that ended early."""
        view = self.chosen
        if view is None:
            return
        if view.state == "finished":
            self.toast(f"{view.folder.name} is finished: nothing is left to ask")
            return
        try:
            self.board.resume(view.folder)
        except GadflyError as e:
            self.toast(str(e), "warning")
            return
        self.toast(f"{view.folder.name} goes on")
        self._tick()

    def action_profile(self) -> None:
        """Show what was found."""
        view = self.chosen
        if view is not None:
            self.app.push_screen(ProfileSheet(view.folder))

    def action_trials(self) -> None:
        """Read the trials of the run."""
        view = self.chosen
        if view is not None:
            self._go_to_trials(view.folder, annotate=False)

    def action_annotate(self) -> None:
        """Label replies of the run."""
        view = self.chosen
        if view is not None:
            self._go_to_trials(view.folder, annotate=True)

    @work
    async def _go_to_trials(self, folder: Path, *, annotate: bool) -> None:
        from gadfly.tui.screens.transcript import TranscriptScreen

        await self.app.switch_mode("transcript")
        for screen in self.app.screen_stack:
            if isinstance(screen, TranscriptScreen):
                screen.open_run(folder)
                if annotate:
                    screen.action_annotate()

    def action_log(self) -> None:
        """Show what the run said."""
        view = self.chosen
        if view is None:
            return
        told = launching.log_of(view.folder, lines=200)
        text = (
            lines([plain(line) for line in told])
            if told
            else plain("Nothing is kept: it was started in a shell, and said it there.")
        )
        self.app.push_screen(TextSheet(f"Log of {one_line(view.folder.name, 40)}", text))

    # the line below

    def action_filter(self) -> None:
        """Type words that must all be in a run's name, model, suite or state."""
        self.query_one(LineInput).ask(
            "filter", "words in name, model, suite or state; Esc shows all", self._filter
        )

    def action_folder(self) -> None:
        """Type the path of a run folder, or of a folder of them."""
        self.query_one(LineInput).ask("folder", "path of a run, or of a folder of runs")

    @on(LineInput.Typed)
    def _typed(self, event: LineInput.Typed) -> None:
        if event.asked == "filter":
            self._filter = event.text
            self._show()

    @on(LineInput.Left)
    def _left_line(self, event: LineInput.Left) -> None:
        if event.asked == "filter" and event.text is None:
            self._filter = ""
            self._show()
        if event.asked == "folder" and event.text:
            self._add_root(Path(event.text).expanduser())
        self.table.focus()

    def _add_root(self, path: Path) -> None:
        if not path.is_dir():
            self.toast(f"there is no folder {str(path)!r}", "warning")
            return
        if path not in self.board.roots:
            self.board.roots.append(path)
        self._tick()


def _matches(view: RunView, words: Sequence[str]) -> bool:
    text = f"{view.folder.name} {view.model} {view.suite} {view.state}".lower()
    return all(word in text for word in words)
