"""Tells that a model is being loaded, every second, while it is."""

from __future__ import annotations

import asyncio
import re
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from gadfly.bot.foreign import plain
from gadfly.eval.chat.event import Loading

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from gadfly.eval.chat.event import Event

_SHARE = re.compile(r"\b(\d{1,3})\s?%")


@asynccontextmanager
async def loading(
    model: str, listen: Callable[[Event], None]
) -> AsyncIterator[Callable[[str], None]]:
    """Give what a respondent's `open` is to talk to; the last sentence is told every second."""
    start = time.monotonic()
    said = f"reaching {plain(model)}"

    def tell() -> None:
        listen(
            Loading(model=model, text=said, seconds=time.monotonic() - start, share=share_in(said))
        )

    def talk(text: str) -> None:
        nonlocal said
        said = plain(text)
        tell()

    async def repeat() -> None:
        while True:
            await asyncio.sleep(1.0)
            tell()

    tell()
    task = asyncio.get_running_loop().create_task(repeat())
    try:
        yield talk
    finally:
        task.cancel()


def share_in(text: str) -> float | None:
    """Return how much is done where a text says so, as in "Loading weights: 40 %"."""
    found = _SHARE.search(text)
    if found is None:
        return None
    return min(1.0, int(found.group(1)) / 100)
