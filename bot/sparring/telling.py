"""What the bot is doing before its reply is there, told to whoever waits for it.

A reply takes several calls: a reader who sees only a clock cannot tell work from a fault. The
listener belongs to the context of one `SparringBot.work` and to all tasks begun in it, so that
what is shared, states above all, need not know who is waiting.
"""

from __future__ import annotations

import contextlib
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LISTENER: ContextVar[Callable[[str], None] | None] = ContextVar("listener", default=None)


@contextlib.contextmanager
def telling(to: Callable[[str], None]) -> Iterator[None]:
    """Have what is done in this context told to somebody."""
    token = _LISTENER.set(to)
    try:
        yield
    finally:
        _LISTENER.reset(token)


def tell(what: str) -> None:
    """Say what is being done, as "weighing your reason"; nobody need be listening."""
    listener = _LISTENER.get()
    if listener is not None:
        listener(what)


def is_heard() -> bool:
    """Tell whether somebody is listening."""
    return _LISTENER.get() is not None
