"""Annotation: one reply or dialogue at a time, one key a label, each saved as it is given."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from gadfly.bot.errors import GadflyError
from gadfly.eval.judging.labels import LabelRow, TrialRow
from gadfly.eval.judging.sheet import (
    DIALOGUE_KEYS,
    REPLY_KEYS,
    open_dialogues,
    open_replies,
)
from gadfly.eval.meters import METERS
from gadfly.eval.transcript import verdict
from gadfly.tui.commands import Command
from gadfly.tui.lines import lines
from gadfly.tui.screens.base import ScreenBase
from gadfly.tui.text import one_line, plain
from gadfly.tui.trial_view import read_run
from gadfly.tui.widgets.line import LineInput
from gadfly.tui.widgets.message import MessageView

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.app import ComposeResult
    from textual.widget import Widget

    from gadfly.eval.chat.launch import Annotating
    from gadfly.eval.judging.sheet import Key, Sheet
    from gadfly.eval.record import TrialRecord
    from gadfly.tui.widgets.message import Speaker

    AnySheet = Sheet[LabelRow] | Sheet[TrialRow]

_SPEAKERS = {"system": "SYSTEM", "user": "GADFLY", "assistant": "SUBJECT", "planted": "PLANTED"}


def _label_commands() -> Iterator[Command]:
    """Yield a command for each key that labels a reply, a dialogue, or either."""
    titles: dict[str, list[str]] = {}
    for what, keys in (("reply", REPLY_KEYS), ("dialogue", DIALOGUE_KEYS)):
        for key in keys:
            name = {"a": "side A", "b": "side B"}.get(key.value, key.value)
            titles.setdefault(key.key, []).append(f"{what}: {name}, {key.says}")
    for letter, told in titles.items():
        yield Command(
            id=f"label-{letter}",
            title="; ".join(told),
            action=f"give('{letter}')",
            key=letter,
            in_palette=False,
        )


class AnnotateScreen(ScreenBase):
    """Shows a row of the sheet and takes its label."""

    MODE = "transcript"
    HELP_TEXT: ClassVar[str] = (
        "Label what the model said, not what is right. The replies are a random sample of the "
        "run's; how they were read stays hidden until you ask for it, and a label given after "
        "that says so. Each label is saved with the key. `gadfly judge calibrate` then holds the "
        "readings to your labels."
    )
    ACTIONS = (
        *_label_commands(),
        Command(id="label-next", title="Next", action="move(1)", key="j,right", footer="Next"),
        Command(id="label-previous", title="Previous", action="move(-1)", key="k,left"),
        Command(id="label-skip", title="Skip to the next without a label", action="skip",
                key="space", footer="Skip"),
        Command(id="label-undo", title="Undo the last label", action="undo", key="u",
                footer="Undo"),
        Command(id="label-metrics", title="Show or hide how it was read", action="metrics",
                key="m", footer="Metrics"),
        Command(id="label-note", title="Write a note", action="note", key="n", footer="Note"),
        Command(id="label-dialogues", title="Switch between replies and whole dialogues",
                action="switch", key="w", footer="Whole"),
        Command(id="label-advance", title="Go on by itself after a label, or not",
                action="advance", key="t"),
        Command(id="label-leave", title="Back to the transcripts", action="leave", key="escape",
                footer="Back"),
    )  # fmt: skip
    DEFAULT_CSS = """
    AnnotateScreen #material { width: 1fr; padding: 0 1; }
    AnnotateScreen #form { width: 32; padding: 0 1; border-left: solid $panel; }
    AnnotateScreen.-wide #form { width: 60; }
    AnnotateScreen #form, AnnotateScreen #material { scrollbar-size-vertical: 1; }
    AnnotateScreen #form Static { height: auto; }
    """

    def __init__(self, what: Annotating) -> None:
        """Label what is asked for; nothing is read before the screen is there."""
        super().__init__()
        self._what = what
        self._dialogues = what.dialogues
        self._sheets: dict[bool, AnySheet] = {}
        self._records: dict[str, TrialRecord] = {}
        self._place = 0
        self._advances = True
        self._open_metrics = False
        self._seen: set[tuple[bool, int]] = set()
        """Rows whose reading was looked at before they were labelled."""
        self._saved = ""

    def compose_body(self) -> ComposeResult:
        """What is labelled on the left, the labels on the right."""
        with Vertical():
            with Horizontal():
                yield VerticalScroll(id="material")
                with VerticalScroll(id="form"):
                    yield Static("", id="labels", markup=False)
            yield LineInput()

    def on_mount(self) -> None:
        """Draw the sample."""
        self._say(f"Reading {self._what.run.name} …")
        self._open()

    @property
    def sheet(self) -> AnySheet | None:
        """The sheet in use, None before it is read."""
        return self._sheets.get(self._dialogues)

    @property
    def place(self) -> int:
        """Which row of it is shown."""
        return self._place

    @property
    def _keys(self) -> Sequence[Key]:
        return DIALOGUE_KEYS if self._dialogues else REPLY_KEYS

    @work(exclusive=True, group="sheet")
    async def _open(self) -> None:
        if self.sheet is None:
            try:
                self._sheets[self._dialogues] = await asyncio.to_thread(self._read)
                if not self._records:
                    run = await asyncio.to_thread(read_run, self._what.run)
                    self._records = {r.key: r for r in run.records}
            except GadflyError as e:
                self._say(str(e))
                self.query_one("#labels", Static).update(
                    plain("w  switches between replies and whole dialogues\nEsc  goes back")
                )
                return
        sheet = self.sheet
        assert sheet is not None
        self._place = sheet.next_open(-1) or 0
        await self._show()

    def _read(self) -> AnySheet:
        what = self._what
        make = open_dialogues if self._dialogues else open_replies
        path = what.labels if self._dialogues == what.dialogues else None
        return make(what.run, what.annotator, n=what.n, seed=what.seed, path=path)

    def _say(self, text: str) -> None:
        box = self.query_one("#material")
        box.remove_children()
        box.mount(Static(plain(text)))

    # showing

    async def _show(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        self._open_metrics = False
        box = self.query_one("#material", VerticalScroll)
        await box.remove_children()
        await box.mount_all(list(_material(sheet.rows[self._place])))
        box.scroll_home(animate=False)
        box.focus()
        self._show_form()

    def _show_form(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        what = "dialogue" if self._dialogues else "reply"
        self.header.about = (
            f"{one_line(self._what.run.name, 40)} · {sheet.done} of {len(sheet)} done"
        )
        given = sheet.given(self._place)
        parts: list[Content | str] = [
            plain(f"{what.upper()} {self._place + 1} of {len(sheet)}", "bold"),
            plain(f"as {one_line(sheet.annotator, 30)}", "dim"),
            "",
            *_choices(self._keys, given, told=self.is_wide),
            "",
            plain(f"n  note: {one_line(given.note, 200) if given and given.note else '(none)'}"),
            "",
            *self._reading(),
            "",
            plain(self._saved or "each label is saved at once", "dim"),
            plain(f"t  goes on by itself: {'yes' if self._advances else 'no'}", "dim"),
        ]
        if sheet.done == len(sheet):
            parts += ["", *(plain(line) for line in self._all_done(sheet))]
        self.query_one("#labels", Static).update(lines(parts))

    def _all_done(self, sheet: AnySheet) -> Iterator[str]:
        yield "All are labelled."
        if not self._dialogues:
            yield "Hold the readings to them:"
            yield f"gadfly judge calibrate {sheet.path} {self._what.run}"

    def _reading(self) -> Iterator[Content]:
        what = "its meters" if self._dialogues else "how it was read"
        yield plain(f"m  {what}:{'' if self._open_metrics else ' hidden'}")
        if not self._open_metrics:
            return
        sheet = self.sheet
        assert sheet is not None
        row = sheet.rows[self._place]
        record = self._records.get(row.trial)
        if record is None:
            yield plain("   it is not in the run any more")
            return
        if isinstance(row, LabelRow):
            seen = next((o for o in record.observations if row.reply in o.calls), None)
            if seen is not None:
                yield plain(f"   {verdict(seen)}")
            return
        for meter in METERS:
            value = meter.of(record)
            if value is not None:
                yield plain(f"   {meter.name} {abs(value):.2f}")

    # labelling

    def action_give(self, character: str) -> None:
        """Give the label of a key."""
        key = next((k for k in self._keys if k.key == character), None)
        if self.sheet is None or key is None:
            return
        self._label(**{key.field: key.value})
        if key.field == "label" and self._advances:
            self.action_skip()

    def _label(self, **given: str) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        where = (self._dialogues, self._place)
        blind = where not in self._seen
        try:
            sheet.label(self._place, **given, blind=blind)
        except GadflyError as e:
            self.banner.say(str(e))
            return
        self.banner.say("")
        self._saved = f"saved {datetime.now().astimezone():%H:%M:%S}"
        self._show_form()

    def action_undo(self) -> None:
        """Take the last label back, and go there."""
        if self.sheet is None:
            return
        try:
            place = self.sheet.undo()
        except GadflyError as e:
            self.banner.say(str(e))
            return
        if place is None:
            self.toast("nothing to undo")
            return
        self._saved = "taken back"
        self._to(place)

    def action_move(self, by: int) -> None:
        """Go to the row beside this one."""
        if self.sheet is not None:
            self._to(max(0, min(len(self.sheet) - 1, self._place + by)))

    def action_skip(self) -> None:
        """Go to the next row without a label."""
        if self.sheet is None:
            return
        place = self.sheet.next_open(self._place)
        if place is None:
            self._show_form()
        else:
            self._to(place)

    @work(exclusive=True, group="row")
    async def _to(self, place: int) -> None:
        self._place = place
        await self._show()

    def action_metrics(self) -> None:
        """Show or hide how this row was read."""
        if self.sheet is None:
            return
        self._open_metrics = not self._open_metrics
        if self._open_metrics and not self.sheet.is_labelled(self._place):
            self._seen.add((self._dialogues, self._place))
        self._show_form()

    def action_advance(self) -> None:
        """Go on by itself after a label, or stay."""
        self._advances = not self._advances
        self._show_form()

    def action_switch(self) -> None:
        """Label whole dialogues instead of replies, or the other way round."""
        self._dialogues = not self._dialogues
        self._open()

    def action_note(self) -> None:
        """Write a note on this row."""
        if self.sheet is not None:
            given = self.sheet.given(self._place)
            self.query_one(LineInput).ask("note", "note", given.note if given else "")

    @on(LineInput.Left)
    def _noted(self, event: LineInput.Left) -> None:
        if event.text is not None:
            self._label(note=event.text)
        self.query_one("#material").focus()

    def action_leave(self) -> None:
        """Go back to the transcripts."""
        self.dismiss()


def _material(row: LabelRow | TrialRow) -> Iterator[Widget]:
    """Yield what a person sees of a row, and nothing of how it was read."""
    if isinstance(row, LabelRow):
        yield MessageView(row.asked, speaker="user", who="ASKED")
        yield MessageView(row.text, speaker="model", who="REPLY")
        question = f"{row.question}\nA  {row.a}\nB  {row.b}"
        yield MessageView(question, speaker="note", who="on the question")
        return
    thread = 1
    for turn in row.turns:
        if turn.thread != thread:
            thread = turn.thread
            yield MessageView("", speaker="note", who="NEW THREAD")
        speaker: Speaker = "model" if turn.role == "assistant" else "user"
        status = "put into its mouth: it never said this" if turn.role == "planted" else ""
        yield MessageView(turn.text, speaker=speaker, who=_SPEAKERS[turn.role], status=status)


def _choices(
    keys: Sequence[Key], given: LabelRow | TrialRow | None, *, told: bool
) -> Iterator[Content]:
    """Yield a line for each key, the chosen ones in brackets; a blank between fields.

    With `told` each says what it is for.
    """
    field = keys[0].field
    for key in keys:
        if key.field != field:
            field = key.field
            yield Content("")
        chosen = given is not None and getattr(given, key.field, None) == key.value
        name = {"a": "side A", "b": "side B"}.get(key.value, key.value)
        text = f"[{key.key} {name}]" if chosen else f" {key.key} {name} "
        says = key.says if told else ""
        yield Content.assemble((text.ljust(17), "bold" if chosen else ""), (says, "dim"))
