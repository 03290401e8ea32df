"""Keys of the user's own: read, held to what can work, and used."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from support.screens import on_top, text_of, until
from support.spar import PROMISE

from gadfly.bot.errors import ConfigError
from gadfly.eval.chat.launch import Launch
from gadfly.eval.chat.turn import Setup
from gadfly.tui import start
from gadfly.tui.app import GadflyApp
from gadfly.tui.keymap import read_keymap, textual_key
from gadfly.tui.screens.chat import ChatScreen
from gadfly.tui.screens.meter_sheet import MeterSheet

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from gadfly.eval.chat.sessions import Sessions


def keys(folder: Path, *lines: str) -> Mapping[str, str]:
    """Write lines under [keys], and read them."""
    (folder / "gadfly.toml").write_text("\n".join(["[keys]", *lines]), encoding="utf-8")
    return read_keymap()


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Ctrl+O", "ctrl+o"),
        ("?", "question_mark"),
        ("+", "plus"),
        ("PgUp", "pageup"),
        ("Esc", "escape"),
        ("shift+g", "G"),
        ("G", "G"),
        ("ctrl+/", "ctrl+slash"),
        ("F7", "f7"),
    ],
)
def test_keys_are_written_as_they_are_shown(written: str, key: str) -> None:
    """In any case, by sign or by name."""
    assert textual_key(written) == key


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('chat-metres = "f7"', "did you mean 'chat-meters'"),
        ('chat-meters = "f77"', "unknown key 'f77'"),
        ('chat-meters = "cmd+t"', "unknown modifier 'cmd'"),
        ('chat-meters = "ctrl+m"', "cannot be told from Enter"),
        ('chat-meters = ""', "a key is a text"),
        ("chat-meters = 7", "a key is a text"),
        ('chat-fork = "w"', "chat-fork and chat-why would both be on 'w'"),
        ('chat-meters = "f2"', "mode-chat and chat-meters would both be on 'F2'"),
        ('chat-meters = "ctrl+c"', "Ctrl+C is for copying"),
        ('quit = "q"', "taken out of what you type"),
        ('chat-meters = "ctrl+e"', "edits text in the prompt"),
        ('chat-meters = "f7"', "edits text in the prompt"),
        ('prompt-editor = "ctrl+t"', "chat-meters and prompt-editor"),
    ],
)
def test_what_could_not_work_is_refused(here: Path, line: str, words: str) -> None:
    """In one line, which says what and where it stands."""
    with pytest.raises(ConfigError) as caught:
        keys(here, line)

    assert words in str(caught.value)
    assert "[keys] of gadfly.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_two_keys_can_change_places(here: Path) -> None:
    """What is on a key that was given away is no clash."""
    assert keys(here, 'chat-fork = "w"', 'chat-why = "f"') == {"chat-fork": "w", "chat-why": "f"}


def test_a_file_for_all_folders_gives_way_to_the_folders_own(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`GADFLY_KEYS` names it; one that is not there is an error, not nothing."""
    (here / "mine.toml").write_text('chat-meters = "f12"\nquit = "f11"\n', encoding="utf-8")
    monkeypatch.setenv("GADFLY_KEYS", str(here / "mine.toml"))

    assert keys(here, 'quit = "ctrl+x"', 'chat-retry = "f10"') == {
        "chat-meters": "f12",
        "quit": "ctrl+x",
        "chat-retry": "f10",
    }

    monkeypatch.setenv("GADFLY_KEYS", str(here / "none.toml"))
    with pytest.raises(ConfigError, match="GADFLY_KEYS"):
        read_keymap()


def test_the_users_keys_work_and_are_shown(here: Path, sessions: Sessions) -> None:
    """The new key does it, the old one no more; a command without a key has one now."""
    keymap = keys(
        here, 'chat-meters = "f12"', 'chat-blind = "f10"', 'mode-runs = "f11"', 'theme = "ctrl+b"'
    )
    launch = Launch(screen="spar", setup=Setup(model="sim:calibrated"), topic=PROMISE)

    async def main() -> None:
        app = GadflyApp(launch, sessions=sessions, keymap=keymap)
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: isinstance(app.screen, ChatScreen) and app.is_started)
            screen = on_top(app, ChatScreen)
            shown = text_of(app)
            assert "F11 Runs" in shown
            assert "F4" not in shown
            assert "F12 Meters" in shown

            await pilot.press("ctrl+t")
            await pilot.pause()
            assert app.screen is screen
            await pilot.press("f10")
            await until(pilot, lambda: screen.talk.blind)
            await pilot.press("f12")
            await until(pilot, lambda: isinstance(app.screen, MeterSheet))
            await pilot.press("escape", "f1")
            await until(pilot, lambda: "F12                 /meters" in text_of(app))
            await pilot.press("escape", "f4")
            await pilot.pause()
            assert app.screen is screen
            await pilot.press("f11")
            await until(pilot, lambda: app.current_mode == "runs")
            await screen.talk.aclose()

    asyncio.run(main())


def test_the_mouse_can_be_left_to_the_terminal(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The application is run without it; a wrong key ends before any screen."""
    seen: list[bool] = []
    monkeypatch.setattr(GadflyApp, "run", lambda self, mouse=True: seen.append(mouse))
    start.run(Launch(screen="start", mouse=False))
    start.run(Launch(screen="start"))
    assert seen == [False, True]

    (here / "gadfly.toml").write_text('[keys]\nhelpp = "f7"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="helpp"):
        start.run(Launch(screen="start"))
    assert len(seen) == 2
