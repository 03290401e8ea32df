"""Tables and dialogues of a run: what is written is the run, and reads back as it was."""

from __future__ import annotations

import asyncio
import csv
import json
import stat
from typing import TYPE_CHECKING, Any

import pytest
from support.sample import FILE as SAMPLE

from gadfly.bot.errors import ConfigError
from gadfly.eval.manifest import read_manifest
from gadfly.eval.record import Failure
from gadfly.eval.scoring.files import gather
from gadfly.eval.sharing.columns import TEXTS, Row
from gadfly.eval.sharing.dialogues import threads
from gadfly.eval.sharing.files import Layout, export
from gadfly.eval.sharing.rows import rows
from gadfly.eval.store import Store

from .conftest import gadfly

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def store(run: Path) -> Iterator[Store]:
    found = Store.read(run)
    yield found
    found.close()


@pytest.fixture
def exported(run: Path, tmp_path: Path) -> Callable[..., str]:
    """Return a function that exports the run and gives back the file's text."""

    def go(layout: Layout, *, text: bool = True) -> str:
        out = tmp_path / f"run.{layout}"
        export(run, layout, out, text=text)
        assert stat.S_IMODE(out.stat().st_mode) == 0o600
        with out.open(encoding="utf-8", newline="") as file:
            return file.read()

    return go


def test_every_observation_has_a_row(run: Path, store: Store) -> None:
    """A row for each reply and read of each trial, in order, with what was asked and said."""
    found = list(rows(store, read_manifest(run)))
    seen = [(t.key, i) for t in store.trials() for i in range(len(t.observations))]

    assert [(row.trial, row.position) for row in found] == seen
    assert {row.role for row in found} == {"reply", "read"}
    assert all(row.asked and row.reply and row.question for row in found)
    assert all((row.side is None) == (row.stance is None) for row in found)
    assert all(row.turn >= 1 for row in found if row.role == "reply")
    assert len({row.thread for row in found}) > 1


def test_jsonl_reads_back_as_it_was(run: Path, store: Store, exported: Callable[..., str]) -> None:
    """Each line is a row again, equal to the one written."""
    lines = exported("jsonl").splitlines()

    assert [Row.model_validate_json(line) for line in lines] == list(
        rows(store, read_manifest(run))
    )


def test_csv_reads_back_as_it_was(run: Path, store: Store, exported: Callable[..., str]) -> None:
    """Every field comes out of a CSV reader as it went in, line breaks and quotes included."""
    found = list(csv.DictReader(exported("csv").splitlines(keepends=True)))
    wanted = list(rows(store, read_manifest(run)))

    assert len(found) == len(wanted)
    assert list(found[0]) == list(Row.model_fields)
    for told, row in zip(found, wanted, strict=True):
        assert told["reply"] == (row.reply or "")
        assert told["stance"] == ("" if row.stance is None else repr(row.stance))
        assert json.loads(told["settings"]) == row.settings
        assert tuple(json.loads(told["calls"])) == row.calls


def test_parquet_reads_back_as_it_was(run: Path, store: Store, tmp_path: Path) -> None:
    """Types are those of the columns, null is null, and no row is lost."""
    pq = pytest.importorskip("pyarrow.parquet")
    export(run, "parquet", tmp_path / "run.parquet")
    table = pq.read_table(tmp_path / "run.parquet")

    def plain(row: Row) -> dict[str, Any]:
        settings = json.dumps(row.settings, separators=(",", ":"))
        lists = {"tags": list(row.tags), "calls": list(row.calls)}
        return row.model_dump() | lists | {"settings": settings}

    assert table.to_pylist() == [plain(row) for row in rows(store, read_manifest(run))]
    assert str(table.schema.field("stance").type) == "double"
    assert str(table.schema.field("words").type) == "int64"


@pytest.mark.parametrize("layout", ["jsonl", "csv"])
def test_without_text_nothing_said_is_in_the_file(
    layout: Layout, run: Path, store: Store, exported: Callable[..., str]
) -> None:
    """No prompt, reply or question goes along; figures and keys do."""
    bare = exported(layout, text=False)
    replies = {c for row in rows(store, read_manifest(run)) for c in (row.reply, row.question) if c}

    assert not [text for text in replies if len(text) > 20 and text in bare]
    if layout == "jsonl":
        first = json.loads(bare.splitlines()[0])
        assert [first[name] for name in TEXTS] == [None] * len(TEXTS)
        assert first["words"] > 0


@pytest.mark.parametrize("layout", ["messages", "sharegpt"])
def test_dialogues_are_what_score_reads(
    layout: Layout, run: Path, store: Store, exported: Callable[..., str], tmp_path: Path
) -> None:
    """`gadfly score` finds every thread with its turns, planted ones told apart beside them."""
    lines = [json.loads(line) for line in exported(layout).splitlines()]
    wanted = [t for record in store.trials() for t in threads(store, record)]
    assert len(lines) == len(wanted)

    part = "messages" if layout == "messages" else "conversations"
    said = [[m.get("content", m.get("value")) for m in line[part]] for line in lines]
    assert said == [[text for _, text in thread.messages] for thread in wanted]
    assert [line["gadfly"]["planted"] for line in lines] == [t.planted for t in wanted]
    assert any(thread.planted for thread in wanted)

    file = tmp_path / f"run.{layout}"
    found = gather([file.rename(tmp_path / "run.jsonl")])
    assert len(found.dialogues) == len(lines)
    assert run.exists()


def test_a_broken_trial_has_a_row_without_its_message(run: Path, tmp_path: Path) -> None:
    """What broke is in the table as a failure; its message, which may hold a host, is not."""
    from dataclasses import replace

    folder = tmp_path / "copy"
    folder.mkdir()
    for name in ("store.sqlite", "manifest.json"):
        (folder / name).write_bytes((run / name).read_bytes())
    writer = Store.create(folder)
    broken = replace(
        writer.trials()[0],
        observations=(),
        failure=Failure(stage="readout", error_type="TransportError", message="at 10.1.2.3"),
    )
    asyncio.run(writer.put_trial(broken))
    found = [r for r in rows(writer, read_manifest(folder)) if r.trial == broken.key]
    writer.close()

    assert [(r.role, r.label, r.outcome, r.failure) for r in found] == [
        ("failure", "readout", "error", "TransportError")
    ]
    assert "10.1.2.3" not in found[0].model_dump_json()


def test_dialogues_without_text_are_refused(run: Path, tmp_path: Path) -> None:
    """Nothing would be left of them."""
    with pytest.raises(ConfigError, match="nothing but text"):
        export(run, "messages", tmp_path / "x", text=False)
    assert list(tmp_path.iterdir()) == []


def test_the_command_names_its_file_and_keeps_what_is_there(run: Path, tmp_path: Path) -> None:
    """The file is named after the run; a second time needs --force."""
    first = gadfly("export", str(run), "--to", "csv", folder=tmp_path)
    again = gadfly("export", str(run), "--to", "csv", folder=tmp_path)
    forced = gadfly("export", str(run), "--to", "csv", "--force", folder=tmp_path)

    assert (first.returncode, again.returncode, forced.returncode) == (0, 2, 0)
    assert first.stderr.startswith("written: run.csv (")
    assert "'run.csv' exists; say --force to write over it" in again.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["run.csv"]


def test_the_folder_of_the_file_is_made(run: Path, tmp_path: Path) -> None:
    """As the page on sharing has it: `--out logs/mine.eval`, where there are no logs yet."""
    export(run, "csv", tmp_path / "new" / "one.csv")

    assert (tmp_path / "new" / "one.csv").read_bytes().startswith(b"run,")


def test_forget_deletes_what_gadfly_made_and_nothing_else(tmp_path: Path) -> None:
    """Asked first; a stranger's file stays and is named; what is no run is refused."""
    run = ("run", str(SAMPLE), "--model", "sim:calibrated", "--probe", "repeat", "--out", "here")
    assert gadfly(*run, folder=tmp_path).returncode == 0
    (tmp_path / "here" / "mine.txt").write_text("mine", encoding="utf-8")

    kept = gadfly("forget", "here", folder=tmp_path)
    assert kept.returncode == 130
    assert (tmp_path / "here" / "store.sqlite").exists()
    gone = gadfly("forget", "here", "--yes", folder=tmp_path)
    assert gone.returncode == 0
    assert gone.stdout == "left in here: mine.txt\n"
    assert [p.name for p in (tmp_path / "here").iterdir()] == ["mine.txt"]
    refused = gadfly("forget", "here", "--yes", folder=tmp_path)
    assert refused.returncode == 2
    assert "is not a run" in refused.stderr
