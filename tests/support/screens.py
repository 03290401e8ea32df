"""Driving the terminal UI in tests: wait for what is to come, read what is on the screen."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from textual.app import App
    from textual.pilot import Pilot
    from textual.screen import Screen

Kind = TypeVar("Kind")

WAIT_S = 60.0
WIDE = (120, 40)
NARROW = (80, 24)


def drive(going: Coroutine[Any, Any, None]) -> None:
    """Run a test's coroutine to its end."""
    asyncio.run(going)


async def until(pilot: Pilot[Any], happened: Callable[[], object], seconds: float = WAIT_S) -> None:
    """Wait until something holds; fail where it does not in time."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, f"did not happen in {seconds} s:\n{text_of(pilot.app)}"
        await pilot.pause(0.01)
    await pilot.pause()


def on_top(app: App[Any], kind: type[Kind]) -> Kind:
    """Return the screen on top, which must be of a kind."""
    screen: Screen[Any] = app.screen
    assert isinstance(screen, kind), f"{screen!r} is on top"
    return screen


def text_of(app: App[Any]) -> str:
    """Return what the screen shows, line by line."""
    strips = app.screen._compositor.render_strips(app.size)
    return "\n".join("".join(s.text for s in strip).rstrip() for strip in strips)


def toasts(app: App[Any]) -> str:
    """Return what passing messages say that are on screen now."""
    return " | ".join(note.message for note in app._notifications)
