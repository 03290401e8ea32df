"""The Compare screen: one prompt to two models, or to one model set up in two ways."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import on, work
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from gadfly.bot.errors import GadflyError
from gadfly.eval.chat.event import (
    Changed,
    Delta,
    Failed,
    Finished,
    Loading,
    Measured,
    Measuring,
    Notice,
    Ready,
    Started,
    Stopped,
    Waiting,
)
from gadfly.tui.commands import Command
from gadfly.tui.comparison import summary
from gadfly.tui.figures import points, setup_text, stance_text
from gadfly.tui.lines import lines
from gadfly.tui.screens.base import ScreenBase
from gadfly.tui.screens.pair_form import Pair, PairForm
from gadfly.tui.talk import Talk
from gadfly.tui.text import one_line, plain
from gadfly.tui.widgets.dialogue import DialogueView
from gadfly.tui.widgets.prompt import Prompt
from gadfly.tui.widgets.stance_plot import StancePlot, strip
from gadfly.tui.widgets.status import StatusLine

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.app import ComposeResult
    from textual.events import Key

    from gadfly.eval.chat.event import Event
    from gadfly.eval.chat.gauge import Measures
    from gadfly.eval.chat.turn import Turn
    from gadfly.tui.glyphs import Glyphs

Side = Literal["a", "b"]
SIDES: tuple[Side, Side] = ("a", "b")
Vote = Literal["a", "b", "="]
VOTE = "vote"
"""Name of the note both sessions keep of a vote."""
TABS_BELOW = 76
"""Columns under which there is room for one pane only."""
_TWICE_S = 1.5
_SHOWS = "Ctrl+R shows the names and why"


class Pane(Vertical):
    """One side: its name and trace, its dialogue, its plot, its own state."""

    DEFAULT_CSS = """
    Pane { width: 1fr; border-right: solid $panel; }
    Pane > .head { height: 1; padding: 0 1; text-style: bold; text-wrap: nowrap;
        text-overflow: ellipsis; }
    Pane > .state { height: auto; max-height: 3; padding: 0 1; color: $text-muted; }
    Pane StancePlot { display: none; height: 9; }
    Pane.-here > .head { background: $boost; text-style: bold underline; }
    """

    def __init__(self, side: Side, signs: Glyphs) -> None:
        """Begin empty."""
        super().__init__(id=f"pane-{side}")
        self.side = side
        self._signs = signs
        self.talk: Talk | None = None
        self.state = ""
        """What is going on, in a few words."""
        self.failed = False
        """Whether what went on last went wrong."""
        self.name_shown = ""
        self._blind_state = ""
        self._is_blind = False

    def compose(self) -> ComposeResult:
        """Head, dialogue, plot, state."""
        yield Static("", classes="head", markup=False)
        yield DialogueView(self._signs)
        yield StancePlot(self._signs)
        yield Static("", classes="state", markup=False)

    @property
    def dialogue(self) -> DialogueView:
        """The messages."""
        return self.query_one(DialogueView)

    @property
    def thread(self) -> tuple[Turn, ...]:
        """What has been said on this side."""
        session = None if self.talk is None else self.talk.session
        return () if session is None else session.thread()

    @property
    def measures(self) -> tuple[Measures, ...]:
        """What is known of its replies."""
        partner = None if self.talk is None else self.talk.partner
        return () if partner is None else partner.measures()

    def say(self, state: str, *, failed: bool = False, blind: str = "") -> None:
        """Show what is going on; in the words of `blind` while names are hidden, if it has any."""
        self.state, self.failed, self._blind_state = one_line(state, 300), failed, blind
        self.show_state(blind=self._is_blind)

    def show_state(self, *, blind: bool) -> None:
        """Show it again, with or without names."""
        self._is_blind = blind
        sign = f"{self._signs.failed} " if self.failed else ""
        text = self._blind_state if blind and self._blind_state else self.state
        self.query_one(".state", Static).update(plain(f"{sign}{text}"))

    def show_head(self, *, blind: bool) -> None:
        """Show name, trace and last stance."""
        found = () if blind else points(self.measures, {})
        trace = strip(found, self._signs, 16)
        last = stance_text(self.measures[-1].stance, self._signs) if found else ""
        text = "  ".join(filter(None, (self.side.upper(), self.name_shown, trace, last)))
        self.query_one(".head", Static).update(plain(text))
        self.query_one(StancePlot).show(found)

    def show_thread(self, *, blind: bool) -> None:
        """Show everything said."""
        self.dialogue.show(self.thread, self.measures, blind=blind)
        self.show_head(blind=blind)


class CompareScreen(ScreenBase):
    """Two panes under one prompt."""

    MODE = "compare"
    HELP_TEXT: ClassVar[str] = (
        "One prompt goes to both; each side streams, stops and fails by itself. With a question "
        "chosen, the stance of each reply is read off the record, and the gap between the sides "
        "stands below, in points of probability. Blind, names are hidden until you vote."
    )
    ACTIONS = (
        Command(id="compare-setup", title="Choose the two sides", action="setup", key="ctrl+o",
                footer="Setup", slash="setup", priority=True),
        Command(id="compare-new", title="Begin again with the same sides", action="new",
                key="ctrl+n", slash="new", priority=True),
        Command(id="compare-stop", title="Stop this side; twice, both", action="stop",
                key="escape", footer="Stop", slash="stop"),
        Command(id="compare-pane", title="Go to prompt, A, B in turn", action="pane", key="tab",
                priority=True),
        Command(id="compare-blind", title="Hide or show who is who", action="blind",
                key="ctrl+r", footer="Blind", slash="blind", priority=True),
        Command(id="compare-vote-a", title="Vote for A", action="vote('a')",
                key="f7", footer="Vote A", slash="a", priority=True),
        Command(id="compare-vote-b", title="Vote for B", action="vote('b')",
                key="f8", footer="Vote B", slash="b", priority=True),
        Command(id="compare-vote-tie", title="Vote for neither", action="vote('=')",
                key="f9", footer="Tie", slash="tie", priority=True),
        Command(id="compare-link", title="Scroll both sides together, or not", action="link",
                key="ctrl+l", slash="link", priority=True),
        Command(id="compare-again", title="Send again what a side got no reply to",
                action="again", key="f10", priority=True, slash="again"),
    )  # fmt: skip
    DEFAULT_CSS = """
    CompareScreen #panes { height: 1fr; }
    CompareScreen.-tall StancePlot.-measured { display: block; }
    CompareScreen.-tabs Pane { display: none; border-right: none; }
    CompareScreen.-tabs Pane.-here { display: block; }
    CompareScreen #gap { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(self) -> None:
        """Begin without sides."""
        super().__init__()
        self._pair: Pair | None = None
        self._blind = False
        self._linked = True
        self._here: Side = "a"
        self._stopped_at = 0.0
        self._votes: dict[int, Vote] = {}
        self._following = False

    def compose_body(self) -> ComposeResult:
        """Two panes, a line on both, the prompt."""
        with Horizontal(id="panes"):
            for side in SIDES:
                yield Pane(side, self.gadfly.glyphs)
        yield Static("", id="gap", markup=False)
        yield StatusLine()
        yield Prompt("One prompt, both sides: Enter sends")

    def on_mount(self) -> None:
        """Say what can be done here."""
        self._mark_pane()
        self._show_empty()
        self.query_one(Prompt).focus()
        for side in SIDES:
            dialogue = self.pane(side).dialogue
            self.watch(dialogue, "scroll_y", self._scrolled(side), init=False)

    def on_resize(self) -> None:
        """One pane at a time where there is no room for two."""
        self.set_class(self.size.width < TABS_BELOW, "-tabs")

    def pane(self, side: Side) -> Pane:
        """Return a side."""
        return self.query_one(f"#pane-{side}", Pane)

    @property
    def panes(self) -> tuple[Pane, Pane]:
        """Both sides."""
        return self.pane("a"), self.pane("b")

    @property
    def is_blind(self) -> bool:
        """Whether names are hidden."""
        return self._blind

    @property
    def votes(self) -> Mapping[int, Vote]:
        """Votes by the number of the exchange."""
        return self._votes

    # setting up

    def action_setup(self) -> None:
        """Ask for both sides."""
        self.app.push_screen(PairForm(self._pair), self._set_up)

    def _set_up(self, pair: Pair | None) -> None:
        if pair is not None:
            self.begin(pair)

    @work(exclusive=True, group="begin")
    async def begin(self, pair: Pair) -> None:
        """Begin a comparison of two sides; what went on before is kept in its sessions."""
        await self._close()
        if pair.blind and random.random() < 0.5:
            pair = replace(pair, a=pair.b, b=pair.a)
        self._pair, self._blind, self._votes = pair, pair.blind, {}
        for side in SIDES:
            pane = self.pane(side)
            pane.talk = Talk(
                setup=pair.a if side == "a" else pair.b,
                topic=pair.topic,
                listen=self._listener(pane),
                app=self.gadfly,
                title=f"Compared {time.strftime('%d %b %H:%M')}, {side.upper()}",
            )
            pane.say("")
            pane.show_state(blind=self._blind)
        self._name_panes()
        self._show_all()
        self.query_one(Prompt).focus()

    def action_new(self) -> None:
        """Begin again with the same two sides."""
        if self._pair is None:
            self.action_setup()
        else:
            self.begin(self._pair)

    async def _close(self) -> None:
        for pane in self.panes:
            if pane.talk is not None:
                await pane.talk.aclose()
                pane.talk = None

    async def may_leave(self) -> bool:
        """Keep what was said."""
        await self._close()
        return True

    def _name_panes(self) -> None:
        for pane in self.panes:
            if pane.talk is None:
                continue
            setup = pane.talk.setup
            pane.name_shown = "hidden until you vote" if self._blind else setup_text(setup)
            pane.dialogue.names = {setup.model: pane.side.upper()} if self._blind else {}

    def _show_all(self) -> None:
        measured = any(p.talk is not None and p.talk.topic is not None for p in self.panes)
        for pane in self.panes:
            pane.query_one(StancePlot).set_class(measured and not self._blind, "-measured")
            pane.show_thread(blind=self._blind)
        if self._pair is None:
            self._show_empty()
        self._show_gap()

    def _show_empty(self) -> None:
        text = lines(
            [
                Content.styled("Two sides of one question.", "bold"),
                "",
                "Ctrl+O chooses who answers on either side: two models, or one model under two "
                "personas or temperatures; and the question, if stance is to be read.",
                "",
                "What both say is kept as two sessions.",
            ]
        )
        self.pane("a").dialogue.show((), placeholder=text)
        self.header.about = ""

    def _show_gap(self) -> None:
        pair = self._pair
        if pair is None:
            return
        link = "linked" if self._linked else "not linked"
        about = pair.topic.about.question if pair.topic is not None else "no question chosen"
        self.header.about = f"{'blind · ' if self._blind else ''}{link} · {about}"
        a, b = self.panes
        hidden = self._blind
        told = summary(
            () if hidden else a.measures,
            () if hidden else b.measures,
            has_topic=pair.topic is not None,
            is_blind=hidden,
            votes=tuple(self._votes.values()),
        )
        self.query_one("#gap", Static).update(plain(told))

    # what the partners tell

    def _listener(self, pane: Pane) -> Callable[[Event], None]:
        def listen(event: Event) -> None:
            if self.is_mounted:
                self._heard(pane, event)

        return listen

    def _heard(self, pane: Pane, event: Event) -> None:  # noqa: C901 - one case an event
        match event:
            case Loading(text=text, seconds=seconds, share=share):
                part = "" if share is None else f" {share:.0%}"
                pane.say(f"{text}{part} {seconds:.0f} s", blind=f"loading{part} {seconds:.0f} s")
            case Ready():
                pane.say("ready")
            case Notice(text):
                pane.say(text, blind="loading")
            case Started(asked, reply):
                pane.dialogue.begin(asked, reply)
                pane.say("waiting for the first word")
            case Waiting(seconds=seconds, doing=doing):
                wait = f"waiting {seconds:.0f} s   Esc stops"
                pane.say(f"{doing} {seconds:.0f} s   Esc stops" if doing else wait, blind=wait)
            case Delta(turn=turn, text=text):
                pane.dialogue.feed(turn, text)
                pane.say("answering   Esc stops") if pane.state[:9] != "answering" else None
            case Finished(reply):
                pane.dialogue.end(reply)
                pane.say(f"done in {reply.seconds:.1f} s")
            case Stopped(reply, give_back):
                self._ended(pane, reply, give_back)
                pane.say("stopped by you")
            case Failed(
                kind=kind, problem=problem, advice=advice, reply=reply, give_back=give_back
            ):
                self._ended(pane, reply, give_back)
                pane.say(f"{problem} {advice}", failed=True, blind=f"{kind}; {_SHOWS}")
            case Measuring(waiting=waiting):
                pane.say(f"reading its stance off the record, {waiting} to go")
            case Measured(measures):
                pane.dialogue.measured(measures)
                pane.show_head(blind=self._blind)
                pane.say("")
                self._show_gap()
            case Changed():
                pane.show_thread(blind=self._blind)

    def _ended(self, pane: Pane, reply: Turn | None, give_back: str) -> None:
        if give_back:
            pane.show_thread(blind=self._blind)
            if not self._other(pane).thread or self._other(pane).failed:
                self.query_one(Prompt).give_back(give_back)
        elif reply is not None:
            pane.dialogue.end(reply)

    def _other(self, pane: Pane) -> Pane:
        return self.pane("b" if pane.side == "a" else "a")

    # saying

    @on(Prompt.Sent)
    def _send(self, event: Prompt.Sent) -> None:
        text = event.text
        if text.startswith("/") and self._slash(text[1:].strip()):
            self.query_one(Prompt).clear_sent(text)
            return
        if self._pair is None:
            self.toast("choose the two sides first (Ctrl+O); your text stays", "warning")
            return
        if any(pane.talk is not None and pane.talk.is_replying for pane in self.panes):
            self.toast("a side is still answering; Esc stops it", "warning")
            return
        self.query_one(Prompt).clear_sent(text)
        for pane in self.panes:
            self._ask(pane, text)

    def _slash(self, words: str) -> bool:
        name = words.split(" ", 1)[0] if words else ""
        found = next((c for c in self.ACTIONS if c.slash and c.slash == name), None)
        if found is None:
            return False
        self.call_later(self.run_action, found.action)
        return True

    @work(exit_on_error=False)
    async def _ask(self, pane: Pane, text: str) -> None:
        """Say something on one side; what goes wrong there stays there."""
        if pane.talk is None:
            return
        try:
            await pane.talk.begun().send(text)
        except GadflyError as e:
            pane.say(str(e), failed=True, blind=f"it could not be asked; {_SHOWS}")

    @work(exit_on_error=False)
    async def _retry(self, pane: Pane, text: str) -> None:
        if pane.talk is None:
            return
        try:
            partner = pane.talk.begun()
            await (partner.send(text) if text else partner.retry())
        except GadflyError as e:
            pane.say(str(e), failed=True, blind=f"it could not be asked; {_SHOWS}")

    def action_again(self) -> None:
        """Send again what a side got no reply to, so that both have been asked the same."""
        a, b = self.panes
        for pane, other in ((a, b), (b, a)):
            asked = [t.text for t in other.thread if t.role == "user"]
            own = [t for t in pane.thread if t.role == "user"]
            if len(own) < len(asked):
                self._retry(pane, asked[len(own)])
            elif pane.failed:
                self._retry(pane, "")

    def action_stop(self) -> None:
        """Stop the side that has the focus; both where neither has, or at the second press."""
        now = time.monotonic()
        both = now - self._stopped_at < _TWICE_S or isinstance(self.focused, Prompt)
        self._stopped_at = now
        for pane in self.panes:
            partner = None if pane.talk is None else pane.talk.partner
            if partner is not None and (both or pane.side == self._here):
                partner.stop()

    # panes

    def action_pane(self) -> None:
        """Go from the prompt to A, to B, to the prompt."""
        if isinstance(self.focused, Prompt):
            self._here = "a"
            self.pane("a").dialogue.focus()
        elif self._here == "a":
            self._here = "b"
            self.pane("b").dialogue.focus()
        else:
            self.query_one(Prompt).focus()
        self._mark_pane()

    def _mark_pane(self) -> None:
        for pane in self.panes:
            pane.set_class(pane.side == self._here, "-here")

    def on_key(self, event: Key) -> None:
        """In a pane, letters are keys: a b = vote, l links, i goes back to the prompt."""
        if isinstance(self.focused, Prompt):
            return
        doing = {
            "a": "vote('a')",
            "b": "vote('b')",
            "=": "vote('=')",
            "l": "link",
            "i": "write",
        }.get(event.character or "")
        if doing is not None:
            event.stop()
            self.call_later(self.run_action, doing)

    def action_write(self) -> None:
        """Go back to the prompt."""
        self.query_one(Prompt).focus()

    def action_link(self) -> None:
        """Scroll both sides together, or each by itself."""
        self._linked = not self._linked
        self._show_gap()

    def _scrolled(self, side: Side) -> Callable[[float, float], None]:
        def follow(_old: float, _new: float) -> None:
            if self._linked and not self._following:
                self._align(side)

        return follow

    def _align(self, side: Side) -> None:
        """Bring the other side to the exchange at the top of this one."""
        here, there = self.pane(side).dialogue, self._other(self.pane(side)).dialogue
        if not here.has_focus or here.live is not None or there.live is not None:
            return
        top = next((v for v in here.views if v.virtual_region.bottom > here.scroll_y), None)
        if top is None:
            return
        match = next(
            (v for v in there.views if (v.number, v.speaker) == (top.number, top.speaker)), None
        )
        if match is None:
            return
        offset = here.scroll_y - top.virtual_region.y
        self._following = True
        there.scroll_to(y=match.virtual_region.y + max(0, offset), animate=False)
        self.call_after_refresh(self._let_go)

    def _let_go(self) -> None:
        self._following = False

    # blind and votes

    def action_blind(self) -> None:
        """Hide who is who, or show it."""
        self._blind = not self._blind
        self._name_panes()
        for pane in self.panes:
            pane.dialogue.show(())
            pane.show_state(blind=self._blind)
        self._show_all()

    def action_vote(self, vote: Vote) -> None:
        """Say which side did better at the last exchange; hidden names are shown then."""
        a, b = self.panes
        done = [t.number for t in a.thread if t.role == "assistant" and t.text]
        also = {t.number for t in b.thread if t.role == "assistant" and t.text}
        number = next((n for n in reversed(done) if n in also), None)
        if number is None:
            self.toast("there is no exchange yet that both have answered", "warning")
            return
        was_blind = self._blind
        try:
            self._keep(vote, number, blind=was_blind)
        except GadflyError as e:
            self.toast(str(e), "error")
            return
        self._votes[number] = vote
        if was_blind:
            self.action_blind()
        word = {"a": "A", "b": "B", "=": "a tie"}[vote]
        names = [setup_text(p.talk.setup) for p in (a, b) if p.talk is not None]
        shown = f": A was {names[0]}, B was {names[1]}" if was_blind and len(names) == 2 else ""
        self.query_one(StatusLine).say(f"turn {number}: {word}{shown}")
        self._show_gap()

    def _keep(self, vote: Vote, number: int, *, blind: bool) -> None:
        """Write a vote down on both sides."""
        for pane in self.panes:
            session = None if pane.talk is None else pane.talk.session
            other = self._other(pane).talk
            if session is None or other is None or other.session is None:
                continue
            reply = session.exchange(number)[1]
            if reply is None:
                continue
            won = "tie" if vote == "=" else "won" if vote == pane.side else "lost"
            session.keep(
                reply.id,
                VOTE,
                {"came_to": won, "against": other.session.id, "blind": blind, "made": time.time()},
            )
