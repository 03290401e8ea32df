"""What the user does on the Spar screen: one method per command, `do_` and its name.

They ask for what is missing. What is written in full after a slash is done by the engine's own
commands (`eval.chat.commands`), the same as in line mode. What the user can mend is raised as a
`GadflyError` and said in the status line.
"""

from __future__ import annotations

import asyncio
import inspect
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gadfly.bot.errors import ConfigError, GadflyError
from gadfly.tui.commands import GLOBAL, Command
from gadfly.tui.figures import mark_text, model_name
from gadfly.tui.screens import choices
from gadfly.tui.screens.chat_commands import COMMANDS
from gadfly.tui.screens.sheet import TextSheet
from gadfly.tui.screens.sheets import Ask, Confirm, Confront, Label, Page
from gadfly.tui.screens.why import why_content
from gadfly.tui.text import one_line, plain, safe
from gadfly.tui.widgets.picker import Picker

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gadfly.eval.chat.commands import Command as Written
    from gadfly.eval.chat.partner import Partner
    from gadfly.eval.chat.session import Session
    from gadfly.eval.chat.topic import Topic
    from gadfly.eval.chat.turn import Setup, Turn
    from gadfly.tui.screens.chat import ChatScreen

TAKE_WORDS = frozenset({"send", "resume", "sessions", "find"})
"""Commands of the screen that are given what is written after them."""
SHORT = 160
"""Longest text of a command that fits the status line."""
LEAST_TO_LABEL = 2
"""Exchanges a dialogue needs before its label is asked for on leaving."""


def _all_written() -> tuple[str, ...]:
    from gadfly.eval.chat.commands import COMMANDS as ENGINE  # loads the whole engine

    return tuple(command.name for command in ENGINE)


def _written(name: str) -> Written:
    from gadfly.eval.chat.commands import named

    return named(name)


class Deeds:
    """The commands of a screen."""

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

    # what the engine's commands work with

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

    # what the commands act on

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

    # beginning and going elsewhere

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

    # saying things

    async def do_send(self, text: str) -> None:
        """Say something."""
        screen = self._screen
        if screen.talk.is_replying:
            screen.status.say(
                "It is still answering; your text stays here.", keys="Esc stops it", alert=True
            )
            return
        screen.prompt.clear_sent(text)
        try:
            await self.partner.send(text)
        except GadflyError:
            screen.prompt.give_back(text)
            raise

    async def do_ask(self) -> None:
        """Put the question, where nothing has been said yet."""
        talk = self._screen.talk
        if talk.topic is not None and not (talk.session and talk.session.turns):
            await self.partner.ask(0)

    def do_escape(self) -> None:
        """Stop what is going on; else choose a turn; else go back to the prompt."""
        screen = self._screen
        partner = screen.talk.partner
        if partner is not None and partner.stop():
            return
        if screen.dialogue.has_focus:
            self.do_write()
        elif screen.dialogue.turns:
            screen.dialogue.focus()
            if screen.dialogue.selected is None:
                screen.dialogue.step(0)
            screen.status.say("Turn chosen: the keys below act on it.", keys="Esc or i goes back")

    def do_write(self) -> None:
        """Go back to the prompt."""
        self._screen.dialogue.choose(None)
        self._screen.prompt.focus()
        self._screen.status.say("")
        self._screen.draw()

    async def do_retry(self) -> None:
        """Try the server again, or send the last message again."""
        if self._screen.mending.is_on and not self._pending():
            self._screen.mending.now()
        else:
            await self.partner.retry()

    def _pending(self) -> bool:
        session = self._screen.talk.session
        thread = session.thread() if session is not None else ()
        return bool(thread) and (thread[-1].role == "user" or thread[-1].status == "failed")

    async def do_again(self) -> None:
        """Draw a reply once more."""
        await self.partner.regenerate(self._turn(reply=True).id)

    async def do_continue(self) -> None:
        """Have a stopped reply continued."""
        await self.partner.go_on(self._turn(reply=True).id)

    def do_draw(self) -> None:
        """Go to the next draw of a reply."""
        turn = self._turn(reply=True)
        draws = self._session.siblings(turn.id)
        if len(draws) < 2:
            raise ConfigError("there is one draw of this reply: r makes another")
        at = next(i for i, t in enumerate(draws) if t.id == turn.id)
        following = draws[(at + 1) % len(draws)]
        self.partner.choose(following.id)
        self._screen.draw()
        self._screen.dialogue.choose(following.id)
        self._screen.status.say(f"Draw {(at + 1) % len(draws) + 1} of {len(draws)}.")

    async def do_edit(self) -> None:
        """Say something else in place of an earlier message, on a new branch."""
        turn = self._turn(reply=False)
        text = await self._screen.app.push_screen_wait(
            Confront(
                [(turn.number, "You said", turn.text)],
                turn.text,
                "What you write instead begins a branch; this one stays as it is.",
                title=f"Edit turn {turn.number}",
            )
        )
        if text:
            self._screen.prompt.focus()
            await self.partner.edit(turn.id, text)

    # branches

    def do_fork(self) -> None:
        """Make a branch that goes on after a turn."""
        turn = self._turn(reply=False)
        asked, replied = self._session.exchange(turn.number)
        after = replied or asked
        left = self._session.branch.name
        branch = self.partner.fork(after.id)
        self._screen.draw()
        self.do_write()
        self._screen.toast(
            f"{branch.name} goes on from turn {turn.number}; [ and ] switch, {left} is untouched."
        )

    async def do_branches(self) -> None:
        """Go to a branch."""
        name = await self._pick("Branches", choices.branches(self._session))
        if name:
            self.partner.switch(name)

    def do_next_branch(self) -> None:
        """Go to the next branch."""
        self._switch(1)

    def do_previous_branch(self) -> None:
        """Go to the branch before."""
        self._switch(-1)

    def _switch(self, by: int) -> None:
        session = self._session
        names = [b.name for b in session.branches]
        if len(names) < 2:
            raise ConfigError("there is one branch: f makes another")
        self.partner.switch(names[(names.index(session.branch.name) + by) % len(names)])
        self._screen.status.say(f"On branch {session.branch.name}.")

    # interventions

    async def do_paraphrase(self) -> None:
        """Ask the question in another wording, on a branch or here."""
        number = await self._pick("Ask in another wording", choices.wordings(self._topic.wordings))
        if not number:
            return
        place = "here"
        if self._screen.dialogue.turns:
            place = await self._pick("Where?", choices.PLACES)
        if place:
            self.do_write()
            await self.partner.ask(int(number) - 1, branch=place == "branch")

    async def do_confront(self) -> None:
        """Put two of its answers that conflict to it, in words the user may change."""
        conflicts = self.partner.conflicts()
        if not conflicts:
            raise ConfigError("no two of its answers on this branch are in conflict")
        conflict = conflicts[0]
        if len(conflicts) > 1:
            picked = await self._pick("Which two?", choices.conflicts(conflicts))
            if not picked:
                return
            conflict = conflicts[int(picked)]
        turns = self._session.turns
        text = await self._screen.app.push_screen_wait(
            Confront(
                [
                    (turn.number, model_name(turn.setup), turn.text)
                    for turn in (turns[conflict.first], turns[conflict.second])
                ],
                self.partner.challenge(conflict),
                f"Told apart by: “{one_line(conflict.quotes[0], 120)}” / "
                f"“{one_line(conflict.quotes[1], 120)}”",
            )
        )
        if text:
            self._screen.prompt.focus()
            await self.partner.confront(conflict, text)

    async def do_argue(self) -> None:
        """Put an argument of the library to it."""
        bank = {argument.name: argument for argument in self._topic.arguments}
        if not bank:
            raise ConfigError("the library has no arguments on this question")
        name = await self._pick("Put an argument", choices.arguments(bank.values()))
        if name:
            await self.partner.argue(bank[name])

    async def do_push(self) -> None:
        """Disagree without a reason."""
        kind = await self._pick("Push without a reason", choices.PUSHES)
        if kind:
            await self.write("push", kind)

    async def do_swap(self) -> None:
        """Swap sides."""
        await self.partner.swap()

    async def do_devil(self) -> None:
        """Have it play devil's advocate."""
        await self.partner.devil()

    async def do_probe(self) -> None:
        """Hand the keyboard to a probe."""
        name = await self._pick("Hand the keyboard to a probe", choices.probes(self._topic))
        if name:
            self._screen.status.say(f"The probe {one_line(name)} is asking.", keys="Esc stops it")
            why = await self.partner.probe(name)
            self._screen.draw()
            self._screen.status.say(why or f"The probe {one_line(name)} came to its end.")

    # setup

    async def do_setup(self) -> None:
        """Change any part of the setup."""
        talk = self._screen.talk
        picked = await self._pick("Setup", choices.setup(talk.setup, talk.topic))
        if picked in ("model", "persona", "topic"):
            await self.do(picked, "")
        elif picked:
            await self._sampling(picked)

    async def _sampling(self, name: str) -> None:
        setup = self._screen.talk.setup
        sampling = setup.sampling
        now = setup.system if name == "system" else str(getattr(sampling, name))
        text = await self._screen.app.push_screen_wait(Ask(choices.SETTINGS[name], value=now))
        if text is None:
            return
        if name == "system":
            self._use(replace(setup, system=text))
            return
        try:
            value = int(text) if name == "max_tokens" else float(text)
        except ValueError:
            raise ConfigError(f"{one_line(text, 40)!r} is no number") from None
        low, high = choices.LIMITS[name]
        if not low <= value <= high:
            raise ConfigError(f"{choices.SETTINGS[name]}: between {low:g} and {high:g}")
        changed: dict[str, Any] = {name: value}
        self._use(replace(setup, sampling=replace(sampling, **changed)))

    async def do_model(self) -> None:
        """Choose who answers."""
        talk = self._screen.talk
        spec = await self._pick(
            "Who answers",
            choices.models(talk.setup.model, self._screen.gadfly.sessions),
            hint="pick one, or write any spec: http://127.0.0.1:8000/v1#model",
            free=True,
        )
        if not spec:
            return
        self._screen.mending.stop()
        self._use(replace(talk.setup, model=spec))
        await self.partner.open()

    async def do_persona(self) -> None:
        """Choose whom it answers as."""
        setup = self._screen.talk.setup
        who = await self._pick(
            "Answer as",
            choices.personas(setup.persona),
            hint="pick one, or write who: a country doctor",
            free=True,
        )
        if who:
            self._use(replace(setup, persona="" if who == choices.NOBODY else who))

    def _use(self, setup: Setup) -> None:
        self._screen.talk.use(setup)
        self._screen.draw()

    async def do_topic(self) -> None:
        """Choose what the dialogue is about."""
        from gadfly.eval.chat.topic import topic_of

        talk = self._screen.talk
        found = await asyncio.to_thread(choices.questions, talk.topic)
        name = await self._pick("What it is about", found)
        if not name:
            return
        if name == choices.OWN:
            topic = await self._own_question()
            if topic is None:
                return
        else:
            topic = None if name == choices.NOTHING else topic_of(name)
        talk.set_topic(topic)
        self._screen.draw()

    async def _own_question(self) -> Topic | None:
        from gadfly.eval.chat.topic import free_topic

        app = self._screen.app
        question = await app.push_screen_wait(
            Ask("Your question", hint="Is it wrong to break a promise to prevent a small harm?")
        )
        if not question:
            return None
        a = await app.push_screen_wait(Ask("Statement A, the one +1 stands for", about=question))
        b = await app.push_screen_wait(
            Ask("Statement B, the one -1 stands for", about=f"{question}\n+1: {a}")
        )
        return free_topic(question, a, b) if a and b else None

    # looking closer

    async def do_meters(self) -> None:
        """Show all meters, as a sheet where there is no room for the panel."""
        from gadfly.tui.screens.meter_sheet import MeterSheet

        await self._screen.app.push_screen_wait(
            MeterSheet(self._screen.gadfly.glyphs, self._screen.meters())
        )

    async def do_why(self) -> None:
        """Show where the number at a turn comes from."""
        turn = self._turn(reply=True)
        partner = self.partner
        measures = next((m for m in partner.measures() if m.turn == turn.id), None)
        content = why_content(
            measures, partner.evidence(turn.id), self._session, self._screen.gadfly.glyphs
        )
        await self._screen.app.push_screen_wait(
            TextSheet(f"Where the numbers at turn {turn.number} come from", content)
        )

    async def do_thoughts(self) -> None:
        """Show what the model thought before a reply."""
        turn = self._turn(reply=True)
        text = self.partner.reasoning(turn.id)
        if not text:
            raise ConfigError("the model showed no thoughts before this reply")
        await self._screen.app.push_screen_wait(Page(f"Thoughts before turn {turn.number}", text))

    async def do_measure(self) -> None:
        """Measure a reply now, however it ended."""
        turn = self._turn(reply=True)
        _ = self._topic
        await self.partner.measure(turn.id)

    async def do_find(self, words: str) -> None:
        """Find words in this dialogue."""
        if not words:
            asked = await self._screen.app.push_screen_wait(
                Ask("Find in this dialogue", hint="words as they stand there")
            )
            words = asked or ""
        count = self._screen.dialogue.find(words)
        if words:
            self._screen.dialogue.focus()
            self._screen.status.say(f"{count} turns hold it.", keys="n next, N last, i goes back")

    async def do_find_here(self) -> None:
        """Find words in this dialogue."""
        await self.do_find("")

    def do_find_next(self) -> None:
        """Go to the next place found."""
        self._screen.dialogue.find_again()

    def do_find_last(self) -> None:
        """Go to the last place found before this."""
        self._screen.dialogue.find_again(back=True)

    async def do_recall(self) -> None:
        """Search what was sent before."""
        history = self._screen.prompt.sent[::-1]
        picked = await self._pick("What you sent before", choices.texts(history))
        if picked:
            self._screen.prompt.put(picked)
            self._screen.prompt.focus()

    def do_follow(self) -> None:
        """Go to the end and follow it."""
        self._screen.dialogue.follow()

    def do_page_up(self) -> None:
        """Scroll up."""
        self._screen.dialogue.scroll_page_up(animate=False)

    def do_page_down(self) -> None:
        """Scroll down."""
        self._screen.dialogue.scroll_page_down(animate=False)

    def do_blind(self) -> None:
        """Hide the meters, or show them."""
        talk = self._screen.talk
        talk.hide(blind=not talk.blind)
        self._screen.draw()
        self._screen.toast("Meters hidden." if talk.blind else "Meters shown.")

    # taking away

    def do_copy(self) -> None:
        """Copy the chosen turn, else the last reply."""
        chosen = self._screen.dialogue.selected
        session = self._session
        turn = session.turns[chosen] if chosen is not None else self._turn(reply=True)
        self._screen.gadfly.copy_to_clipboard(safe(turn.text))

    def do_copy_all(self) -> None:
        """Copy the whole dialogue."""
        texts = [
            f"{'You' if t.role == 'user' else model_name(t.setup)} {t.number}"
            f"{f' ({mark_text(t.marks)})' if t.marks else ''}:\n{t.text}"
            for t in self._session.thread()
        ]
        self._screen.gadfly.copy_to_clipboard(safe("\n\n".join(texts)))

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

    async def _pick(
        self,
        title: str,
        found: object,
        *,
        hint: str = "",
        free: bool = False,
    ) -> str:
        from collections.abc import Sequence

        assert isinstance(found, Sequence)
        picked = await self._screen.app.push_screen_wait(Picker(title, found, hint=hint, free=free))
        return picked or ""
