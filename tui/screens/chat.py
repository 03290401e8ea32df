"""The Chat screen."""

from __future__ import annotations

from gadfly.tui.screens.base import ScreenBase


class ChatScreen(ScreenBase):
    """Nothing here yet."""

    MODE = "chat"
