"""The Transcript screen: every trial of a run, chosen by a stated rule, and what happened in it."""

from __future__ import annotations

import asyncio
import gc
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import OptionList, Static

from gadfly.bot.errors import ConfigError, GadflyError
from gadfly.eval.cli.runs import RUNS, find_run
from gadfly.eval.meters import METERS, rule
from gadfly.tui.commands import Command
from gadfly.tui.following import Board
from gadfly.tui.lines import lines
from gadfly.tui.screens.base import ScreenBase
from gadfly.tui.text import one_line, plain
from gadfly.tui.trial_index import TrialIndex
from gadfly.tui.trial_view import read_pieces, read_run
from gadfly.tui.widgets.line import LineInput
from gadfly.tui.widgets.message import MessageView
from gadfly.tui.widgets.picker import Choice, Picker
from gadfly.tui.widgets.trial_list import TrialList

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content

    from gadfly.eval.chat.launch import Annotating
    from gadfly.eval.meters import Meter, Order
    from gadfly.eval.record import TrialRecord
    from gadfly.tui.trial_view import Piece, RunTrials

LISTED = 500
"""Trials shown in the list at once; the others are counted, and a filter finds them."""


class TranscriptScreen(ScreenBase):
    """A list of trials, and the one that is chosen."""

    MODE = "transcript"
    HELP_TEXT: ClassVar[str] = (
        "A trial is one dialogue of a run. GADFLY's lines are fixed texts, SUBJECT is the model, "
        "PLANTED was put into its mouth. What was asked off the record stands apart: the dialogue "
        "never saw it. The order of the list says by which rule a trial stands where it does; "
        "filter by words, by probe:NAME, arm:NAME, family:NAME, or failed."
    )
    ACTIONS = (
        Command(id="trial-read", title="Read the chosen trial", action="read", key="enter"),
        Command(id="trial-filter", title="Filter the trials", action="filter", key="slash",
                footer="Filter"),
        Command(id="trial-find", title="Find words in this dialogue", action="find",
                key="ctrl+f"),
        Command(id="trial-next", title="Next place found", action="hit(1)", key="n"),
        Command(id="trial-previous", title="Previous place found", action="hit(-1)", key="N"),
        Command(id="trial-worst", title="Worst first by the meter", action="order('worst')",
                key="w", footer="Worst"),
        Command(id="trial-best", title="Best first by the meter", action="order('best')", key="b",
                footer="Best"),
        Command(id="trial-random", title="Random order; again for the next seed",
                action="order('random')", key="r", footer="Random"),
        Command(id="trial-meter", title="Order by another meter", action="meter", key="m",
                footer="Meter"),
        Command(id="trial-details", title="Show or hide how reads were made", action="details",
                key="d"),
        Command(id="trial-annotate", title="Label replies and dialogues of this run",
                action="annotate", key="a", footer="Annotate"),
        Command(id="trial-run", title="Choose another run", action="run", key="o"),
        Command(id="trial-again", title="Read the run again (a running one has more by now)",
                action="again", key="ctrl+r"),
        Command(id="trial-down", title="Next trial", action="move(1)", key="j",
                in_palette=False),
        Command(id="trial-up", title="Previous trial", action="move(-1)", key="k",
                in_palette=False),
        Command(id="trial-back", title="Back to the list", action="back", key="escape",
                in_palette=False),
    )  # fmt: skip
    DEFAULT_CSS = """
    TranscriptScreen #list { width: 46; border-right: solid $panel; }
    TranscriptScreen.-narrow #list { width: 1fr; border-right: none; }
    TranscriptScreen.-narrow #dialogue { display: none; }
    TranscriptScreen.-narrow.-reading #dialogue { display: block; }
    TranscriptScreen.-narrow.-reading #list { display: none; }
    TranscriptScreen #rule { height: auto; max-height: 4; padding: 0 1; color: $text-muted; }
    TranscriptScreen #trials { height: 1fr; border: none; padding: 0; }
    TranscriptScreen #dialogue { width: 1fr; padding: 0 1; }
    TranscriptScreen #state { display: none; height: auto; padding: 1 2; }
    TranscriptScreen.-without #state { display: block; }
    TranscriptScreen.-without #list, TranscriptScreen.-without #dialogue { display: none; }
    TranscriptScreen #trials, TranscriptScreen #dialogue { scrollbar-size-vertical: 1; }
    TranscriptScreen MessageView.-note { margin: 0 0 0 4; }
    TranscriptScreen MessageView.-user { margin: 1 0 1 0; }
    """

    def __init__(self) -> None:
        """Show the latest run when first looked at."""
        super().__init__()
        self._run: RunTrials | None = None
        self._index = TrialIndex(())
        self._records: tuple[TrialRecord, ...] = ()
        self._order: Order = "worst"
        self._meter: Meter = METERS[0]
        self._seed = 0
        self._filter = ""
        self._needle = ""
        self._hit = -1
        self._details = False
        self._shown: TrialRecord | None = None
        self._pieces: tuple[Piece, ...] = ()
        self._wanted = ""
        self._asked_for = False

    def compose_body(self) -> ComposeResult:
        """The list on the left, the dialogue on the right; one at a time where it is narrow."""
        yield Static("", id="state", markup=False)
        with Vertical():
            with Horizontal():
                with Vertical(id="list"):
                    yield Static("", id="rule", markup=False)
                    yield TrialList(id="trials", compact=True, markup=False)
                yield VerticalScroll(id="dialogue")
            yield LineInput()

    def on_mount(self) -> None:
        """Open what the command line asked for, or the latest run, unless told another since."""
        if self._asked_for:
            return
        launch = self.gadfly.launch
        if launch is not None and launch.annotating is not None and not self.gadfly.is_started:
            self.gadfly.is_started = True
            self.open_run(launch.annotating.run)
            self.annotate(launch.annotating)
            return
        try:
            folder = find_run(None)
        except ConfigError as e:
            self._state(str(e), "o  chooses a run of another folder", "F4 starts one")
            return
        self.open_run(folder)

    # what is shown

    @property
    def records(self) -> tuple[TrialRecord, ...]:
        """The trials listed, in the order of the rule."""
        return self._records

    @property
    def filter(self) -> str:
        """What the trials listed must have."""
        return self._filter

    @property
    def trial(self) -> TrialRecord | None:
        """The trial that is shown."""
        return self._shown

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What is shown of it."""
        return self._pieces

    @property
    def rule(self) -> str:
        """Why the trials stand where they do."""
        return rule(self._order, by=self._meter, seed=self._seed)

    def open_run(self, folder: Path, trial: str = "") -> None:
        """Show a run; at the trial of this key, where one is given."""
        self._asked_for = True
        self._wanted = trial
        self._state(f"Reading {folder.name} …")
        self._load(folder.expanduser())

    @work(exclusive=True, group="run")
    async def _load(self, folder: Path) -> None:
        try:
            run, index = await asyncio.to_thread(self._read, folder)
        except GadflyError as e:
            self._run = None
            self.header.about = one_line(folder.name)
            self._state(str(e), "o  chooses another run")
            return
        self.take(run, index)

    def take(self, run: RunTrials, index: TrialIndex) -> None:
        """Show a run that has been read, and have the collector look at it no more.

        Trials hold no cycles, and every look at 100,000 of them would hold up a key.
        """
        gc.freeze()
        self._run, self._index = run, index
        self._state()
        self._list()
        self.query_one("#trials").focus()

    def _read(self, folder: Path) -> tuple[RunTrials, TrialIndex]:
        """Read a run and put it in the order in force; blocking."""
        gc.unfreeze()
        run = read_run(folder)
        index = TrialIndex(run.records)
        index.rank(self._order, self._meter, self._seed)
        return run, index

    def _state(self, *told: str) -> None:
        """Say why there is nothing to show; nothing shows the list again."""
        box = self.query_one("#state", Static)
        box.update(lines([plain(line) for line in told]))
        self.set_class(bool(told), "-without")
        if told:
            self.query_one("#dialogue").remove_children()
            self._shown, self._pieces = None, ()

    def _list(self, here: str = "") -> None:
        """Fill the list by filter and rule; at the trial of this key, else at the first."""
        if self._run is None:
            return
        by = (self._order, self._meter, self._seed)
        if not self._index.is_ranked(*by):
            self._rank(here)
            return
        self._records = self._index.found(self._filter, *by)
        options = self.query_one("#trials", TrialList)
        options.show(self._records[:LISTED], self._meter)
        self.query_one("#rule", Static).update(plain(self._told()))
        self.header.about = one_line(self._run.folder.name, 60)
        if not self._records:
            self.query_one("#dialogue").remove_children()
            self._shown, self._pieces = None, ()
            return
        keys = [r.key for r in self._records[:LISTED]]
        if self._wanted in keys:
            here = self._wanted
            self.add_class("-reading")
        self._wanted = ""
        options.highlighted = keys.index(here) if here in keys else 0

    @work(exclusive=True, group="rank")
    async def _rank(self, here: str) -> None:
        """Put many trials in an order they were not in before, and list them then."""
        self.query_one("#rule", Static).update(plain(f"ordering: {self.rule} …"))
        await asyncio.to_thread(self._index.rank, self._order, self._meter, self._seed)
        self._list(here)

    def _told(self) -> str:
        run = self._run
        if run is None:
            return ""
        if not run.records:
            return f"{run.folder.name} has no trial yet. Ctrl+R looks again."
        n, total = len(self._records), len(run.records)
        told = f"{n:,} of {total:,} trials" if n < total else f"{total:,} trials"
        if self._filter and not n:
            return f"none of {total:,} trials matches “{self._filter}”: / changes that"
        if n > LISTED:
            told += f", the first {LISTED:,} listed"
        return f"{told}, {self.rule}"

    @on(OptionList.OptionHighlighted, "#trials")
    def _chosen(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_index < len(self._records):
            self._show_trial(self._records[event.option_index])

    @on(OptionList.OptionSelected, "#trials")
    def _entered(self) -> None:
        self.action_read()

    @work(exclusive=True, group="trial")
    async def _show_trial(self, record: TrialRecord) -> None:
        if self._run is None or (self._shown is not None and self._shown.key == record.key):
            return
        try:
            pieces = await asyncio.to_thread(read_pieces, self._run.folder, record)
        except GadflyError as e:
            self.toast(str(e), "error")
            return
        self._shown, self._pieces = record, pieces
        await self._show_pieces()

    async def _show_pieces(self) -> None:
        record = self._shown
        if record is None:
            return
        box = self.query_one("#dialogue", VerticalScroll)
        head = Static(self._head(record), markup=False)
        views = [message(piece) for piece in self._pieces if self._details or not piece.is_detail]
        await box.remove_children()
        await box.mount_all([head, *views])
        box.scroll_home(animate=False)
        self._hit = -1
        if self._needle:
            self._mark()

    def _head(self, record: TrialRecord) -> Content:
        value = self._meter.of(record)
        figure = "not measured here" if value is None else f"{abs(value):.2f}"
        place = next((i for i, r in enumerate(self._records, 1) if r.key == record.key), 0)
        return lines(
            [
                plain(f"{record.family} ({record.stratum})", "bold"),
                plain(
                    f"{record.probe} v{record.version} · arm {record.arm} · {record.variant} · "
                    f"replicate {record.replicate} · trial {record.key[:10]}"
                ),
                plain(
                    f"number {place} of {len(self._records):,}, {self._order} · "
                    f"{self._meter.name} {figure}",
                    "dim",
                ),
                "",
            ]
        )

    # doing

    def action_read(self) -> None:
        """Go to the dialogue."""
        if self._records:
            self.add_class("-reading")
            self.query_one("#dialogue").focus()

    def action_back(self) -> None:
        """Go back to the list."""
        self.remove_class("-reading")
        if self._run is not None:
            self.query_one("#trials").focus()

    def action_move(self, by: int) -> None:
        """Go to another trial of the list."""
        options = self.query_one("#trials", OptionList)
        if options.option_count:
            at = (options.highlighted or 0) + by
            options.highlighted = max(0, min(options.option_count - 1, at))

    def action_order(self, order: Order) -> None:
        """Order the list by another rule."""
        if order == "random" and self._order == "random":
            self._seed += 1
        self._order = order
        self._list()

    def action_meter(self) -> None:
        """Order by the next meter."""
        self._meter = METERS[(METERS.index(self._meter) + 1) % len(METERS)]
        if self._order == "random":
            self._order = "worst"
        self._list()

    @work(exclusive=True, group="trial")
    async def action_details(self) -> None:
        """Show or hide how off-record reads were made."""
        self._details = not self._details
        await self._show_pieces()

    def action_again(self) -> None:
        """Read the run again."""
        if self._run is not None:
            self.open_run(self._run.folder, self._shown.key if self._shown else "")

    @work(exclusive=True, group="picker")
    async def action_run(self) -> None:
        """Choose another run."""
        views = await asyncio.to_thread(Board([RUNS]).views)
        here = None if self._run is None else self._run.folder.resolve()
        choices = [
            Choice(
                value=str(v.folder),
                label=v.folder.name,
                detail=f"{v.state}  {v.model}",
                is_chosen=v.folder == here,
            )
            for v in views
        ]
        found = await self.app.push_screen_wait(
            Picker(
                "Choose a run",
                choices,
                hint="part of a name, or the path of a run",
                free=True,
                empty="No run here is called that; Enter takes it as a path.",
            )
        )
        if found:
            self.open_run(Path(found))

    def action_annotate(self) -> None:
        """Label replies of this run, or this dialogue."""
        if self._run is None:
            self.toast("choose a run first", "warning")
            return
        from gadfly.eval.chat.launch import Annotating
        from gadfly.eval.cli.annotate import SAMPLE, login

        self.annotate(Annotating(run=self._run.folder, annotator=login(), n=SAMPLE))

    def annotate(self, what: Annotating) -> None:
        """Open the annotation of a run."""
        from gadfly.tui.screens.annotate import AnnotateScreen

        self.app.push_screen(AnnotateScreen(what))

    # finding

    def action_filter(self) -> None:
        """Type what the trials must have."""
        if self._run is not None:
            self.remove_class("-reading")
            self.query_one(LineInput).ask(
                "filter", "words; probe: arm: family: failed; Esc shows all", self._filter
            )

    def action_find(self) -> None:
        """Type what to find in the dialogue."""
        if self._shown is not None:
            self.add_class("-reading")
            self.query_one(LineInput).ask("find", "words in this dialogue", self._needle)

    @on(LineInput.Typed)
    def _typed(self, event: LineInput.Typed) -> None:
        if event.asked == "filter":
            self._filter = event.text
            self._list()
        else:
            self._needle = event.text
            self._mark()

    @on(LineInput.Left)
    def _left(self, event: LineInput.Left) -> None:
        if event.asked == "filter":
            if event.text is None:
                self._filter = ""
                self._list()
            self.query_one("#trials").focus()
            return
        if event.text is None:
            self._needle = ""
            self._mark()
        else:
            self.action_hit(1)
        self.query_one("#dialogue").focus()

    def _mark(self) -> None:
        self._hit = -1
        for view in self.query(MessageView):
            view.find(self._needle)

    def action_hit(self, by: int) -> None:
        """Go to the next or previous message with the words in it."""
        found = [v for v in self.query(MessageView) if v.find(self._needle)]
        if not found:
            if self._needle:
                self.toast(f"“{self._needle}” is not in this dialogue")
            return
        self._hit = (self._hit + by) % len(found) if self._hit >= 0 else 0
        self.query_one("#dialogue", VerticalScroll).scroll_to_widget(
            found[self._hit], animate=False, top=True
        )


def message(piece: Piece) -> MessageView:
    """Return the widget of a piece."""
    return MessageView(piece.text, speaker=piece.kind, who=piece.who, status=piece.status)
