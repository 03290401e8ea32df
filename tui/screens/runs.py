"""The Runs screen."""

from __future__ import annotations

from gadfly.tui.screens.base import ScreenBase


class RunsScreen(ScreenBase):
    """Nothing here yet."""

    MODE = "runs"
