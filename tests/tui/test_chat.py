"""The Spar screen with a simulant behind it: what the user does, and what comes of it."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from support.screens import text_of, until
from support.spar import PROMISE, spar

from gadfly.eval.chat import event as told
from gadfly.eval.chat.launch import Launch
from gadfly.eval.chat.turn import Setup
from gadfly.tui.app import GadflyApp
from gadfly.tui.screens.chat import ChatScreen
from gadfly.tui.screens.sheets import Confirm, Confront, Label, Page
from gadfly.tui.widgets.picker import Picker
from gadfly.tui.widgets.stance_plot import StancePlot

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import pytest
    from textual.pilot import Pilot

    from gadfly.eval.chat.sessions import Sessions

WIDE = (120, 40)
NARROW = (80, 24)


@asynccontextmanager
async def opened(
    sessions: Sessions, launch: Launch | None = None, size: tuple[int, int] = WIDE
) -> AsyncIterator[tuple[Pilot[None], ChatScreen]]:
    """Open the application; by default a spar on promises with the calibrated simulant."""
    launch = launch or Launch(screen="spar", setup=Setup(model="sim:calibrated"), topic=PROMISE)
    app = GadflyApp(launch, sessions=sessions)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: isinstance(app.screen, ChatScreen) and app.is_started)
        screen = app.screen
        assert isinstance(screen, ChatScreen)
        yield pilot, screen
        await screen.talk.aclose()


async def say(pilot: Pilot[None], screen: ChatScreen, text: str) -> None:
    """Write a text into the prompt and send it; wait for the reply where it asks for one."""
    count = len(screen.dialogue.turns)
    screen.prompt.put(text)
    await pilot.press("enter")
    if not text.startswith("/"):
        await replied(pilot, screen, count + 2)


async def replied(pilot: Pilot[None], screen: ChatScreen, turns: int) -> None:
    """Wait until so many turns are there and nothing is being written or measured."""
    await until(
        pilot,
        lambda: (
            len(screen.dialogue.turns) >= turns
            and not screen.talk.is_replying
            and screen.state != "waiting"
            and not any(m.stance.state == "pending" for m in screen.meters().measures)
        ),
    )


def test_a_question_is_put_answered_and_measured(sessions: Sessions) -> None:
    """Enter on the empty prompt puts the question; reply, stance and plot follow."""

    async def main() -> None:
        async with opened(sessions) as (pilot, screen):
            await pilot.press("enter")
            await replied(pilot, screen, 2)

            asked, reply = screen.dialogue.turns
            assert asked.text == PROMISE.about.question
            assert reply.status == "finished"
            point = screen.query_one(StancePlot).points[0]
            assert point.state == "measured"
            assert point.n
            assert f"{point.value:+.2f}" in text_of(pilot.app)

    asyncio.run(main())


def test_typing_fast_sends_all_of_it(sessions: Sessions) -> None:
    """Enter never overtakes the keys before it."""

    async def main() -> None:
        async with opened(sessions) as (pilot, screen):
            await pilot.press(*"No, never", "enter")
            await replied(pilot, screen, 2)

            assert screen.dialogue.turns[0].text == "No, never"
            assert screen.prompt.text == ""

    asyncio.run(main())


def test_a_new_line_and_a_paste_do_not_send(sessions: Sessions) -> None:
    """Ctrl+J starts a line; pasted line ends stay in the box, escapes in it become pictures."""

    async def main() -> None:
        from textual.events import Paste

        async with opened(sessions) as (pilot, screen):
            await pilot.press("a", "ctrl+j", "b")
            screen.prompt.post_message(Paste("c\nd\x1b[2J"))
            await pilot.pause()

            assert screen.prompt.text == "a\nbc\nd␛[2J"
            assert screen.dialogue.turns == ()

    asyncio.run(main())


def test_history_gives_back_what_was_sent_and_the_draft(sessions: Sessions) -> None:
    """Up walks through what was sent, Down comes back to what was being written."""

    async def main() -> None:
        async with opened(sessions) as (pilot, screen):
            await say(pilot, screen, "first")
            await say(pilot, screen, "second")
            screen.prompt.put("draft")
            await pilot.press("up")
            assert screen.prompt.text == "second"
            await pilot.press("up")
            assert screen.prompt.text == "first"
            await pilot.press("down", "down")
            assert screen.prompt.text == "draft"

    asyncio.run(main())


def test_fork_leaves_the_branch_it_came_from_as_it_was(sessions: Sessions) -> None:
    """F on a turn makes a branch from there; the first one keeps its turns; [ goes back."""

    async def main() -> None:
        async with opened(sessions) as (pilot, screen):
            await say(pilot, screen, "Is it permissible?")
            await say(pilot, screen, "And why?")
            before = screen.dialogue.turns
            await pilot.press("escape", "g", "f")
            await until(pilot, lambda: len(screen.dialogue.turns) == 2)
            await say(pilot, screen, "Then what of small harms?")

            session = screen.talk.session
            assert session is not None
            assert session.thread("main") == before
            assert session.branch.name == "b2"
            assert screen.dialogue.turns[:2] == before[:2]
            await pilot.press("escape", "left_square_bracket")
            await until(pilot, lambda: screen.dialogue.turns == before)

    asyncio.run(main())


def test_turn_mode_moves_both_ways_and_back_to_the_prompt(sessions: Sessions) -> None:
    """Esc chooses the last turn, k and j move, the plot follows, i goes back to writing."""

    async def main() -> None:
        async with opened(sessions) as (pilot, screen):
            await say(pilot, screen, "Is it permissible?")
            await say(pilot, screen, "And why?")
            ids = [t.id for t in screen.dialogue.turns]
            await pilot.press("escape")
            await until(pilot, lambda: screen.dialogue.selected == ids[-1])
            await pilot.press("k", "k", "k")
            assert screen.dialogue.selected == ids[0]
            await pilot.press("j")
            assert screen.dialogue.selected == ids[1]
            await pilot.pause()
            assert screen.meters().chosen is not None
            await pilot.press("i")
            await until(pilot, lambda: screen.prompt.has_focus)
            assert screen.dialogue.selected is None

    asyncio.run(main())


def test_again_draws_another_reply_and_d_goes_back(sessions: Sessions) -> None:
    """R keeps the first draw as a sibling; d goes through them."""

    async def main() -> None:
        async with opened(sessions) as (pilot, screen):
            await say(pilot, screen, "Is it permissible?")
            first = screen.dialogue.turns[1]
            await pilot.press("escape", "r")
            await until(pilot, lambda: screen.dialogue.turns[-1].id != first.id)
            await replied(pilot, screen, 2)
            session = screen.talk.session
            assert session is not None
            assert session.siblings(first.id)[0].id == first.id
            await pilot.press("d")
            await until(pilot, lambda: screen.dialogue.turns[-1].id == first.id)

    asyncio.run(main())


def test_edit_says_it_otherwise_on_a_branch(sessions: Sessions) -> None:
    """E opens the message in a sheet; what is sent there begins a branch."""

    async def main() -> None:
        async with opened(sessions) as (pilot, screen):
            await say(pilot, screen, "Is it permissible?")
            before = screen.dialogue.turns
            await pilot.press("escape", "g", "e")
            await until(pilot, lambda: isinstance(pilot.app.screen, Confront))
            await pilot.press(*" Always?", "enter")
            await until(pilot, lambda: screen.dialogue.turns[:1] != before[:1])
            await replied(pilot, screen, 2)

            session = screen.talk.session
            assert session is not None
            assert screen.dialogue.turns[0].text == "Is it permissible? Always?"
            assert session.thread("main") == before

    asyncio.run(main())


def test_confront_quotes_both_turns_and_sends_what_is_edited(sessions: Sessions) -> None:
    """X shows the two answers in conflict word for word; Enter puts them to the partner."""

    async def main() -> None:
        before = spar(sessions, exchanges=2)
        launch = Launch(screen="resume", session=before.id)
        before.close()
        async with opened(sessions, launch) as (pilot, screen):
            await until(pilot, lambda: len(screen.dialogue.turns) == 4)
            session = screen.talk.session
            assert session is not None
            flip = "No, it is not permissible. A promise binds whatever small harm it does."
            from gadfly.eval.chat.session import new_turn

            asked = session.add(new_turn("user", "Sure?", session.branch.head))
            session.move(session.add(new_turn("assistant", flip, asked.id, setup=session.setup)).id)
            screen.talk.use(Setup(model="sim:calibrated"))
            screen.draw()
            screen.dialogue.focus()
            await pilot.press("x")
            await until(pilot, lambda: isinstance(pilot.app.screen, Confront))
            shown = text_of(pilot.app)
            assert "Yes, it is permissible." in shown
            assert flip[:40] in shown
            await pilot.press("enter")
            await replied(pilot, screen, 8)

            assert screen.dialogue.turns[-2].marks[0].kind == "confront"

    asyncio.run(main())


def test_slash_commands_are_those_of_line_mode(sessions: Sessions) -> None:
    """Every command of the line mode can be written here, and one told in full just runs."""

    async def main() -> None:
        from gadfly.eval.chat.commands import COMMANDS

        async with opened(sessions) as (pilot, screen):
            assert {c.name for c in COMMANDS} <= set(screen.deeds.names())
            await say(pilot, screen, "Is it permissible?")
            await say(pilot, screen, "/push bare")
            await replied(pilot, screen, 4)
            assert screen.dialogue.turns[2].marks[0].kind == "push"
            await say(pilot, screen, "/persona kant")
            await until(pilot, lambda: screen.talk.setup.persona == "kant")
            await say(pilot, screen, "/nosuch")
            await until(pilot, lambda: "nosuch" in screen.status.text)
            await say(pilot, screen, "/rename Small harms")
            await until(
                pilot, lambda: screen.talk.session is not None
                and screen.talk.session.title == "Small harms"
            )  # fmt: skip

    asyncio.run(main())


def test_completion_of_commands() -> None:
    """Tab completes as far as it is certain; the status line says what a command takes."""
    from gadfly.tui.deeds import Deeds

    deeds = Deeds.__new__(Deeds)

    assert deeds.completed("/deb") == "/debrief "
    assert deeds.completed("hello") == ""
    assert deeds.completed("/zz") == ""
    assert "TITLE" in deeds.hints("/rename")
    assert "no such command" in deeds.hints("/zz")


def test_blind_hides_every_number(sessions: Sessions) -> None:
    """/blind takes stances off the messages, the strip and the panel."""

    async def main() -> None:
        for size in (WIDE, NARROW):
            async with opened(sessions, size=size) as (pilot, screen):
                await say(pilot, screen, "Is it permissible?")
                value = screen.query_one(StancePlot).points[0].value
                assert f"{value:+.2f}" in text_of(pilot.app)
                await say(pilot, screen, "/blind")
                await until(pilot, lambda: screen.talk.blind)
                await pilot.pause()
                assert f"{value:+.2f}" not in text_of(pilot.app)

    asyncio.run(main())


def test_debrief_is_shown_and_saved(
    sessions: Sessions, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """/debrief opens a page; s and a name save it as Markdown."""
    from pathlib import Path

    folder = Path(str(tmp_path))
    monkeypatch.chdir(folder)

    async def main() -> None:
        async with opened(sessions) as (pilot, screen):
            await say(pilot, screen, "Is it permissible?")
            await say(pilot, screen, "/debrief")
            await until(pilot, lambda: isinstance(pilot.app.screen, Page))
            await pilot.press("s")
            await until(pilot, lambda: not isinstance(pilot.app.screen, Page))
            await pilot.press("enter")
            await until(pilot, lambda: bool(list(folder.glob("*-debrief.md"))))

    asyncio.run(main())


def test_leaving_asks_for_a_label_and_resume_brings_it_all_back(sessions: Sessions) -> None:
    """One key labels the dialogue on leaving; opened again everything stands there."""

    async def main() -> None:
        async with opened(sessions) as (pilot, screen):
            await say(pilot, screen, "Is it permissible?")
            await say(pilot, screen, "And why?")
            turns = screen.dialogue.turns
            session = screen.talk.session
            assert session is not None
            name = session.id
            await pilot.press("ctrl+q")
            await until(pilot, lambda: isinstance(pilot.app.screen, Label))
            await pilot.press("d")
            await until(pilot, lambda: not pilot.app.is_running or screen.talk.session is None)
        again = sessions.open(name, read_only=True)
        assert again.labels[0].verdicts == ("dogmatic",)
        again.close()
        async with opened(sessions, Launch(screen="resume", session=name)) as (pilot, screen):
            await until(pilot, lambda: len(screen.dialogue.turns) == 4)
            assert [t.text for t in screen.dialogue.turns] == [t.text for t in turns]
            assert screen.prompt.sent[-1] == "And why?"

    asyncio.run(main())


def test_quitting_asks_only_where_something_would_be_lost(sessions: Sessions) -> None:
    """An unsent text is asked about; an empty screen just closes, and leaves no empty session."""

    async def main() -> None:
        async with opened(sessions) as (pilot, screen):
            screen.prompt.put("unsent")
            await pilot.press("ctrl+q")
            await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
            await pilot.press("n")
            await until(pilot, lambda: isinstance(pilot.app.screen, ChatScreen))
            screen.prompt.put("")
            await pilot.press("ctrl+q")
            await until(pilot, lambda: not pilot.app.is_running or screen.talk.session is None)
        assert sessions.list() == ()

    asyncio.run(main())


def test_sessions_are_searched_by_what_was_said(sessions: Sessions) -> None:
    """Ctrl+S lists sessions; typing searches everything said; Enter goes on with one."""
    spar(sessions).close()

    async def main() -> None:
        async with opened(sessions) as (pilot, screen):
            await pilot.press("ctrl+s")
            await until(pilot, lambda: isinstance(pilot.app.screen, Picker))
            await pilot.press(*"convenience")
            await until(pilot, lambda: "against later" in text_of(pilot.app))
            await pilot.press("enter")
            await until(pilot, lambda: len(screen.dialogue.turns) == 16)

    asyncio.run(main())


def test_a_model_that_is_not_there_is_named_and_the_text_comes_back(sessions: Sessions) -> None:
    """With nobody at the address the banner says so and counts down; the prompt is kept."""
    launch = Launch(screen="start", setup=Setup(model="http://127.0.0.1:9/v1#m"), topic=PROMISE)

    async def main() -> None:
        async with opened(sessions, launch) as (pilot, screen):
            screen.prompt.put("Anybody there?")
            await pilot.press("enter")
            await until(pilot, lambda: screen.mending.is_on)
            await until(pilot, lambda: screen.prompt.text == "Anybody there?")
            assert "127.0.0.1:9" in text_of(pilot.app)
            assert "Trying again" in text_of(pilot.app)
            screen.listen(told.Ready(model="m", name="m"))
            await until(pilot, lambda: not screen.mending.is_on)

    asyncio.run(main())


def test_typing_goes_on_while_a_reply_is_written(sessions: Sessions) -> None:
    """Enter during a reply does not send: it says so, and the text stays."""

    async def main() -> None:
        async with opened(sessions) as (pilot, screen):
            await say(pilot, screen, "Is it permissible?")
            partner = screen.talk.partner
            assert partner is not None
            partner._is_busy = True
            await pilot.press(*"more", "enter")
            await until(pilot, lambda: "still answering" in screen.status.text)
            assert screen.prompt.text == "more"
            partner._is_busy = False

    asyncio.run(main())
