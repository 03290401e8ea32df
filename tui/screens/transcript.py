"""The Transcript screen."""

from __future__ import annotations

from gadfly.tui.screens.base import ScreenBase


class TranscriptScreen(ScreenBase):
    """Nothing here yet."""

    MODE = "transcript"
