"""Where the command starts the terminal UI (entry point of the group `gadfly.ui`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gadfly.eval.chat.launch import Launch


INTERNAL = 5
"""Exit code of a program error; 1 means a regression and nothing else."""


def run(launch: Launch) -> int:
    """Show the terminal UI until the user leaves; return an exit code.

    Raises:
        ConfigError: A key in `[keys]` of gadfly.toml is wrong.
    """
    from gadfly.eval.cli.settings import keys_table
    from gadfly.tui.app import GadflyApp

    keymap = {}
    if keys_table()[0]:  # else the screens need not be imported yet
        from gadfly.tui.keymap import read_keymap

        keymap = read_keymap()
    mode = "transcript" if launch.screen == "annotate" else "chat"
    app = GadflyApp(launch, mode=mode, keymap=keymap)
    app.run(mouse=launch.mouse)
    return INTERNAL if app.return_code else 0
