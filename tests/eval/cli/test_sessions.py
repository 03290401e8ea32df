"""`gadfly sessions`: what was said, listed, searched, shown, exported, deleted."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from gadfly.eval.chat.session import new_turn
from gadfly.eval.chat.sessions import Sessions
from gadfly.eval.chat.turn import Setup

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Gadfly = Any


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """Return the id of a session with one exchange, hostile in places."""
    monkeypatch.setenv("GADFLY_HOME", str(tmp_path / "data"))
    setup = Setup(model="sim:calibrated")
    with closing(Sessions().new(setup)) as made:
        asked = made.add(new_turn("user", "Is it \x1b[31mwrong?", None))
        reply = made.add(new_turn("assistant", "Yes\x9b2J.", asked.id, setup=setup))
        made.move(reply.id)
        return made.id


def test_listing_and_searching(gadfly: Callable[..., Gadfly], session: str) -> None:
    """Each session is one harmless line; JSON has the same; nothing found is said."""
    done = gadfly("sessions", "list")
    assert done.code == 0
    assert done.out.startswith(session)
    assert "1 turns" in done.out
    assert "\x1b" not in done.out
    assert gadfly("sessions", "list", "--json").json[0]["id"] == session
    assert session in gadfly("sessions", "search", "WRONG", "yes").out
    missed = gadfly("sessions", "search", "turnips")
    assert (missed.code, missed.out) == (0, "")
    assert "turnips" in missed.err


def test_showing_and_exporting(gadfly: Callable[..., Gadfly], session: str, tmp_path: Path) -> None:
    """A session is shown as harmless text and exported to a new file only."""
    shown = gadfly("sessions", "show", session[:15])
    assert "**You 1**" in shown.out
    assert "\x1b" not in shown.out
    assert "\x9b" not in shown.out
    out = tmp_path / "x.jsonl"
    assert gadfly("sessions", "export", "--to", "openai", "--out", str(out)).code == 0
    assert gadfly("score", str(out)).code == 0
    again = gadfly("sessions", "export", "--out", str(out))
    assert again.code == 2
    assert "exists" in again.err


def test_renaming_and_deleting(gadfly: Callable[..., Gadfly], session: str) -> None:
    """Deleting wants a yes; unknown sessions are a usage error with a hint."""
    assert gadfly("sessions", "rename", session, "New").code == 0
    assert "New" in gadfly("sessions", "list").out
    assert gadfly("sessions", "delete", "nothing", "--yes").code == 2
    assert gadfly("sessions", "delete", session, "--yes").code == 0
    assert gadfly("sessions", "list").out == ""
    assert gadfly("sessions", "show").code == 2


def test_labels_without_any(gadfly: Callable[..., Gadfly], session: str) -> None:
    """No label yet: a sentence, and valid JSON."""
    assert "no dialogue has a label yet" in gadfly("sessions", "labels").out
    assert gadfly("sessions", "labels", "--json").json["labels"] == 0
