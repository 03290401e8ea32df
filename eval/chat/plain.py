"""The line mode: a dialogue as plain lines, for pipes, screen readers and any terminal.

No colour, no cursor movement, no boxes. Main thread: the user; a thread of its own: the event loop
with the partner and the session. Ctrl-C while a reply is written stops it, and what came is kept;
twice leaves.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import io
import os
import shutil
import signal
import sys
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TextIO, TypeVar

from gadfly.bot.errors import ConfigError, GadflyError
from gadfly.bot.foreign import plain, printable
from gadfly.bot.secret import without_secrets
from gadfly.eval.chat.commands import SLASH, meter_line, perform, turn_text
from gadfly.eval.chat.event import (
    Delta,
    Failed,
    Finished,
    Loading,
    Measured,
    Notice,
    Ready,
    Started,
    Stopped,
    Waiting,
)
from gadfly.eval.chat.label import VERDICTS
from gadfly.eval.chat.partner import Partner

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from gadfly.bot.registry import RespondentConfig
    from gadfly.bot.respondent import ReadoutName
    from gadfly.eval.chat.event import Event
    from gadfly.eval.chat.session import Session
    from gadfly.eval.chat.turn import Turn

INTERRUPTED = 130
_T = TypeVar("_T")
_POLL_S = 0.2
_READ_WAIT_S = 1.0
"""How long the prompt waits for the stance of the reply just given."""
_TOLD_S = (5, 15, 30)
"""Seconds after which waiting is told, then every thirty."""


@dataclass(slots=True)
class LineMode:
    """One dialogue in line mode; `run` holds it."""

    session: Callable[[], Session]
    """Makes or opens the session; called on the event loop's thread, where it is used."""
    config: RespondentConfig | None = None
    readout: ReadoutName | None = None
    stdin: TextIO = field(default_factory=lambda: sys.stdin)
    stdout: TextIO = field(default_factory=lambda: sys.stdout)
    stderr: TextIO = field(default_factory=lambda: sys.stderr)
    _partner: Partner | None = None
    _loop: asyncio.AbstractEventLoop = field(init=False)
    _is_leaving: bool = False
    _is_mid_line: bool = False
    _is_unheard: bool = False
    """Whoever read the output has enough of it."""
    _streamed: list[str] = field(default_factory=list)
    _told: str = ""
    _news: dict[int, str] = field(default_factory=dict)
    """What is known of a reply and has not been shown yet, by id."""

    @property
    def partner(self) -> Partner:
        """Who is talked to."""
        if self._partner is None:
            raise ConfigError("the session is not open")
        return self._partner

    @property
    def is_live(self) -> bool:
        """Whether somebody sits at a keyboard."""
        return self.stdin.isatty()

    def run(self) -> int:
        """Hold the dialogue to its end and return an exit code.

        A session in which nothing was said is not kept.

        Raises:
            GadflyError: The session cannot be made or opened.
        """
        for stream in (self.stdin, self.stdout, self.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")
        self._loop = asyncio.new_event_loop()
        thread = threading.Thread(target=self._loop.run_forever, name="gadfly-chat", daemon=True)
        thread.start()
        code = 0
        try:
            with _as_interrupts(), _editing(live=self.is_live):
                try:
                    code = self._dialogue()
                finally:
                    self._call(self._close())
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            thread.join()
            self._loop.close()
        if self._is_unheard:
            raise BrokenPipeError
        return code

    def tell(self, text: str) -> None:
        """Print a block of text, made harmless."""
        self._end_line()
        self._write(self.stdout, printable(text) + "\n")

    def leave(self) -> None:
        """Leave after the present command."""
        self._is_leaving = True

    # the dialogue, on the main thread

    def _dialogue(self) -> int:
        self._call(self._open())
        self._greet()
        interrupted = False
        while not self._is_leaving:
            try:
                line = self._read_message()
                if line is None:
                    break
                if line:
                    self._answer(line)
                self._show_news()
                interrupted = False
            except KeyboardInterrupt:
                if interrupted:
                    self._end_line()
                    return INTERRUPTED
                interrupted = True
                self._end_line()
                self._note("Ctrl-C again leaves; /quit does, too")
            except GadflyError as e:
                self._note(f"error: {e}")
        self._ask_for_a_label()
        return 0

    def _answer(self, line: str) -> None:
        """Do a command, or send a message, and wait for its end; Ctrl-C stops what is going on."""
        if line.startswith(SLASH):
            work: Coroutine[Any, Any, Any] = perform(self, line)
        else:
            work = self.partner.send(line)
        self._call(work, stop=True)
        with contextlib.suppress(TimeoutError):
            self._call(self._measured(_READ_WAIT_S if self.is_live else None))

    def _greet(self) -> None:
        session = self.partner.session
        lines = [f"Session {session.id} with {session.setup.model}."]
        if session.setup.prompt:
            lines.append(f"System prompt: {plain(session.setup.prompt, 1000)}")
        if session.topic is not None:
            about = session.topic.about
            lines += [f"Question: {about.question}", f"A: {about.a}", f"B: {about.b}"]
        thread = session.thread()
        if thread:
            lines += ["", *(turn_text(turn) for turn in thread), ""]
        asks = "; /ask puts the question" if session.topic is not None and not thread else ""
        lines.append(f"/help lists the commands{asks}. Ctrl-C stops a reply, /quit leaves.")
        self.tell("\n".join(lines))
        self._call(self.partner.open(), stop=True)

    def _read_message(self) -> str | None:
        """Return what the user writes: a line, or several that end in a backslash; None at the end.

        Raises:
            KeyboardInterrupt: Ctrl-C.
        """
        self._end_line()
        prompt = f"You {self.partner.session.last_number() + 1}: "
        parts: list[str] = []
        while True:
            line = self._read_line(prompt if not parts else "... ")
            if line is None:
                return "\n".join(parts) if parts else None
            if not line.endswith("\\") or line.startswith(SLASH):
                text = "\n".join([*parts, line]).strip()
                if text and not self.is_live:
                    # Whoever reads the output sees both sides of the dialogue.
                    self.tell(f"{prompt}{without_secrets(text)}")
                return text
            parts.append(line[:-1])

    def _read_line(self, prompt: str) -> str | None:
        if self.is_live and self.stdin is sys.stdin:
            try:
                return input(prompt)
            except EOFError:
                return None
        line = self.stdin.readline()
        return line.rstrip("\r\n") if line else None

    def _ask_for_a_label(self) -> None:
        """Ask, on leaving, how the dialogue was; one key, and Enter for nothing."""
        session = self.partner.session
        if not self.is_live or session.branch.head is None or session.labels:
            return
        keys = ", ".join(f"{v[0]} {v}" for v in VERDICTS)
        try:
            said = self._read_line(f"How was this dialogue? {keys}, Enter for nothing: ")
            if said and said.strip():
                self._call(self._labelled(said))
        except (KeyboardInterrupt, ConfigError) as e:
            self._note(str(e) or "not labelled")

    # on the event loop

    async def _open(self) -> None:
        session = self.session()
        try:
            self._partner = Partner(session, self._hear, config=self.config, readout=self.readout)
        except BaseException:
            session.close()
            raise

    async def _close(self) -> None:
        partner = self._partner
        if partner is None:
            return
        session = partner.session
        await partner.aclose()
        session.close()
        if session.turns:
            self._note(f"the session is kept: gadfly resume {session.id} --plain goes on with it")
        else:
            shutil.rmtree(session.folder, ignore_errors=True)

    async def _measured(self, timeout_s: float | None) -> None:
        await asyncio.wait_for(self.partner.measured(), timeout_s)

    async def _labelled(self, verdicts: str) -> None:
        self.partner.label(verdicts)

    def _hear(self, event: Event) -> None:
        match event:
            case Started(reply=reply):
                self._streamed = [] if not reply.text else [reply.text]
                self._is_mid_line = False
            case Delta(text=text):
                self._stream(text)
            case Finished(reply=reply):
                self._finish(reply)
            case Stopped(give_back=give_back):
                kept = "nothing had come; /retry sends it again" if give_back else "kept as it is"
                self._note(f"stopped, {kept}")
            case Failed():
                again = " /retry sends your message again." if event.give_back else ""
                self._note(f"{event.problem}. To do: {event.advice}.{again}")
            case _:
                self._hear_beside(event)

    def _hear_beside(self, event: Event) -> None:
        """Take note of what is told beside a reply."""
        match event:
            case Loading(text=text, seconds=seconds):
                self._wait(text, seconds)
            case Waiting(seconds=seconds, thought=thought, doing=doing):
                other = "it thinks" if thought else "waiting for the first word"
                self._wait(f"it is {doing.partition(':')[0]}" if doing else other, seconds)
            case Ready(notes=notes):
                for note in notes:
                    self._note(note)
            case Notice(text=text):
                self._note(text)
            case Measured(measures=found):
                if found.stance.state != "pending":
                    self._news[found.turn] = meter_line(found)

    # printing

    def _stream(self, text: str) -> None:
        if not self._is_mid_line:
            number = self.partner.session.last_number()
            self._write(self.stdout, f"Model {number}: ")
            self._is_mid_line = True
        self._streamed.append(text)
        self._write(self.stdout, printable(text))

    def _finish(self, reply: Turn) -> None:
        """End the line of a reply; where the preview was another text, print what counts."""
        streamed = "".join(self._streamed).strip()
        if not self._is_mid_line:
            self.tell(f"Model {reply.number}: {reply.text or '(an empty reply)'}")
        elif reply.text.strip() != streamed:
            self.tell(f"Model {reply.number}, without its reasoning: {reply.text}")
        self._end_line()
        if reply.finish == "length":
            self._note("cut at the limit of tokens: /continue goes on")
        elif reply.finish == "filtered":
            self._note("withheld by the provider")

    def _wait(self, text: str, seconds: float) -> None:
        whole = int(seconds)
        if text != self._told and whole >= 1:
            self._told = text
            self._note(f"{text} …")
        elif whole in _TOLD_S or (whole and whole % 30 == 0):
            self._note(f"{text}, {whole} s")

    def _show_news(self) -> None:
        news, self._news = self._news, {}
        if not self.partner.session.head.blind:
            for line in news.values():
                self._note(line)

    def _note(self, text: str) -> None:
        self._end_line()
        self._write(self.stdout, f"[{plain(text, 2000)}]\n")

    def _end_line(self) -> None:
        if self._is_mid_line:
            self._is_mid_line = False
            self._write(self.stdout, "\n")

    def _write(self, stream: TextIO, text: str) -> None:
        if self._is_unheard:
            return
        try:
            stream.write(text)
            stream.flush()
        except BrokenPipeError:
            self._is_unheard = self._is_leaving = True

    # between the two threads

    def _call(self, work: Coroutine[Any, Any, _T], *, stop: bool = False) -> _T:
        """Have the event loop do something and wait for it.

        With `stop`, Ctrl-C stops the reply; where none is written, or a second time, it cancels
        the work and is raised.
        """
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        asked = False
        while True:
            try:
                return future.result(timeout=_POLL_S)
            except concurrent.futures.TimeoutError:
                if future.done():
                    raise
            except KeyboardInterrupt:
                if not stop or asked:
                    future.cancel()
                    raise
                asked = True
                self._loop.call_soon_threadsafe(self._stop, future)
            except concurrent.futures.CancelledError as e:
                raise KeyboardInterrupt from e

    def _stop(self, future: concurrent.futures.Future[Any]) -> None:
        if not self.partner.stop():
            future.cancel()


@contextlib.contextmanager
def _as_interrupts() -> Any:
    """Have a terminated or closed terminal end the dialogue as Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {}
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None:
            before[number] = signal.signal(number, _terminated)
    try:
        yield
    except _TerminatedError as e:
        raise KeyboardInterrupt from e
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _TerminatedError(BaseException):
    """The terminal was closed, or somebody ended the program."""


def _terminated(number: int, frame: object) -> None:
    raise _TerminatedError


@contextlib.contextmanager
def _editing(*, live: bool) -> Any:
    """Let the user edit lines and go back to earlier ones, where the terminal can."""
    if live:
        with contextlib.suppress(ImportError):
            import readline

            readline.set_auto_history(True)
    yield


Mode = Literal["plain", "screen"]


def mode_for(*, plain_asked: bool) -> Mode:
    """Return whether to talk in lines: asked for, or no terminal that can do more."""
    dumb = os.environ.get("TERM", "") in ("", "dumb")
    is_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    return "plain" if plain_asked or dumb or not is_terminal else "screen"
