"""The dialogue: finished messages, and the one being written, fed ten times a second.

The engine may speak five hundred times a second; text is gathered and laid out at a pace at which
typing stays quick. Scrolling is the user's: the view follows the end only while they are there.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, ClassVar

from textual.containers import VerticalScroll
from textual.message import Message as Event
from textual.widgets import Static

from gadfly.tui.figures import model_name, turn_status
from gadfly.tui.text import one_line
from gadfly.tui.widgets.message import MessageView

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from textual.binding import BindingType
    from textual.content import Content
    from textual.timer import Timer

    from gadfly.eval.chat.gauge import Measures
    from gadfly.eval.chat.turn import Turn
    from gadfly.tui.glyphs import Glyphs

WINDOW = 40
"""Messages mounted at once; earlier ones come when the user scrolls up to them."""
MORE = 20
INTERVAL_S = 0.1
SLOW_INTERVAL_S = 0.25
SLOW_MS = 50.0
"""A layout that takes longer makes the next one wait longer."""


class DialogueView(VerticalScroll, can_focus=True):
    """A scrolling column of messages of one thread."""

    DEFAULT_CSS = """
    DialogueView {
        height: 1fr;
        padding: 0 1;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
    }
    DialogueView:focus { background-tint: $foreground 2%; }
    DialogueView > .placeholder { color: $text-muted; padding: 1 1; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = []

    class Selected(Event):
        """Another turn was chosen, by its id."""

        def __init__(self, turn: int) -> None:
            super().__init__()
            self.turn = turn

    class Below(Event):
        """How many lines there are below what is shown changed."""

        def __init__(self, lines: int) -> None:
            super().__init__()
            self.lines = lines

    def __init__(self, signs: Glyphs, *, id: str | None = None) -> None:  # noqa: A002 - Textual's
        """Begin empty."""
        super().__init__(id=id)
        self._signs = signs
        self._turns: tuple[Turn, ...] = ()
        self._measures: Mapping[int, Measures] = {}
        self._views: dict[int, MessageView] = {}
        self._first = 0
        self._selected: int | None = None
        self._live: int | None = None
        self._waiting: dict[int, list[str]] = {}
        self._flushing: Timer | None = None
        self._slow_until = 0.0
        self._below = 0
        self._needle = ""
        self._blind = False
        self.names: dict[str, str] = {}
        """Names to show for models, by spec; others are named by their spec."""

    def on_mount(self) -> None:
        """Follow the end; feed what comes."""
        self.anchor()
        self._flushing = self.set_interval(INTERVAL_S, self._flush, pause=True)

    # what is shown

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The thread shown."""
        return self._turns

    @property
    def live(self) -> int | None:
        """Id of the reply being written."""
        return self._live

    @property
    def selected(self) -> int | None:
        """Id of the turn chosen."""
        return self._selected

    @property
    def views(self) -> tuple[MessageView, ...]:
        """The messages mounted, in order."""
        return tuple(self._views[t.id] for t in self._turns if t.id in self._views)

    def show(
        self,
        turns: Sequence[Turn],
        measures: Iterable[Measures] = (),
        *,
        blind: bool = False,
        placeholder: Content | None = None,
    ) -> None:
        """Show a thread; messages that are there already stay as they are.

        `placeholder` is what an empty thread shows.
        """
        kept = _shared(self._turns, turns)
        gone = [t for t in self._turns[kept:] if t.id in self._views]
        leaving = [self._views.pop(t.id) for t in gone]
        self._turns = tuple(turns)
        self._blind = blind
        self._measures = {m.turn: m for m in measures}
        if self._live is not None and all(t.id != self._live for t in turns):
            self._end_live()
        if not self._views:
            self._first = max(0, len(turns) - WINDOW)
        with self.app.batch_update():
            for view in leaving:
                view.remove()
            self.query(".placeholder").remove()
            start = max(self._first, kept) if self._views else self._first
            new = [self._made(turn) for turn in self._turns[start:]]
            if new:
                self.mount_all(new)
            elif not turns and placeholder is not None:
                self.mount(Static(placeholder, classes="placeholder", markup=False))
        for turn in turns[:kept]:
            self._label(turn)
        if self._selected is not None and all(t.id != self._selected for t in turns):
            self._selected = None

    def name_model(self, spec: str, name: str) -> None:
        """Show this name for a model from now on, at what it said already, too."""
        self.names[spec] = one_line(name, 40)
        for turn in self._turns:
            if turn.setup is not None and turn.setup.model == spec and turn.id in self._views:
                self._views[turn.id].set_who(self.names[spec])

    def measured(self, measures: Measures) -> None:
        """Show what has become known of a reply."""
        self._measures = {**self._measures, measures.turn: measures}
        turn = next((t for t in self._turns if t.id == measures.turn), None)
        if turn is not None:
            self._label(turn)

    def _made(self, turn: Turn) -> MessageView:
        is_user = turn.role == "user"
        model = turn.setup.model if turn.setup is not None else ""
        who = "You" if is_user else self.names.get(model) or model_name(turn.setup)
        view = MessageView(
            turn.text,
            number=turn.number,
            speaker="user" if is_user else "model",
            who=who,
            status=self._status(turn),
            signs_ascii=self._signs.is_ascii,
        )
        view.turn_id = turn.id
        self._views[turn.id] = view
        if self._needle:
            view.find(self._needle)
        return view

    def _status(self, turn: Turn) -> str:
        return turn_status(turn, self._measures.get(turn.id), self._signs, blind=self._blind)

    def _label(self, turn: Turn) -> None:
        view = self._views.get(turn.id)
        if view is not None and turn.id != self._live:
            view.set_status(self._status(turn))

    # the reply being written

    def begin(self, asked: Turn, reply: Turn) -> None:
        """Show the user's turn and an empty reply that grows with `feed`."""
        ids = [t.id for t in self._turns]
        before = ids.index(asked.parent) + 1 if asked.parent in ids else 0
        self._turns = (*self._turns[:before], asked, reply)
        staying = {t.id for t in self._turns}
        for id_ in [id_ for id_ in self._views if id_ not in staying]:
            self._views.pop(id_).remove()
        self.query(".placeholder").remove()
        self.mount_all([self._made(t) for t in (asked, reply) if t.id not in self._views])
        self._live = reply.id
        self.set_live_status("waiting")
        self.anchor()
        if self._flushing is not None:
            self._flushing.resume()

    def feed(self, turn: int, text: str) -> None:
        """Take a further piece of a reply, if need be before `begin`; it is shown in a while."""
        self._waiting.setdefault(turn, []).append(text)

    def set_live_status(self, status: str) -> None:
        """Show words at the reply being written."""
        view = self._views.get(self._live) if self._live is not None else None
        if view is not None:
            view.set_status(status)

    def end(self, reply: Turn) -> None:
        """Show the reply as it ended; its own text counts, whatever was fed."""
        self._end_live()
        self._turns = tuple(reply if t.id == reply.id else t for t in self._turns)
        view = self._views.get(reply.id)
        if view is None:
            return
        if not view.shows(reply.text):
            view.replace(reply.text)
        self._label(reply)

    def _end_live(self) -> None:
        self._flush(force=True)
        self._live = None
        self._waiting.clear()
        if self._flushing is not None:
            self._flushing.pause()

    def _flush(self, *, force: bool = False) -> None:
        self._count_below()
        view = self._views.get(self._live) if self._live is not None else None
        pieces = self._waiting.get(self._live) if self._live is not None else None
        if view is None or not pieces:
            return
        began = time.perf_counter()
        if began < self._slow_until and not force:
            return
        view.append("".join(pieces))
        pieces.clear()
        took_ms = 1000 * (time.perf_counter() - began)
        self._slow_until = began + SLOW_INTERVAL_S if took_ms > SLOW_MS else 0.0

    # scrolling

    def follow(self) -> None:
        """Go to the end and stay there."""
        self.anchor()
        self._count_below()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Mount earlier messages when the user comes near the top."""
        super().watch_scroll_y(old_value, new_value)
        if new_value < old_value and new_value <= 2 and self._first > 0:
            self.call_later(self._mount_earlier)
        self._count_below()

    async def _mount_earlier(self) -> None:
        """Mount more of the past, keeping what is on screen where it is."""
        if self._first == 0 or not self._views:
            return
        start = max(0, self._first - MORE)
        height, at = self.virtual_size.height, self.scroll_y
        views = [self._made(turn) for turn in self._turns[start : self._first]]
        self._first = start
        await self.mount_all(views, before=0)
        self.call_after_refresh(
            lambda: self.scroll_to(
                y=at + self.virtual_size.height - height, animate=False, force=True
            )
        )

    def _count_below(self) -> None:
        lines = max(0, round(self.max_scroll_y - max(0, self.scroll_y)))
        if lines != self._below:
            self._below = lines
            self.post_message(self.Below(lines))

    # choosing and finding

    def choose(self, turn: int | None, *, scroll: bool = True) -> None:
        """Mark a turn as chosen; None marks none."""
        if turn is not None and turn not in self._views:
            at = next((i for i, t in enumerate(self._turns) if t.id == turn), None)
            if at is None:
                return
            self._mount_from(at)
        for id_, view in self._views.items():
            view.select(on=id_ == turn)
        changed = turn != self._selected
        self._selected = turn
        if turn is not None and scroll:
            self._views[turn].scroll_visible(animate=False, top=False)
        if changed and turn is not None:
            self.post_message(self.Selected(turn))

    def _mount_from(self, at: int) -> None:
        views = [self._made(turn) for turn in self._turns[at : self._first]]
        self._first = at
        self.mount_all(views, before=0)

    def step(self, by: int) -> None:
        """Choose the turn `by` places on; the last one where none is chosen."""
        ids = [t.id for t in self._turns]
        if not ids:
            return
        if self._selected not in ids:
            self.choose(ids[-1])
            return
        at = ids.index(self._selected) + by
        self.choose(ids[max(0, min(len(ids) - 1, at))])

    def find(self, needle: str, *, back: bool = False) -> int:
        """Mark every place where `needle` stands and choose the next turn with one.

        Returns the number of turns that hold it.
        """
        self._needle = needle
        for view in self._views.values():
            view.find(needle)
        return self.find_again(back=back)

    def find_again(self, *, back: bool = False) -> int:
        """Choose the next turn that holds what was searched for, or the one before."""
        needle = self._needle
        hits = [t.id for t in self._turns if needle and needle.lower() in t.text.lower()]
        if not hits:
            return 0
        order = hits[::-1] if back else hits
        here = self._selected
        if here is None:
            self.choose(hits[-1])
            return len(hits)
        places = {t.id: i for i, t in enumerate(self._turns)}
        now = places.get(here, -1)
        ahead = (i for i in order if (places[i] < now if back else places[i] > now))
        self.choose(next(ahead, order[0]))
        return len(hits)


def _shared(old: Sequence[Turn], new: Sequence[Turn]) -> int:
    """Return how many turns both threads begin with, unchanged in what is shown of them."""
    count = 0
    for a, b in zip(old, new, strict=False):
        if a.id != b.id or a.text != b.text:
            break
        count += 1
    return count
