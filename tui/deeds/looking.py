"""Looking closer: where numbers come from, finding, hiding, copying."""

from __future__ import annotations

from gadfly.bot.errors import ConfigError
from gadfly.tui.deeds.desk import Desk
from gadfly.tui.figures import mark_text, model_name
from gadfly.tui.screens import choices
from gadfly.tui.screens.sheet import TextSheet
from gadfly.tui.screens.sheets import Ask, Page
from gadfly.tui.screens.why import why_content
from gadfly.tui.text import safe


class Looking(Desk):
    """What changes nothing in the dialogue."""

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
