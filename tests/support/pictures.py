"""Pictures of screens, compared with those that were looked at and kept.

With GADFLY_PICTURES=keep in the environment a picture is written instead of compared; look at it
before it is committed.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.pilot import Pilot

WAIT_S = 30.0
KEEP_S = 0.5
KEPT = Path(__file__).parents[1] / "tui" / "pictures"


async def same_picture(pilot: Pilot[Any], name: str, folder: Path) -> None:
    """Hold that the screen comes to look as the picture `NAME-WIDTH.svg` does.

    Where it does not, the one it came to is written to `folder`.
    """
    app = pilot.app
    file = f"{name}-{app.size.width}.svg"
    kept = KEPT / file
    is_kept = os.environ.get("GADFLY_PICTURES") == "keep"
    assert is_kept or kept.is_file(), f"no picture {file}: GADFLY_PICTURES=keep writes it"
    wanted = "" if is_kept else kept.read_text(encoding="utf-8")
    end = time.monotonic() + (KEEP_S if is_kept else WAIT_S)
    while (now := app.export_screenshot(title="Gadfly", simplify=True)) != wanted:
        if time.monotonic() > end:
            break
        await pilot.pause(0.05)
    if is_kept:
        KEPT.mkdir(exist_ok=True)
        kept.write_text(now, encoding="utf-8")
    elif now != wanted:
        (folder / file).write_text(now, encoding="utf-8")
        raise AssertionError(f"{kept} is another picture than {folder / file}")
