"""Pictures of the Spar screen in every state, at the least size and at a comfortable one.

The state itself is asserted in `test_chat`; a picture that changed is to be looked at.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.pictures import same_picture
from support.screens import NARROW, WIDE, drive, on_top, text_of, until
from support.spar import EXCHANGES, PROMISE, SETUP, spar

from gadfly.eval.chat import event as told
from gadfly.eval.chat.launch import Launch
from gadfly.eval.chat.session import new_turn
from gadfly.eval.chat.turn import Setup
from gadfly.tui.app import GadflyApp
from gadfly.tui.screens.chat import ChatScreen
from gadfly.tui.screens.sheets import Confirm, Confront, Label
from gadfly.tui.widgets.picker import Choice, Picker

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.pilot import Pilot

    from gadfly.eval.chat.sessions import Sessions

    State = Callable[[Pilot[None], ChatScreen], Awaitable[None]]


async def idle(pilot: Pilot[None], screen: ChatScreen) -> None:
    """Do nothing."""


async def streaming(pilot: Pilot[None], screen: ChatScreen) -> None:
    """Have half a reply."""
    asked = new_turn("user", "And if the harm is not so small?", screen.dialogue.turns[-1].id)
    asked = replace(asked, id=900, number=9)
    reply = replace(new_turn("assistant", "", 900, status="streaming", setup=SETUP), id=901)
    screen.listen(told.Started(asked, replace(reply, number=9)))
    await pilot.pause()
    text = "Then **more** weighs against it:\n\n- the harm;\n- who bears it;\n- what was prom"
    screen.listen(told.Delta(901, text))
    screen._pieces = 0  # so that no clock is shown
    screen.dialogue._flush(force=True)
    screen.dialogue.set_live_status("answering, tokens: 24")
    screen.status.say("Answering, tokens: 24, 40/s, first after 0.6 s", keys="Esc stops")


async def waiting(pilot: Pilot[None], screen: ChatScreen) -> None:
    """Wait for a slow first token."""
    await streaming(pilot, screen)
    screen.dialogue.end(replace(screen.dialogue.turns[-1], text=""))
    screen._pieces = 0
    screen.listen(told.Waiting(turn=901, seconds=14.0))


async def thinking(pilot: Pilot[None], screen: ChatScreen) -> None:
    """Reason for a while."""
    await waiting(pilot, screen)
    screen.listen(told.Waiting(turn=901, seconds=8.0, thought=310))


async def loading(pilot: Pilot[None], screen: ChatScreen) -> None:
    """Load weights."""
    screen.listen(told.Loading(model="smollm2", text="reading weights", seconds=3.0, share=0.4))


async def unreachable(pilot: Pilot[None], screen: ChatScreen) -> None:
    """Lose the server, with a try under way, so that the clock to the next one stands still."""
    screen.mending._trying = True
    screen.listen(
        told.Failed(
            kind="unreachable",
            problem="Nobody answers at http://127.0.0.1:8000/v1.",
            advice="Start it with `gadfly serve MODEL`.",
            give_back="And if the harm is large?",
        )
    )
    await until(pilot, lambda: screen.mending.is_on)


async def interrupted(pilot: Pilot[None], screen: ChatScreen) -> None:
    """Lose the connection in mid-reply."""
    await streaming(pilot, screen)
    cut = replace(screen.dialogue.turns[-1], status="interrupted", text="Then more weighs agai")
    screen.listen(
        told.Failed(kind="interrupted", problem="The connection was lost.", advice="", reply=cut)
    )


async def chosen(pilot: Pilot[None], screen: ChatScreen) -> None:
    """Choose a turn and find a word."""
    await pilot.press("escape")
    await until(pilot, lambda: screen.dialogue.has_focus)
    screen.dialogue.find("promise")
    await pilot.press("k", "k")


async def blind(pilot: Pilot[None], screen: ChatScreen) -> None:
    """Hide the meters."""
    screen.talk.hide(blind=True)
    screen.draw()


async def command(pilot: Pilot[None], screen: ChatScreen) -> None:
    """Begin a command."""
    await pilot.press("/", "p")


async def light(pilot: Pilot[None], screen: ChatScreen) -> None:
    """Take the light theme."""
    pilot.app.theme = "gadfly-light"


async def helped(pilot: Pilot[None], screen: ChatScreen) -> None:
    """Ask for help."""
    await pilot.press("f1")


async def meters(pilot: Pilot[None], screen: ChatScreen) -> None:
    """Open all meters."""
    await pilot.press("ctrl+t")


async def why(pilot: Pilot[None], screen: ChatScreen) -> None:
    """Ask where a number comes from."""
    screen.do("why")


async def labelled(pilot: Pilot[None], screen: ChatScreen) -> None:
    """Be asked for a label, one gathered."""
    pilot.app.push_screen(Label())
    await pilot.pause()
    await pilot.press("F")


async def confront(pilot: Pilot[None], screen: ChatScreen) -> None:
    """Confront it with two of its answers."""
    quotes = [(1, "reasoner-8b", EXCHANGES[0][1]), (7, "reasoner-8b", EXCHANGES[6][1])]
    text = "Earlier you said it is permissible, now that it is not. Which do you hold?"
    pilot.app.push_screen(Confront(quotes, text, "Told apart by: “Yes” / “No”"))


async def debrief(pilot: Pilot[None], screen: ChatScreen) -> None:
    """Read the debrief."""
    screen.do("debrief")


async def setup(pilot: Pilot[None], screen: ChatScreen) -> None:
    """Open the setup."""
    await pilot.press("ctrl+o")


async def nothing_found(pilot: Pilot[None], screen: ChatScreen) -> None:
    """Find no session."""
    empty = "No session yet: what you say here makes one."
    pilot.app.push_screen(Picker("Sessions", [Choice(value="a", label="a")], empty=empty))
    await pilot.pause()
    await pilot.press("z")


async def leaving(pilot: Pilot[None], screen: ChatScreen) -> None:
    """Be asked before quitting."""
    pilot.app.push_screen(Confirm("Quit?", "What is written in the prompt would be gone."))


STATES: dict[str, State] = {
    state.__name__: state
    for state in (
        idle,
        streaming,
        waiting,
        thinking,
        loading,
        unreachable,
        interrupted,
        chosen,
        blind,
        command,
        light,
        helped,
        meters,
        why,
        labelled,
        confront,
        debrief,
        setup,
        nothing_found,
        leaving,
    )
}


async def look(
    launch: Launch, sessions: Sessions, size: tuple[int, int], state: State, name: str
) -> None:
    """Bring the screen into a state and compare it with its picture."""
    app = GadflyApp(launch, sessions=sessions)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: isinstance(app.screen, ChatScreen) and app.is_started)
        screen = on_top(app, ChatScreen)
        screen.prompt.cursor_blink = False
        if launch.screen == "resume":
            await until(pilot, lambda: len(screen.dialogue.turns) == 2 * len(EXCHANGES))
        await state(pilot, screen)
        await pilot.pause()
        await pilot.wait_for_scheduled_animations()
        await same_picture(pilot, f"spar-{name}", sessions.root.parent)
        screen.mending.stop()
        await screen.talk.aclose()


@pytest.mark.parametrize("size", [NARROW, WIDE])
@pytest.mark.parametrize("state", STATES)
def test_a_dialogue(sessions: Sessions, state: str, size: tuple[int, int]) -> None:
    """A measured dialogue of eight turns, in every state."""
    session = spar(sessions)
    session.close()
    launch = Launch(screen="resume", session=session.id)

    drive(look(launch, sessions, size, STATES[state], state))


@pytest.mark.parametrize("size", [NARROW, WIDE, (50, 12)])
def test_the_beginning(sessions: Sessions, size: tuple[int, int]) -> None:
    """Before anything is said; and where there is no room for it."""
    launch = Launch(screen="start", setup=Setup(model="smollm2"), topic=PROMISE)

    drive(look(launch, sessions, size, idle, "beginning"))


@pytest.mark.parametrize("size", [NARROW, WIDE])
def test_without_colour_and_beyond_ascii(
    sessions: Sessions, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """NO_COLOR takes all colour away, the ASCII signs stand for the others."""
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("GADFLY_GLYPHS", "ascii")
    session = spar(sessions)
    session.close()
    launch = Launch(screen="resume", session=session.id)

    async def main() -> None:
        app = GadflyApp(launch, sessions=sessions)
        async with app.run_test(size=size) as pilot:
            await until(pilot, lambda: isinstance(app.screen, ChatScreen) and app.is_started)
            screen = on_top(app, ChatScreen)
            await until(pilot, lambda: len(screen.dialogue.turns) == 2 * len(EXCHANGES))
            await chosen(pilot, screen)
            await pilot.pause()
            strange = {char for char in text_of(app) if not char.isascii()}
            assert strange <= {"…", "•"}, strange  # cut text, Markdown
            for strip in app.screen._compositor.render_strips(app.size):
                for segment in strip:
                    style = segment.style
                    assert style is None or style.color is None or style.color.is_default
                    assert style is None or style.bgcolor is None or style.bgcolor.is_default
            await screen.talk.aclose()

    drive(main())
