"""A finished run has a seal, and nobody relies on a run whose seal does not hold."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

import pytest
from support.runs import ask

from gadfly.eval.manifest import FILE as MANIFEST
from gadfly.eval.manifest import read_manifest, write_manifest
from gadfly.eval.seal import BrokenSealError, seal, seal_verdicts, unsealed
from gadfly.eval.store import FILE as STORE
from gadfly.eval.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    ask("sim:calibrated", tmp_path / "run", "repeat", limit=2, replicates=2)
    return tmp_path / "run"


def check(folder: Path) -> None:
    store = Store.read(folder)
    try:
        unsealed(folder, store)
    finally:
        store.close()


def rows(folder: Path, statement: str) -> None:
    with sqlite3.connect(folder / STORE) as db:
        db.execute(statement)
    db.close()


def edit(folder: Path, change: Callable[[dict[str, object]], object]) -> None:
    fields = json.loads((folder / MANIFEST).read_text())
    change(fields)
    (folder / MANIFEST).write_text(json.dumps(fields))


def test_a_finished_run_is_what_it_ended_with(folder: Path) -> None:
    """It checks, also once its manifest is written in another layout, or sealed again."""
    check(folder)
    edit(folder, lambda fields: None)
    check(folder)

    store = Store.create(folder)
    assert seal(folder, store) == read_manifest(folder)
    store.close()
    check(folder)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM trials WHERE id = 2",
        "DELETE FROM plan WHERE position = 1",
        "DELETE FROM trials",
        "UPDATE trials SET finished = 0 WHERE id = 1",
        "UPDATE calls SET body = replace(body, 'text', 'tex') WHERE id = 1",
        "DELETE FROM calls",
    ],
)
def test_rows_that_go_missing_are_noticed(folder: Path, statement: str) -> None:
    """Trials, plan, and the words that come with trials: none can change after the end."""
    rows(folder, statement)

    with pytest.raises(Exception, match=r"not what it ended with|is damaged"):
        check(folder)


@pytest.mark.parametrize("name", ["temperature", "epoch", "spec", "asked"])
def test_a_changed_manifest_is_noticed(folder: Path, name: str) -> None:
    """Whatever field of it is changed."""
    edit(folder, lambda fields: fields.update({name: 1 if name == "epoch" else "0.5"}))

    with pytest.raises(BrokenSealError, match="not what it ended with"):
        check(folder)


def test_a_run_without_a_seal_is_not_finished_or_older(folder: Path) -> None:
    """The two are told apart, each with what to do."""
    edit(folder, lambda fields: fields.pop("seal"))
    with pytest.raises(BrokenSealError, match="is not finished"):
        check(folder)

    edit(folder, lambda fields: fields.pop("asked"))
    with pytest.raises(BrokenSealError, match="older Gadfly"):
        check(folder)


def test_verdicts_have_a_seal_of_their_own(folder: Path) -> None:
    """New verdicts break it until the judging has ended; the trials' part stays as it was."""
    before = read_manifest(folder).seal
    store = Store.create(folder)
    store.set_judging("{}")
    with pytest.raises(BrokenSealError, match="verdicts"):
        unsealed(folder, store)

    seal_verdicts(folder, store)
    after = unsealed(folder, store).seal
    store.close()
    assert before is not None
    assert after is not None
    assert (before.content, before.verdicts != after.verdicts) == (after.content, True)


def test_an_unfinished_run_gets_no_seal_by_being_judged(folder: Path) -> None:
    """Judging renews a seal and never makes one."""
    write_manifest(folder, read_manifest(folder).model_copy(update={"seal": None}))
    store = Store.create(folder)
    seal_verdicts(folder, store)
    store.close()

    assert read_manifest(folder).seal is None
