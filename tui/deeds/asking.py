"""Interventions: other wordings, confrontation, arguments, pushes, swaps, probes."""

from __future__ import annotations

from gadfly.bot.errors import ConfigError
from gadfly.tui.deeds.desk import Desk
from gadfly.tui.figures import model_name
from gadfly.tui.screens import choices
from gadfly.tui.screens.sheets import Confront
from gadfly.tui.text import one_line


class Asking(Desk):
    """What puts the partner to the test."""

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
