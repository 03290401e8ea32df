"""A server that is down: say so, try again at growing intervals, say when it is back."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from gadfly.bot.errors import GadflyError

if TYPE_CHECKING:
    from textual.timer import Timer

    from gadfly.tui.screens.chat import ChatScreen

WAITS_S = (1, 2, 4, 8, 15)
"""Seconds between tries; the last one for ever."""


class Mending:
    """Tries to reach the model again until it answers; never sends a prompt of its own accord."""

    def __init__(self, screen: ChatScreen) -> None:
        """Begin with nothing to mend."""
        self._screen = screen
        self._problem = ""
        self._since = 0.0
        self._tries = 0
        self._left = 0
        self._timer: Timer | None = None
        self._trying = False

    @property
    def is_on(self) -> bool:
        """Whether the model is away."""
        return bool(self._problem)

    def begin(self, problem: str) -> None:
        """Start trying, or go on."""
        if not self._problem:
            self._since, self._tries = time.monotonic(), 0
        self._problem = problem
        self._left = WAITS_S[min(self._tries, len(WAITS_S) - 1)]
        self._tries += 1
        if self._timer is None:
            self._timer = self._screen.set_interval(1.0, self._tick)
        self._say()

    def mended(self, name: str) -> None:
        """Stop trying: it answers."""
        if self._problem:
            away = time.monotonic() - self._since
            self._screen.toast(f"{name} is back (was away {away:.0f} s).")
        self.stop()

    def stop(self) -> None:
        """Stop trying, whatever came of it."""
        self._problem = ""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._screen.banner.say("")

    def now(self) -> None:
        """Try at once."""
        self._left = 0
        self._tick()

    def _say(self) -> None:
        when = f"Trying again in {self._left} s" if self._left > 0 else "Trying again now"
        self._screen.banner.say(
            f"{self._problem}\n{when} (try {self._tries})   F9 now   Ctrl+O another model"
        )

    def _tick(self) -> None:
        if not self._problem or self._trying or self._screen.talk.is_replying:
            return
        self._left -= 1
        self._say()
        if self._left <= 0:
            self._trying = True
            self._screen.run_worker(self._try(), group="mending", exit_on_error=False)

    async def _try(self) -> None:
        partner = self._screen.talk.partner
        try:
            if partner is None:
                self.stop()
            elif await partner.open():
                self.mended(self._screen.who())
        except GadflyError as e:
            self._problem = str(e)
        finally:
            self._trying = False
