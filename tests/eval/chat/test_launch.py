"""The terminal UI joins the command by entry point, and its absence is told."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from gadfly.bot.errors import ConfigError
from gadfly.eval.chat import launch, plain
from gadfly.eval.chat.launch import Launch, start_ui
from gadfly.eval.cli import command

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Launch]:
    """A terminal, and a UI that keeps what it is started with."""
    started: list[Launch] = []

    def ui(found: Launch) -> int:
        started.append(found)
        return 0

    def offered(group: str) -> Iterator[tuple[str, Any]]:
        assert group == "gadfly.ui"
        yield "full", ui

    monkeypatch.setattr(launch, "plugins", offered)
    monkeypatch.setattr(plain, "mode_for", lambda *, plain_asked: "screen")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("GADFLY_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return started


def gadfly(monkeypatch: pytest.MonkeyPatch, *args: str) -> int:
    monkeypatch.setattr(sys, "argv", ["gadfly", *args])
    with pytest.raises(SystemExit) as left:
        command.main()
    assert isinstance(left.value.code, int)
    return left.value.code


def test_without_a_ui_the_way_out_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is installed: the message says what to install, and that --plain needs nothing."""
    monkeypatch.setattr(launch, "plugins", lambda _: iter(()))
    with pytest.raises(ConfigError, match="--plain"):
        start_ui(Launch(screen="start"))


def test_what_was_asked_for_reaches_the_ui(
    screen: list[Launch], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Model, topic, side and sampling come through; spar puts the partner over the model."""
    args = ("-m", "sim:parrot", "--topic", "care.care-home", "--argue-for", "b", "--blind")
    assert gadfly(monkeypatch, "spar", *args, "--sampling", "temperature=.2") == 0

    (found,) = screen
    assert found.screen == "spar"
    assert found.setup is not None
    assert found.setup.model == "spar:sim:parrot"
    assert found.setup.sampling.temperature == 0.2
    assert found.setup.sampling.max_tokens == 512
    assert found.setup.system.startswith("From now on, argue that it is wrong")
    assert found.topic is not None
    assert found.topic.id == "care.care-home"
    assert found.blind


def test_bare_gadfly_starts_it(screen: list[Launch], monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal the bare command opens the start screen; resume alone opens the list."""
    assert gadfly(monkeypatch) == 0
    assert gadfly(monkeypatch, "resume") == 0
    assert [found.screen for found in screen] == ["start", "resume"]


def test_bare_gadfly_without_a_ui_prints_help(
    screen: list[Launch], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing to open: the help, and no error."""
    monkeypatch.setattr(launch, "plugins", lambda _: iter(()))
    assert gadfly(monkeypatch) == 0
    assert "Commands:" in capsys.readouterr().out
    assert screen == []


def test_a_dumb_terminal_talks_in_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """No full screen where the terminal cannot do it, or is none."""
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert plain.mode_for(plain_asked=False) == "screen"
    assert plain.mode_for(plain_asked=True) == "plain"
    monkeypatch.setenv("TERM", "dumb")
    assert plain.mode_for(plain_asked=False) == "plain"
