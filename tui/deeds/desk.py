"""What all deeds share: how one is called by name, and what it acts on."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

from gadfly.bot.errors import ConfigError
from gadfly.tui.commands import GLOBAL, Command
from gadfly.tui.screens.chat_commands import COMMANDS
from gadfly.tui.screens.sheet import TextSheet
from gadfly.tui.text import plain
from gadfly.tui.widgets.picker import Picker

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gadfly.eval.chat.commands import Command as Written
    from gadfly.eval.chat.partner import Partner
    from gadfly.eval.chat.session import Session
    from gadfly.eval.chat.topic import Topic
    from gadfly.eval.chat.turn import Turn
    from gadfly.tui.screens.chat import ChatScreen
    from gadfly.tui.widgets.picker import Choice

TAKE_WORDS = frozenset({"send", "resume", "sessions", "find"})
"""Commands of the screen that are given what is written after them."""
SHORT = 160
"""Longest text of a command that fits the status line."""


def _all_written() -> tuple[str, ...]:
    from gadfly.eval.chat.commands import COMMANDS as ENGINE  # loads the whole engine

    return tuple(command.name for command in ENGINE)


def _written(name: str) -> Written:
    from gadfly.eval.chat.commands import named

    return named(name)


class Desk:
    """Commands by name; the ways of doing them are in the modules beside."""

    def __init__(self, screen: ChatScreen) -> None:
        """Act on `screen`."""
        self._screen = screen

    async def do(self, name: str, argument: str) -> None:
        """Do one command by name.

        Raises:
            GadflyError: It cannot be done; says why.
        """
        await self._screen.gadfly.engine_loaded()
        method = getattr(self, f"do_{name.replace('-', '_')}")
        done = method(argument) if name in TAKE_WORDS else method()
        if inspect.isawaitable(done):
            await done

    async def write(self, name: str, argument: str) -> None:
        """Do what was written after a slash.

        The engine's own commands do what is told in full; the screen's ask for what is missing.

        Raises:
            GadflyError: There is no such command, or it cannot be done; says why.
        """
        await self._screen.gadfly.engine_loaded()
        own = self.slashes().get(name)
        if own is None or (argument and own.id.removeprefix("chat-") not in TAKE_WORDS):
            await _written(name).run(self, argument)
            self._screen.draw()
        elif own.action.startswith("app."):
            await self._screen.run_action(own.action)
        else:
            await self.do(own.id.removeprefix("chat-"), argument)

    def slashes(self) -> Mapping[str, Command]:
        """Return the screen's commands that can be written, by name."""
        return {c.slash: c for c in (*COMMANDS, *GLOBAL) if c.slash}

    def names(self) -> list[str]:
        """Return the names of everything that can be written."""
        return list(dict.fromkeys((*self.slashes(), *_all_written())))

    def _usage(self, name: str) -> str:
        own = self.slashes().get(name)
        if own is None or (
            own.id.removeprefix("chat-") not in TAKE_WORDS and name in _all_written()
        ):
            command = _written(name)
            return f"{command.usage}  {command.summary}"
        return f"/{name} {own.takes}  {own.title}"

    @property
    def partner(self) -> Partner:
        """Who is talked to."""
        return self._screen.talk.begun()

    def tell(self, text: str) -> None:
        """Show a text: in the status line, or as a sheet where it is long."""
        if "\n" not in text and len(text) < SHORT:
            self._screen.status.say(text)
        else:
            self._screen.app.push_screen(TextSheet("", plain(text)))

    def leave(self) -> None:
        """Quit."""
        self._screen.gadfly.quit()

    def completed(self, text: str) -> str:
        """Return the text with its command completed as far as it is certain; "" for not at all."""
        if not text.startswith("/") or " " in text:
            return ""
        near = [name for name in self.names() if name.startswith(text[1:])]
        if not near:
            return ""
        if len(near) == 1:
            return f"/{near[0]} "
        shared = near[0]
        while not all(name.startswith(shared) for name in near):
            shared = shared[:-1]
        return f"/{shared}"

    def hints(self, text: str) -> str:
        """Return the commands that begin like this, for the status line."""
        name, space, _ = text[1:].partition(" ")
        near = [n for n in self.names() if n == name or (not space and n.startswith(name))]
        if len(near) == 1:
            return self._usage(near[0])
        return "/" + " /".join(near) if near else f"/{name}: no such command"

    @property
    def _session(self) -> Session:
        """The session.

        Raises:
            ConfigError: Nothing has been said yet.
        """
        session = self._screen.talk.session
        if session is None or not session.turns:
            raise ConfigError("nothing has been said yet")
        return session

    @property
    def _topic(self) -> Topic:
        """What the dialogue is about.

        Raises:
            ConfigError: It has no question.
        """
        topic = self._screen.talk.topic
        if topic is None:
            raise ConfigError("this dialogue has no question yet: /question chooses one")
        return topic

    def _turn(self, *, reply: bool) -> Turn:
        """Return the chosen turn, else the last: what the user said there, or the reply.

        Raises:
            ConfigError: There is none.
        """
        session = self._session
        thread = session.thread()
        chosen = self._screen.dialogue.selected
        turn = next((t for t in thread if t.id == chosen), thread[-1] if thread else None)
        if turn is None:
            raise ConfigError("this branch is empty")
        asked, replied = session.exchange(turn.number)
        if not reply:
            return asked
        if replied is None:
            raise ConfigError(f"turn {asked.number} has no reply")
        return replied

    async def _pick(
        self, title: str, found: Sequence[Choice], *, hint: str = "", free: bool = False
    ) -> str:
        """Have the user choose one of some lines; "" where nothing was chosen."""
        picker = Picker(title, found, hint=hint, free=free)
        return await self._screen.app.push_screen_wait(picker) or ""

    def do_write(self) -> None:
        """Go back to the prompt."""
        self._screen.dialogue.choose(None)
        self._screen.prompt.focus()
        self._screen.status.say("")
        self._screen.draw()
