"""The partner of a dialogue, without a screen: sends, streams, stops, forks, measures.

The terminal UI and the line mode are clients of it. All methods run on one event loop; one reply
is written at a time, and reads off the record wait for it.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gadfly.bot.call import ask_reply
from gadfly.bot.errors import ConfigError, GadflyError, StoreError
from gadfly.bot.sparring.respondent import SCHEME
from gadfly.eval.chat import debrief, moves
from gadfly.eval.chat.event import Changed, Measured, Notice, Ready, Started
from gadfly.eval.chat.label import NOTE, DialogueLabel, label_fields, verdicts_of
from gadfly.eval.chat.loading import loading
from gadfly.eval.chat.measuring import Meter
from gadfly.eval.chat.panel import CONFRONT, Panel, stance_note
from gadfly.eval.chat.prober import chosen, free_name
from gadfly.eval.chat.respondents import Respondents
from gadfly.eval.chat.session import MAIN, new_turn
from gadfly.eval.chat.turn import SPOKEN, Mark
from gadfly.eval.chat.writing import Writing, failure_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from gadfly.bot.proposition import Proposition, Side
    from gadfly.bot.registry import RespondentConfig
    from gadfly.bot.respondent import Capabilities, ReadoutName
    from gadfly.bot.sparring import State
    from gadfly.bot.stance import Reading
    from gadfly.eval.chat.event import Event
    from gadfly.eval.chat.gauge import Conflict, Measures
    from gadfly.eval.chat.respondents import Opened
    from gadfly.eval.chat.session import Session
    from gadfly.eval.chat.topic import Argument, Topic
    from gadfly.eval.chat.turn import Branch, Setup, Turn
    from gadfly.eval.store import StoredCall
    from gadfly.scenarios.phrase import PushKind
    from gadfly.scenarios.scenario import Scenario

BUSY = "a reply is being written: stop it first, or wait for its end"


class Partner:
    """One dialogue that is going on.

    Every method that asks for a reply returns the reply's turn when it has ended, well or badly:
    what went wrong is in its `status` and in the event that said so. What is raised is what the
    user can mend by asking otherwise (`ConfigError`, before anything is sent), and a session that
    cannot be written (`StoreError`, told as `Failed`, too).
    """

    def __init__(
        self,
        session: Session,
        listen: Callable[[Event], None],
        *,
        respondents: Respondents | None = None,
        config: RespondentConfig | None = None,
        readout: ReadoutName | None = None,
        measures: bool = True,
    ) -> None:
        """Build a partner; nothing is reached before `open`.

        Args:
            session: What is said is kept here; the partner does not close it.
            listen: Told every event, on the event loop; must not block.
            respondents: Models that are open already, shared with other partners; its own if None.
            config: How models are reached (keys, timeouts), where `respondents` is None.
            readout: How stance is read; None decides by what the model can do, once.
            measures: Whether replies are measured off the record of their own accord.
        """
        self._session = session
        self._listen = listen
        self._is_owner = respondents is None
        self._respondents = respondents or (Respondents(config) if config else Respondents())
        self._panel = Panel(session)
        self._measures_itself = measures
        self._meter = Meter(session, listen, self._opened, self._tell_measures, requested=readout)
        self._task: asyncio.Task[Turn] | None = None
        self._is_busy = False
        self._is_stopping = False
        self._is_probing = False

    # state

    @property
    def session(self) -> Session:
        """What has been said."""
        return self._session

    @property
    def is_replying(self) -> bool:
        """Whether a reply is being asked for or written."""
        return self._is_busy

    @property
    def is_probing(self) -> bool:
        """Whether a probe has the keyboard."""
        return self._is_probing

    @property
    def capabilities(self) -> Capabilities | None:
        """What the present model can do; None before it is open."""
        found = self._respondents.opened(self._session.setup.model, self._about)
        return None if found is None else found.respondent.capabilities

    def measures(self, branch: str | None = None) -> tuple[Measures, ...]:
        """Return what is known of each reply of a branch, in order; stopped ones are among them."""
        return self._panel.all(branch, pending=self._meter.waiting)

    def conflicts(self, branch: str | None = None) -> tuple[Conflict, ...]:
        """Return the pairs of answers on a branch that are in conflict, the latest first."""
        return tuple(reversed(self._panel.conflicts(self._session.thread(branch))))

    def side(self) -> Side | None:
        """Return the side it is on by what was last read or said; None where it took none."""
        return self._panel.side(self._session.thread())

    # beginning and end

    async def open(self) -> bool:
        """Reach the present model, telling `Loading` and `Ready` or `Failed`; False if it failed.

        Not needed before `send`, which does it, too; called again, it tries again.
        """
        try:
            await self._opened(self._session.setup)
        except GadflyError as e:
            self._listen(failure_of(e))
            return False
        return True

    async def aclose(self) -> None:
        """Stop everything; idempotent. A reply that is being written is kept as stopped."""
        self.stop()
        if self._task is not None and not self._task.done():
            await asyncio.wait([self._task])
        await self._meter.aclose()
        if self._is_owner:
            await self._respondents.aclose()

    # replies

    async def send(self, text: str, *, marks: Sequence[Mark] = ()) -> Turn:
        """Say something on the branch in use and have it replied to.

        Raises:
            ConfigError: Nothing is said, or a reply is being written.
            StoreError: The session cannot be written.
        """
        if not text.strip():
            raise ConfigError("there is nothing to send")
        with self._busy():
            return await self._say(text, (*self._fork_mark(), *marks))

    def stop(self) -> bool:
        """Stop the reply that is being written, and a probe; False where there is neither."""
        if not self._is_busy:
            return False
        if not self._is_stopping:
            self._is_stopping = True
            self._cancel_soon()
        return True

    async def regenerate(self, turn: int | None = None) -> Turn:
        """Draw a reply once more, as a sibling: the last one by default.

        The last reply's branch moves to the new draw (`choose` goes back); for an earlier one a
        new branch is made, and its own is left as it is.

        Raises:
            ConfigError: There is no reply to draw again.
        """
        session, found = self._session, self._reply(turn)
        asked = session.turns[found.parent or 0]
        with self._busy():
            if session.branch.head == found.id:
                session.move(asked.id)
                return await self._reply_to(asked, undo=lambda: session.move(found.id))
            before = session.branch.name
            made = session.fork(asked.id).name
            return await self._reply_to(asked, undo=lambda: self._undo_fork(made, before))

    async def retry(self) -> Turn:
        """Send the last message again that got no reply at all.

        Raises:
            ConfigError: There is none.
        """
        session = self._session
        for asked in reversed(session.children(session.branch.head)):
            replies = session.children(asked.id)
            if asked.role == "user" and not any(t.text or t.is_whole for t in replies):
                with self._busy():
                    session.move(asked.id)
                    return await self._reply_to(asked)
        raise ConfigError("the last message has its reply")

    async def go_on(self, turn: int | None = None) -> Turn:
        """Have a stopped or interrupted reply continued where it broke off (the last by default).

        Raises:
            ConfigError: The reply is whole, or the model cannot continue a given text.
        """
        session, found = self._session, self._reply(turn)
        if found.is_whole and found.finish != "length":
            raise ConfigError("the reply is whole; draw it again for another one")
        can = self.capabilities
        if can is not None and not can.prefill:
            raise ConfigError(f"{session.setup.model} cannot continue a reply; draw it again")
        asked = session.turns[found.parent or 0]
        with self._busy():
            if session.branch.head == found.id:
                session.move(asked.id)
            else:
                session.fork(asked.id)
            return await self._reply_to(
                asked, begun=found.text, undo=lambda: session.move(found.id)
            )

    def choose(self, turn: int) -> None:
        """Go to another draw of the last reply.

        Raises:
            ConfigError: It is no draw of the last reply of the branch in use, or a reply is being
                written.
        """
        self._check_idle()
        head = self._session.branch.head
        draws = () if head is None else self._session.siblings(head)
        if turn not in {t.id for t in draws if t.status in SPOKEN}:
            raise ConfigError(f"turn {turn} is no draw of the last reply")
        self._session.move(turn)
        self._listen(Changed())

    async def edit(self, turn: int, text: str, *, name: str = "") -> Turn:
        """Say something else in place of an earlier message of the user's, on a new branch.

        Raises:
            ConfigError: That is no message of the user's, or nothing is said.
        """
        found = self._session.turns.get(turn)
        if found is None or found.role != "user":
            raise ConfigError("only a message of your own can be edited")
        if not text.strip():
            raise ConfigError("there is nothing to send")
        with self._busy():
            return await self._say_on_a_branch(
                found.parent, text, (Mark("edit", f"of {found.number}"),), name
            )

    def fork(self, turn: int | None, name: str = "") -> Branch:
        """Make a branch that goes on after a turn (None: from the beginning), and use it.

        After a message of the user's it goes on before it, with the message to be said anew.

        Raises:
            ConfigError: There is no such turn, the name is taken, or a reply is being written.
        """
        self._check_idle()
        found = self._session.turns.get(turn) if turn is not None else None
        at = found.parent if found is not None and found.role == "user" else turn
        branch = self._session.fork(at, name)
        self._listen(Changed())
        return branch

    def switch(self, branch: str) -> None:
        """Go to another branch.

        Raises:
            ConfigError: There is no such branch, or a reply is being written.
        """
        self._check_idle()
        self._session.switch(branch)
        self._listen(Changed())

    def use(self, setup: Setup) -> None:
        """Have another model, persona or sampling answer from the next reply on."""
        self._session.use(setup)
        self._listen(Changed())

    def set_topic(self, topic: Topic | None) -> None:
        """Talk about something else from here on; replies so far are read on it, too."""
        self._meter.clear()
        self._session.topic = topic
        self._session.save()
        self._listen(Changed())

    # interventions

    async def ask(self, wording: int = 0, *, branch: bool = False) -> Turn:
        """Put the question of the topic in one of its wordings, 0 being the first.

        With `branch` it is asked on a new branch from here, and the present one stays as it is.

        Raises:
            ConfigError: There is no topic, or no such wording.
        """
        text = moves.wording(self._topic(), wording)
        marks = (Mark("paraphrase", f"wording {wording}"),) if wording else ()
        with self._busy():
            if branch:
                head = self._session.branch.head
                return await self._say_on_a_branch(head, text, marks)
            return await self._say(text, (*self._fork_mark(), *marks))

    def challenge(self, conflict: Conflict) -> str:
        """Return the text that puts a conflict to the partner, for the user to edit."""
        return moves.challenge(conflict, self._topic().about.family)

    async def confront(self, conflict: Conflict | None = None, text: str = "") -> Turn:
        """Put two of its answers to it that are in conflict: the latest pair by default.

        Raises:
            ConfigError: No two answers on this branch are in conflict.
        """
        topic = self._topic()
        found = conflict or next(iter(self.conflicts()), None)
        if found is None:
            raise ConfigError("no two of its answers on this branch are in conflict")
        mark = Mark("confront", f"{found.numbers[0]} vs {found.numbers[1]}")
        with self._busy():
            marks = (*self._fork_mark(), mark)
            asked = self._asked(text or moves.challenge(found, topic.about.family), marks)
            note = {"first": found.first, "second": found.second, "sides": "".join(found.sides)}
            self._session.keep(asked.id, CONFRONT, note)
            return await self._reply_to(asked)

    async def argue(self, argument: Argument) -> Turn:
        """Put an argument of the topic's bank, ending as every challenge ends."""
        with self._busy():
            marks = (*self._fork_mark(), Mark("argument", argument.name))
            return await self._say(moves.put(argument, self.side()), marks)

    async def push(self, kind: PushKind = "bare") -> Turn:
        """Disagree without a reason: bare, insistence, authority, emotion, consensus.

        Raises:
            ConfigError: There is no such push.
        """
        mark = Mark("push", kind)
        before = sum(mark in turn.marks for turn in self._session.thread())
        text = moves.push(kind, before)
        with self._busy():
            return await self._say(text, (*self._fork_mark(), mark))

    async def swap(self) -> Turn:
        """Swap sides: it is to argue for the side opposite to the one it is on.

        Raises:
            ConfigError: There is no topic, or it has taken no side yet.
        """
        topic, side = self._topic(), self.side()
        if side is None:
            raise ConfigError("it has taken no side yet that could be swapped")
        with self._busy():
            marks = (*self._fork_mark(), Mark("swap", f"from {side}"))
            return await self._say(moves.swap(topic.about, side), marks)

    async def devil(self) -> Turn:
        """Have it play devil's advocate, and put the question again.

        Raises:
            ConfigError: There is no topic.
        """
        text = moves.devil(self._topic().about)
        with self._busy():
            return await self._say(text, (*self._fork_mark(), Mark("persona", "devil")))

    def persona(self, who: str) -> None:
        """Have it answer as somebody from the next reply on; "" takes the persona away."""
        self.use(replace(self._session.setup, persona=" ".join(who.split())))

    async def probe(self, name: str, arm: str = "", *, here: bool = False) -> str:
        """Hand the keyboard to a probe: what it says is said in the session, on a new branch.

        Args:
            name: Of a probe (`gadfly probes list`).
            arm: Name of one of its arms, "name/variant" for one of several; the first by default.
            here: Go on from the branch in use instead of from the beginning.

        Returns:
            Why it ended: "" when it came to its end.

        Raises:
            ConfigError: There is no such probe or arm, it does not apply to the topic, or its
                lines would have to be written by a model.
        """
        topic = self._topic()
        with self._busy():
            self._is_probing = True
            try:
                dialogue = chosen(topic.scenario, name, arm)
                before = self._session.branch.name
                if not here:
                    self._session.fork(None, free_name(self._session, dialogue.probe.name))
                    self._listen(Changed())
                ended = await dialogue.hold(_Hand(self))
                if not here and self._session.branch.head is None:
                    self._undo_fork(self._session.branch.name, before)
                    self._listen(Changed())
                return ended
            finally:
                self._is_probing = False

    # measuring and looking closer

    async def measure(self, turn: int | None = None) -> Measures:
        """Measure a reply now (the last one by default), however it ended, and wait for it.

        Raises:
            ConfigError: There is no such reply, no text in it, or no topic to read it on.
        """
        self._topic()
        found = self._reply(turn)
        if not found.text:
            raise ConfigError("there is no text in this reply that could be measured")
        self._meter.add(found.id)
        while found.id in self._meter.waiting:
            await self._meter.idle()
        return self._panel.of(found.id)

    async def measured(self) -> None:
        """Wait until nothing is left to be measured."""
        await self._meter.idle()

    def evidence(self, turn: int) -> tuple[StoredCall, ...]:
        """Return the model calls behind a reply's stance: prompts, options, answers."""
        note = self._session.note(turn, stance_note(self._session))
        return () if note is None else self._session.calls(note["calls"])

    def reasoning(self, turn: int) -> str:
        """Return what the model thought before a reply, "" where it showed nothing."""
        call = self._session.turns[turn].call
        found = self._session.calls([call]) if call else ()
        return found[0].completion.reasoning if found else ""

    def label(
        self, verdicts: str, *, note: str = "", annotator: str = "", branch: str | None = None
    ) -> DialogueLabel:
        """Label a whole dialogue: "satisfactory", or what was wrong ("dogmatic formulaic").

        A second label of the same dialogue by the same person replaces the first.

        Raises:
            ConfigError: That is no label, or nothing has been said yet.
        """
        session = self._session
        found = session.named(branch) if branch else session.branch
        if found.head is None:
            raise ConfigError("there is nothing to label yet")
        label = DialogueLabel(
            branch=found.name,
            head=found.head,
            verdicts=verdicts_of(verdicts),
            annotator=annotator,
            note=note,
            blind=not session.head.was_open,
            made=time.time(),
        )
        session.keep(found.head, f"{NOTE}:{annotator}", label_fields(label))
        return label

    async def debrief(self, branch: str | None = None) -> str:
        """Return what the dialogue came to, as Markdown: what moved it, conflicts, open points.

        A sparring partner adds its own account, from its ledger.

        Raises:
            GadflyError: A sparring partner cannot be asked for its ledger.
        """
        state = await self.state(branch)
        return debrief.written(self._session, self._panel, branch, state)

    async def state(self, branch: str | None = None) -> State | None:
        """Return what a sparring partner has come to on a branch; None of anybody else.

        Raises:
            GadflyError: It cannot be asked.
        """
        thread = self._session.thread(branch)
        last = next((t for t in reversed(thread) if t.role == "assistant" and t.text), None)
        return None if last is None else await self._meter.state(last.id)

    # what the methods above are made of

    @property
    def _about(self) -> Scenario | None:
        """The question of the user's own, which simulants have to be told."""
        topic = self._session.topic
        return topic.scenario if topic is not None and topic.is_free else None

    def _topic(self) -> Topic:
        if self._session.topic is None:
            raise ConfigError(moves.NO_TOPIC)
        return self._session.topic

    def _reply(self, turn: int | None) -> Turn:
        """Return a reply, by default the last of the branch that is in use."""
        if turn is None:
            thread = self._session.thread()
            found = next((t for t in reversed(thread) if t.role == "assistant"), None)
            if found is None:
                raise ConfigError("there is no reply yet")
            return found
        found = self._session.turns.get(turn)
        if found is None or found.role != "assistant" or found.parent is None:
            raise ConfigError("that is no reply")
        return found

    def _check_idle(self) -> None:
        if self._is_busy:
            raise ConfigError(BUSY)

    @contextmanager
    def _busy(self) -> Iterator[None]:
        self._check_idle()
        self._is_busy, self._is_stopping = True, False
        self._meter.pause()
        try:
            yield
        finally:
            self._is_busy = False
            self._meter.resume()

    def _fork_mark(self) -> tuple[Mark, ...]:
        """Return the mark of the first message on a branch that somebody forked."""
        branch = self._session.branch
        if branch.name == MAIN or branch.head != branch.origin:
            return ()
        number = 0 if branch.head is None else self._session.turns[branch.head].number
        return (Mark("fork", f"from {number}"),)

    def _asked(self, text: str, marks: Sequence[Mark]) -> Turn:
        """Put a message of the user's on disk."""
        session = self._session
        try:
            asked = session.add(
                new_turn("user", text, session.branch.head, marks=tuple(marks), made=time.time())
            )
            session.move(asked.id)
        except StoreError as e:
            self._listen(failure_of(e, give_back=text))
            raise
        return asked

    async def _say(self, text: str, marks: Sequence[Mark]) -> Turn:
        return await self._reply_to(self._asked(text, marks))

    async def _say_on_a_branch(
        self, after: int | None, text: str, marks: Sequence[Mark], name: str = ""
    ) -> Turn:
        """Say something on a new branch, which goes again where nothing comes of it."""
        before = self._session.branch.name
        made = self._session.fork(after, name).name
        asked = self._asked(text, marks)
        return await self._reply_to(asked, undo=lambda: self._undo_fork(made, before))

    def _undo_fork(self, made: str, before: str) -> None:
        self._session.drop_branch(made)
        self._session.switch(before)

    async def _reply_to(
        self, asked: Turn, *, begun: str = "", undo: Callable[[], None] | None = None
    ) -> Turn:
        """Have a message replied to; the branch in use then ends with the reply.

        Where nothing comes it ends as `undo` leaves it: before the message, by default.
        """
        session = self._session
        setup, thread = session.setup, session.conversation(asked.id)
        request = ask_reply(thread, setup.sampling, prefill=begun).digest.hex()
        try:
            reply = session.add(
                new_turn(
                    "assistant",
                    begun,
                    asked.id,
                    status="streaming",
                    setup=setup,
                    request=request,
                    draw=sum(t.request == request for t in session.turns.values()),
                    made=time.time(),
                )
            )
            session.move(reply.id)
        except StoreError as e:
            self._listen(failure_of(e, give_back=asked.text))
            raise
        self._listen(Started(asked, reply))
        writing = Writing(session, self._listen, self._opened, reply, thread, begun)
        self._task = asyncio.get_running_loop().create_task(writing.run())
        if self._is_stopping:
            self._cancel_soon()
        try:
            ended = await self._task
        finally:
            self._task = None
        if not ended.text.strip() and not ended.is_whole:
            (undo or (lambda: session.move(asked.parent)))()
            self._listen(Changed())
        else:
            self._note(ended)
        if ended.status == "stopped" and not self._is_stopping:
            # Not the user but whoever awaits this was cancelled, and is to know it.
            raise asyncio.CancelledError
        return ended

    def _cancel_soon(self) -> None:
        """Cancel the reply once it has begun: a task cancelled before could keep nothing."""
        if self._task is not None:
            asyncio.get_running_loop().call_soon(self._task.cancel)

    def _note(self, reply: Turn) -> None:
        """Have a reply measured, and tell what can be told of it at once."""
        session = self._session
        is_sparring = session.setup.model.startswith(SCHEME)
        if reply.is_whole and self._measures_itself and (session.topic is not None or is_sparring):
            self._meter.add(reply.id)
        self._tell_measures(reply.id)

    def _tell_measures(self, turn: int) -> None:
        self._listen(Measured(self._panel.of(turn, pending=self._meter.waiting)))

    async def _opened(self, setup: Setup) -> Opened:
        """Return the respondent of a setup; what takes time is told.

        Raises:
            ConfigError: The spec is wrong.
            RespondentError: It cannot be reached.
        """
        spec, about = setup.model, self._about
        found = self._respondents.opened(spec, about)
        if found is not None:
            return found
        async with loading(spec, self._listen) as talk:
            found = await self._respondents.get(spec, talk, about=about)
        notes = found.respondent.capabilities.notes
        self._listen(Ready(model=spec, name=found.identity.model, notes=notes))
        return found


@dataclass(frozen=True, slots=True)
class _Hand:
    """What a probe may do with a partner that has lent it the keyboard."""

    partner: Partner

    @property
    def session(self) -> Session:
        return self.partner.session

    @property
    def is_stopping(self) -> bool:
        return self.partner._is_stopping

    async def say(self, text: str, mark: Mark) -> Turn:
        return await self.partner._say(text, (mark,))

    async def read(self, about: Proposition) -> Reading:
        """Read a stance on any proposition after what was said last."""
        session = self.partner.session
        reading, _ = await self.partner._meter.read(
            session.conversation(session.branch.head), about, session.setup
        )
        return reading

    def tell(self, text: str) -> None:
        self.partner._listen(Notice(text))
