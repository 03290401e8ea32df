"""Writing a long text in the user's own editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

if TYPE_CHECKING:
    from textual.app import App


def edited(app: App[None], text: str) -> str | None:
    """Return the text as it left $VISUAL or $EDITOR; None where there is none or it failed."""
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not command:
        app.notify("Set $EDITOR to edit prompts in it.", severity="warning", markup=False)
        return None
    handle, name = tempfile.mkstemp(suffix=".md", prefix="gadfly-")
    path = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        with app.suspend():
            done = subprocess.run([*shlex.split(command), name], check=False)
        if done.returncode:
            app.notify("The editor failed; nothing was changed.", severity="warning", markup=False)
            return None
        return path.read_text(encoding="utf-8", errors="replace").rstrip("\n")
    except (OSError, ValueError, SuspendNotSupported) as e:
        app.notify(f"No editor: {e}", severity="warning", markup=False)
        return None
    finally:
        path.unlink(missing_ok=True)
