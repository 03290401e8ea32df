"""The Compare screen."""

from __future__ import annotations

from gadfly.tui.screens.base import ScreenBase


class CompareScreen(ScreenBase):
    """Nothing here yet."""

    MODE = "compare"
