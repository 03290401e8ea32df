"""The event loop that runs are held on: uvloop where it is installed, else asyncio's own."""

from __future__ import annotations

import asyncio
import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator

T = TypeVar("T")

_ALLOCATIONS = 50_000
"""New objects between two collections (700 by default). A run has hundreds of dialogues open, all
of them alive, and looking through them that often took a fifth of its time."""


def run_loop(work: Coroutine[None, None, T]) -> T:
    """Run a coroutine to its end, as `asyncio.run` does, on the fastest loop there is."""
    with _rare_collections():
        try:
            from uvloop import new_event_loop
        except ImportError:  # not on Windows, and an extra elsewhere
            return asyncio.run(work)
        with asyncio.Runner(loop_factory=new_event_loop) as runner:
            return runner.run(work)


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Have the collector look seldom, and not at what is there already: modules, library, plan."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_ALLOCATIONS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
