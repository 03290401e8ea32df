"""Driving the terminal UI in tests: wait for what is to come, read what is on the screen."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App
    from textual.pilot import Pilot

WAIT_S = 10.0


async def until(pilot: Pilot[None], happened: Callable[[], bool]) -> None:
    """Wait until something holds; fail where it does not in time."""
    end = time.monotonic() + WAIT_S
    while not happened():
        assert time.monotonic() < end, f"did not happen in {WAIT_S} s:\n{text_of(pilot.app)}"
        await pilot.pause(0.01)
    await pilot.pause()


def text_of(app: App[None]) -> str:
    """Return what the screen shows, line by line."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(s.text for s in strip).rstrip() for strip in strips)
