"""The Spar screen beside talking: setting up, looking closer, interventions, the editor."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from support.screens import WIDE, text_of, toasts, until
from support.spar import PROMISE, spar

from gadfly.eval.chat.launch import Launch
from gadfly.eval.chat.topic import topic_of
from gadfly.eval.chat.turn import Setup
from gadfly.tui import clipboard
from gadfly.tui.app import GadflyApp
from gadfly.tui.screens.chat import ChatScreen
from gadfly.tui.screens.sheet import TextSheet
from gadfly.tui.screens.sheets import Ask
from gadfly.tui.widgets.picker import Picker

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from textual.pilot import Pilot

    from gadfly.eval.chat.sessions import Sessions
    from gadfly.eval.chat.topic import Topic

FAMILY = "care.care-home"


@asynccontextmanager
async def opened(
    sessions: Sessions, topic: Topic | None = PROMISE, model: str = "sim:calibrated"
) -> AsyncIterator[tuple[Pilot[None], ChatScreen]]:
    """Open the screen with nothing said yet."""
    launch = Launch(screen="chat", setup=Setup(model=model), topic=topic)
    app = GadflyApp(launch, sessions=sessions)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: isinstance(app.screen, ChatScreen) and app.is_started)
        screen = app.screen
        assert isinstance(screen, ChatScreen)
        yield pilot, screen
        await screen.talk.aclose()


@asynccontextmanager
async def resumed(sessions: Sessions) -> AsyncIterator[tuple[Pilot[None], ChatScreen]]:
    """Open the screen with eight exchanges on it."""
    session = spar(sessions)
    session.close()
    app = GadflyApp(Launch(screen="resume", session=session.id), sessions=sessions)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: isinstance(app.screen, ChatScreen) and app.is_started)
        screen = app.screen
        assert isinstance(screen, ChatScreen)
        await until(pilot, lambda: len(screen.dialogue.turns) == 16)
        yield pilot, screen
        await screen.talk.aclose()


async def answer(pilot: Pilot[None], sheet: type[Picker | Ask], text: str) -> None:
    """Wait for a sheet, write into it, and enter that."""
    await until(pilot, lambda: isinstance(pilot.app.screen, sheet))
    asked = pilot.app.screen
    await pilot.press(*("space" if c == " " else c for c in text), "enter")
    await until(pilot, lambda: pilot.app.screen is not asked)


async def idle(pilot: Pilot[None], screen: ChatScreen, turns: int) -> None:
    """Wait until so many turns are there and nothing is being written."""
    await until(pilot, lambda: len(screen.dialogue.turns) >= turns and not screen.talk.is_replying)


def test_every_part_of_the_setup_can_be_changed(sessions: Sessions) -> None:
    """Sampling within its limits, persona by list or by words, any spec as the model."""

    async def main() -> None:
        async with opened(sessions) as (pilot, screen):
            screen.do("setup")
            await answer(pilot, Picker, "temperature")
            await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
            await pilot.press("ctrl+a", "ctrl+k", *"0.25", "enter")
            await until(pilot, lambda: screen.talk.setup.sampling.temperature == 0.25)

            screen.do("setup")
            await answer(pilot, Picker, "longest")
            await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
            await pilot.press("ctrl+a", "ctrl+k", *"many", "enter")
            await until(pilot, lambda: "'many' is no number" in screen.status.text)

            screen.do("setup")
            await answer(pilot, Picker, "top-p")
            await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
            await pilot.press("ctrl+a", "ctrl+k", "7", "enter")
            await until(pilot, lambda: "between 0.01 and 1" in screen.status.text)

            screen.do("persona")
            await answer(pilot, Picker, "a tired judge")
            await until(pilot, lambda: screen.talk.setup.persona == "a tired judge")

            screen.do("model")
            await answer(pilot, Picker, "sim:parrot")
            await until(pilot, lambda: screen.talk.setup.model == "sim:parrot")

    asyncio.run(main())


def test_a_question_of_ones_own_has_two_sides(sessions: Sessions) -> None:
    """Asked for one after the other; the header and the meters are about it then."""

    async def main() -> None:
        async with opened(sessions, None) as (pilot, screen):
            screen.do("topic")
            await answer(pilot, Picker, "own")
            await answer(pilot, Ask, "Should zoos close?")
            await answer(pilot, Ask, "Zoos should close.")
            await answer(pilot, Ask, "Zoos should stay open.")
            await until(pilot, lambda: screen.talk.topic is not None)

            assert screen.talk.topic is not None
            assert screen.talk.topic.about.b == "Zoos should stay open."
            assert "Should zoos close?" in text_of(pilot.app)

    asyncio.run(main())


def test_interventions_of_the_library(sessions: Sessions) -> None:
    """An argument, a push, a swap and a wording on a branch, put to one sure of its side."""

    async def main() -> None:
        async with opened(sessions, topic_of(FAMILY), "sim:dogmatist?spread=5") as (pilot, screen):
            screen.do("ask")
            await idle(pilot, screen, 2)
            screen.do("argue")
            await answer(pilot, Picker, "strong")
            await idle(pilot, screen, 4)
            screen.do("push")
            await answer(pilot, Picker, "authority")
            await idle(pilot, screen, 6)
            screen.do("swap")
            await idle(pilot, screen, 8)
            kinds = [m.kind for t in screen.dialogue.turns for m in t.marks]
            assert kinds == ["argument", "push", "swap"]

            screen.do("paraphrase")
            await answer(pilot, Picker, "2.")
            await answer(pilot, Picker, "branch")
            await until(pilot, lambda: len(screen.meters().branches) == 2)
            await idle(pilot, screen, 2)
            screen.do("confront")
            await until(pilot, lambda: "in conflict" in screen.status.text)
            screen.do("thoughts")
            await until(pilot, lambda: "no thoughts" in screen.status.text)

    asyncio.run(main())


def test_looking_closer_changes_nothing(sessions: Sessions) -> None:
    """Where a number comes from, words found, what was sent, the whole dialogue copied."""

    async def main() -> None:
        async with resumed(sessions) as (pilot, screen):
            before = screen.dialogue.turns
            screen.do("why")
            await until(pilot, lambda: isinstance(pilot.app.screen, TextSheet))
            shown = text_of(pilot.app)
            assert "Where the numbers at turn 8 come from" in shown
            assert "Stance" in shown
            assert "No call was made off the record" in shown
            await pilot.press("escape")

            screen.do("find")
            await answer(pilot, Ask, "convenience")
            await until(pilot, lambda: "1 turns hold it" in screen.status.text)
            screen.do("find_next")
            screen.do("find_last")

            screen.do("recall")
            await answer(pilot, Picker, "who could ever")
            await until(
                pilot, lambda: screen.prompt.text == "But who could ever count on you then?"
            )

            screen.do("copy-all")
            await until(pilot, lambda: "characters" in toasts(pilot.app))
            screen.do("page_up")
            screen.do("follow")
            await pilot.pause()
            assert screen.dialogue.turns == before

    asyncio.run(main())


@pytest.mark.parametrize(
    ("editor", "words"),
    [("", "Set $EDITOR"), ("true", "No editor: "), ("'", "No editor: ")],
)
def test_an_editor_that_is_not_there_loses_nothing(
    sessions: Sessions, monkeypatch: pytest.MonkeyPatch, editor: str, words: str
) -> None:
    """None set, none that can take the screen, none that can be read: said, and the draft stays."""
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor)

    async def main() -> None:
        async with opened(sessions) as (pilot, screen):
            await pilot.press(*"draft", "ctrl+g")
            await until(pilot, lambda: words in toasts(pilot.app))
            assert screen.prompt.text == "draft"

    asyncio.run(main())


def test_copying_takes_the_first_tool_that_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that fails is passed over; over SSH a tool of this machine is not asked at all."""
    taken = tmp_path / "taken"
    for name, script in (("xclip", "exit 1"), ("xsel", f"/bin/cat > {taken}")):
        tool = tmp_path / name
        tool.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        tool.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("DISPLAY", ":0")

    assert clipboard.copy("three words here") == "Copied 16 characters with xsel."
    assert taken.read_text(encoding="utf-8") == "three words here"

    monkeypatch.setenv("SSH_TTY", "/dev/pts/9")
    assert "OSC 52" in clipboard.copy("three words here")
