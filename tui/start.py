"""Where the command starts the terminal UI (entry point of the group `gadfly.ui`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gadfly.eval.chat.launch import Launch


INTERNAL = 5
"""Exit code of a program error; 1 means a regression and nothing else."""


def run(launch: Launch) -> int:
    """Show the terminal UI until the user leaves; return an exit code."""
    from gadfly.tui.app import GadflyApp

    app = GadflyApp(launch, mode="transcript" if launch.screen == "annotate" else "chat")
    app.run()
    return INTERNAL if app.return_code else 0
