"""Who answers, as whom, on what, and how."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gadfly.bot.errors import ConfigError
from gadfly.tui.deeds.desk import Desk
from gadfly.tui.screens import choices
from gadfly.tui.screens.sheets import Ask
from gadfly.tui.text import one_line

if TYPE_CHECKING:
    from gadfly.eval.chat.topic import Topic
    from gadfly.eval.chat.turn import Setup


class Setting(Desk):
    """What changes the setup."""

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
