"""Drives screens in tests: waits for what must come, and reads what is shown."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from textual.app import App
    from textual.pilot import Pilot
    from textual.screen import Screen

Kind = TypeVar("Kind")

WIDE = (120, 40)
NARROW = (80, 24)


def drive(going: Coroutine[object, object, None]) -> None:
    """Run a test's coroutine to its end."""
    asyncio.run(going)


async def until(pilot: Pilot[object], holds: Callable[[], object], seconds: float = 30.0) -> None:
    """Wait until something holds; one pause is never enough to rely on."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came"
        await pilot.pause(0.02)


def on_top(app: App[object], kind: type[Kind]) -> Kind:
    """Return the screen on top, which must be of a kind."""
    screen: Screen[object] = app.screen
    assert isinstance(screen, kind), f"{screen!r} is on top"
    return screen


def shown(app: App[object]) -> str:
    """Return what is on the screen, row by row, as text."""
    width, height = app.size
    rows = app.screen._compositor.render_strips(app.size)
    lines = ["".join(segment.text for segment in row) for row in rows]
    assert len(lines) == height
    assert all(len(line) <= 2 * width for line in lines)
    return "\n".join(line.rstrip() for line in lines)
