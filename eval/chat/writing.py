"""Has one reply written: streams it, saves it as it grows, commits it or says why there is none."""

from __future__ import annotations

import asyncio
import time
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

from gadfly.bot.call import Call, ask_reply
from gadfly.bot.errors import (
    ConfigError,
    ContextOverflow,
    GadflyError,
    RateLimited,
    StoreError,
    TransportError,
    Unsupported,
)
from gadfly.bot.foreign import plain
from gadfly.bot.identity import Identity
from gadfly.bot.respondent import streamed
from gadfly.eval.chat import store as kept
from gadfly.eval.chat.event import Delta, Failed, Finished, Notice, Stopped, Waiting
from gadfly.eval.chat.respondents import with_system

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from gadfly.bot.message import Conversation
    from gadfly.eval.chat.event import Event, FailureKind
    from gadfly.eval.chat.respondents import Opened
    from gadfly.eval.chat.session import Session
    from gadfly.eval.chat.turn import Setup, Status, Turn

SAVE_S = 0.5
"""How often the text of a reply is saved while it is written: at most a second may be lost."""
_LONGEST = 500


@dataclass(slots=True)
class Writing:
    """One reply while it is written."""

    session: Session
    listen: Callable[[Event], None]
    opened: Callable[[Setup], Awaitable[Opened]]
    reply: Turn
    thread: Conversation
    begun: str = ""
    """Text it goes on from."""
    _pieces: list[str] = field(default_factory=list)
    _thought: int = 0
    _doing: str = ""
    _start: float = field(default_factory=time.monotonic)
    _first_s: float | None = None
    _is_told: bool = False

    async def run(self) -> Turn:
        """Write it to its end, well or badly; never raises what can be told as an event.

        Cancelled, it keeps what has come and returns normally.

        Raises:
            StoreError: What became of it cannot be kept; told as `Failed` before.
        """
        self._pieces = [self.begun] if self.begun else []
        saving = asyncio.get_running_loop().create_task(self._save_as_it_grows())
        try:
            ended = await self._written()
        except asyncio.CancelledError:
            ended = self._cut("stopped", "")
            self.listen(Stopped(self._kept(ended), self._give_back()))
        except GadflyError as e:
            ended = self._failed(e)
        finally:
            saving.cancel()
        return ended

    async def _written(self) -> Turn:
        setup = self.reply.setup
        if setup is None:
            raise ConfigError("a reply needs a setup")
        opened = await self.opened(setup)
        identity = with_system(opened.identity, setup.prompt)
        self._note_identity(identity)
        call = Call(
            request=ask_reply(self.thread, setup.sampling, prefill=self.begun),
            replicate=self.session.head.seed,
            draw=self.reply.draw,
        ).keyed(identity)
        # The key is on disk before the answer is, so that an answer whose turn could not be
        # written any more is found again.
        self.reply = self.session.update(
            replace(
                self.reply,
                text="".join(self._pieces),
                call=call.key.hex(),
                identity=identity.digest.hex(),
            )
        )
        self._start = time.monotonic()
        done = await streamed(
            opened.respondent, call, self._on_text, self._on_thought, self._on_step
        )
        await self.session.store.put(call, done)
        whole = replace(
            self.reply,
            status="finished",
            text=self.begun + done.text,
            finish=done.finish,
            tokens=done.usage.completion_tokens,
            seconds=time.monotonic() - self._start,
            first_s=self._first_s,
        )
        self.listen(Finished(self._kept(whole)))
        return whole

    def _on_text(self, piece: str) -> None:
        if self._first_s is None:
            self._first_s = time.monotonic() - self._start
        self._pieces.append(piece)
        self.listen(Delta(self.reply.id, piece))

    def _on_thought(self, _: str) -> None:
        self._thought += 1

    def _on_step(self, what: str) -> None:
        """Take note of what is being done; a new step is told at once, progress with the clock."""
        is_new = what.partition(":")[0] != self._doing.partition(":")[0]
        self._doing = what
        if is_new:
            self._tell_waiting()

    def _tell_waiting(self) -> None:
        self.listen(
            Waiting(
                turn=self.reply.id,
                seconds=time.monotonic() - self._start,
                thought=self._thought,
                doing=self._doing,
            )
        )

    async def _save_as_it_grows(self) -> None:
        saved = ticks = 0
        while True:
            await asyncio.sleep(SAVE_S)
            ticks += 1
            if len(self._pieces) > saved:
                saved = len(self._pieces)
                self._save()
            if self._first_s is None and ticks % round(1 / SAVE_S) == 0:
                self._tell_waiting()

    def _save(self) -> None:
        try:
            self.session.partial(self.reply.id, "".join(self._pieces))
        except StoreError as e:
            if not self._is_told:
                self._is_told = True
                self.listen(Notice(f"what is being written cannot be saved: {e}"))

    def _cut(self, status: Status, problem: str) -> Turn:
        text = "".join(self._pieces)
        return replace(
            self.reply,
            status=status,
            text=text,
            problem=problem,
            seconds=time.monotonic() - self._start,
            first_s=self._first_s,
        )

    def _failed(self, error: GadflyError) -> Turn:
        has_text = bool("".join(self._pieces).strip())
        problem = plain(str(error), _LONGEST)
        ended = self._cut("interrupted" if has_text else "failed", problem)
        try:
            ended = self.session.update(ended)
        finally:
            self.listen(failure_of(error, ended, give_back=self._give_back()))
        return ended

    def _kept(self, ended: Turn) -> Turn:
        try:
            return self.session.update(ended)
        except StoreError as e:
            self.listen(failure_of(e, ended))
            raise

    def _give_back(self) -> str:
        """Return the user's text where nothing came in reply."""
        if "".join(self._pieces).strip() or self.reply.parent is None:
            return ""
        asked = self.session.turns[self.reply.parent]
        alone = all(not t.text for t in self.session.children(asked.id))
        return asked.text if alone else ""

    def _note_identity(self, identity: Identity) -> None:
        """Keep who replies; say so where another model answers under the same name than before."""
        name = f"identity:{identity.digest.hex()}"
        if self.session.note(kept.SESSION, name) is not None:
            return
        spec = self.reply.setup.model if self.reply.setup is not None else ""
        before = self.session.note(kept.SESSION, f"model:{spec}")
        if before is not None and before != identity.digest.hex():
            known = Identity(**self.session.note(kept.SESSION, f"identity:{before}"))
            changed = [d for d in known.differences(identity) if not d.startswith("system")]
            if changed:
                self.listen(
                    Notice(f"another model answers as {spec} than before: {'; '.join(changed)}")
                )
        self.session.keep(kept.SESSION, name, asdict(identity))
        self.session.keep(kept.SESSION, f"model:{spec}", identity.digest.hex())


def failure_of(error: GadflyError, reply: Turn | None = None, *, give_back: str = "") -> Failed:
    """Return the event for an error: what happened, and what to do about it."""
    has_text = reply is not None and bool(reply.text.strip())
    kind, advice = _advice(error, has_text=has_text)
    return Failed(
        kind=kind,
        problem=plain(str(error), _LONGEST),
        advice=advice,
        reply=reply,
        give_back=give_back,
    )


def _advice(error: GadflyError, *, has_text: bool) -> tuple[FailureKind, str]:
    """Return what kind of failure it is, and what to do about it."""
    match error:
        case ContextOverflow():
            return "context", "fork from an earlier turn, or use a model with a longer context"
        case RateLimited():
            return "busy", "wait a little and send it again"
        case TransportError() if has_text:
            return "interrupted", "what came is kept: have it continued, or draw it again"
        case TransportError():
            return "unreachable", "start the server, or choose another model, and send it again"
        case ConfigError():
            return "setup", "choose another model, or mend its options"
        case StoreError():
            return "store", "free some space; nothing can be said until the session can be written"
        case Unsupported():
            return "refused", "choose another model, or ask otherwise"
    return "refused", "look at the server's own log, or choose another model"
