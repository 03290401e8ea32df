"""Drives screens in tests: waits for what must come, and reads what is shown."""

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

WIDE = (120, 40)
NARROW = (80, 24)


def drive(going: Coroutine[Any, Any, None]) -> None:
    """Run a test's coroutine to its end."""
    asyncio.run(going)


async def until(pilot: Pilot[Any], holds: Callable[[], object], seconds: float = 20.0) -> None:
    """Wait until something holds; one pause is never enough to rely on."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came"
        await pilot.pause(0.02)


def on_top(app: App[Any], kind: type[Kind]) -> Kind:
    """Return the screen on top, which must be of a kind."""
    screen: Screen[Any] = app.screen
    assert isinstance(screen, kind), f"{screen!r} is on top"
    return screen


def shown(app: App[Any]) -> str:
    """Return what is on the screen, row by row, as text."""
    rows = app.screen._compositor.render_strips(app.size)
    return "\n".join("".join(segment.text for segment in row).rstrip() for row in rows)


def toasts(app: App[Any]) -> str:
    """Return what passing messages say that are on screen now."""
    return " | ".join(note.message for note in app._notifications)
