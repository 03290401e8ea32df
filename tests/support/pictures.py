"""Pictures of screens, compared with those that were looked at and kept.

With GADFLY_PICTURES=keep in the environment a picture is written instead of compared; look at it
before it is committed.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App

KEPT = Path(__file__).parents[1] / "tui" / "pictures"


def same_picture(app: App[Any], name: str, folder: Path) -> None:
    """Hold that the screen looks as the picture `NAME-WIDTH.svg` does.

    Where it does not, the new one is written to `folder`.
    """
    width, _ = app.size
    file = f"{name}-{width}.svg"
    now = app.export_screenshot(title="Gadfly", simplify=True)
    if os.environ.get("GADFLY_PICTURES") == "keep":
        KEPT.mkdir(exist_ok=True)
        (KEPT / file).write_text(now, encoding="utf-8")
        return
    kept = KEPT / file
    assert kept.is_file(), f"no picture {file}: GADFLY_PICTURES=keep writes it"
    if kept.read_text(encoding="utf-8") != now:
        (folder / file).write_text(now, encoding="utf-8")
        raise AssertionError(f"{kept} is another picture than {folder / file}")
