"""Stopping cleanly: a terminated or closed terminal ends a command as Ctrl-C does."""

from __future__ import annotations

import asyncio
import contextlib
import signal


def stop_on_signals() -> None:
    """Cancel the running task on SIGTERM and SIGHUP, where the platform has them."""
    task = asyncio.current_task()
    if task is None:
        return
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None:
            with contextlib.suppress(NotImplementedError):
                asyncio.get_running_loop().add_signal_handler(number, task.cancel)
