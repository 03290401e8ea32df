"""Text from models, servers and files never reaches the terminal as anything but text."""

from __future__ import annotations

import asyncio
import os
import pty
import re
import select
import signal
import sys
import time
from typing import TYPE_CHECKING

import pytest
from support.screens import text_of, until

from gadfly.eval.chat import event as told
from gadfly.eval.chat.launch import Launch
from gadfly.eval.chat.session import new_turn
from gadfly.eval.chat.topic import free_topic
from gadfly.eval.chat.turn import Setup
from gadfly.eval.stored import storable
from gadfly.tui.app import GadflyApp
from gadfly.tui.screens.chat import ChatScreen
from gadfly.tui.screens.sheets import Confirm, Confront, Page
from gadfly.tui.widgets.picker import Choice, Picker

if TYPE_CHECKING:
    from pathlib import Path

    from gadfly.eval.chat.session import Session
    from gadfly.eval.chat.sessions import Sessions

ATTACKS = {
    "clipboard": "\x1b]52;c;Z2FkZmx5\x07",
    "title": "\x1b]0;owned\x07\x1b]2;owned\x1b\\",
    "link": "\x1b]8;;http://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "clear": "\x1b[2J\x1b[H\x1b[31mred\x1b[?1049l",
    "reply": "\x1b[c\x1b[6n\x1bP$q q\x1b\\",
    "c1": "\x9b31m\x9d52;c;Z2Fk\x9c",
    "bell": "\x07\x08\x08\x08\x0b\x0c\x0e",
    "return": "safe\rrm -rf",
    "bidi": "user\u202egnp.exe\u202c \u2066x\u2069",
    "tags": "hi\U000e0041\U000e0042",
    "surrogate": "half \ud83d of it",
    "markup": "[/] [red]x[/red] [@click=app.quit]press[/] [link=http://evil.example]y[/link]",
    "markdown": "[bank](http://evil.example) ![x](http://evil.example/p.png) <http://evil.example>",
    "entity": "&#27;]52;c;Z2Fk&#7; &#x202e; &#x9b;31m",
    "fence": "```\x1b]52;c;Z2Fk\x07\n\x1b[31m\x9b31m\n```",
    "table": "| a |\n|---|\n| \x1b]52;c;Z2Fk\x07 |",
    "long": "A" * 5000 + "\x1b[2J",
    "nested": ">" * 200 + " deep" + "\n- " * 100 + "[" * 500,
}
ALL = "\n\n".join(ATTACKS.values())
_STYLES = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]")
_BAD = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def hostile_session(sessions: Sessions) -> Session:
    """Make a session in which everything foreign is an attack."""
    head = storable(ALL)
    topic = free_topic(f"Is it {head[:300]}?", f"It is. {head[:200]}", f"It is not. {head[:200]}")
    setup = Setup(model=f"http://127.0.0.1:9/v1#{head[:60]}", persona=head[:80])
    session = sessions.new(setup, topic, title=head[:80])
    asked = session.add(new_turn("user", storable(ALL), None))
    reply = new_turn("assistant", storable(ALL), asked.id, setup=setup, problem=storable(ALL))
    reply = session.add(reply)
    session.move(reply.id)
    return session


def clean(app: GadflyApp) -> None:
    """Assert that nothing on the screen is a control, an override or a link."""
    found = _BAD.search(text_of(app).replace("\n", ""))
    assert found is None, repr(found)
    svg = app.export_screenshot()
    assert "<a " not in svg
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", svg)
    for strip in app.screen._compositor.render_strips():
        assert all(s.style is None or s.style.link is None for s in strip)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_everything_foreign_on_the_spar_screen(sessions: Sessions, size: tuple[int, int]) -> None:
    """Messages, live text, strip, panel, header, banner, status and toast show attacks as text."""
    session = hostile_session(sessions)
    name = session.id
    session.close()

    async def main() -> None:
        app = GadflyApp(Launch(screen="resume", session=name), sessions=sessions)
        async with app.run_test(size=size) as pilot:
            await until(
                pilot,
                lambda: isinstance(app.screen, ChatScreen) and bool(app.screen.dialogue.turns),
            )
            screen = app.screen
            assert isinstance(screen, ChatScreen)
            clean(app)
            turns = screen.dialogue.turns
            live = new_turn("assistant", "", turns[0].id, status="streaming")
            screen.dialogue.begin(turns[0], live)
            for attack in ATTACKS.values():
                for char in attack:
                    screen.listen(told.Delta(live.id, char))
                await pilot.pause(0.12)
                clean(app)
            for event in (
                told.Notice(ALL),
                told.Loading(model=ALL, text=ALL, seconds=1.0),
                told.Ready(model=ALL, name=ALL, notes=(ALL,)),
                told.Failed(kind="unreachable", problem=ALL, advice=ALL),
                told.Failed(kind="interrupted", problem=ALL, advice=ALL),
            ):
                screen.listen(event)
                await pilot.pause(0.05)
                clean(app)
            screen.prompt.put(ALL)
            await pilot.pause()
            clean(app)
            await screen.talk.aclose()

    asyncio.run(main())


def test_everything_foreign_on_sheets(sessions: Sessions) -> None:
    """Pickers, confrontations, pages and questions show attacks as text."""

    async def main() -> None:
        app = GadflyApp(Launch(screen="start"), sessions=sessions)
        async with app.run_test(size=(100, 40)) as pilot:
            await until(pilot, lambda: isinstance(app.screen, ChatScreen))
            for sheet in (
                Picker(ALL[:80], [Choice(value=ALL, label=ALL, detail=ALL)]),
                Confront([(1, ALL, ALL)], ALL, ALL, title=ALL[:80]),
                Page(ALL[:80], ALL),
                Confirm(ALL[:80], ALL),
            ):
                app.push_screen(sheet)
                await pilot.pause(0.05)
                clean(app)
                app.pop_screen()
                await pilot.pause()

    asyncio.run(main())


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_what_a_real_terminal_is_sent(sessions: Sessions, tmp_path: Path) -> None:
    """The bytes on the wire set no title, write no clipboard, hold no link."""
    session = hostile_session(sessions)
    asked = session.add(new_turn("user", "Again?", session.branch.head))
    escapes = [ATTACKS[name] for name in ("clipboard", "title", "clear", "reply", "c1", "link")]
    reply = new_turn("assistant", "\n\n".join(escapes), asked.id, setup=session.setup)
    session.move(session.add(reply).id)  # what is at the end is on the screen
    session.close()
    code = (
        "from pathlib import Path\n"
        "from gadfly.eval.chat.launch import Launch\n"
        "from gadfly.eval.chat.sessions import Sessions\n"
        "from gadfly.tui.app import GadflyApp\n"
        f"app = GadflyApp(Launch(screen='resume', session={session.id!r}),\n"
        f"                sessions=Sessions(Path({str(sessions.root)!r})))\n"
        "app.run()\n"
    )
    attack = "␛]8;;http://evil".encode()
    sent = in_terminal(code, until_seen=attack)

    assert attack in _STYLES.sub(b"", sent)  # it is there, as a picture
    assert not re.search(rb"(?:\x1b\]|\x9d|\xc2\x9d)(?:0|1|2|8|52);", sent)
    assert b"\xc2\x9b" not in sent
    assert b"\x1bP$q" not in sent


def in_terminal(code: str, *, until_seen: bytes, seconds: float = 60.0) -> bytes:
    """Run Python in a pseudo-terminal until something is seen; return all it was sent."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ["TERM"] = "xterm-256color"
        os.execv(sys.executable, [sys.executable, "-c", code])
    sent, seen_at, end = b"", 0.0, time.monotonic() + seconds
    try:
        while time.monotonic() < end and not (seen_at and time.monotonic() > seen_at + 0.5):
            ready, _, _ = select.select([terminal], [], [], 0.05)
            if ready:
                sent += os.read(terminal, 65536)
            if not seen_at and until_seen in _STYLES.sub(b"", sent):
                seen_at = time.monotonic()
    except OSError:
        pass
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(terminal)
    return sent
