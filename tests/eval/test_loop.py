"""The loop of a run: the fastest there is, and nothing left changed after it."""

from __future__ import annotations

import asyncio
import gc
import sys

import pytest

from gadfly.eval.loop import run_loop


async def name_of_loop() -> str:
    return type(asyncio.get_running_loop()).__module__


def test_uvloop_is_taken_where_it_is_installed() -> None:
    """With `gadfly[fast]` a run is held on uvloop."""
    pytest.importorskip("uvloop")
    assert run_loop(name_of_loop()) == "uvloop"


def test_without_uvloop_asyncio_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is optional."""
    monkeypatch.setitem(sys.modules, "uvloop", None)
    assert run_loop(name_of_loop()).startswith("asyncio")


def test_garbage_is_collected_as_before_afterwards() -> None:
    """The collector's settings come back, after an error too; frozen objects are let go."""
    before = gc.get_threshold()

    async def break_off() -> None:
        assert gc.get_threshold()[0] > before[0]
        raise LookupError

    with pytest.raises(LookupError):
        run_loop(break_off())
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0
