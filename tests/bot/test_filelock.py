from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from gadfly.bot.filelock import held

if TYPE_CHECKING:
    from pathlib import Path


def test_the_second_waits_until_the_first_is_done(tmp_path: Path) -> None:
    """Whoever comes second is told once that there is something to wait for, then gets in."""
    order: list[str] = []
    waits = threading.Event()

    def second() -> None:
        def waiting() -> None:
            order.append("waits")
            waits.set()

        with held(tmp_path / "lock", waiting):
            order.append("second")

    thread = threading.Thread(target=second)
    with held(tmp_path / "lock", lambda: order.append("never")):
        thread.start()
        assert waits.wait(timeout=60)
        order.append("first")
    thread.join()

    assert order == ["waits", "first", "second"]


def test_a_free_lock_is_taken_without_a_word(tmp_path: Path) -> None:
    """Nothing is announced when nobody holds the lock, and it can be taken again."""
    told: list[str] = []
    for _ in range(2):
        with held(tmp_path / "lock", lambda: told.append("waits")):
            pass

    assert told == []
