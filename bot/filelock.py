"""A lock file between processes; the operating system frees it when its holder dies."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_POLL_S = 0.2


@contextmanager
def held(path: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock at `path`, waiting as long as another process (or thread) has it.

    `waiting` is called once when there is something to wait for. The file stays where it is:
    removing it would let two holders in. Blocks; never call it on an event loop.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not taken(handle):
            waiting()
            while not taken(handle):
                time.sleep(_POLL_S)
        yield
    finally:
        # Closing frees the lock; unlocking first would add a moment for nothing.
        os.close(handle)


def taken(handle: int) -> bool:
    """Take the lock of an open file if it is free, and say whether; closing the file frees it.

    On Windows it covers the first byte only, which nobody else can read meanwhile.
    """
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
