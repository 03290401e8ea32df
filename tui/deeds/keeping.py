"""Sessions: begun, gone on with, labelled, looked back on, saved, left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gadfly.tui.deeds.desk import Desk
from gadfly.tui.screens import choices
from gadfly.tui.screens.sheets import Ask, Confirm, Label, Page
from gadfly.tui.text import one_line
from gadfly.tui.widgets.picker import Picker

if TYPE_CHECKING:
    from gadfly.eval.chat.topic import Topic

LEAST_TO_LABEL = 2
"""Exchanges a dialogue needs before its label is asked for on leaving."""


class Keeping(Desk):
    """What is done with whole sessions."""

    async def start(self) -> None:
        """Begin as the command line asked."""
        screen = self._screen
        launch = screen.gadfly.launch
        if launch is None or screen.gadfly.is_started:
            return
        screen.gadfly.is_started = True
        if launch.screen == "resume":
            screen.do("resume" if launch.session else "sessions", launch.session)
        elif launch.screen in ("chat", "spar"):
            screen.do("open")

    async def do_open(self) -> None:
        """Reach the model before anything is said."""
        await self.partner.open()

    async def do_resume(self, name: str) -> None:
        """Go on with a session that is there."""
        screen = self._screen
        talk = screen.gadfly.new_talk(screen.listen)
        talk.resume(name)
        await self.let_go()
        screen.replace_talk(talk)
        screen.prompt.focus()

    async def do_new(self) -> None:
        """Begin a new dialogue with the same setup and question."""
        screen = self._screen
        old = screen.talk
        setup, topic = old.setup, old.topic
        await self.let_go()
        talk = screen.gadfly.new_talk(screen.listen)
        talk.use(setup)
        talk.set_topic(topic)
        screen.replace_talk(talk)
        screen.prompt.focus()

    async def put(self, topic: Topic) -> None:
        """Begin a new dialogue about a question (what Scenarios asks for)."""
        await self.do_new()
        self._screen.talk.set_topic(topic)
        self._screen.draw()

    async def let_go(self) -> None:
        """Ask for a label where there is something to label, and let go of the session."""
        talk = self._screen.talk
        session, partner = talk.session, talk.partner
        if session is not None and partner is not None:
            labelled = any(d.branch == session.branch.name for d in session.labels)
            if session.last_number() >= LEAST_TO_LABEL and not labelled:
                verdict = await self._screen.app.push_screen_wait(Label())
                if verdict:
                    partner.label(verdict)
        self._screen.mending.stop()
        await talk.aclose()

    async def do_sessions(self, words: str) -> None:
        """Pick a session to go on with."""
        found = choices.sessions(self._screen.gadfly.sessions, words)
        name = await self._screen.app.push_screen_wait(
            Picker(
                "Sessions",
                found,
                hint="type to search titles and everything said",
                empty="No session yet: what you say here makes one.",
                search=lambda text: choices.sessions(self._screen.gadfly.sessions, text),
            )
        )
        session = self._screen.talk.session
        if name and (session is None or session.id != name):
            await self.do_resume(name)

    async def do_rename(self) -> None:
        """Give the session another title."""
        session = self._session
        title = await self._screen.app.push_screen_wait(
            Ask("Title of this session", value=session.title)
        )
        if title:
            session.rename(title)
            self._screen.toast(f"Renamed to {session.title}.")

    async def do_export(self) -> None:
        """Save the dialogue as Markdown or JSON lines."""
        name = await self._screen.app.push_screen_wait(
            Ask(
                "Save the dialogue as",
                value=f"{self._session.id}.md",
                about=".md to read, .jsonl for `gadfly score` and other programs",
            )
        )
        if name:
            await self.write("export", name)

    async def do_label(self) -> None:
        """Label the whole dialogue."""
        _ = self._session
        words = await self._screen.app.push_screen_wait(Label())
        if words:
            self.partner.label(words)
            self._screen.toast(f"Labelled: {one_line(words, 60)}.")

    async def do_debrief(self) -> None:
        """Show what the dialogue came to, and save it if asked."""
        session = self._session
        self._screen.status.say("Looking back over the dialogue")
        text = await self.partner.debrief()
        self._screen.status.say("")
        answer = await self._screen.app.push_screen_wait(Page("Debrief", text, saves=True))
        if answer == "save":
            name = await self._screen.app.push_screen_wait(
                Ask("Save the debrief as", value=f"{session.id}-debrief.md")
            )
            if name:
                await self.write("debrief", name)

    async def may_leave(self) -> bool:
        """Ask before quitting where something would be lost; then leave the session."""
        if losing := self._screen.has_something_to_lose():
            answer = await self._screen.app.push_screen_wait(Confirm("Quit?", losing))
            if not answer:
                return False
        await self.let_go()
        return True
