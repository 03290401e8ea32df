"""What is said: sent, stopped, drawn again, edited, on which branch."""

from __future__ import annotations

from gadfly.bot.errors import ConfigError, GadflyError
from gadfly.tui.deeds.desk import Desk
from gadfly.tui.screens import choices
from gadfly.tui.screens.sheets import Confront


class Saying(Desk):
    """What moves the dialogue on, and its branches."""

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
