"""Spar: a dialogue with a model, with what is measured of it beside the text.

The engine (`eval.chat.partner`) tells events; each becomes one change here. What the user does is
in `deeds`.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message

from gadfly.bot.errors import GadflyError
from gadfly.eval.chat import event as told
from gadfly.tui.commands import Command, bindings
from gadfly.tui.deeds import Deeds
from gadfly.tui.figures import marks_at, model_name, setup_text
from gadfly.tui.screens.base import ScreenBase
from gadfly.tui.screens.chat_commands import COMMANDS, MOVES, TURNS
from gadfly.tui.screens.mending import Mending
from gadfly.tui.text import one_line, plain
from gadfly.tui.widgets.dialogue import DialogueView
from gadfly.tui.widgets.message import MessageView
from gadfly.tui.widgets.meters import MeterPanel, Meters, MeterStrip
from gadfly.tui.widgets.prompt import Prompt
from gadfly.tui.widgets.stance_plot import StancePlot
from gadfly.tui.widgets.status import StatusLine

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from gadfly.eval.chat.event import Event
    from gadfly.eval.chat.gauge import Measures
    from gadfly.eval.chat.turn import Branch
    from gadfly.tui.talk import Talk

BUSY = ("waiting", "thinking", "streaming")
"""States in which a reply is under way."""
SLOW_S = 10.0
"""Seconds without a first token after which the status says that it takes long."""


class ChatDialogue(DialogueView):
    """The dialogue with the keys that act on a chosen turn."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(MOVES, TURNS),
        *bindings(COMMANDS, TURNS),
        *(replace(binding, show=False) for binding in bindings(COMMANDS) if binding.show),
    ]

    def action_step(self, by: int) -> None:
        """Choose another turn."""
        self.step(by)

    def action_last(self) -> None:
        """Choose the last turn and follow the end again."""
        self.step(100000)
        self.follow()


class ChatScreen(ScreenBase):
    """The Spar screen."""

    MODE = "chat"
    AUTO_FOCUS = "#prompt"
    ACTIONS: ClassVar[tuple[Command, ...]] = COMMANDS
    HELP_TEXT = (
        "Write and press Enter; Ctrl+J starts a new line. Esc stops a reply and keeps its text. "
        "With nothing going on, Esc chooses a turn: the keys without Ctrl act on it, i goes back "
        "to the prompt. A turn's number is the one under the plot and the one commands take: "
        "/fork 8. Editing and forking make a branch; no branch is ever changed by another. "
        "Stances are read off the record, on a fork the dialogue never sees."
    )
    DEFAULT_CSS = """
    ChatScreen #talk { width: 1fr; height: 1fr; }
    ChatScreen.-wide MeterStrip { display: none; }
    ChatScreen.-narrow #side, ChatScreen.-cramped #side { display: none; }
    """

    class Heard(Message):
        """The engine told something."""

        def __init__(self, event: Event, talk: Talk | None) -> None:
            super().__init__()
            self.event = event
            self.talk = talk

    def __init__(self) -> None:
        """Begin before anything is said."""
        super().__init__()
        self.deeds = Deeds(self)
        self.mending = Mending(self)
        self._talk: Talk | None = None
        self._known: dict[int, Measures] = {}
        """What is known of replies, by their id; working it out anew takes long."""
        self._waiting_measures = 0
        self._pieces = 0
        self._began = 0.0
        self._first_s: float | None = None
        self._state = "idle"
        self._notes: set[str] = set()
        """What models said of themselves, each said once."""
        self._handlers: dict[type[object], Callable[[Event], None]] = {
            told.Notice: self._on_notice,
            told.Loading: self._on_loading,
            told.Ready: self._on_ready,
            told.Started: self._on_started,
            told.Waiting: self._on_waiting,
            told.Finished: self._on_finished,
            told.Stopped: self._on_stopped,
            told.Failed: self._on_failed,
            told.Measuring: self._on_measuring,
            told.Measured: self._on_measured,
            told.Changed: self._on_changed,
        }

    def compose_body(self) -> ComposeResult:
        """Compose dialogue, prompt and meters."""
        signs = self.gadfly.glyphs
        with Horizontal():
            with Vertical(id="talk"):
                yield MeterStrip(signs)
                yield ChatDialogue(signs, id="dialogue")
                yield StatusLine()
                yield Prompt(
                    "Argue back. Enter sends, Ctrl+J new line, / commands",
                    complete=self.deeds.completed,
                )
            yield MeterPanel(signs, id="side")

    def on_mount(self) -> None:
        """Take what was asked for on the command line."""
        self.set_interval(1.0, self._tick)
        self.draw()
        self.once_painted(self.deeds.start)

    # parts

    @property
    def dialogue(self) -> ChatDialogue:
        """The messages."""
        return self.query_one(ChatDialogue)

    @property
    def prompt(self) -> Prompt:
        """The text box."""
        return self.query_one("#prompt", Prompt)

    @property
    def status(self) -> StatusLine:
        """The line above the prompt."""
        return self.query_one(StatusLine)

    @property
    def talk(self) -> Talk:
        """What we talk to; made anew for every dialogue."""
        if self._talk is None:
            self._talk = self.gadfly.new_talk(self.listen)
        return self._talk

    @property
    def state(self) -> str:
        """What is going on, in one word: what tests and the quit question look at."""
        return self._state

    def replace_talk(self, talk: Talk | None) -> None:
        """Talk to something else from now on; the caller has closed the one before."""
        self._talk = talk
        self._waiting_measures = 0
        self._set("idle")
        self.banner.say("")
        self.status.say("")
        self.draw()
        if talk is not None and talk.session is not None:
            said = [t.text for t in talk.session.thread() if t.role == "user"]
            self.prompt.remember(said)

    # drawing

    def draw(self) -> None:
        """Draw thread, meters and header from what the session holds."""
        talk = self.talk
        partner, session = talk.partner, talk.session
        thread = session.thread() if session is not None else ()
        self._known = {m.turn: m for m in partner.measures()} if partner is not None else {}
        self.dialogue.show(
            thread, self._known.values(), blind=talk.blind, placeholder=self._welcome()
        )
        self._draw_meters()
        topic = talk.topic
        about = one_line(topic.about.question, 120) if topic is not None else "no question set"
        self.header.about = f"{setup_text(talk.setup, self.who())} | {about}"

    def meters(self) -> Meters:
        """Return what the meters show now."""
        talk = self.talk
        session = talk.session
        shared: frozenset[int] = frozenset()
        branches: tuple[tuple[Branch, int], ...] = ()
        thread = session.thread() if session is not None else ()
        if session is not None:
            shared = frozenset(t.id for t in session.path(session.branch.origin))
            branches = tuple((b, session.last_number(b.name)) for b in session.branches)
        return Meters(
            measures=tuple(self._known[t.id] for t in thread if t.id in self._known),
            marks=marks_at(thread),
            about=talk.topic.about if talk.topic is not None else None,
            setup=talk.setup,
            name=self.who(),
            branches=branches,
            branch=session.branch.name if session is not None else "main",
            before_fork=shared,
            selected=self.dialogue.selected,
            blind=talk.blind,
            waiting=self._waiting_measures,
            readout=(session.head.readout or "") if session is not None else "",
        )

    def _draw_meters(self) -> None:
        meters = self.meters()
        if not meters.blind and any(m.stance.state == "value" for m in meters.measures):
            self.talk.shown()
        self.query_one(MeterStrip).show(meters)
        self.query_one(MeterPanel).show(meters)

    def _welcome(self) -> Content:
        talk = self.talk
        topic = talk.topic
        about = one_line(topic.about.question, 300) if topic is not None else "none yet"
        rows = [
            ("Model", f"{one_line(talk.setup.model, 80)}", "Ctrl+O changes it"),
            ("Persona", one_line(talk.setup.persona, 60) or "none", ""),
            ("Question", about, "" if topic is not None else "F6 lists many"),
        ]
        lines = [Content.styled("Say what you think, and see whether it reasons with you.", "bold")]
        lines.append(Content(""))
        lines += [
            Content.assemble((f"{name:<10}", "bold"), plain(value), (f"   {hint}", "dim"))
            for name, value, hint in rows
        ]
        lines.append(Content(""))
        if topic is not None:
            lines.append(Content("Enter on an empty prompt puts the question."))
        lines.append(
            Content.styled("Ctrl+S goes on with a session   F1 all keys   / commands", "dim")
        )
        return Content("\n").join(lines)

    # what the engine tells

    def listen(self, event: Event) -> None:
        """Take an event on the event loop; deltas go straight to where they are gathered."""
        if isinstance(event, told.Delta):
            if self._first_s is None:
                self._first_s = time.monotonic() - self._began
                self.call_later(self._tick)
            self._pieces += 1
            self.dialogue.feed(event.turn, event.text)
        else:
            self.post_message(self.Heard(event, self._talk))

    @on(Heard)
    def _hear(self, message: Heard) -> None:
        if message.talk is self._talk:  # else it comes from a dialogue that was left
            self._handlers[type(message.event)](message.event)

    def _set(self, state: str) -> None:
        self._state = state

    def _on_notice(self, event: Event) -> None:
        assert isinstance(event, told.Notice)
        self.toast(event.text)

    def _on_loading(self, event: Event) -> None:
        assert isinstance(event, told.Loading)
        if self._state not in BUSY:
            self._set("loading")
        share = "" if event.share is None else f" {100 * event.share:.0f} %"
        self.status.say(
            f"Loading {one_line(event.model, 40)}: {event.text}{share}  {event.seconds:.0f} s",
            keys="you can write meanwhile",
        )

    def _on_ready(self, event: Event) -> None:
        assert isinstance(event, told.Ready)
        if self._state == "loading":
            self._set("idle")
            self.status.say(f"{event.name} is ready.")
        self.mending.mended(event.name)
        self.dialogue.name_model(event.model, event.name)
        for note in event.notes:
            if note not in self._notes:
                self._notes.add(note)
                self.toast(note)
        self.draw()

    def _on_started(self, event: Event) -> None:
        assert isinstance(event, told.Started)
        self._set("waiting")
        self._pieces, self._first_s, self._began = 0, None, time.monotonic()
        self.banner.say("")
        self.dialogue.begin(event.asked, event.reply)
        self.status.say("Sent. Waiting for the first token", keys="Esc cancels")

    def _on_waiting(self, event: Event) -> None:
        assert isinstance(event, told.Waiting)
        if self._pieces:
            return
        if event.doing:
            self._set("thinking")
            step, _, progress = event.doing.partition(": ")
            done = f", {progress}" if progress else ""
            self.dialogue.set_live_status(f"{step}{done}")
            self.status.say(f"It is {step}{done}, {event.seconds:.0f} s", keys="Esc cancels")
        elif event.thought:
            self._set("thinking")
            text = f"Thinking {event.seconds:.0f} s, tokens: {event.thought}, hidden"
            self.status.say(text, keys="Esc stops")
        elif event.seconds >= SLOW_S:
            text = f"Waiting {event.seconds:.0f} s: the model has not begun to answer yet"
            self.status.say(text, keys="Esc cancels")
        else:
            self.status.say(
                f"Sent. Waiting for the first token {event.seconds:.0f} s", keys="Esc cancels"
            )

    def _tick(self) -> None:
        if not self._pieces or self._state not in BUSY:
            return
        self._set("streaming")
        seconds = max(0.1, time.monotonic() - self._began - (self._first_s or 0.0))
        self.dialogue.set_live_status(f"answering, tokens: {self._pieces}")
        self.status.say(
            f"Answering, tokens: {self._pieces}, {self._pieces / seconds:.0f}/s, "
            f"first after {self._first_s or 0.0:.1f} s",
            keys="Esc stops and keeps the text",
        )

    def _on_finished(self, event: Event) -> None:
        assert isinstance(event, told.Finished)
        self._ended("idle")
        reply = event.reply
        self.dialogue.end(reply)
        tokens = f"{reply.tokens} tokens  " if reply.tokens else ""
        self.status.say(f"Answered  {tokens}{reply.seconds:.1f} s")

    def _on_stopped(self, event: Event) -> None:
        assert isinstance(event, told.Stopped)
        self._ended("stopped")
        self.dialogue.end(event.reply)
        self._give_back(event.give_back)
        if event.give_back:
            self.status.say("Cancelled before anything came. Your prompt is back in the box.")
        else:
            self.status.say(
                "Stopped by you; the text is kept, not measured.",
                keys="/continue  /again  /edit  /measure",
            )

    def _on_failed(self, event: Event) -> None:
        assert isinstance(event, told.Failed)
        self._ended("failed")
        if event.reply is not None:
            self.dialogue.end(event.reply)
        self._give_back(event.give_back)
        back = " Your prompt is back in the box." if event.give_back else ""
        if event.kind == "interrupted":
            self.status.say(
                f"{event.problem} The text is kept, not measured.",
                keys="/continue  /again",
                alert=True,
            )
            return
        self.status.say(f"No reply.{back}", alert=True)
        self.banner.say(f"{event.problem} {event.advice}".strip())
        if event.kind == "unreachable":
            self.mending.begin(f"{event.problem} {event.advice}".strip())

    def _ended(self, state: str) -> None:
        self._tick()
        self._set(state)
        self._pieces = 0

    def _give_back(self, text: str) -> None:
        if text:
            self.prompt.give_back(text)
            self.draw()

    def _on_measuring(self, event: Event) -> None:
        assert isinstance(event, told.Measuring)
        self._waiting_measures = event.waiting
        if self._state in ("idle", "stopped"):
            paused = " (paused until the reply is there)" if event.paused else ""
            self.status.say(
                f"Measuring the stance, off the record: {event.waiting} to go{paused}",
                keys="/why shows how",
            )

    def _on_measured(self, event: Event) -> None:
        assert isinstance(event, told.Measured)
        self.dialogue.measured(event.measures)
        self._known[event.measures.turn] = event.measures
        if all(m.stance.state != "pending" for m in self._known.values()):
            self._waiting_measures = 0
            if self.status.text.startswith("Measuring"):
                self.status.say("Measured.")
        self._draw_meters()

    def _on_changed(self, event: Event) -> None:
        self.draw()

    # what the user does

    async def action_do(self, name: str, argument: str = "") -> None:
        """Do what a command names."""
        self.do(name, argument)

    def do(self, name: str, argument: str = "") -> None:
        """Do what a command names, in the background: it may ask, or wait for a reply."""
        self._work(self.deeds.do(name, argument.strip()), name)

    def _work(self, deed: Coroutine[None, None, None], name: str) -> None:
        self.run_worker(self._done(deed), group="deeds", name=name, exit_on_error=False)

    async def _done(self, deed: Coroutine[None, None, None]) -> None:
        try:
            await deed
        except GadflyError as e:
            self.problem(e)

    def problem(self, error: GadflyError) -> None:
        """Say what went wrong."""
        self.status.say(str(error), alert=True)

    @on(Prompt.Sent)
    def _sent(self, message: Prompt.Sent) -> None:
        text = message.text
        if text.startswith("/") and not text.startswith("//"):
            name, _, argument = text[1:].strip().partition(" ")
            self.prompt.clear_sent(text)
            self._work(self.deeds.write(name, argument.strip()), name)
        elif not text:
            self.do("ask")
        else:
            self.do("send", text.removeprefix("/") if text.startswith("//") else text)

    @on(Prompt.Written)
    def _written(self, message: Prompt.Written) -> None:
        if message.text.startswith("/") and self._state in ("idle", "stopped", "failed"):
            self.status.say(self.deeds.hints(message.text), keys="Tab completes")
        elif self.status.text.startswith("/"):
            self.status.say("")

    @on(DialogueView.Selected)
    def _selected(self, message: DialogueView.Selected) -> None:
        self._draw_meters()

    @on(MessageView.Picked)
    def _picked(self, message: MessageView.Picked) -> None:
        self.dialogue.choose(message.turn, scroll=False)

    @on(StancePlot.TurnChosen)
    def _plotted(self, message: StancePlot.TurnChosen) -> None:
        replies = [t for t in self.dialogue.turns if t.number == message.turn]
        if replies:
            self.dialogue.choose(replies[-1].id)

    @on(DialogueView.Below)
    def _below(self, message: DialogueView.Below) -> None:
        if message.lines > 2 and self._state in BUSY:
            self.status.say(f"{message.lines} lines below", keys="F8 or /end follows  Esc stops")

    async def may_leave(self) -> bool:
        """Ask before leaving where something would be lost; then let go of the session."""
        return await self.deeds.may_leave()

    def interrupt(self) -> bool:
        """Stop the reply (Ctrl+C); False where none is written."""
        partner = self._talk.partner if self._talk is not None else None
        return partner is not None and partner.stop()

    def has_something_to_lose(self) -> str:
        """Return what leaving now would cost, "" for nothing."""
        if self._talk is not None and self._talk.is_replying:
            return "A reply is being written; what has come of it is kept."
        if self.prompt.text.strip():
            return "What is written in the prompt was not sent and would be gone."
        return ""

    def who(self) -> str:
        """Return the name of who answers: as it calls itself, once it has been reached."""
        setup = self.talk.setup
        return self.dialogue.names.get(setup.model) or model_name(setup)
