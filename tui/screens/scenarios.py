"""The Scenarios screen."""

from __future__ import annotations

from gadfly.tui.screens.base import ScreenBase


class ScenariosScreen(ScreenBase):
    """Nothing here yet."""

    MODE = "scenarios"
